// SPDX-License-Identifier: Apache-2.0
#include "agents/market/users.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "tests/agents/venture_world.hpp"

namespace polder::agents::users_test {
namespace {

using test::instrument;
using test::setting;
using test::total;

TEST(Users, judge_a_product_by_its_distance_from_what_they_require) {
  const std::array<double, 4> a{0, 0, 0, 0}, b{1, 1, 1, 1}, c{0.5, 0.5, 0, 0};
  EXPECT_DOUBLE_EQ(first_match(a, a), 1);
  EXPECT_DOUBLE_EQ(first_match(a, b), 0);
  EXPECT_NEAR(first_match(a, c), 1 - std::sqrt(0.125), 1e-12);
}

TEST(Users, teach_a_part_of_what_is_missing) {
  EXPECT_DOUBLE_EQ(match_after(0.5, 0.2, 0), 0.6);
  EXPECT_DOUBLE_EQ(match_after(0.5, 0.2, 1), 0.7);
  EXPECT_DOUBLE_EQ(match_after(1, 0.2, 0), 1);
  EXPECT_DOUBLE_EQ(match_after(0.5, 0, 1), 0.5);
}

TEST(Users, accept_less_when_old_products_are_banned_or_dear) {
  EXPECT_DOUBLE_EQ(threshold_after(0.6, 0, 0, 0.5), 0.6);
  EXPECT_DOUBLE_EQ(threshold_after(0.6, 0.5, 0, 0.5), 0.3);
  EXPECT_DOUBLE_EQ(threshold_after(0.6, 0, 0.4, 0.5), 0.48);
  EXPECT_DOUBLE_EQ(threshold_after(0.6, 1, 0, 0.5), 0);
}

TEST(Users, buy_what_fits) {
  EXPECT_DOUBLE_EQ(uptake(0.7, 0.6, 0.7), 1);
  EXPECT_DOUBLE_EQ(uptake(1, 0.6, 0.7), 1.25);
  EXPECT_DOUBLE_EQ(uptake(0.49, 0.6, 0.7), 0.35);
  EXPECT_DOUBLE_EQ(uptake(0, 0.6, 0.7), 0.25);
}

TEST(Users, adopt_as_bass_says) {
  // F(t) = (1 - e^{-(p+q)t}) / (1 + (q/p) e^{-(p+q)t}) in continuous time
  const double p = 0.03 / 12, q = 0.38 / 12;
  double adopted = 0;
  for (int m = 1; m <= 120; ++m) {
    adopted = adopted_after(adopted, 1, p, q, 1, 1, 1e12);
    const double e = std::exp(-(p + q) * m);
    EXPECT_NEAR(adopted, (1 - e) / (1 + q / p * e), 0.01);
  }
  EXPECT_DOUBLE_EQ(adopted_after(0.5, 0.5, p, q, 1, 1, 1e300), 0.5);
  EXPECT_DOUBLE_EQ(adopted_after(0.6, 0, p, q, 1, 1, 60), 0.59);
  EXPECT_DOUBLE_EQ(adopted_after(0, 0, p, q, 1, 1, 60), 0);
  // A ban makes them hurry, a budget holds them.
  EXPECT_DOUBLE_EQ(adopted_after(0.5, 1, p, q, 2, 0.008, 1e300), 0.508);
}

struct Outcome {
  double iterations = 0, match = 0, sales = 0, adopted = 0, references = 0, won = 0;
  Cents paid = 0, cost = 0;
};

Outcome run(Scenario scenario, int months = 60) {
  test::open_windows(scenario);
  const auto program = compile(scenario, catalogue());
  State state = found(program, 3, 0);
  const Cents money = total_money(program, state);
  Outcome o;
  for (int m = 0; m < months; ++m) {
    step(program, state);
    o.sales += total(program, state, "firm", "sales");
  }
  EXPECT_EQ(total_money(program, state), money);
  o.iterations = total(program, state, "venture", "iterations");
  o.match = total(program, state, "venture", "user_match");
  o.adopted = total(program, state, "user", "adopted");
  for (const double r : test::numbers(program, state, "venture", "reference")) o.references += r > 0 ? 1 : 0;
  o.paid = test::flow(program, state, "buy");
  o.cost = test::flow(program, state, "contract_cost");
  return o;
}

Scenario world(const std::string& involvement = "4 %", const std::string& threshold = "0.6") {
  auto scenario = test::venture_world(200, 60);
  test::add_users(scenario, 3, threshold);
  for (auto& m : scenario.mechanisms) {
    if (m.name == "users") m = test::mechanism("users", {{"involvement", involvement}});
  }
  return scenario;
}

TEST(Users, sell_more_for_ventures_that_develop_with_them) {
  const Outcome without = run(world("0 %")), with = run(world("10 %"));
  EXPECT_EQ(without.iterations, 0);
  EXPECT_GT(with.match, without.match);
  EXPECT_GT(with.sales, without.sales);
  EXPECT_GT(with.adopted, without.adopted);
}

TEST(Users, have_taken_up_more_after_a_burn_in_that_stands_for_more_years) {
  const auto adopted = [](const std::string& pace, int burn_in) {
    auto scenario = world();
    scenario.clock.burn_in = burn_in;
    for (auto& m : scenario.mechanisms)
      if (m.name == "users") m = test::mechanism("users", {{"burn_in_pace", pace}});
    return run(scenario, 36).adopted;
  };
  EXPECT_GT(adopted("5", 36), 1.5 * adopted("1", 36));
  EXPECT_EQ(adopted("5", 0), adopted("1", 0)) << "the pace counts in the burn-in only";
}

TEST(Users, change_nothing_where_there_are_none) {
  auto scenario = test::venture_world(200, 60);
  const Outcome o = run(scenario);
  EXPECT_EQ(o.iterations, 0);
  EXPECT_EQ(o.references, 0);
}

TEST(Users, adopt_more_under_standards_bans_and_levies) {
  const Outcome none = run(world("4 %", "0.7"));
  for (const char* measure : {"standard", "ban", "levy"}) {
    auto scenario = world("4 %", "0.7");
    scenario.instruments = {
        instrument("rule", "regulation", {setting("measure", {measure}), setting("strength", {"60 %"})})};
    EXPECT_GT(run(scenario).adopted, none.adopted) << measure;
  }
}

std::vector<Setting> tender(const std::string& novelty, const std::string& share) {
  return {setting("budget.yearly", {"3 MEUR"}),         setting("request", {"100 kEUR"}),
          setting("application_rate", {"50 %"}),        setting("novelty_weight", {novelty}),
          setting("innovation_share", {share}),         setting("ready_from", {"4"}),
          setting("allocation.cadence", {"12 months"}), setting("payout.over", {"12 months"})};
}

TEST(Users, become_launching_customers_through_procurement) {
  const Outcome none = run(world());
  auto scenario = world();
  scenario.instruments = {instrument("buy", "procurement", tender("60 %", "100 %"))};
  const Outcome bought = run(scenario);
  EXPECT_GT(bought.paid, to_cents(10e6));
  EXPECT_LE(bought.paid, to_cents(15e6));
  EXPECT_GT(bought.cost, 0);
  EXPECT_GT(bought.iterations, none.iterations);
  EXPECT_GT(bought.references, none.references);
  EXPECT_GT(bought.match, none.match);
}

TEST(Users, learn_nothing_when_price_alone_decides_and_winners_lose_on_it) {
  const Outcome none = run(world());
  auto scenario = world();
  auto settings = tender("60 %", "0 %");
  settings.push_back(setting("estimate_error", {"25 %"}));
  settings.push_back(setting("markup", {"0 %"}));
  scenario.instruments = {instrument("buy", "procurement", settings)};
  const Outcome price = run(scenario);
  EXPECT_NEAR(price.iterations, none.iterations, 0.1 * none.iterations);
  EXPECT_GT(price.cost, price.paid);  // the lowest estimate wins: the winner's curse
}

TEST(Users, buy_less_elsewhere_in_the_sector_of_those_they_contract) {
  const auto sales = [](const std::string& displaces) {
    auto scenario = world();
    auto settings = tender("60 %", "0 %");
    settings.push_back(setting("displaces", {displaces}));
    scenario.instruments = {instrument("buy", "procurement", settings)};
    return run(scenario);
  };
  const Outcome none = sales("0 %"), half = sales("50 %"), all = sales("100 %");
  EXPECT_GT(none.sales, half.sales);
  const double paid = to_euros(all.paid);
  EXPECT_NEAR(none.sales - all.sales, paid, 0.1 * paid);
  EXPECT_NEAR(none.sales - half.sales, 0.5 * paid, 0.1 * paid);
}

TEST(Users, keep_books_of_contracts_to_the_cent) {
  auto scenario = world();
  auto settings = tender("60 %", "50 %");
  settings.push_back(setting("reserved_sme", {"40 %"}));
  scenario.instruments = {instrument("buy", "procurement", settings)};
  test::open_windows(scenario);
  const auto program = compile(scenario, catalogue());
  State state = found(program, 3, 0);
  const auto kind = *program.layout().find_kind("instrument");
  const auto& layout = program.layout().kinds[index(kind)];
  for (int m = 0; m < 60; ++m) {
    step(program, state);
    const Table& table = state.tables[index(kind)];
    const auto money = [&](const char* name) { return table.column<std::int64_t>(*layout.find(name))[0]; };
    ASSERT_EQ(money("budget_left") + money("committed") + money("paid"), to_cents(15e6));
    ASSERT_GE(money("committed"), 0);
  }
}

TEST(Users, refuse_settings_out_of_range) {
  for (const FieldInfo& field : users_mechanism().fields) {
    auto scenario = world();
    const std::string unit = field.unit;
    for (auto& m : scenario.mechanisms) {
      if (m.name == "users")
        m = test::mechanism("users", {{field.name, unit == "1"       ? "-1"
                                                   : unit == "month" ? "-1 month"
                                                                     : "-1 /year"}});
    }
    EXPECT_NE(test::mistakes_of(scenario).find(field.meaning), std::string::npos) << field.name;
  }
  auto scenario = world();
  scenario.instruments = {instrument("buy", "procurement", tender("160 %", "50 %"))};
  test::open_windows(scenario);
  EXPECT_NE(test::mistakes_of(scenario).find("weight of novelty against price"), std::string::npos);
}

}  // namespace
}  // namespace polder::agents::users_test
