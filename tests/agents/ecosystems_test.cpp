// SPDX-License-Identifier: Apache-2.0
#include "agents/knowledge/ecosystems.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "tests/agents/small_world.hpp"

namespace polder::agents::ecosystems_test {
namespace {

using test::starts;
using test::total;

TEST(Ecosystems, emerge_grow_mature_and_renew_themselves) {
  const LifeRules rules{30, 0.0025, 0.3};
  EXPECT_EQ(life_stage(rules, 29, 0.1, 0.9), LifeStage::emerging);
  EXPECT_EQ(life_stage(rules, 30, 0.0025, 0), LifeStage::growing);
  EXPECT_EQ(life_stage(rules, 30, 0.002, 0.29), LifeStage::mature);
  EXPECT_EQ(life_stage(rules, 30, -0.1, 0.3), LifeStage::renewing);
}

TEST(Ecosystems, grow_by_what_they_gained_on_a_lag_of_three_years) {
  EXPECT_NEAR(growth_over_lag(std::exp(0.36), 1), 0.01, 1e-12);
  EXPECT_DOUBLE_EQ(growth_over_lag(2, 2), 0);
  EXPECT_DOUBLE_EQ(growth_over_lag(0, 1), 0);
  EXPECT_DOUBLE_EQ(growth_over_lag(1, 0), 0);
}

/// 300 firms of the theme ai in east and west, with the two provinces and the country as ecosystems.
Scenario world(int months = 36) {
  Scenario s = test::small_world(300, months, test::all_of_the_economy());
  for (auto& a : s.kinds[0].attributes) {
    if (a.name == "theme") a.start = test::formula("ai");
    if (a.name == "rd_performer") a.start = test::formula("true");
  }
  s.kinds[0].attributes.push_back(starts("rd_spending", "20 kEUR/month"));
  s.kinds[0].attributes.push_back(starts("rd_staff", "2 persons"));
  s.kinds.push_back(polder::test::kind(
      "ecosystem", "3", {starts("theme", "ai"), starts("region", "if(uniform() < 0.5, east, west)")}));
  s.mechanisms.push_back(test::mechanism("ecosystems"));
  return s;
}

TEST(Ecosystems, count_each_member_once_and_each_tie_on_the_right_side) {
  const auto program = compile(world(), catalogue());
  State state = found(program, 3, 0);
  // one ecosystem of each place, and one that holds all
  const auto kind = *program.layout().find_kind("ecosystem");
  const auto& layout = program.layout().kinds[index(kind)];
  Table& table = state.tables[index(kind)];
  const auto regions = table.column<std::uint8_t>(*layout.find("region"));
  const auto national = table.column<std::uint8_t>(*layout.find("national"));
  for (Row row = 0; row < 3; ++row) regions[row] = row == 1 ? 1 : 0, national[row] = row == 2 ? 1 : 0;
  for (double& partners : test::numbers(program, state, "institute", "partners_abroad")) partners = 0.5;
  for (double& partners : test::numbers(program, state, "firm", "partners_abroad")) partners = 0.25;
  for (int month = 0; month < 35; ++month) step(program, state);
  std::array<double, 3> of_firms{};
  const auto firm = *program.layout().find_kind("firm");
  const auto& columns = program.layout().kinds[index(firm)];
  const Table& firms = state.tables[index(firm)];
  for (const Row row : firms.by_id()) {
    if (firms.column<std::uint8_t>(*columns.find("rd_performer"))[row] == 0) continue;
    const double links = firms.weights()[row] * firms.column<double>(*columns.find("partners_abroad"))[row];
    of_firms[firms.column<std::uint8_t>(*columns.find("region"))[row]] += links;
    of_firms[2] += links;
  }
  step(program, state);
  const auto of = [&](const char* column) { return test::numbers(program, state, "ecosystem", column); };
  EXPECT_GT(of("firms")[2], 100);
  EXPECT_DOUBLE_EQ(of("firms")[0] + of("firms")[1], of("firms")[2]);
  EXPECT_DOUBLE_EQ(of("institutes")[0], 4);  // all of them stand in the east
  EXPECT_DOUBLE_EQ(of("institutes")[1], 0);
  EXPECT_GT(of_firms[1], 10);
  EXPECT_DOUBLE_EQ(of("links_abroad")[0], 4 * 100 * 0.5 + of_firms[0]);
  EXPECT_DOUBLE_EQ(of("links_abroad")[1], of_firms[1]);
  EXPECT_DOUBLE_EQ(of("links_abroad")[2], of("links_abroad")[0] + of("links_abroad")[1]);
  EXPECT_DOUBLE_EQ(of("ties_outside")[2], 0);  // nobody is outside
  EXPECT_GT(of("ties_inside")[2], 0);
  EXPECT_DOUBLE_EQ(of("ties_outside")[0], of("ties_outside")[1]);  // between the two
  EXPECT_DOUBLE_EQ(of("ties_inside")[0] + of("ties_inside")[1] + of("ties_outside")[0], of("ties_inside")[2]);
  for (const char* share : {"openness", "lock_in", "entry", "overlap", "foreign"})
    for (const double value : of(share)) EXPECT_TRUE(value >= 0 && value <= 1) << share;
  EXPECT_GT(of("overlap")[0], 0.5);  // random profiles have like means
  EXPECT_DOUBLE_EQ(of("overlap")[2], 0);
}

TEST(Ecosystems, change_nothing_in_those_they_measure) {
  auto scenario = world();
  const auto measured = compile(scenario, catalogue());
  scenario.mechanisms.pop_back();
  const auto plain = compile(scenario, catalogue());
  State a = found(measured, 3, 0), b = found(plain, 3, 0);
  for (int month = 0; month < 36; ++month) step(measured, a), step(plain, b);
  EXPECT_DOUBLE_EQ(total(measured, a, "firm", "rd_spending"), total(plain, b, "firm", "rd_spending"));
  EXPECT_EQ(a.networks[0].num_ties(), b.networks[0].num_ties());
}

}  // namespace
}  // namespace polder::agents::ecosystems_test
