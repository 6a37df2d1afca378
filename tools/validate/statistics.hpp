// SPDX-License-Identifier: Apache-2.0
// Statistics of samples in which one observation may stand for many: tails, shapes, concentration, lines,
// survival. Pure functions; NaN where the sample is too small to say anything.
#pragma once
#include <limits>
#include <span>
#include <vector>

namespace polder::tools::validate {

/// What a statistic is that cannot be known from the sample.
inline constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

struct Weighted {
  double value = 0;
  double weight = 1;  ///< real agents that it stands for
};

/// Exponent a of P(X > x) ~ x^-a from the observations above `threshold` (at least ten).
/// source: Hill 1975, weighted
double hill_exponent(std::span<const Weighted> sample, double threshold);
/// Exponent of the density p(k) ~ k^-g of counts from `smallest` on (at least ten).
/// source: Clauset, Shalizi & Newman 2009, eq. 3.7
double count_exponent(std::span<const Weighted> counts, double smallest);
/// The value below which the share p of the weight lies. range: p in [0, 1]
double quantile(std::span<const Weighted> sample, double p);
double mean(std::span<const Weighted> sample);
double standard_deviation(std::span<const Weighted> sample);
/// Concentration of non-negative values: 0 all equal, towards 1 all in one hand.
double gini(std::span<const Weighted> sample);
/// Share of the total that the largest hold. weight: how many real agents are meant
double share_of_largest(std::span<const Weighted> sample, double weight);

/// Density ~ exp(-(|x - location| / scale)^shape / shape): 1 Laplace, 2 normal.
struct Subbotin {
  double shape = 0, scale = 0, location = 0;
};
/// Maximum likelihood with the median as location. source: Bottazzi & Secchi 2006
Subbotin fit_subbotin(std::span<const Weighted> sample);

struct Point {
  double x = 0, y = 0;
  double weight = 1;
};
/// Slope of the least-squares line; NaN with fewer than three points or without spread in x.
double slope(std::span<const Point> points);
/// b of E[y] = exp(a + b x) for counts y by maximum likelihood. source: Hausman, Hall & Griliches 1984
double poisson_slope(std::span<const Point> points);
double correlation(std::span<const Point> points);

/// How long somebody was seen.
struct Life {
  double duration = 0;
  double weight = 1;
  bool ended = false;  ///< else still there when observation stopped
};
/// Share that survives `duration`; NaN when nobody was seen that long. source: Kaplan & Meier 1958
double survival(std::span<const Life> lives, double duration);

}  // namespace polder::tools::validate
