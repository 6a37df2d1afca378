// SPDX-License-Identifier: Apache-2.0
// Functions whose indices are known, and noise of known variance.
#pragma once
#include <cmath>
#include <random>
#include <span>

#include <Eigen/Core>

#include "tools/analysis/design.hpp"

namespace polder::analysis::testing {

inline constexpr double pi = 3.14159265358979323846;

/// sin x1 + a sin^2 x2 + b x3^4 sin x1 on [-pi, pi]^3 with a = 7, b = 0.1.
/// source: Ishigami, T. and Homma, T. (1990), ISUMA '90; its parts of the variance are integrals by hand.
struct Ishigami {
  static constexpr double a = 7, b = 0.1;
  static double at(std::span<const double> x) {
    return std::sin(x[0]) + a * std::pow(std::sin(x[1]), 2) + b * std::pow(x[2], 4) * std::sin(x[0]);
  }
  static double variance() {
    return a * a / 8 + b * std::pow(pi, 4) / 5 + b * b * std::pow(pi, 8) / 18 + 0.5;
  }
  static double first(std::size_t i) {
    const double v1 = 0.5 * std::pow(1 + b * std::pow(pi, 4) / 5, 2);
    return (i == 0 ? v1 : i == 1 ? a * a / 8 : 0) / variance();
  }
  static double total(std::size_t i) {
    const double v13 = b * b * std::pow(pi, 8) * (1.0 / 18 - 1.0 / 50) / variance();
    return first(i) + (i == 1 ? 0 : v13);
  }
};

/// Product of (|4 x - 2| + a_i) / (1 + a_i) on the unit cube, a = 0, 1, 4.5, 9.
/// source: Sobol', I. M. (1993), Math. Model. Comput. Exp. 1(4); Saltelli and Sobol' (1995).
struct SobolG {
  static constexpr double a[4] = {0, 1, 4.5, 9};
  static double at(std::span<const double> x) {
    double product = 1;
    for (std::size_t i = 0; i < 4; ++i) product *= (std::abs(4 * x[i] - 2) + a[i]) / (1 + a[i]);
    return product;
  }
  static double part(std::size_t i) { return 1 / (3 * std::pow(1 + a[i], 2)); }
  static double variance() {
    double product = 1;
    for (std::size_t i = 0; i < 4; ++i) product *= 1 + part(i);
    return product - 1;
  }
  static double first(std::size_t i) { return part(i) / variance(); }
  static double total(std::size_t i) { return part(i) * (1 + variance()) / (1 + part(i)) / variance(); }
};

/// Values at the points of a design with R replicates: f(x) + shared(r) + own(p, r), both normal.
template <class Function>
Eigen::MatrixXd runs_of(const Design& design, std::size_t replicates, double shared_deviation,
                        double own_deviation, const Function& function, std::uint64_t seed = 1) {
  std::mt19937_64 engine(seed);
  std::normal_distribution<double> normal;
  Eigen::VectorXd shared(static_cast<Eigen::Index>(replicates));
  for (double& value : shared) value = shared_deviation * normal(engine);
  Eigen::MatrixXd values(static_cast<Eigen::Index>(design.num_points()), shared.size());
  for (Eigen::Index p = 0; p < values.rows(); ++p)
    for (Eigen::Index r = 0; r < values.cols(); ++r)
      values(p, r) =
          function(design.point(static_cast<std::size_t>(p))) + shared[r] + own_deviation * normal(engine);
  return values;
}

}  // namespace polder::analysis::testing
