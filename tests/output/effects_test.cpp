// SPDX-License-Identifier: Apache-2.0
#include "output/effects.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/ids.hpp"

namespace polder::output::effects_test {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(Effects, t_quantiles_agree_with_the_printed_table) {
  // Two-sided 95 %, from any table of Student's t.
  const std::vector<std::pair<std::size_t, double>> table = {
      {1, 12.706}, {2, 4.303},  {3, 3.182},  {4, 2.776},  {5, 2.571},   {9, 2.262},
      {10, 2.228}, {20, 2.086}, {30, 2.042}, {60, 2.000}, {120, 1.980}, {1000000, 1.960}};
  for (const auto& [degrees, quantile] : table) EXPECT_NEAR(t_quantile(degrees), quantile, 5e-4) << degrees;
}

TEST(Effects, paired_interval_agrees_with_the_sum_by_hand) {
  // Differences 1, 2, 3, 4, 5: mean 3, variance 2.5, standard error sqrt(0.5), t(4) = 2.776445.
  const std::vector<double> baseline = {10, 20, 30, 40, 50}, policy = {11, 22, 33, 44, 55};
  const PairedEffect effect = paired_effect(baseline, policy);
  EXPECT_DOUBLE_EQ(effect.mean, 3.0);
  EXPECT_DOUBLE_EQ(effect.standard_error, std::sqrt(0.5));
  EXPECT_NEAR(effect.low, 3.0 - 2.776445105 * std::sqrt(0.5), 1e-9);
  EXPECT_NEAR(effect.high, 3.0 + 2.776445105 * std::sqrt(0.5), 1e-9);
  // t^2 = 18 with 4 degrees: 1 - 3/4 t / sqrt(1 + t^2/4) (1 - t^2 / (12 + 3 t^2)) = 0.013236
  EXPECT_NEAR(effect.p_value, 0.013236, 1e-6);
  // var baseline 250, var policy 302.5, var difference 2.5
  EXPECT_NEAR(effect.variance_reduction, (250 + 302.5) / 2.5, 1e-9);
  EXPECT_EQ(effect.pairs, 5U);
}

TEST(Effects, equal_arms_have_no_effect_and_no_width) {
  const std::vector<double> values = {0.1, 0.7, 1e9, -3.3};
  const PairedEffect effect = paired_effect(values, values);
  EXPECT_EQ(effect.mean, 0.0);
  EXPECT_EQ(effect.low, 0.0);
  EXPECT_EQ(effect.high, 0.0);
  EXPECT_EQ(effect.p_value, 1.0);
  EXPECT_TRUE(std::isinf(effect.variance_reduction));
}

TEST(Effects, unknown_values_leave_their_pair_out) {
  const std::vector<double> baseline = {1, nan, 3, 4, 5}, policy = {2, 7, nan, 6, 8};
  const PairedEffect effect = paired_effect(baseline, policy);
  EXPECT_EQ(effect.pairs, 3U);
  EXPECT_DOUBLE_EQ(effect.mean, 2.0);  // 1, 2, 3
  EXPECT_FALSE(std::isnan(effect.low));
}

TEST(Effects, one_pair_has_a_mean_and_no_interval) {
  const PairedEffect one = paired_effect(std::vector<double>{1}, std::vector<double>{3});
  EXPECT_EQ(one.mean, 2.0);
  EXPECT_TRUE(std::isnan(one.low) && std::isnan(one.high) && std::isnan(one.p_value) &&
              std::isnan(one.standard_error));
  const PairedEffect none = paired_effect({}, {});
  EXPECT_TRUE(std::isnan(none.mean));
  EXPECT_EQ(none.pairs, 0U);
}

TEST(Effects, jackknife_of_a_mean_is_the_interval_of_the_mean) {
  const std::vector<double> values{3, 5, 4, 8, 1};
  std::vector<double> without;
  for (const double v : values) without.push_back((21 - v) / 4);
  const MeanInterval direct = mean_interval(values), folded = jackknife(21.0 / 5, without);
  EXPECT_NEAR(folded.standard_error, direct.standard_error, 1e-12);
  EXPECT_NEAR(folded.low, direct.low, 1e-12);
  EXPECT_NEAR(folded.high, direct.high, 1e-12);
  EXPECT_TRUE(std::isnan(jackknife(7, {}).low));
  EXPECT_DOUBLE_EQ(jackknife(7, {}).mean, 7);
}

TEST(Effects, ratio_has_the_interval_of_fieller) {
  // x = 2, 4, 6: mean 4, var of the mean 4/3; y = 3, 6, 9 = 1.5 x exactly, so the interval has no width.
  const Ratio exact = ratio_of_means(std::vector<double>{300, 330, 360}, std::vector<double>{200, 220, 240});
  EXPECT_NEAR(exact.value, 1.5, 1e-12);
  EXPECT_NEAR(exact.low, 1.5, 1e-6);
  EXPECT_NEAR(exact.high, 1.5, 1e-6);
  // A denominator without spread: the plain t interval of the mean, divided by it.
  const std::vector<double> y = {1, 2, 3, 4, 5}, x(5, 10.0);
  const Ratio plain = ratio_of_means(y, x);
  const double half = 2.776445105 * std::sqrt(0.5);
  EXPECT_NEAR(plain.low, (3 - half) / 10, 1e-9);
  EXPECT_NEAR(plain.high, (3 + half) / 10, 1e-9);
}

TEST(Effects, ratio_is_blank_where_the_denominator_may_be_zero) {
  const Ratio ratio = ratio_of_means(std::vector<double>{1, 2, 3}, std::vector<double>{-1, 0.5, 1});
  EXPECT_TRUE(std::isnan(ratio.value) && std::isnan(ratio.low) && std::isnan(ratio.high));
  EXPECT_EQ(ratio.pairs, 3U);
  EXPECT_TRUE(std::isnan(ratio_of_means(std::vector<double>{1}, std::vector<double>{2}).value));
}

TEST(Effects, false_discovery_control_agrees_with_the_sum_by_hand) {
  // Five tests, sorted 0.005 0.01 0.03 0.04 0.5: p n / rank = 0.025 0.025 0.05 0.05 0.5
  const std::vector<double> adjusted =
      benjamini_hochberg(std::vector<double>{0.04, 0.005, nan, 0.5, 0.01, 0.03});
  const std::vector<double> wanted = {0.05, 0.025, nan, 0.5, 0.025, 0.05};
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (std::isnan(wanted[i])) {
      EXPECT_TRUE(std::isnan(adjusted[i]));
    } else {
      EXPECT_NEAR(adjusted[i], wanted[i], 1e-12) << i;
    }
  }
}

TEST(Effects, false_discovery_control_is_monotone_and_at_most_one) {
  std::vector<double> p;
  for (std::uint64_t i = 0; i < 100; ++i) p.push_back(static_cast<double>(mix64(i) >> 11) * 0x1p-53);
  const std::vector<double> adjusted = benjamini_hochberg(p);
  for (std::size_t i = 0; i < p.size(); ++i) {
    EXPECT_GE(adjusted[i], p[i]);
    EXPECT_LE(adjusted[i], 1.0);
    for (std::size_t k = 0; k < p.size(); ++k) {
      EXPECT_TRUE(p[i] >= p[k] || adjusted[i] <= adjusted[k]) << i << " " << k;
    }
  }
}

/// Standard normal numbers by Box and Muller's method, from a hashed counter.
double normal_number(std::uint64_t counter) {
  const double u = (static_cast<double>(mix64(2 * counter) >> 11) + 0.5) * 0x1p-53;
  const double v = (static_cast<double>(mix64(2 * counter + 1) >> 11) + 0.5) * 0x1p-53;
  return std::sqrt(-2 * std::log(u)) * std::cos(2 * 3.14159265358979323846 * v);
}

TEST(SequentialRule, asks_for_ten_pairs) {
  const std::vector<double> equal(9, 1.0), enough(10, 1.0);
  EXPECT_FALSE(precise_enough(equal, 100, 0.01));
  EXPECT_TRUE(precise_enough(enough, 100, 0.01));
}

TEST(SequentialRule, compares_the_half_width_with_the_baseline) {
  std::vector<double> differences;
  for (int i = 0; i < 10; ++i) differences.push_back(i % 2 == 0 ? 1 : 3);
  // standard deviation sqrt(10/9), half-width 2.262157 * sqrt(1/9) = 0.754052
  EXPECT_TRUE(precise_enough(differences, -100, 0.00755));
  EXPECT_FALSE(precise_enough(differences, -100, 0.0075));
  EXPECT_FALSE(precise_enough(differences, 0, 0.5));
}

TEST(SequentialRule, keeps_its_promised_coverage) {
  constexpr int runs = 2000;
  constexpr double truth = 0.3;
  for (const double half_width : {0.5, 0.3, 0.2}) {  // about 18, 45 and 98 pairs
    int covered = 0;
    double pairs = 0;
    for (int run = 0; run < runs; ++run) {
      std::vector<double> differences;
      while (!precise_enough(differences, 1.0, half_width)) {
        differences.push_back(truth +
                              normal_number(static_cast<std::uint64_t>(run) * 100000 + differences.size()));
      }
      pairs += static_cast<double>(differences.size());
      if (std::abs(mean_interval(differences).mean - truth) <= half_width) ++covered;
    }
    const double coverage = static_cast<double>(covered) / runs;
    EXPECT_GT(coverage, 0.93) << "half-width " << half_width << " with " << pairs / runs << " pairs";
    EXPECT_LT(coverage, 0.98) << "half-width " << half_width << " with " << pairs / runs << " pairs";
  }
}

}  // namespace
}  // namespace polder::output::effects_test
