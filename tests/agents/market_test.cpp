// SPDX-License-Identifier: Apache-2.0
#include "agents/market/market.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "agents/support/work.hpp"

namespace polder::agents {
namespace {

TEST(Market, the_spread_of_growth_falls_with_size) {
  EXPECT_DOUBLE_EQ(growth_spread(0.35, 1, 0.2), 0.35);
  EXPECT_NEAR(growth_spread(0.35, 1024, 0.2), 0.35 / 4, 1e-12);  // 1024^0.2 = 4
  EXPECT_DOUBLE_EQ(growth_spread(0.35, 0.3, 0.2), 0.35);         // nobody is smaller than one person
  EXPECT_DOUBLE_EQ(growth_spread(5, 1, 0.2), 1.2);
}

TEST(Market, luck_is_tent_shaped_and_changes_no_mean) {
  // Integrate over quantiles: E exp(g) = 1, and the median is the shift alone.
  constexpr int n = 200000;
  const double spread = 0.4, scale = spread / std::sqrt(2.0);
  double sum = 0, absolute = 0;
  for (int i = 0; i < n; ++i) {
    const double g = laplace_growth((i + 0.5) / n, spread);
    sum += std::exp(g);
    absolute += std::abs(g - std::log(1 - scale * scale));
  }
  EXPECT_NEAR(sum / n, 1.0, 2e-3);
  EXPECT_NEAR(absolute / n, scale, 2e-3);  // mean absolute deviation of a Laplace distribution is its scale
  EXPECT_NEAR(laplace_growth(0.5, spread), std::log(1 - scale * scale), 1e-12);
}

TEST(Market, an_advantage_of_a_tenth_grows_by_a_tenth_of_the_selection) {
  EXPECT_NEAR(competitive_growth(0.02, 66, 60, 0, 0.5), 0.002, 1e-15);
  EXPECT_NEAR(competitive_growth(0.02, 60, 60, 0.2, 0.5), 0.002, 1e-15);  // novelty counts like productivity
  EXPECT_EQ(competitive_growth(0.02, 60, 60, 0.2, 0), 0);
  EXPECT_EQ(competitive_growth(0.02, 600, 60, 0, 0), 0.02);  // an advantage counts up to the mean itself
  EXPECT_NEAR(competitive_growth(0.02, 6, 60, 0, 0), -0.018, 1e-15);
}

TEST(Market, staff_is_work_by_productivity) {
  // 60 EUR/h * 146.24 h/month a person: 87,744 EUR/month need 10 persons.
  const double productivity = 60 * 730.5, hours = working_time * 730.5;
  EXPECT_NEAR(hours, 146.24, 0.01);
  EXPECT_NEAR(core_staff_needed(1.0, 60 * hours * 10, productivity), 10, 1e-12);
  EXPECT_NEAR(core_staff_needed(0.3, 60 * hours * 10, productivity), 3, 1e-12);
}

TEST(Market, youth_grows_and_passes) {
  EXPECT_DOUBLE_EQ(growth_of_youth(0.01, 0), 0.01);
  EXPECT_DOUBLE_EQ(growth_of_youth(0.01, 60), 0.005);
  EXPECT_EQ(growth_of_youth(0.01, 120), 0);
  EXPECT_EQ(growth_of_youth(0.01, 500), 0);
}

TEST(Market, startups_sell_as_they_mature) {
  EXPECT_EQ(maturity(0), 1);  // not a venture
  EXPECT_EQ(maturity(9), 1);
  EXPECT_NEAR(maturity(3), 1.0 / 9, 1e-15);
  for (int trl = 1; trl < 9; ++trl) EXPECT_LT(maturity(trl), maturity(trl + 1));
}

}  // namespace
}  // namespace polder::agents
