// SPDX-License-Identifier: Apache-2.0
#include "tools/analysis/indices.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include <Eigen/Cholesky>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace polder::analysis {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr std::size_t num_resamples = 400;

struct Moments {
  double mean = unknown, deviation = unknown;
};
Moments moments(const std::vector<double>& values) {
  const auto count = static_cast<double>(values.size());
  if (values.empty()) return {};
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, values.size() < 2 ? unknown : std::sqrt(squares / (count - 1))};
}

Estimate with_t_interval(const std::vector<double>& values) {
  const Moments m = moments(values);
  if (values.size() < 2) return {m.mean, unknown, unknown};
  const auto count = static_cast<double>(values.size());
  const double half =
      boost::math::quantile(boost::math::students_t(count - 1), 0.975) * m.deviation / std::sqrt(count);
  return {m.mean, m.mean - half, m.mean + half};
}

/// effects and the noise variance of each, of one parameter
MorrisEffect summary(const std::vector<double>& effects, const std::vector<double>& noise) {
  MorrisEffect result;
  result.effects = effects.size();
  if (effects.empty()) return result;
  std::vector<double> sizes;
  for (const double effect : effects) sizes.push_back(std::abs(effect));
  result.mu = with_t_interval(effects);
  result.mu_star = with_t_interval(sizes);
  result.sigma = result.sigma_uncorrected = moments(effects).deviation;
  const double mean_noise = moments(noise).mean;
  if (std::isnan(mean_noise)) return result;
  result.sigma = std::sqrt(std::max(0.0, result.sigma * result.sigma - mean_noise));
  // The size of a normal number of variance s2 is sqrt(2 s2 / pi) on average.
  result.noise_floor = std::sqrt(2 * mean_noise / std::acos(-1.0));
  double standardised = 0;
  for (std::size_t e = 0; e < effects.size(); ++e)
    standardised += noise[e] > 0 ? effects[e] * effects[e] / noise[e] : (effects[e] == 0 ? 0 : HUGE_VAL);
  result.above_noise =
      standardised >
      boost::math::quantile(boost::math::chi_squared(static_cast<double>(effects.size())), 0.95);
  return result;
}

/// Mean ranks where values are equal.
VectorXd ranks(const VectorXd& values) {
  std::vector<Index> order(static_cast<std::size_t>(values.size()));
  std::iota(order.begin(), order.end(), Index{0});
  std::sort(order.begin(), order.end(), [&](Index a, Index b) { return values[a] < values[b]; });
  VectorXd result(values.size());
  for (std::size_t from = 0, to = 0; from < order.size(); from = to) {
    while (to < order.size() && values[order[to]] == values[order[from]]) ++to;
    for (std::size_t i = from; i < to; ++i) result[order[i]] = 0.5 * static_cast<double>(from + to - 1);
  }
  return result;
}

/// Correlations of the first columns with the last one, then the partial ones; NaN where they do not exist.
struct Correlations {
  VectorXd simple, partial;
};
Correlations correlations(const MatrixXd& z, const VectorXd& weights) {
  const Index last = z.cols() - 1;
  const double total = weights.sum();
  const Eigen::RowVectorXd mean = weights.transpose() * z / total;
  const MatrixXd centred = z.rowwise() - mean;
  const MatrixXd covariance = centred.transpose() * weights.asDiagonal() * centred / total;
  const VectorXd deviation = covariance.diagonal().cwiseMax(0).cwiseSqrt();
  MatrixXd correlation = covariance.cwiseQuotient(deviation * deviation.transpose());
  Correlations result{correlation.col(last).head(last), VectorXd::Constant(last, unknown)};
  if (correlation.hasNaN()) return result;
  const Eigen::LDLT<MatrixXd> solver(correlation);
  if (solver.info() != Eigen::Success || solver.rcond() < 1e-12) return result;
  const MatrixXd inverse = solver.solve(MatrixXd::Identity(z.cols(), z.cols()));
  for (Index d = 0; d < last; ++d)
    result.partial[d] = -inverse(d, last) / std::sqrt(inverse(d, d) * inverse(last, last));
  return result;
}

}  // namespace

double percentile(std::vector<double> values, double share) {
  std::erase_if(values, [](double v) { return std::isnan(v); });
  if (values.empty()) return unknown;
  std::sort(values.begin(), values.end());
  const double place = share * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

std::vector<VectorXd> resamples(const std::vector<std::size_t>& cluster, std::size_t count,
                                std::uint64_t seed) {
  // The engine's numbers are the same everywhere; std's distributions would not be.
  std::mt19937_64 engine(seed);
  const std::size_t clusters = cluster.empty() ? 0 : *std::max_element(cluster.begin(), cluster.end()) + 1;
  std::vector<VectorXd> weights;
  for (std::size_t sample = 0; sample < count; ++sample) {
    std::vector<double> times(clusters);
    for (std::size_t c = 0; c < clusters; ++c) ++times[engine() % clusters];
    VectorXd weight(static_cast<Index>(cluster.size()));
    for (std::size_t p = 0; p < cluster.size(); ++p) weight[static_cast<Index>(p)] = times[cluster[p]];
    weights.push_back(std::move(weight));
  }
  return weights;
}

std::vector<MorrisEffect> morris_effects(const PointVariance& outcome, const MorrisSteps& steps,
                                         std::size_t dimension) {
  std::vector<std::vector<double>> effects(dimension), noise(dimension);
  Index start = 0;
  for (std::size_t t = 0; t < steps.parameter.size(); ++t) {
    for (std::size_t s = 0; s < steps.parameter[t].size(); ++s) {
      const Index before = start + static_cast<Index>(s), after = before + 1;
      const double delta = steps.delta[t][s];
      const double effect = (outcome.point_means[after] - outcome.point_means[before]) / delta;
      if (std::isnan(effect)) continue;
      effects.at(steps.parameter[t][s]).push_back(effect);
      noise.at(steps.parameter[t][s])
          .push_back((outcome.noise[after] + outcome.noise[before]) / (delta * delta));
    }
    start += static_cast<Index>(steps.parameter[t].size()) + 1;
  }
  std::vector<MorrisEffect> result;
  for (std::size_t d = 0; d < dimension; ++d) result.push_back(summary(effects[d], noise[d]));
  return result;
}

std::vector<RankCorrelation> rank_correlations(const MatrixXd& x, const VectorXd& y,
                                               const std::vector<std::size_t>& cluster, std::uint64_t seed) {
  MatrixXd z(x.rows(), x.cols() + 1);
  for (Index d = 0; d < x.cols(); ++d) z.col(d) = ranks(x.col(d));
  z.col(x.cols()) = ranks(y);
  const Correlations all = correlations(z, VectorXd::Ones(x.rows()));
  const auto dimension = static_cast<std::size_t>(x.cols());
  std::vector<std::vector<double>> simple(dimension), partial(dimension);
  for (const VectorXd& weights : resamples(cluster, num_resamples, seed)) {
    const Correlations drawn = correlations(z, weights);
    for (std::size_t d = 0; d < dimension; ++d) {
      simple[d].push_back(drawn.simple[static_cast<Index>(d)]);
      partial[d].push_back(drawn.partial[static_cast<Index>(d)]);
    }
  }
  std::vector<RankCorrelation> result;
  for (std::size_t d = 0; d < dimension; ++d) {
    const auto i = static_cast<Index>(d);
    const bool exists = !std::isnan(all.partial[i]);
    result.push_back({{all.simple[i], percentile(simple[d], 0.025), percentile(simple[d], 0.975)},
                      {all.partial[i], exists ? percentile(partial[d], 0.025) : unknown,
                       exists ? percentile(partial[d], 0.975) : unknown}});
  }
  return result;
}

}  // namespace polder::analysis
