// SPDX-License-Identifier: Apache-2.0
// Statistics against theory: samples are quantiles of known distributions, so no luck is involved.
#include "tools/validate/statistics.hpp"

#include <cmath>
#include <functional>

#include <gtest/gtest.h>

namespace {

using namespace polder::tools::validate;

/// n quantiles of a distribution in the middle of n equal parts.
std::vector<Weighted> quantiles(std::size_t n, const std::function<double(double)>& inverse) {
  std::vector<Weighted> sample;
  for (std::size_t i = 0; i < n; ++i)
    sample.push_back({inverse((static_cast<double>(i) + 0.5) / static_cast<double>(n)), 1});
  return sample;
}

double laplace(double u) {
  return u < 0.5 ? std::log(2 * u) : -std::log(2 * (1 - u));
}

TEST(Statistics, hill_finds_the_exponent_of_a_pareto_tail) {
  const auto sample = quantiles(20000, [](double u) { return 50 * std::pow(1 - u, -1 / 1.06); });
  EXPECT_NEAR(hill_exponent(sample, 50), 1.06, 0.01);
  EXPECT_NEAR(hill_exponent(sample, 200), 1.06, 0.02) << "a Pareto tail looks the same from any threshold";
}

TEST(Statistics, hill_says_nothing_about_nine_observations) {
  EXPECT_TRUE(std::isnan(hill_exponent(quantiles(9, [](double u) { return 2 + u; }), 1)));
  EXPECT_TRUE(std::isnan(hill_exponent({}, 1)));
}

TEST(Statistics, one_observation_of_weight_three_counts_like_three) {
  std::vector<Weighted> heavy, copies;
  for (int i = 1; i <= 20; ++i) {
    heavy.push_back({static_cast<double>(i * i), i % 2 == 0 ? 3.0 : 1.0});
    for (int n = 0; n < (i % 2 == 0 ? 3 : 1); ++n) copies.push_back({static_cast<double>(i * i), 1});
  }
  EXPECT_DOUBLE_EQ(hill_exponent(heavy, 4), hill_exponent(copies, 4));
  EXPECT_DOUBLE_EQ(quantile(heavy, 0.3), quantile(copies, 0.3));
  EXPECT_NEAR(gini(heavy), gini(copies), 1e-12);
  EXPECT_NEAR(share_of_largest(heavy, 5), share_of_largest(copies, 5), 1e-12);
  EXPECT_NEAR(fit_subbotin(heavy).scale, fit_subbotin(copies).scale, 1e-3);
  EXPECT_NEAR(standard_deviation(heavy), standard_deviation(copies), 1e-12);
}

TEST(Statistics, exponent_of_counts_is_that_of_a_discrete_power_law) {
  // Weights k^-2.5 from 5 on; eq. 3.7 of Clauset et al. is an approximation good to a few hundredths there.
  std::vector<Weighted> counts;
  for (int k = 1; k <= 200000; ++k) counts.push_back({static_cast<double>(k), std::pow(k, -2.5)});
  EXPECT_NEAR(count_exponent(counts, 5), 2.5, 0.03);
}

TEST(Statistics, subbotin_tells_laplace_from_normal_and_uniform) {
  const Subbotin tent = fit_subbotin(quantiles(20000, laplace));
  EXPECT_NEAR(tent.shape, 1, 0.01);
  EXPECT_NEAR(tent.scale, 1, 0.01);
  EXPECT_NEAR(tent.location, 0, 0.001);
  // Sums of twelve uniforms by their characteristic shape: logistic is between tent and bell.
  const Subbotin logistic = fit_subbotin(quantiles(20000, [](double u) { return std::log(u / (1 - u)); }));
  EXPECT_GT(logistic.shape, 1.2);
  EXPECT_LT(logistic.shape, 1.6);
  EXPECT_GT(fit_subbotin(quantiles(20000, [](double u) { return u; })).shape, 4);
}

TEST(Statistics, gini_of_known_distributions) {
  EXPECT_NEAR(gini(quantiles(100, [](double) { return 3.0; })), 0, 1e-12);
  EXPECT_NEAR(gini(quantiles(100000, [](double u) { return u; })), 1.0 / 3, 1e-4);
  EXPECT_NEAR(gini(quantiles(100000, [](double u) { return -std::log(1 - u); })), 0.5, 1e-3);
}

TEST(Statistics, share_of_largest_splits_the_last_one) {
  const std::vector<Weighted> sample{{10, 1}, {1, 10}, {5, 2}};
  EXPECT_DOUBLE_EQ(share_of_largest(sample, 2), 15.0 / 30);
  EXPECT_DOUBLE_EQ(share_of_largest(sample, 100), 1);
}

TEST(Statistics, slope_and_memory_of_a_known_process) {
  // x' = 0.7 x + e with e that has no mean over each x: the regression gives back 0.7.
  std::vector<Point> points;
  for (int i = -10; i <= 10; ++i)
    for (const double e : {-0.3, 0.3}) points.push_back({i * 1.0, 0.7 * i + e, 1});
  EXPECT_NEAR(slope(points), 0.7, 1e-12);
  EXPECT_GT(correlation(points), 0.99);
  EXPECT_TRUE(std::isnan(slope(std::vector<Point>{{1, 1, 1}, {1, 2, 1}, {1, 3, 1}})));
}

TEST(Statistics, poisson_slope_keeps_firms_without_a_patent) {
  std::vector<Point> points;
  for (int i = 0; i < 40; ++i) {
    const double x = 0.1 * i;
    points.push_back({x, 2 * std::exp(-1 + 0.6 * x), 1});  // half of the firms have twice the expected number
    points.push_back({x, 0, 1});                           // the others none
  }
  EXPECT_NEAR(poisson_slope(points), 0.6, 1e-8);
}

TEST(Statistics, survival_by_hand) {
  // Four start; one ends at 2, one leaves the study at 3, one ends at 4, the last is seen until 10:
  // 3/4 after 2; at 4 two are at risk: 3/4 * 1/2.
  const std::vector<Life> lives{{2, 1, true}, {3, 1, false}, {4, 1, true}, {10, 1, false}};
  EXPECT_DOUBLE_EQ(survival(lives, 1), 1);
  EXPECT_DOUBLE_EQ(survival(lives, 2), 0.75);
  EXPECT_DOUBLE_EQ(survival(lives, 5), 0.375);
  EXPECT_TRUE(std::isnan(survival(lives, 11))) << "nobody was seen that long";
}

}  // namespace
