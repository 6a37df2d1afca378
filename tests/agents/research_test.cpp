// SPDX-License-Identifier: Apache-2.0
#include "agents/knowledge/research.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "agents/support/work.hpp"

namespace polder::agents::research_test {
namespace {

TEST(Research, success_rises_with_intensity_at_falling_returns) {
  EXPECT_EQ(research_success_probability(0.17, 0, 0.6), 0);
  EXPECT_NEAR(research_success_probability(0.17, 1, 0.6), 1 - std::exp(-0.17), 1e-14);
  EXPECT_NEAR(research_success_probability(0.17, 0.1, 0.6), 1 - std::exp(-0.17 * std::pow(0.1, 0.6)), 1e-14);
  const double once = research_success_probability(0.17, 0.1, 0.6);
  const double twice = research_success_probability(0.17, 0.2, 0.6);
  EXPECT_GT(twice, once);
  EXPECT_LT(twice, 2 * once);
}

TEST(Research, only_improvements_are_adopted) {
  EXPECT_DOUBLE_EQ(productivity_gain(0.15, 1), 0.15);
  EXPECT_DOUBLE_EQ(productivity_gain(0.15, 0.6), 0.03);
  EXPECT_EQ(productivity_gain(0.15, 0.4), 0);
}

TEST(Research, patents_grow_slower_than_research) {
  EXPECT_DOUBLE_EQ(patents_expected(1e-6, 5e6, 1e6, 1e6, 0.7), 5);
  EXPECT_DOUBLE_EQ(patents_expected(1e-6, 5e6, 3e6, 1e6, 1), 5);
  const double once = patents_expected(1e-6, 1e6, 1e6, 2e6, 0.7),
               twice = patents_expected(1e-6, 2e6, 2e6, 2e6, 0.7);
  EXPECT_NEAR(twice / once, std::pow(2.0, 0.7), 1e-12);
  EXPECT_EQ(patents_expected(1e-6, 0, 1e6, 1e6, 0.7), 0);
  EXPECT_EQ(patents_expected(1e-6, 1e6, 0, 1e6, 0.7), 0);
}

TEST(Research, new_products_age_and_new_ones_replace_old_sales) {
  EXPECT_DOUBLE_EQ(new_product_share_after(0.36, 0, 100, 0.2, 36), 0.35);
  const double kept = 0.36 * 35 / 36;
  EXPECT_NEAR(new_product_share_after(0.36, 50, 100, 0.2, 36), kept + (1 - kept) * (1 - std::exp(-0.1)),
              1e-14);
  double share = 0;
  for (int month = 0; month < 2000; ++month) share = new_product_share_after(share, 1000, 100, 0.2, 36);
  EXPECT_LT(share, 1);
}

TEST(Research, the_draw_of_a_success_is_beta_three_three) {
  const DrawKey key = draw_key(1, 1, purpose_of("test"));
  double sum = 0, squares = 0, gains = 0;
  constexpr int n = 40000;
  for (std::uint32_t i = 0; i < n; ++i) {
    const double x = beta33(key, AgentId{mix64(i)}, 3, 0);
    ASSERT_GT(x, 0);
    ASSERT_LT(x, 1);
    sum += x;
    squares += x * x;
    gains += productivity_gain(0.15, x);
  }
  const double mean = sum / n;
  EXPECT_NEAR(mean, 0.5, 4 * 0.189 / std::sqrt(n));
  EXPECT_NEAR(squares / n - mean * mean, 1.0 / 28, 1e-3);  // variance a b / ((a + b)^2 (a + b + 1))
  EXPECT_NEAR(gains / n, 0.15 * 5.0 / 32, 3e-4);           // E max(0, 2 B - 1) = 5 / 32
}

}  // namespace
}  // namespace polder::agents::research_test
