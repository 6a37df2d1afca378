// SPDX-License-Identifier: Apache-2.0
#include "engine/elementary.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/draw.hpp"

namespace polder::elementary_test {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

double between(double low, double high, std::uint64_t i) {
  return low + (high - low) * uniform(DrawKey{11}, AgentId{i}, 0);
}

/// Distance from the true value (80-bit reference) in units of the last place.
double error_in_ulp(double value, long double truth) {
  int exponent = 0;
  std::frexp(static_cast<double>(truth), &exponent);
  const long double ulp = std::ldexp(1.0L, std::max(exponent - 53, -1074));
  return static_cast<double>(std::fabs(static_cast<long double>(value) - truth) / ulp);
}

TEST(Elementary, exp_is_within_one_unit_in_the_last_place) {
  double worst = 0;
  for (std::uint64_t i = 1; i <= 300000; ++i) {
    const double x = i % 2 == 0 ? between(-745, 709.7, i) : between(-1, 1, i);
    worst = std::max(worst, error_in_ulp(elementary::exp(x), std::exp(static_cast<long double>(x))));
  }
  EXPECT_LT(worst, 1.0);
}

TEST(Elementary, log_is_within_one_unit_in_the_last_place) {
  double worst = 0;
  for (std::uint64_t i = 1; i <= 300000; ++i) {
    const double x = i % 2 == 0 ? std::exp2(between(-1074, 1023, i)) : between(0.5, 2, i);
    worst = std::max(worst, error_in_ulp(elementary::log(x), std::log(static_cast<long double>(x))));
  }
  EXPECT_LT(worst, 1.0);
}

TEST(Elementary, exp_keeps_its_limits) {
  EXPECT_EQ(elementary::exp(0.0), 1.0);
  EXPECT_EQ(elementary::exp(-0.0), 1.0);
  EXPECT_EQ(elementary::exp(709.8), infinity);
  EXPECT_EQ(elementary::exp(infinity), infinity);
  EXPECT_EQ(elementary::exp(-745.2), 0.0);
  EXPECT_EQ(elementary::exp(-infinity), 0.0);
  EXPECT_EQ(elementary::exp(-745.0), 5e-324);
  EXPECT_TRUE(std::isnan(elementary::exp(not_a_number)));
}

TEST(Elementary, log_keeps_its_limits) {
  EXPECT_EQ(elementary::log(1.0), 0.0);
  EXPECT_EQ(elementary::log(0.0), -infinity);
  EXPECT_EQ(elementary::log(-0.0), -infinity);
  EXPECT_EQ(elementary::log(infinity), infinity);
  EXPECT_TRUE(std::isnan(elementary::log(-1.0)));
  EXPECT_TRUE(std::isnan(elementary::log(-infinity)));
  EXPECT_TRUE(std::isnan(elementary::log(not_a_number)));
  EXPECT_DOUBLE_EQ(elementary::log(5e-324), -744.4400719213812);
}

TEST(Elementary, pow_multiplies_for_small_whole_exponents) {
  EXPECT_EQ(elementary::pow(-3, 3), -27);
  EXPECT_EQ(elementary::pow(1.1, 2), 1.1 * 1.1);
  EXPECT_EQ(elementary::pow(3, 8), 6561);
  EXPECT_EQ(elementary::pow(2, -5), 1.0 / 32);
  EXPECT_EQ(elementary::pow(7.5, 1), 7.5);
  EXPECT_EQ(elementary::pow(0, 0), 1);
  EXPECT_EQ(elementary::pow(0, -2), infinity);
}

TEST(Elementary, pow_is_the_exponential_of_b_log_a_otherwise) {
  EXPECT_EQ(elementary::pow(2.5, 1.3), elementary::exp(1.3 * elementary::log(2.5)));
  EXPECT_EQ(elementary::pow(2, 9), elementary::exp(9 * elementary::log(2)));
  EXPECT_EQ(elementary::pow(0, 0.7), 0);
  EXPECT_EQ(elementary::pow(0, -0.7), infinity);
  EXPECT_TRUE(std::isnan(elementary::pow(-2, 0.5)));
  EXPECT_NEAR(elementary::pow(10, 0.5), std::sqrt(10.0), 1e-15);
}

TEST(Elementary, normal_quantile_has_the_published_values) {
  // Reference values to 17 digits, computed with 50 digits by solving Phi(z) = p.
  EXPECT_EQ(elementary::normal_quantile(0.5), 0.0);
  EXPECT_NEAR(elementary::normal_quantile(0.25), -0.67448975019608174, 1e-15);
  EXPECT_NEAR(elementary::normal_quantile(0.001), -3.0902323061678135, 4e-15);
  EXPECT_NEAR(elementary::normal_quantile(1e-20), -9.2623400897984076, 1e-14);
  EXPECT_NEAR(elementary::normal_quantile(0.975), 1.9599639845400542, 2e-15);
  EXPECT_EQ(elementary::normal_quantile(0.0), -infinity);
  EXPECT_EQ(elementary::normal_quantile(1.0), infinity);
  EXPECT_TRUE(std::isnan(elementary::normal_quantile(-0.1)));
  EXPECT_TRUE(std::isnan(elementary::normal_quantile(1.1)));
  EXPECT_TRUE(std::isnan(elementary::normal_quantile(not_a_number)));
}

TEST(Elementary, normal_quantile_is_odd_and_rises_without_a_step_where_its_parts_meet) {
  for (const double p : {0.25, 0x1p-4, 0x1.3p-4, 0x1p-20, 0x1p-36, 0x1p-40}) {
    EXPECT_EQ(elementary::normal_quantile(p), -elementary::normal_quantile(1 - p)) << p;
  }
  for (const double p : {0.075, 0.925, std::exp(-25.0)}) {
    const double below = elementary::normal_quantile(p * (1 - 1e-12));
    const double above = elementary::normal_quantile(p * (1 + 1e-12));
    EXPECT_LT(below, above);
    EXPECT_LT(above - below, 1e-10);
  }
}

}  // namespace
}  // namespace polder::elementary_test
