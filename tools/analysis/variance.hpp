// SPDX-License-Identifier: Apache-2.0
// How much of the variance comes from parameters, from replicates and from the choice of the arm.
//
// Replicates share their draws over all points and arms, so they are crossed with the points, not nested in
// them: what replicate r moves at all points alike does not blur the comparison of points.
#pragma once
#include <cstddef>
#include <limits>
#include <vector>

#include <Eigen/Core>

namespace polder::analysis {

inline constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// One outcome at all points: y(p, r) = mean + point(p) + shared(r) + own(p, r).
struct PointVariance {
  Eigen::VectorXd point_means;  ///< least squares, adjusted for the replicates a point lacks; NaN: no value
  Eigen::VectorXd noise;        ///< variance of each point's mean that `own` leaves; NaN with one replicate
  double mean = unknown;        ///< over points
  double parameter = unknown;   ///< variance over points, without noise, not below 0
  double replicate_shared = unknown,
         replicate_own = unknown;    ///< of a single run; unknown with one replicate
  double of_means = unknown;         ///< variance of point_means as they are
  double mean_noise = unknown;       ///< of a point's mean, average over points
  std::size_t points = 0, runs = 0;  ///< with a value
  bool noise_known() const { return replicate_own == replicate_own; }
  double replicate() const { return replicate_shared + replicate_own; }
  /// Part of the variance of the means that is not noise; 1 where the noise is unknown.
  double reliability() const;
};

/// values: shape (point, replicate), NaN where a run has none.
/// Variances by the method of moments from the fit of an additive two-way model to unbalanced data.
/// source: Searle, Casella, McCulloch (1992), Variance Components, Wiley, ch. 4 and 5.
PointVariance split_variance(const Eigen::MatrixXd& values);

/// Variance of the outcome of one run of a random point and replicate in an arm chosen with equal chances.
struct Budget {
  double mean = unknown;
  double parameter = unknown;              ///< of the mean over arms
  double scenario = unknown;               ///< of the arms' means
  double scenario_by_parameter = unknown;  ///< how the effects of arms depend on parameters
  double replicate = unknown;              ///< all that differs between replicates; unknown with one
  double total = unknown;                  ///< sum of the known ones
  std::size_t points = 0;  ///< with a value in every arm and replicate; the others do not count
};

/// arms: for each arm the values, shape (point, replicate). Points and replicates are random, arms are fixed.
Budget uncertainty_budget(const std::vector<Eigen::MatrixXd>& arms);

}  // namespace polder::analysis
