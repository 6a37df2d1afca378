// SPDX-License-Identifier: Apache-2.0
// The mechanisms of firms together: money is conserved, nothing depends on rows or threads, nothing jumps or
// explodes.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engine/parallel.hpp"
#include "tests/agents/small_world.hpp"

namespace polder::agents::economy_test {
namespace {

using test::all_of_the_economy;
using test::numbers;
using test::small_world;
using test::total;

State advance(const Program& program, int months, std::uint64_t shuffle = 0, std::uint64_t seed = 5) {
  State state = found(program, seed, 1);
  for (int m = 0; m < months; ++m) {
    if (shuffle != 0 && m % 3 == 0) permute_rows(state, shuffle + static_cast<std::uint64_t>(m));
    step(program, state);
  }
  return state;
}

/// Every number of every firm, in id order.
std::vector<double> firms_of(const Program& program, State& state) {
  std::vector<double> all;
  for (const auto* column :
       {"sales", "staff", "productivity", "wage", "rd_spending", "rd_stock", "patents", "new_product_share",
        "absorptive_capacity", "staff_3y_ago", "rd_plan", "core_share"}) {
    const auto values = numbers(program, state, "firm", column);
    for (const Row row : state.tables[index(*program.layout().find_kind("firm"))].by_id())
      all.push_back(values[row]);
  }
  return all;
}

TEST(Economy, founders_keep_their_staff_and_sales_in_the_first_month) {
  const auto program = compile(small_world(4000, 12, all_of_the_economy()), catalogue());
  State state = found(program, 5, 1);
  const double staff = total(program, state, "firm", "staff"), sales = total(program, state, "firm", "sales");
  const double research = total(program, state, "firm", "rd_spending");
  EXPECT_GT(research, 0);
  step(program, state);
  EXPECT_NEAR(total(program, state, "firm", "staff") / staff, 1, 0.01);
  EXPECT_NEAR(total(program, state, "firm", "sales") / sales, 1, 0.01);
  EXPECT_NEAR(total(program, state, "firm", "rd_spending") / research, 1, 0.02);
}

TEST(Economy, money_only_moves) {
  const auto program = compile(small_world(2000, 24, all_of_the_economy()), catalogue());
  State state = found(program, 5, 1);
  const Cents before = total_money(program, state);
  for (int m = 0; m < 24; ++m) {
    step(program, state);
    ASSERT_EQ(total_money(program, state), before) << "month " << m;
  }
}

TEST(Economy, any_row_order_and_number_of_threads_gives_the_same_firms) {
  const auto program = compile(small_world(5000, 18, all_of_the_economy()), catalogue());
  State straight = advance(program, 18), shuffled = advance(program, 18, 99);
  EXPECT_EQ(firms_of(program, straight), firms_of(program, shuffled));
  EXPECT_EQ(straight.ledger.named, shuffled.ledger.named);
  EXPECT_EQ(straight.networks, shuffled.networks);
  const ThreadLimit limit(1);
  State single = advance(program, 18);
  EXPECT_EQ(firms_of(program, straight), firms_of(program, single));
}

TEST(Economy, sales_of_a_sector_are_its_demand) {
  auto scenario = small_world(3000, 12, {"market"});
  const auto program = compile(scenario, catalogue());
  State state = advance(program, 12);
  EXPECT_NEAR(total(program, state, "firm", "sales") / total(program, state, "industry", "demand"), 1, 1e-6);
}

TEST(Economy, work_grows_as_demand_does_less_productivity) {
  auto scenario = small_world(3000, 60, all_of_the_economy());
  const auto program = compile(scenario, catalogue());
  State state = found(program, 5, 1);
  double work = 0;
  step(program, state);
  const auto of_first = [&](const char* column) { return numbers(program, state, "industry", column)[0]; };
  const double demand = of_first("demand"), productivity = of_first("productivity");
  for (int m = 0; m < 60; ++m) {
    step(program, state);
    work += of_first("work_growth");
  }
  EXPECT_NEAR(work, std::log(of_first("demand") / demand) - std::log(of_first("productivity") / productivity),
              1e-9);
}

TEST(Economy, demand_grows_at_the_rate_given) {
  auto scenario = small_world(3000, 120, {});
  scenario.mechanisms = {test::mechanism(
      "market", {{"demand_growth", "2 % /year"}, {"price_elasticity", "0"}, {"selection", "0 /year"}})};
  const auto program = compile(scenario, catalogue());
  State state = found(program, 5, 1);
  const double before = total(program, state, "firm", "sales");
  for (int m = 0; m < 120; ++m) step(program, state);
  EXPECT_NEAR(std::log(total(program, state, "firm", "sales") / before) / 10, 0.02, 2e-4);
}

TEST(Economy, twenty_years_neither_explode_nor_collapse) {
  auto scenario = small_world(4000, 240, all_of_the_economy());
  // All teams are small here, so none may give up, or R&D would leave with them.
  scenario.mechanisms[2] = test::mechanism("rd_investment", {{"stop", "0 /year"}});
  scenario.mechanisms.back() = test::mechanism("firm_demography", {{"startups", "0 firms/year"}});
  const auto program = compile(scenario, catalogue());
  State state = found(program, 5, 1);
  const auto firm = index(*program.layout().find_kind("firm"));
  const double firms = static_cast<double>(state.tables[firm].num_agents());
  const double intensity =
      total(program, state, "firm", "rd_spending") / total(program, state, "firm", "value_added");
  const double productivity =
      total(program, state, "firm", "value_added") / total(program, state, "firm", "staff");
  const double value_added = total(program, state, "firm", "value_added");
  for (int m = 0; m < 240; ++m) step(program, state);
  EXPECT_NEAR(static_cast<double>(state.tables[firm].num_agents()) / firms, 1.0, 0.35);
  EXPECT_NEAR(
      total(program, state, "firm", "rd_spending") / total(program, state, "firm", "value_added") / intensity,
      1.0, 0.5);
  const double growth = std::log(total(program, state, "firm", "value_added") /
                                 total(program, state, "firm", "staff") / productivity) /
                        20;
  EXPECT_GT(growth, -0.005);
  EXPECT_LT(growth, 0.02);
  // Cash does not run away: it stays within months of value added.
  const auto cash = state.tables[firm].column<std::int64_t>(*program.layout().kinds[firm].find("cash"));
  Cents money = 0;
  for (const Row row : state.tables[firm].by_id()) money += cash[row];
  EXPECT_LT(to_euros(money), 6 * total(program, state, "firm", "value_added"));
  EXPECT_GT(total(program, state, "firm", "value_added"), value_added);
}

TEST(Economy, support_raises_research_and_its_end_lowers_it) {
  const auto program = compile(small_world(3000, 60, {"market", "accounts", "rd_investment"}), catalogue());
  State without = found(program, 5, 1), with = without;
  for (int m = 0; m < 36; ++m) {
    for (double& rate : numbers(program, with, "firm", "tax_credit_rate")) rate = 0.3;
    step(program, without);
    step(program, with);
  }
  const double ratio =
      total(program, with, "firm", "rd_spending") / total(program, without, "firm", "rd_spending");
  EXPECT_GT(ratio, 1.1);
  EXPECT_LE(ratio, std::pow(0.7, -0.8) + 1e-9);
  for (double& rate : numbers(program, with, "firm", "tax_credit_rate")) rate = 0;
  for (int m = 0; m < 24; ++m) step(program, with);
  for (int m = 0; m < 24; ++m) step(program, without);
  EXPECT_NEAR(total(program, with, "firm", "rd_spending") / total(program, without, "firm", "rd_spending"), 1,
              0.1);
}

TEST(Economy, an_innovators_luck_changes_no_draw_of_others) {
  // With shares off (no selection, no clearing beyond demand) one firm's R&D stock reaches others only
  // through knowledge.
  const auto program =
      compile(small_world(1000, 6, {"market", "accounts", "rd_investment", "research"}), catalogue());
  State a = found(program, 5, 1), b = a;
  const auto performers = numbers(program, b, "firm", "rd_stock");
  const auto first =
      std::find_if(performers.begin(), performers.end(), [](double stock) { return stock > 0; });
  ASSERT_NE(first, performers.end());
  *first *= 2;
  for (int m = 0; m < 6; ++m) {
    step(program, a);
    step(program, b);
  }
  const auto x = numbers(program, a, "firm", "patents"), y = numbers(program, b, "firm", "patents");
  EXPECT_TRUE(std::equal(x.begin(), x.end(), y.begin()));
}

TEST(Economy, alliances_gather_where_researchers_are) {
  const auto program = compile(small_world(3000, 24, all_of_the_economy()), catalogue());
  State state = advance(program, 24);
  EXPECT_GT(state.networks[0].num_ties(), 50U);
  const auto k = *program.layout().find_kind("institute");
  const auto partners =
      state.tables[index(k)].column<std::int64_t>(*program.layout().kinds[index(k)].find("partners"));
  for (const Row row : state.tables[index(k)].by_id()) EXPECT_GT(partners[row], 3);
}

}  // namespace
}  // namespace polder::agents::economy_test
