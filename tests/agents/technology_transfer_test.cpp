// SPDX-License-Identifier: Apache-2.0
#include "agents/knowledge/technology_transfer.hpp"

#include <gtest/gtest.h>

#include "agents/knowledge/open_science.hpp"
#include "tests/agents/small_world.hpp"

namespace polder::agents::technology_transfer_test {
namespace {

TEST(OpenScience, reaches_further_and_leaves_less_to_license) {
  EXPECT_DOUBLE_EQ(open_reach(0.73, 0.73, 0.18), 1);
  EXPECT_DOUBLE_EQ(appropriability(0.73, 0.73, 0.3), 1);
  EXPECT_NEAR(open_reach(1, 0, 0.18), 1.18, 1e-12);
  EXPECT_NEAR(appropriability(1, 0.5, 0.3), 0.7 / 0.85, 1e-12);
  for (double o = 0; o < 0.95; o += 0.1) {
    EXPECT_LT(open_reach(o, 0.73, 0.18), open_reach(o + 0.1, 0.73, 0.18)) << o;
    EXPECT_GT(appropriability(o, 0.73, 0.3), appropriability(o + 0.1, 0.73, 0.3)) << o;
  }
}

/// Productivity summed over firms after two years, when institutes share this much.
double productivity(const std::string& openness) {
  Scenario s = test::small_world(300, 24, {"market", "accounts", "rd_investment", "research", "absorption"});
  s.kinds[1].attributes.push_back(test::starts("openness", openness));
  s.kinds[1].attributes.push_back(test::starts("rd_spending", "1 MEUR/month"));
  s.mechanisms.push_back(test::mechanism("knowledge_spillover", {{"open_gain", "1"}}));
  const auto program = compile(s, catalogue());
  State state = found(program, 3, 0);
  for (int month = 0; month < 24; ++month) step(program, state);
  return test::total(program, state, "firm", "productivity");
}

TEST(OpenScience, makes_firms_more_productive_where_it_is_more_open) {
  EXPECT_GT(productivity("1"), productivity("0.5"));
  EXPECT_GT(productivity("0.5"), productivity("0"));
}

TEST(TechnologyTransfer, makes_spin_offs_likelier_with_intent_and_seed_money) {
  EXPECT_DOUBLE_EQ(spin_off_chance(0.06, 0.1, 0.5), 0.06);
  EXPECT_DOUBLE_EQ(spin_off_chance(0.06, 0.2, 1.0), 0.18);
  EXPECT_DOUBLE_EQ(spin_off_chance(0.06, 0.0, 1.0), 0.0);
  EXPECT_DOUBLE_EQ(spin_off_chance(0.9, 1.0, 1.0), 1.0);
}

TEST(TechnologyTransfer, makes_fewer_spin_offs_the_more_the_institute_asks) {
  EXPECT_DOUBLE_EQ(appeal_of_terms(0.1, 0.1, 0.5), 1);
  EXPECT_NEAR(appeal_of_terms(0.55, 0.1, 1), 0.5, 1e-12);
  EXPECT_DOUBLE_EQ(appeal_of_terms(0.5, 0.1, 0), 1);
  EXPECT_DOUBLE_EQ(appeal_of_terms(1, 0.1, 0.5), 0);
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
}  // namespace polder::agents::technology_transfer_test
