// SPDX-License-Identifier: Apache-2.0
// Numbers that say how much each parameter matters, from the points of a design alone.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <Eigen/Core>

#include "tools/analysis/variance.hpp"

namespace polder::analysis {

/// A value with its 95 % interval.
struct Estimate {
  double value = unknown, low = unknown, high = unknown;
};

/// Variance-based indices of one parameter, and what they were before noise was taken out.
struct SobolIndex {
  Estimate first, total;
  double first_uncorrected = unknown, total_uncorrected = unknown;
};

/// One estimator's indices of all parameters.
struct SobolEstimate {
  std::string estimator;  ///< saltelli, jansen, martinez
  std::size_t rows = 0;   ///< base rows in which all points have a value
  std::vector<SobolIndex> indices;
};

/// Indices from Saltelli's design, row by row (A, B, A with one column of B). A row counts only whole.
///
/// Noise of variance t2 in the points' means leaves the covariances between rows alone and adds to the
/// variance V. With the reliability l = V / (V + t2):  S = S' / l,  ST = 1 - (1 - ST') / l, intervals
/// likewise. shape: means one a point; base rows x (dimension + 2) of them. range: 0 < reliability <= 1
/// source: Saltelli et al. (2010), Comput. Phys. Commun. 181(2); Jansen (1999), Comput. Phys. Commun. 117;
/// Martinez (2011), in OpenTURNS; intervals are OpenTURNS' asymptotic ones.
std::vector<SobolEstimate> sobol_indices(const Eigen::VectorXd& means, std::size_t dimension,
                                         double reliability);

/// Elementary effects of one parameter: change of the outcome over the whole scale of probability.
struct MorrisEffect {
  Estimate mu, mu_star;    ///< mean of effects, and of their sizes
  double sigma = unknown;  ///< standard deviation of effects, without noise
  double sigma_uncorrected = unknown;
  double noise_floor = unknown;  ///< mu_star that noise alone would show; unknown with one replicate
  bool above_noise = true;       ///< the effects are larger than noise makes them in 95 % of cases
  std::size_t effects = 0;
};

/// Which parameter moves in each step, shape (trajectory, step).
struct MorrisSteps {
  std::vector<std::vector<std::size_t>> parameter;
  std::vector<std::vector<double>> delta;
};

/// source: Morris (1991), Technometrics 33(2); Campolongo, Cariboni, Saltelli (2007), Environ. Model. Softw.
/// 22(10) for mu_star.
std::vector<MorrisEffect> morris_effects(const PointVariance& outcome, const MorrisSteps& steps,
                                         std::size_t dimension);

/// Correlation of ranks of one parameter with the outcome, alone and with the other parameters' taken out.
struct RankCorrelation {
  Estimate spearman, prcc;
};

/// x: shape (point, parameter); cluster: of each point; points of one cluster hang together (a base row, a
/// trajectory) and are resampled together. Intervals by bootstrap (percentiles, ranks kept).
/// source: Iman, R. L. and Conover, W. J. (1979), The use of the rank transform in regression, Technometrics
/// 21(4); Efron, B. (1979), Ann. Stat. 7(1).
std::vector<RankCorrelation> rank_correlations(const Eigen::MatrixXd& x, const Eigen::VectorXd& y,
                                               const std::vector<std::size_t>& cluster, std::uint64_t seed);

/// Weights of the points in resamples of clusters; each a vector of counts. shape: one entry a point
std::vector<Eigen::VectorXd> resamples(const std::vector<std::size_t>& cluster, std::size_t count,
                                       std::uint64_t seed);
/// 2.5 %, 97.5 % and so on of values; NaN without any.
double percentile(std::vector<double> values, double share);

}  // namespace polder::analysis
