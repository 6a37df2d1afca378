// SPDX-License-Identifier: Apache-2.0
#include "tools/validate/statistics.hpp"

#include <algorithm>
#include <cmath>

namespace polder::tools::validate {

namespace {

constexpr std::size_t least_tail = 10;

std::vector<Weighted> sorted(std::span<const Weighted> sample) {
  std::vector<Weighted> list(sample.begin(), sample.end());
  std::stable_sort(list.begin(), list.end(),
                   [](const Weighted& a, const Weighted& b) { return a.value < b.value; });
  return list;
}

double total_weight(std::span<const Weighted> sample) {
  double sum = 0;
  for (const Weighted& one : sample) sum += one.weight;
  return sum;
}

/// Mean of log(value / from) above the threshold.
double mean_log_excess(std::span<const Weighted> sample, double threshold, double from) {
  double logs = 0, weight = 0;
  std::size_t n = 0;
  for (const Weighted& one : sample) {
    if (one.value < threshold) continue;
    logs += one.weight * std::log(one.value / from);
    weight += one.weight;
    ++n;
  }
  return n < least_tail || logs <= 0 ? unknown : logs / weight;
}

/// Means of x, y and of their products around them.
struct Moments {
  double x = 0, y = 0, xx = 0, xy = 0, yy = 0;
};
Moments moments(std::span<const Point> points) {
  Moments m;
  double weight = 0;
  for (const Point& p : points) weight += p.weight, m.x += p.weight * p.x, m.y += p.weight * p.y;
  m.x /= weight, m.y /= weight;
  for (const Point& p : points) {
    m.xx += p.weight * (p.x - m.x) * (p.x - m.x);
    m.xy += p.weight * (p.x - m.x) * (p.y - m.y);
    m.yy += p.weight * (p.y - m.y) * (p.y - m.y);
  }
  return m;
}

}  // namespace

double hill_exponent(std::span<const Weighted> sample, double threshold) {
  return 1 / mean_log_excess(sample, threshold, threshold);
}

double count_exponent(std::span<const Weighted> counts, double smallest) {
  return 1 + 1 / mean_log_excess(counts, smallest, smallest - 0.5);
}

double quantile(std::span<const Weighted> sample, double p) {
  const std::vector<Weighted> list = sorted(sample);
  const double wanted = p * total_weight(list);
  double below = 0;
  for (const Weighted& one : list) {
    below += one.weight;
    if (below >= wanted && below > 0) return one.value;
  }
  return list.empty() ? unknown : list.back().value;
}

double mean(std::span<const Weighted> sample) {
  double sum = 0;
  for (const Weighted& one : sample) sum += one.weight * one.value;
  return sample.empty() ? unknown : sum / total_weight(sample);
}

double standard_deviation(std::span<const Weighted> sample) {
  const double centre = mean(sample);
  double squares = 0;
  for (const Weighted& one : sample) squares += one.weight * (one.value - centre) * (one.value - centre);
  return sample.size() < 2 ? unknown : std::sqrt(squares / total_weight(sample));
}

double gini(std::span<const Weighted> sample) {
  // Twice the area between the diagonal and the Lorenz curve, piece by piece.
  double weight = 0, value = 0, area = 0;
  for (const Weighted& one : sorted(sample)) {
    area += one.weight * (2 * value + one.weight * one.value);
    weight += one.weight;
    value += one.weight * one.value;
  }
  return value > 0 ? 1 - area / (weight * value) : unknown;
}

double share_of_largest(std::span<const Weighted> sample, double weight) {
  const std::vector<Weighted> list = sorted(sample);
  double all = 0, held = 0;
  for (const Weighted& one : list) all += one.weight * one.value;
  for (auto one = list.rbegin(); one != list.rend() && weight > 0; ++one) {
    const double part = std::min(weight, one->weight);
    held += part * one->value;
    weight -= part;
  }
  return all > 0 ? held / all : unknown;
}

Subbotin fit_subbotin(std::span<const Weighted> sample) {
  if (sample.size() < 2 * least_tail) return {unknown, unknown, unknown};
  const double centre = quantile(sample, 0.5), weight = total_weight(sample);
  // For a given shape b the best scale has a closed form: scale^b = mean |x - m|^b.
  const auto scale_of = [&](double b) {
    double sum = 0;
    for (const Weighted& one : sample) sum += one.weight * std::pow(std::abs(one.value - centre), b);
    return std::pow(sum / weight, 1 / b);
  };
  const auto loss = [&](double b) {
    return std::log(2 * scale_of(b)) + std::log(b) / b + std::lgamma(1 + 1 / b) + 1 / b;
  };
  constexpr double golden = 0.6180339887498949;
  double low = 0.2, high = 5;
  while (high - low > 1e-4) {
    const double a = high - golden * (high - low), b = low + golden * (high - low);
    if (loss(a) < loss(b)) {
      high = b;
    } else {
      low = a;
    }
  }
  const double shape = (low + high) / 2;
  return {shape, scale_of(shape), centre};
}

double slope(std::span<const Point> points) {
  if (points.size() < 3) return unknown;
  const Moments m = moments(points);
  return m.xx > 0 ? m.xy / m.xx : unknown;
}

double correlation(std::span<const Point> points) {
  if (points.size() < 3) return unknown;
  const Moments m = moments(points);
  return m.xx > 0 && m.yy > 0 ? m.xy / std::sqrt(m.xx * m.yy) : unknown;
}

double poisson_slope(std::span<const Point> points) {
  if (points.size() < 3) return unknown;
  const Moments m = moments(points);
  if (m.xx <= 0 || m.y <= 0) return unknown;
  double a = std::log(m.y), b = 0;  // of exp(a + b (x - mean x))
  for (int round = 0; round < 100; ++round) {
    double g0 = 0, g1 = 0, h00 = 0, h01 = 0, h11 = 0;
    for (const Point& p : points) {
      const double x = p.x - m.x, expected = std::exp(std::min(a + b * x, 50.0));
      g0 += p.weight * (p.y - expected), g1 += p.weight * (p.y - expected) * x;
      h00 += p.weight * expected, h01 += p.weight * expected * x, h11 += p.weight * expected * x * x;
    }
    const double determinant = h00 * h11 - h01 * h01;
    if (!(determinant > 0)) return unknown;
    const double da = (h11 * g0 - h01 * g1) / determinant, db = (h00 * g1 - h01 * g0) / determinant;
    a += std::clamp(da, -2.0, 2.0), b += std::clamp(db, -0.5, 0.5);
    if (std::abs(da) + std::abs(db) < 1e-10) return b;
  }
  return unknown;
}

double survival(std::span<const Life> lives, double duration) {
  std::vector<Life> list(lives.begin(), lives.end());
  std::stable_sort(list.begin(), list.end(),
                   [](const Life& a, const Life& b) { return a.duration < b.duration; });
  if (list.empty() || list.back().duration < duration) return unknown;
  double at_risk = 0, share = 1;
  for (const Life& life : list) at_risk += life.weight;
  for (std::size_t i = 0; i < list.size() && list[i].duration <= duration;) {
    const double now = list[i].duration;
    double ended = 0, leaving = 0;
    for (; i < list.size() && list[i].duration == now; ++i) {
      leaving += list[i].weight;
      if (list[i].ended) ended += list[i].weight;
    }
    share *= 1 - ended / at_risk;
    at_risk -= leaving;
  }
  return share;
}

}  // namespace polder::tools::validate
