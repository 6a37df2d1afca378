// SPDX-License-Identifier: Apache-2.0
#include "tools/analysis/decision.hpp"

#include <algorithm>
#include <cmath>

namespace polder::analysis {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr std::size_t fine = 201;  // steps of half a percent
constexpr std::size_t sample_size = 8192;

MatrixXd at_means(const std::vector<Marginal>& marginals, std::size_t rows) {
  MatrixXd u(static_cast<Index>(rows), static_cast<Index>(marginals.size()));
  for (std::size_t d = 0; d < marginals.size(); ++d)
    u.col(static_cast<Index>(d)).setConstant(marginals[d].probability(marginals[d].mean()));
  return u;
}

/// Probabilities at which a curve has its points: evenly, or the middle of every level.
std::vector<double> places(const Marginal& marginal, std::size_t points) {
  const std::size_t levels = marginal.num_levels();
  std::vector<double> u;
  for (std::size_t i = 0; i < (levels > 0 ? levels : points); ++i)
    u.push_back(levels > 0 ? (static_cast<double>(i) + 0.5) / static_cast<double>(levels)
                           : static_cast<double>(i) / static_cast<double>(points - 1));
  return u;
}

std::vector<double> crossings(const Curve& curve, const Marginal& marginal) {
  std::vector<double> found;
  for (std::size_t i = 1; i < curve.y.size(); ++i) {
    if ((curve.y[i - 1] > 0) == (curve.y[i] > 0)) continue;
    const double part = curve.y[i - 1] / (curve.y[i - 1] - curve.y[i]);
    // Between two levels there is no value; the first one with the other sign stands for the crossing.
    found.push_back(marginal.num_levels() > 0
                        ? curve.x[i]
                        : marginal.level(curve.u[i - 1] + part * (curve.u[i] - curve.u[i - 1])));
  }
  return found;
}

}  // namespace

Curve curve_of(const Fitted& model, const std::vector<Marginal>& marginals, std::size_t parameter,
               std::size_t points) {
  Curve curve;
  curve.u = places(marginals[parameter], points);
  MatrixXd u = at_means(marginals, curve.u.size());
  for (std::size_t i = 0; i < curve.u.size(); ++i) {
    u(static_cast<Index>(i), static_cast<Index>(parameter)) = curve.u[i];
    curve.x.push_back(marginals[parameter].level(curve.u[i]));
  }
  const VectorXd y = model.predict(u);
  curve.y.assign(y.begin(), y.end());
  return curve;
}

std::vector<Bar> tornado(const Fitted& model, const std::vector<Marginal>& marginals) {
  std::vector<Bar> bars;
  for (std::size_t d = 0; d < marginals.size(); ++d) {
    MatrixXd u = at_means(marginals, 2);
    const double low = marginals[d].quantile(0.05), high = marginals[d].quantile(0.95);
    u(0, static_cast<Index>(d)) = marginals[d].probability(low);
    u(1, static_cast<Index>(d)) = marginals[d].probability(high);
    const VectorXd y = model.predict(u);
    bars.push_back({d, low, high, y[0], y[1]});
  }
  std::stable_sort(bars.begin(), bars.end(), [](const Bar& a, const Bar& b) {
    return std::abs(a.y_high - a.y_low) > std::abs(b.y_high - b.y_low);
  });
  return bars;
}

Decision decide(const Fitted& model, const std::vector<Marginal>& marginals) {
  const MatrixXd u = unit_sample(sample_size, marginals.size());
  const VectorXd y = model.predict(u);
  const auto share = [&](auto&& within) {
    double met = 0, positive = 0;
    for (Index i = 0; i < y.size(); ++i) {
      if (!within(i)) continue;
      ++met;
      if (y[i] > 0) ++positive;
    }
    return met > 0 ? positive / met : unknown;
  };
  Decision decision;
  decision.probability_positive = share([](Index) { return true; });
  for (std::size_t d = 0; d < marginals.size(); ++d) {
    const auto column = static_cast<Index>(d);
    const Curve curve = curve_of(model, marginals, d, fine);
    decision.parameters.push_back({crossings(curve, marginals[d]), curve.y.front(), curve.y.back(),
                                   share([&](Index i) { return u(i, column) < 0.1; }),
                                   share([&](Index i) { return u(i, column) > 0.9; })});
  }
  return decision;
}

}  // namespace polder::analysis
