// SPDX-License-Identifier: Apache-2.0
#include "agents/demography/firm_demography.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace polder::agents {
namespace {

TEST(FirmDemography, hazards_give_the_survival_of_the_cohort_of_2015) {
  double alive = 1, after_one = 0, after_three = 0;
  for (int month = 0; month < 60; ++month) {
    alive *= std::exp(-exit_hazard(month, 0.05, 1, 0) / 12);
    if (month == 11) after_one = alive;
    if (month == 35) after_three = alive;
  }
  EXPECT_NEAR(after_one, 0.957, 0.002);
  EXPECT_NEAR(after_three, 0.76, 0.005);
  EXPECT_NEAR(alive, 0.65, 0.005);
  EXPECT_EQ(exit_hazard(60, 0.05, 1.66, 0.01), 0.05);
  EXPECT_NEAR(exit_hazard(0, 0.05, 1, 0.03), 0.034, 1e-12);
  EXPECT_NEAR(exit_hazard(12, 0.05, 1, 0.03), 0.085, 1e-12);
  EXPECT_EQ(exit_hazard(12, 0.05, 1, 0.2), 0);
}

TEST(FirmDemography, new_employers_end_as_often_as_those_of_2015) {
  double alive = 1;
  for (int month = 0; month < 60; ++month) alive *= std::exp(-exit_hazard(month, 0.05, 1.66, 0) / 12);
  EXPECT_NEAR(alive, 0.49, 0.005);
}

TEST(FirmDemography, large_firms_seldom_vanish) {
  double last = 2;
  for (const double staff : {1.0, 10.0, 50.0, 300.0, 5000.0}) {
    EXPECT_LT(exit_by_size(staff), last);
    last = exit_by_size(staff);
  }
  EXPECT_EQ(exit_by_size(1), 1);
}

TEST(FirmDemography, a_scale_up_has_grown_by_a_fifth_a_year_for_three_years) {
  EXPECT_TRUE(has_scaled(17.28, 10, 0.2));
  EXPECT_FALSE(has_scaled(17.2, 10, 0.2));
  EXPECT_FALSE(has_scaled(17.28, 0, 0.2));
}

TEST(FirmDemography, lagged_staff_tells_the_growth_of_three_years) {
  // x' = x + (L - x) / 49 while L grows by 20 % a year: the ratio settles at (1.2)^3.
  double staff = 10, before = 10;
  for (int month = 0; month < 600; ++month) {
    staff *= std::pow(1.2, 1.0 / 12);
    before += (staff - before) / 49;
  }
  EXPECT_NEAR(staff / before, 1.728, 0.01);
}

}  // namespace
}  // namespace polder::agents
