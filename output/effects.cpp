// SPDX-License-Identifier: Apache-2.0
#include "output/effects.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>

#include "engine/error.hpp"

namespace polder::output {
namespace {

/// Both values of every pair that has both.
struct Pairs {
  std::vector<double> first, second;
};
Pairs known_pairs(std::span<const double> first, std::span<const double> second) {
  EXPECTS(first.size() == second.size());
  Pairs pairs;
  for (std::size_t i = 0; i < std::min(first.size(), second.size()); ++i) {
    if (std::isnan(first[i]) || std::isnan(second[i])) continue;
    pairs.first.push_back(first[i]);
    pairs.second.push_back(second[i]);
  }
  return pairs;
}

/// Mean in two passes; equal values give exactly that value.
double mean_of(std::span<const double> values) {
  const double n = static_cast<double>(values.size());
  const double rough = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double rest = 0;
  for (const double v : values) rest += v - rough;
  return rough + rest / n;
}

/// Sample covariance (divisor n - 1).
double covariance(std::span<const double> a, std::span<const double> b) {
  const double mean_a = mean_of(a), mean_b = mean_of(b);
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - mean_a) * (b[i] - mean_b);
  return sum / static_cast<double>(a.size() - 1);
}

/// P(|T| >= |t|).
double two_sided(double t, std::size_t degrees) {
  if (!std::isfinite(t)) return 0.0;
  const boost::math::students_t distribution(static_cast<double>(degrees));
  return 2 * boost::math::cdf(boost::math::complement(distribution, std::abs(t)));
}

}  // namespace

double t_quantile(std::size_t degrees) {
  EXPECTS(degrees >= 1);
  return boost::math::quantile(boost::math::students_t(static_cast<double>(degrees)), 0.975);
}

MeanInterval mean_interval(std::span<const double> values) {
  const std::vector<double> known = known_pairs(values, values).first;
  MeanInterval m;
  m.count = known.size();
  if (known.empty()) return m;
  m.mean = mean_of(known);
  if (known.size() < 2) return m;
  m.standard_error = std::sqrt(covariance(known, known) / static_cast<double>(known.size()));
  const double half = m.standard_error == 0 ? 0 : t_quantile(known.size() - 1) * m.standard_error;
  m.low = m.mean - half;
  m.high = m.mean + half;
  return m;
}

MeanInterval jackknife(double whole, std::span<const double> without) {
  MeanInterval m;
  m.count = without.size();
  m.mean = whole;
  if (m.count < 2) return m;
  const auto n = static_cast<double>(m.count);
  m.standard_error = (n - 1) * std::sqrt(covariance(without, without) / n);
  const double half = m.standard_error == 0 ? 0 : t_quantile(m.count - 1) * m.standard_error;
  m.low = m.mean - half;
  m.high = m.mean + half;
  return m;
}

PairedEffect paired_effect(std::span<const double> baseline, std::span<const double> policy) {
  const auto [b, p] = known_pairs(baseline, policy);
  std::vector<double> difference(b.size());
  for (std::size_t i = 0; i < b.size(); ++i) difference[i] = p[i] - b[i];
  const MeanInterval m = mean_interval(difference);
  PairedEffect effect{m.mean, m.standard_error, m.low, m.high, not_known, not_known, m.count};
  if (m.count < 2) return effect;
  effect.p_value = m.mean == 0 ? 1.0 : two_sided(m.mean / m.standard_error, m.count - 1);
  // Equal arms divide 0 by 0 when they never vary (NaN), else something by 0 (infinite).
  effect.variance_reduction = (covariance(b, b) + covariance(p, p)) / covariance(difference, difference);
  return effect;
}

Ratio ratio_of_means(std::span<const double> numerator, std::span<const double> denominator) {
  const auto [y, x] = known_pairs(numerator, denominator);
  Ratio ratio;
  ratio.pairs = x.size();
  if (x.size() < 2) return ratio;
  const double n = static_cast<double>(x.size());
  const double t = t_quantile(x.size() - 1);
  const double mean_x = mean_of(x), mean_y = mean_of(y);
  const double xx = covariance(x, x) / n, yy = covariance(y, y) / n, xy = covariance(x, y) / n;
  const double g = t * t * xx;  // all ratios r with (mean_y - r mean_x)^2 <= t^2 var(mean_y - r mean_x)
  const double a = mean_x * mean_x - g;
  if (!(a > 0)) return ratio;
  const double b = mean_x * mean_y - t * t * xy;
  const double c = mean_y * mean_y - t * t * yy;
  const double root = std::sqrt(std::max(0.0, b * b - a * c));
  ratio.value = mean_y / mean_x;
  ratio.low = (b - root) / a;
  ratio.high = (b + root) / a;
  return ratio;
}

std::vector<double> benjamini_hochberg(std::span<const double> p_values) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p_values.size(); ++i) {
    if (!std::isnan(p_values[i])) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return p_values[a] < p_values[b]; });
  std::vector<double> adjusted(p_values.size(), not_known);
  double least = 1.0;
  for (std::size_t rank = order.size(); rank > 0; --rank) {
    const double scaled =
        p_values[order[rank - 1]] * static_cast<double>(order.size()) / static_cast<double>(rank);
    least = std::min(least, scaled);
    adjusted[order[rank - 1]] = least;
  }
  return adjusted;
}

bool precise_enough(std::span<const double> differences, double baseline_mean, double relative_half_width) {
  const MeanInterval m = mean_interval(differences);
  if (m.count < least_pairs) return false;
  return (m.high - m.low) / 2 <= relative_half_width * std::abs(baseline_mean);
}

}  // namespace polder::output
