// SPDX-License-Identifier: Apache-2.0
#include "engine/exact_sum.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/draw.hpp"
#include "engine/elementary.hpp"
#include "engine/error.hpp"

namespace polder::exact_sum_test {
namespace {

__extension__ using Int128 = __int128;

std::vector<double> terms(std::size_t n, double low_exponent, double high_exponent, std::uint64_t seed = 1) {
  std::vector<double> result(n);
  const DrawKey key{seed};
  for (std::size_t i = 0; i < n; ++i) {
    const double size =
        std::exp2(low_exponent + (high_exponent - low_exponent) * uniform(key, AgentId{i + 1}, 0));
    result[i] = uniform(key, AgentId{i + 1}, 1) < 0.5 ? -size : size;
  }
  return result;
}

ExactSum sum_of(const std::vector<double>& values) {
  ExactSum sum;
  sum.add(values);
  return sum;
}

/// A deterministic shuffle.
void shuffle(std::vector<double>& values, std::uint32_t step) {
  for (std::size_t i = values.size(); i > 1; --i) {
    const auto other =
        static_cast<std::size_t>(uniform(DrawKey{2}, AgentId{i}, step) * static_cast<double>(i));
    std::swap(values[i - 1], values[other]);
  }
}

TEST(ExactSum, is_zero_at_first) {
  EXPECT_EQ(ExactSum{}.value(), 0.0);
}

TEST(ExactSum, does_not_depend_on_the_order_or_the_grouping) {
  for (const auto& [low, high] : {std::pair{-60.0, 30.0}, std::pair{-100.0, 99.0}, std::pair{30.0, 50.0}}) {
    auto values = terms(10000, low, high);
    const ExactSum whole = sum_of(values);
    for (std::uint32_t repeat = 0; repeat < 5; ++repeat) {
      shuffle(values, repeat);
      EXPECT_EQ(sum_of(values), whole);
      ExactSum one_by_one;
      for (const double value : values) one_by_one.add(value);
      EXPECT_EQ(one_by_one, whole);
      ExactSum parts;
      const std::span<const double> all(values);
      for (std::size_t i = 0; i < all.size(); i += 777) {
        ExactSum part;
        part.add(all.subspan(i, std::min<std::size_t>(777, all.size() - i)));
        parts.add(part);
      }
      EXPECT_EQ(parts, whole);
      EXPECT_EQ(parts.value(), whole.value());
    }
  }
}

TEST(ExactSum, is_the_nearest_double_of_the_true_sum) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    auto values = terms(2000, -20, 30, seed);
    Int128 exact = 0;  // in units of 2^-74: every bit of every term
    for (const double value : values) exact += static_cast<Int128>(std::ldexp(value, 74));
    EXPECT_EQ(sum_of(values).value(), std::ldexp(static_cast<double>(exact), -74));
  }
}

TEST(ExactSum, keeps_what_is_left_after_cancellation) {
  EXPECT_EQ(sum_of({1e30, 1.0, -1e30}).value(), 1.0);
  EXPECT_EQ(sum_of({0x1p99, 0x1p-79, -0x1p99}).value(), 0x1p-79);
  EXPECT_EQ(sum_of({0.1, -0.1}).value(), 0.0);
  EXPECT_EQ(sum_of({-1.0, 0x1p-60}).value(), -1.0 + 0x1p-60);
  EXPECT_EQ(sum_of({1e6, -3.25, -1e6}).value(), -3.25);
}

TEST(ExactSum, rounds_ties_to_even_and_looks_at_the_last_digit) {
  const double one_and_half = 0x1p-53;  // half of the last place of 1
  EXPECT_EQ(sum_of({1.0, one_and_half}).value(), 1.0);
  EXPECT_EQ(sum_of({1.0, one_and_half, 0x1p-80}).value(), 1.0 + 0x1p-52);
  EXPECT_EQ(sum_of({0x1p90, 0x1p37, 0x1p-80}).value(), 0x1p90 + 0x1p38);
  EXPECT_EQ(sum_of({-0x1p90, -0x1p37}).value(), -0x1p90);
}

TEST(ExactSum, drops_less_than_a_unit_of_2_to_the_minus_80_a_term) {
  EXPECT_EQ(sum_of({0x1p-82}).value(), 0.0);
  EXPECT_EQ(sum_of({0x1.8p-80}).value(), 0x1p-79);
}

TEST(ExactSum, adds_many_terms_of_the_largest_size) {
  const std::vector<double> values(100000, 0x1.fffffffffffffp39);
  EXPECT_EQ(sum_of(values).value(), 100000 * 0x1.fffffffffffffp39);
  const std::vector<double> huge(100000, -0x1.fffffffffffffp99);
  EXPECT_EQ(sum_of(huge).value(), 100000 * -0x1.fffffffffffffp99);
}

TEST(ExactSum, adds_products_rounded_once) {
  const auto a = terms(5000, -10, 20, 3);
  const auto b = terms(5000, -10, 25, 4);
  ExactSum products, wanted;
  products.add_products(a, b);
  for (std::size_t i = 0; i < a.size(); ++i) wanted.add(a[i] * b[i]);
  EXPECT_EQ(products, wanted);
}

TEST(ExactSum, refuses_what_it_cannot_hold) {
  for (const double bad : {0x1p100, -0x1p100, std::numeric_limits<double>::infinity(),
                           std::numeric_limits<double>::quiet_NaN()}) {
    ExactSum sum;
    EXPECT_THROW(sum.add(bad), RunError);
    EXPECT_THROW(sum.add(std::vector<double>{1.0, bad}), RunError);
  }
}

}  // namespace
}  // namespace polder::exact_sum_test
