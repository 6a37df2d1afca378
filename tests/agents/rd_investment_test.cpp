// SPDX-License-Identifier: Apache-2.0
#include "agents/knowledge/rd_investment.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/agents/small_world.hpp"

namespace polder::agents::rd_investment_test {
namespace {

TEST(RdInvestment, support_raises_wanted_research_by_the_user_cost_elasticity) {
  EXPECT_NEAR(user_cost_response(0.25, 0.8), std::pow(0.75, -0.8), 1e-14);
  EXPECT_EQ(user_cost_response(0, 0.8), 1);
  EXPECT_EQ(user_cost_response(-0.1, 0.8), 1);
  EXPECT_EQ(user_cost_response(2, 0.8), user_cost_response(0.95, 0.8));
}

TEST(RdInvestment, a_euro_of_tax_credit_buys_what_the_evaluations_found) {
  // Bang for the buck of a scheme: [1 - (1 - s)^eta] / s; at s = 0.25 and eta = 0.8 about 0.82.
  const double raised = user_cost_response(0.25, 0.8);
  const double cost = 0.25 * raised;
  EXPECT_NEAR((raised - 1) / cost, (1 - std::pow(0.75, 0.8)) / 0.25, 1e-12);
  EXPECT_NEAR((raised - 1) / cost, 0.82, 0.01);
}

TEST(RdInvestment, research_waits_while_support_is_doubtful) {
  EXPECT_EQ(certainty_factor(1, 0.2), 1);
  EXPECT_DOUBLE_EQ(certainty_factor(0.5, 0.2), 0.9);
  EXPECT_DOUBLE_EQ(certainty_factor(0, 0.2), 0.8);
  EXPECT_DOUBLE_EQ(certainty_factor(-3, 0.2), 0.8);
}

TEST(RdInvestment, firms_with_money_do_what_they_want) {
  EXPECT_EQ(research_spending(100, {.cash = 1000, .reserve = 200, .last = 80}), 100);
}

TEST(RdInvestment, firms_short_of_money_add_a_euro_for_a_euro) {
  ResearchMeans means{.cash = 250, .reserve = 200, .last = 10};
  EXPECT_EQ(research_spending(100, means), 50);
  means.cash += 30;  // a grant
  EXPECT_EQ(research_spending(100, means), 80);
  means.credit = 60;  // half of it
  EXPECT_EQ(research_spending(200, means), 110);
}

TEST(RdInvestment, running_research_is_cut_by_a_tenth_a_month_at_most_while_cash_lasts) {
  EXPECT_DOUBLE_EQ(research_spending(100, {.cash = 150, .reserve = 200, .last = 100}), 90);
  EXPECT_DOUBLE_EQ(research_spending(100, {.cash = 40, .reserve = 200, .last = 100}), 40);
  EXPECT_EQ(research_spending(100, {.cash = -40, .reserve = 200, .last = 100}), 0);
}

TEST(RdInvestment, earmarked_money_is_spent_on_research) {
  EXPECT_EQ(research_spending(0, {.cash = 500, .reserve = 600, .funded = 70}), 70);
  EXPECT_EQ(research_spending(0, {.cash = 50, .reserve = 600, .funded = 70}), 50);
}

/// R&D of founders with 20 kEUR a month and no grants, in the data and after a year.
double kept_research(const std::string& funded_part) {
  Scenario s = test::small_world(300, 12, {"market", "accounts"});
  s.mechanisms.push_back(
      test::mechanism("rd_investment", {{"funded_part", funded_part}, {"stop", "0 /year"}}));
  for (const auto& a : {test::starts("rd_spending", "if(rd_performer, 20 kEUR/month, 0 EUR/month)"),
                        test::starts("cash", "1000 MEUR"), test::starts("age", "100 months")})
    s.kinds[0].attributes.push_back(a);
  const auto program = compile(s, catalogue());
  State state = found(program, 3, 0);
  const double before = test::total(program, state, "firm", "rd_spending");
  for (int month = 0; month < 12; ++month) step(program, state);
  return test::total(program, state, "firm", "rd_spending") / before;
}

TEST(RdInvestment, founders_without_grants_do_not_plan_what_grants_brought_about) {
  EXPECT_NEAR(kept_research("20 %") / kept_research("0"), 0.8, 0.01);
}

/// R&D that firms with more money than they need add when each performer gets 5 kEUR a month, by that euro.
double added_by_a_grant(const std::string& share) {
  Scenario s = test::small_world(300, 12, {"market", "accounts"});
  s.mechanisms.push_back(test::mechanism("rd_investment", {{"grant_share", share}, {"stop", "0 /year"}}));
  for (const auto& a : {test::starts("rd_spending", "if(rd_performer, 20 kEUR/month, 0 EUR/month)"),
                        test::starts("cash", "1000 MEUR"), test::starts("age", "100 months")})
    s.kinds[0].attributes.push_back(a);
  const auto program = compile(s, catalogue());
  State without = found(program, 3, 0), with = without;
  const auto performs = with.tables[0].column<std::uint8_t>(*program.layout().kinds[0].find("rd_performer"));
  double paid = 0;
  for (const Row row : with.tables[0].by_id()) {
    if (performs[row] == 0) continue;
    test::numbers(program, with, "firm", "rd_funded")[row] = 5000;
    paid += with.tables[0].weights()[row] * 5000;
  }
  step(program, without);
  step(program, with);
  return (test::total(program, with, "firm", "rd_spending") -
          test::total(program, without, "firm", "rd_spending")) /
         paid;
}

TEST(RdInvestment, firms_with_money_replace_a_part_of_a_grant) {
  EXPECT_NEAR(added_by_a_grant("80 %"), 0.8, 1e-6);
  EXPECT_NEAR(added_by_a_grant("100 %"), 1.0, 1e-6);
}

}  // namespace
}  // namespace polder::agents::rd_investment_test
