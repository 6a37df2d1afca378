// SPDX-License-Identifier: Apache-2.0
#include "engine/money.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <vector>

#include "engine/draw.hpp"

namespace polder::money_test {
namespace {

std::vector<Cents> parts_of(Cents total, std::vector<double> weights) {
  std::vector<Cents> parts(weights.size());
  split(total, weights, parts);
  return parts;
}

TEST(Money, rounds_to_cents_halves_to_even) {
  EXPECT_EQ(to_cents(12.34), 1234);
  EXPECT_EQ(to_cents(0.125), 12);
  EXPECT_EQ(to_cents(0.375), 38);
  EXPECT_EQ(to_cents(-0.125), -12);
  EXPECT_EQ(to_euros(1234), 12.34);
}

TEST(Money, splits_by_largest_remainder) {
  EXPECT_EQ(parts_of(100, {1, 1, 1}), (std::vector<Cents>{34, 33, 33}));
  EXPECT_EQ(parts_of(10, {1, 2, 3, 4}), (std::vector<Cents>{1, 2, 3, 4}));
  EXPECT_EQ(parts_of(10, {0.5, 0.3, 0.2}), (std::vector<Cents>{5, 3, 2}));
  EXPECT_EQ(parts_of(7, {50, 30, 20}), (std::vector<Cents>{4, 2, 1}));  // 3.5 2.1 1.4
  EXPECT_EQ(parts_of(2, {1, 1, 1, 1}), (std::vector<Cents>{1, 1, 0, 0}));
}

TEST(Money, splits_debts_like_claims) {
  EXPECT_EQ(parts_of(-100, {1, 1, 1}), (std::vector<Cents>{-34, -33, -33}));
}

TEST(Money, gives_nothing_for_weight_zero_and_equal_parts_when_all_are_zero) {
  EXPECT_EQ(parts_of(5, {0, 1, 0}), (std::vector<Cents>{0, 5, 0}));
  EXPECT_EQ(parts_of(5, {0, 0}), (std::vector<Cents>{3, 2}));
  EXPECT_EQ(parts_of(0, {1, 2}), (std::vector<Cents>{0, 0}));
  EXPECT_EQ(parts_of(5, {}), (std::vector<Cents>{}));
}

TEST(Money, splits_the_largest_sums_and_the_oddest_weights_without_losing_a_cent) {
  const Cents most = std::numeric_limits<Cents>::max();
  for (const double scale : {5e-324, 1e-300, 1.0, 1e300}) {
    std::vector<double> weights;
    for (std::uint64_t i = 1; i <= 1000; ++i) {
      weights.push_back(scale * std::floor(1e6 * uniform(DrawKey{7}, AgentId{i}, 0)));
    }
    const auto parts = parts_of(most, weights);
    Cents sum = 0;
    for (const Cents part : parts) {
      EXPECT_GE(part, 0);
      sum += part;
    }
    EXPECT_EQ(sum, most);
  }
}

TEST(Money, gives_each_part_within_a_cent_of_its_share) {
  std::vector<double> weights;
  for (std::uint64_t i = 1; i <= 200; ++i) weights.push_back(uniform(DrawKey{8}, AgentId{i}, 0));
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  const auto parts = parts_of(123456789, weights);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    EXPECT_NEAR(static_cast<double>(parts[i]), 123456789 * weights[i] / sum, 1.0);
  }
}

}  // namespace
}  // namespace polder::money_test
