// SPDX-License-Identifier: Apache-2.0
// A fast stand-in for the simulation between the points of a design, over the probabilities u in [0, 1] of
// the parameters' values.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <Eigen/Core>

#include "tools/analysis/indices.hpp"

namespace polder::analysis {

/// A sum of products of Legendre polynomials, orthonormal on [0, 1]: the coefficients are the variances.
struct Polynomial {
  std::vector<std::vector<unsigned>>
      degrees;  ///< of each parameter, one row a term; the first is the constant
  Eigen::VectorXd coefficients;
  Eigen::VectorXd operator()(const Eigen::MatrixXd& u) const;
};
/// Terms at points. shape: (point, term)
Eigen::MatrixXd evaluate_terms(const std::vector<std::vector<unsigned>>& degrees, const Eigen::MatrixXd& u);
/// Least squares with weights. shape: y and weights one a point
Eigen::VectorXd fit_terms(const Eigen::MatrixXd& terms, const Eigen::VectorXd& y,
                          const Eigen::VectorXd& weights);
/// First and total indices of every parameter. shape: (parameter, 2); NaN when nothing varies
/// source: Sudret, B. (2008), Reliab. Eng. Syst. Saf. 93(7).
Eigen::MatrixXd sobol_of(const Polynomial& polynomial);

/// Points as a metamodel sees them.
struct Training {
  Eigen::MatrixXd u;                 ///< shape: (point, parameter)
  Eigen::VectorXd y;                 ///< means of points
  Eigen::VectorXd noise;             ///< variance of each mean; NaN: unknown
  std::vector<std::size_t> cluster;  ///< points of one cluster are left out together
  Training part(const std::vector<Eigen::Index>& points) const;
};

enum class Surrogate : std::uint8_t { linear, polynomial_chaos, kriging };
const char* name_of(Surrogate kind);

/// Prediction and, unless it is Kriging, the polynomial behind it.
struct Fitted {
  std::function<Eigen::VectorXd(const Eigen::MatrixXd&)> predict;
  Polynomial polynomial;
};
/// Fits one kind. errors: std::runtime_error when the points do not allow it.
/// source: Blatman, G. and Sudret, B. (2011), J. Comput. Phys. 230(6) (sparse chaos by least angles);
/// Rasmussen, Williams (2006), Gaussian Processes for Machine Learning, ch. 2 (Kriging with noise).
Fitted fit_surrogate(Surrogate kind, const Training& training);

struct Candidate {
  Surrogate kind = Surrogate::linear;
  double q2 = unknown;    ///< predicted share of the variance of points that were left out
  double rmse = unknown;  ///< of their means
};

struct Metamodel {
  Surrogate kind = Surrogate::linear;
  Fitted fitted;
  std::vector<Candidate> candidates;
  double q2 = unknown, q2_without_noise = unknown, rmse = unknown;
  std::vector<SobolIndex>
      sobol;  ///< intervals by bootstrap of the points with the terms kept; none for Kriging
};

/// The kind that predicts left-out points best, in five groups. kinds: what may be chosen. No kind fits: no
/// candidates, nothing else is set.
Metamodel choose_metamodel(const Training& training, const std::vector<Surrogate>& kinds,
                           const PointVariance& variance, std::uint64_t seed);
/// Kinds worth trying with so many points.
std::vector<Surrogate> usual_surrogates(const Training& training);

/// Points of low discrepancy in the unit cube. shape: (size, dimension)
Eigen::MatrixXd unit_sample(std::size_t size, std::size_t dimension);
/// Saltelli's design over them, row by row.
Eigen::MatrixXd unit_saltelli(std::size_t base, std::size_t dimension);

}  // namespace polder::analysis
