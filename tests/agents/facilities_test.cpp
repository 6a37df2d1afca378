// SPDX-License-Identifier: Apache-2.0
#include "agents/knowledge/facilities.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/agents/venture_world.hpp"

namespace polder::agents::facilities_test {
namespace {

using test::instrument;
using test::setting;
using test::total;

TEST(Facilities, let_their_condition_follow_what_is_paid) {
  EXPECT_DOUBLE_EQ(condition_after(1, 0, 0.02), 0.98);
  EXPECT_DOUBLE_EQ(condition_after(0.5, 1, 0.02), 0.51);
  EXPECT_DOUBLE_EQ(condition_after(0.7, 0.7, 0.02), 0.7);
  EXPECT_DOUBLE_EQ(coverage_of_costs(0.6, 10, 50), 0.8);
  EXPECT_DOUBLE_EQ(coverage_of_costs(0.6, 100, 50), 1);
  EXPECT_DOUBLE_EQ(coverage_of_costs(0, 0, 0), 1);
}

TEST(Facilities, bring_users_together_by_the_number_of_meetings) {
  EXPECT_DOUBLE_EQ(meeting_chance(0.1, 1), 0.1);
  EXPECT_NEAR(meeting_chance(0.1, 2), 0.19, 1e-12);
  EXPECT_DOUBLE_EQ(meeting_chance(0.1, 0), 0);
  EXPECT_LT(meeting_chance(0.1, 1000), 1 + 1e-12);
}

TEST(Facilities, reach_users_nearby) {
  EXPECT_DOUBLE_EQ(reach_chance(0, 100), 1);
  EXPECT_NEAR(reach_chance(100, 100), std::exp(-1), 1e-12);
}

TEST(Facilities, give_no_more_slots_than_they_have_and_all_of_them_when_there_is_a_queue) {
  auto scenario = test::venture_world(300, 24);
  test::add_facility(scenario, 10, "0 EUR/month");
  const auto program = compile(scenario, catalogue());
  State state = found(program, 3, 0);
  const Cents money = total_money(program, state);
  for (int m = 0; m < 24; ++m) {
    step(program, state);
    ASSERT_LE(total(program, state, "facility", "used"), 10);
  }
  EXPECT_EQ(total_money(program, state), money);
  EXPECT_GT(total(program, state, "facility", "used"), 8);
  EXPECT_GT(total(program, state, "facility", "waiting"), 0);
  EXPECT_GT(total(program, state, "facility", "waited"), 0);
  double access = 0;
  for (const double share : test::numbers(program, state, "venture", "access")) access += share;
  EXPECT_DOUBLE_EQ(access, total(program, state, "facility", "used_by_ventures"));
}

TEST(Facilities, stay_empty_without_users_and_fall_apart_without_money) {
  auto scenario = test::venture_world(0, 100);
  test::add_facility(scenario, 10, "50 kEUR/month");
  const auto program = compile(scenario, catalogue());
  State state = found(program, 3, 0);
  for (int m = 0; m < 100; ++m) step(program, state);
  EXPECT_EQ(total(program, state, "facility", "used"), 0);
  EXPECT_NEAR(total(program, state, "facility", "condition"), std::pow(0.98, 100), 1e-9);
}

TEST(Facilities, keep_their_condition_when_fees_or_the_state_pay) {
  auto scenario = test::venture_world(0, 60);
  test::add_facility(scenario, 10, "50 kEUR/month");
  scenario.instruments = {instrument(
      "upkeep", "facility", {setting("budget.yearly", {"1 MEUR"}), setting("supports", {"fieldlab"})})};
  test::open_windows(scenario);
  const auto program = compile(scenario, catalogue());
  State state = found(program, 3, 0);
  for (int m = 0; m < 60; ++m) step(program, state);
  EXPECT_GT(total(program, state, "facility", "condition"), 0.97);
  const double spent = to_euros(test::flow(program, state, "upkeep"));
  EXPECT_NEAR(spent, 50e3 * 60, 50e3 * 2);  // what lacks, not the whole budget
}

TEST(Facilities, are_built_from_a_budget_and_open_as_it_is_spent) {
  auto scenario = test::venture_world(200, 36);
  scenario.instruments = {
      instrument("line", "facility",
                 {setting("budget.total", {"7.2 MEUR"}), setting("place", {"east"}),
                  setting("serves.fee", {"1 kEUR/month"}), setting("capex_share", {"50 %"})})};
  test::open_windows(scenario);
  const auto program = compile(scenario, catalogue());
  State state = found(program, 3, 0);
  double before = 0;
  for (int m = 0; m < 36; ++m) {
    step(program, state);
    const double built = total(program, state, "facility", "built");
    EXPECT_GE(built, before);
    before = built;
  }
  EXPECT_GT(before, 0.9);
  EXPECT_LE(before, 1);
  EXPECT_EQ(test::flow(program, state, "line"), to_cents(7.2e6));
  EXPECT_GT(total(program, state, "facility", "used"), 0);
}

TEST(Facilities, refuse_an_instrument_without_the_mechanism_that_runs_it) {
  auto scenario = test::venture_world(10, 12);
  std::erase_if(scenario.mechanisms, [](const auto& m) { return m.name == "facilities"; });
  scenario.instruments = {
      instrument("line", "facility", {setting("budget.total", {"1 MEUR"}), setting("place", {"east"})})};
  test::open_windows(scenario);
  EXPECT_NE(test::mistakes_of(scenario).find("the mechanism `facilities`"), std::string::npos);
}

TEST(Facilities, refuse_settings_out_of_range) {
  for (const FieldInfo& field : facilities_mechanism().fields) {
    auto scenario = test::venture_world(10, 12);
    for (auto& m : scenario.mechanisms) {
      if (m.name != "facilities") continue;
      m = test::mechanism("facilities", {{field.name, std::string(field.unit) == "1" ? "-1" : "-1 /month"}});
    }
    EXPECT_NE(test::mistakes_of(scenario).find(field.meaning), std::string::npos) << field.name;
  }
}

}  // namespace
}  // namespace polder::agents::facilities_test
