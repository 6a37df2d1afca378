// SPDX-License-Identifier: Apache-2.0
#include "agents/knowledge/technology_transfer.hpp"

#include <gtest/gtest.h>

namespace polder::agents {
namespace {

TEST(TechnologyTransfer, makes_spin_offs_likelier_with_intent_and_seed_money) {
  EXPECT_DOUBLE_EQ(spin_off_chance(0.06, 0.1, 0.5), 0.06);
  EXPECT_DOUBLE_EQ(spin_off_chance(0.06, 0.2, 1.0), 0.18);
  EXPECT_DOUBLE_EQ(spin_off_chance(0.06, 0.0, 1.0), 0.0);
  EXPECT_DOUBLE_EQ(spin_off_chance(0.9, 1.0, 1.0), 1.0);
}

TEST(TechnologyTransfer, keeps_what_is_not_screened_and_lets_part_of_it_expire) {
  EXPECT_DOUBLE_EQ(backlog_after(10, 5, 3, 0.25), 9);
  EXPECT_DOUBLE_EQ(backlog_after(1, 0, 3, 0.25), 0);
}

TEST(TechnologyTransfer, thins_spin_offs_without_bias) {
  double sum = 0;
  constexpr int n = 1000;
  for (int i = 0; i < n; ++i) sum += thinned(3, 10, (i + 0.5) / n);
  EXPECT_NEAR(sum / n, 0.3, 1e-9);
  EXPECT_EQ(thinned(4, 1, 0.3), 4);
}

}  // namespace
}  // namespace polder::agents
