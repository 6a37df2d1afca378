// SPDX-License-Identifier: Apache-2.0
// Instruments at work in a small world: money arrives, budgets bind, nothing happens without money.
#include "agents/funding/instruments.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/agents/instrument_world.hpp"

namespace polder::agents::instruments_test {
namespace {

using test::flow;
using test::instrument;
using test::run_all;
using test::setting;
using test::total;
using test::world;

std::vector<Setting> grant_settings(const std::string& total) {
  return {setting("budget.total", {total}),
          setting("eligible", {"rd_performer"}),
          setting("request", {"50 % * rd_plan * 12 months"}),
          setting("payout.over", {"12 months"}),
          setting("allocation.cadence", {"6 months"}),
          setting("payout.tranches", {"50 %", "50 %"})};
}

TEST(Instruments, grants_pay_their_whole_budget_and_no_cent_more) {
  const auto program =
      compile(world({instrument("g", "grant", grant_settings("1.234567 MEUR"))}, 84), catalogue());
  State state = found(program, 3, 0);
  const auto kind = *program.layout().find_kind("instrument");
  const auto& layout = program.layout().kinds[index(kind)];
  for (int m = 0; m < 84; ++m) {
    step(program, state);
    const Table& table = state.tables[index(kind)];
    const Cents left = table.column<std::int64_t>(*layout.find("budget_left"))[0];
    const Cents committed = table.column<std::int64_t>(*layout.find("committed"))[0];
    const Cents paid = table.column<std::int64_t>(*layout.find("paid"))[0];
    ASSERT_EQ(left + committed + paid, 123456700);
    ASSERT_GE(left, 0);
    ASSERT_GE(committed, 0);
  }
  const Cents paid = flow(program, state, "g", "");
  EXPECT_LE(paid, 123456700);
  EXPECT_GT(paid, 90000000);
}

TEST(Instruments, of_a_policy_count_their_windows_from_where_it_branches) {
  auto baseline = world({instrument("g", "grant", grant_settings("6 MEUR"))}, 84);
  auto policy = baseline;
  const Month branch = baseline.clock.start + 24;
  policy.instruments[0].end = branch + -1;
  policy.instruments.push_back(instrument("late", "grant", grant_settings("2 MEUR")));
  policy.instruments[1].start = branch;
  policy.instruments[1].end = branch + 35;
  const auto was = compile(baseline, catalogue());
  const auto is = compile(policy, catalogue());
  State before = found(was, 3, 0);
  for (int m = 0; m < 24; ++m) step(was, before);
  State state = adopt(was, before, is);
  const auto money = [&](const char* name) {
    const auto kind = *is.layout().find_kind("instrument");
    const auto column = *is.layout().kinds[index(kind)].find(name);
    const auto values = state.tables[index(kind)].column<std::int64_t>(column);
    return std::vector<Cents>(values.begin(), values.end());
  };
  ASSERT_EQ(money("budget_left").size(), 2U);
  step(is, state);
  EXPECT_EQ(money("budget_left")[0], 0) << "a window that the policy closed commits nothing any more";
  EXPECT_LT(money("budget_left")[1], 200000000) << "a call in the month of the branch is held";
  EXPECT_EQ(money("budget_left")[1] + money("committed")[1] + money("paid")[1], 200000000);
}

TEST(Instruments, governments_get_from_the_treasury_what_they_pay_out) {
  const auto program = compile(world({instrument("g", "grant", grant_settings("1 MEUR"))}), catalogue());
  const State state = run_all(program, 60);
  EXPECT_EQ(flow(program, state, "appropriation", ""),
            flow(program, state, "g", "") + flow(program, state, "base_funding", ""));
  EXPECT_DOUBLE_EQ(total(program, state, "government", "outlays"), 0);
}

TEST(Instruments, grants_are_earmarked_until_they_are_spent) {
  const auto program = compile(world({instrument("g", "grant", grant_settings("1 MEUR"))}), catalogue());
  State state = found(program, 3, 0);
  double funded = 0;
  for (int m = 0; m < 60; ++m) {
    step(program, state);
    funded += total(program, state, "firm", "rd_funded");
  }
  const double paid = to_euros(flow(program, state, "g", "firm"));
  EXPECT_GT(paid, 0);
  EXPECT_NEAR(funded, paid, 0.15 * paid);  // the last periods are paid and not yet spent
}

void expect_same_firms(const Program& a, const State& x, const Program& b, const State& y) {
  const auto ka = *a.layout().find_kind("firm"), kb = *b.layout().find_kind("firm");
  const auto& layout = a.layout().kinds[index(ka)];
  for (std::size_t c = 0; c < layout.columns.size(); ++c) {
    const auto other = b.layout().kinds[index(kb)].find(layout.columns[c].name);
    ASSERT_TRUE(other);
    EXPECT_EQ(x.tables[index(ka)].raw_column(static_cast<ColumnId>(c)),
              y.tables[index(kb)].raw_column(*other))
        << layout.columns[c].name;
  }
}

TEST(Instruments, without_money_or_in_time_to_come_change_nothing) {
  auto later = instrument("later", "grant", grant_settings("5 MEUR"));
  later.start = Month::of(2090, 1);
  later.end = Month::of(2095, 12);
  const auto with = compile(world({instrument("empty", "grant", grant_settings("0 EUR")), later,
                                   instrument("base", "grant", grant_settings("1 MEUR"))}),
                            catalogue());
  const auto without = compile(world({instrument("base", "grant", grant_settings("1 MEUR"))}), catalogue());
  expect_same_firms(without, run_all(without, 60), with, run_all(with, 60));
}

TEST(Instruments, pay_tax_credits_on_own_research) {
  const auto spec = instrument("t", "tax_credit",
                               {setting("budget.yearly", {"1 GEUR"}), setting("brackets.limit", {"100 kEUR"}),
                                setting("brackets.rate", {"30 %", "10 %"}), setting("base", {"50 %"})});
  const auto program = compile(world({spec}), catalogue());
  State state = found(program, 3, 0);
  step(program, state);
  const auto credit = test::numbers(program, state, "firm", "tax_credit");
  const auto rate = test::numbers(program, state, "firm", "tax_credit_rate");
  const auto hours = test::numbers(program, state, "firm", "rd_hours");
  int claimants = 0;
  for (std::size_t i = 0; i < credit.size(); ++i) {
    if (hours[i] <= 0) {
      EXPECT_DOUBLE_EQ(credit[i], 0);
      continue;
    }
    ++claimants;  // base 120 kEUR a year: 30 % of 100 and 10 % of 20
    EXPECT_NEAR(credit[i], 32e3 / 12, 0.01);
    EXPECT_DOUBLE_EQ(rate[i], 0.5 * 0.1);
  }
  EXPECT_EQ(flow(program, state, "t", "firm"), claimants * to_cents(32e3 / 12));
}

TEST(Instruments, credit_the_wages_and_costs_of_an_hour_up_to_what_was_spent) {
  const auto run = [](const std::string& per_hour) {
    const auto program = compile(
        world({instrument("t", "tax_credit",
                          {setting("budget.yearly", {"1 GEUR"}), setting("brackets.limit", {"100 kEUR"}),
                           setting("brackets.rate", {"30 %", "10 %"}), setting("per_hour", {per_hour})})}),
        catalogue());
    State state = found(program, 3, 0);
    const double hours = test::total(program, state, "firm", "rd_hours") * 730.5;
    const double spent = test::total(program, state, "firm", "rd_spending");
    step(program, state);
    return std::array{test::total(program, state, "firm", "tax_credit"),
                      test::total(program, state, "firm", "tax_credit_rate"), hours, spent};
  };
  const auto [little, little_rate, hours, spent] = run("1 EUR/h");
  EXPECT_GT(hours, 0);
  EXPECT_NEAR(little, 0.3 * hours, 1e-6 * hours);  // all below the limit
  EXPECT_GT(little_rate, 0);
  const auto [much, much_rate, same_hours, same_spent] = run("10000 EUR/h");
  const auto program = compile(
      world({instrument("t", "tax_credit",
                        {setting("budget.yearly", {"1 GEUR"}), setting("brackets.limit", {"100 kEUR"}),
                         setting("brackets.rate", {"30 %", "10 %"}), setting("base", {"100 %"})})}),
      catalogue());
  State state = found(program, 3, 0);
  step(program, state);
  EXPECT_DOUBLE_EQ(much, test::total(program, state, "firm", "tax_credit"));
  EXPECT_DOUBLE_EQ(much_rate, test::total(program, state, "firm", "tax_credit_rate"));
  EXPECT_DOUBLE_EQ(hours, same_hours);
  EXPECT_DOUBLE_EQ(spent, same_spent);
}

TEST(Instruments, scale_tax_credits_down_to_their_budget) {
  const auto spec = instrument(
      "t", "tax_credit", {setting("budget.yearly", {"120 kEUR"}), setting("budget.carry_over", {"false"})});
  const auto program = compile(world({spec}, 24), catalogue());
  const State state = run_all(program, 24);
  EXPECT_LE(flow(program, state, "t", "firm"), 24000000);
  EXPECT_GT(flow(program, state, "t", "firm"), 23990000);
}

TEST(Instruments, solve_the_second_rate_once_so_that_claims_cost_the_same) {
  const auto run = [](std::vector<Setting> more) {
    std::vector<Setting> all{setting("budget.yearly", {"1 GEUR"}), setting("brackets.limit", {"100 kEUR"}),
                             setting("base", {"100 %"})};
    all.insert(all.end(), more.begin(), more.end());
    const auto program = compile(world({instrument("t", "tax_credit", all)}, 12), catalogue());
    const State state = run_all(program, 12);
    return flow(program, state, "t", "firm");
  };
  const Cents old = run({setting("brackets.rate", {"30 %", "20 %"})});
  const Cents solved = run({setting("brackets.rate", {"40 %", "20 %"}), setting("second_rate", {"solve"}),
                            setting("reference.rate", {"30 %", "20 %"})});
  EXPECT_NEAR(static_cast<double>(solved), static_cast<double>(old), 1e-6 * static_cast<double>(old) + 500);
}

TEST(Instruments, invest_in_funds_within_their_ceiling) {
  const auto spec =
      instrument("e", "equity",
                 {setting("budget.yearly", {"15 MEUR"}), setting("per_fund_at_most", {"10 MEUR"}),
                  setting("allocation.cadence", {"12 months"})});
  const auto program = compile(world({spec}, 12), catalogue());
  const State state = run_all(program, 12);
  EXPECT_EQ(flow(program, state, "e", "financier"), to_cents(10e6));  // the second would not fit in 15
}

TEST(Instruments, lend_and_are_repaid_with_interest) {
  const auto spec = instrument(
      "l", "loan",
      {setting("budget.total", {"3 MEUR"}), setting("eligible", {"rd_performer"}),
       setting("application_rate", {"100 %"}), setting("request", {"rd_plan * 12 months"}),
       setting("payout.over", {"6 months"}), setting("term", {"12 months"}), setting("failure", {"0 %"})});
  auto scenario = world({spec}, 60);
  scenario.instruments[0].end = scenario.clock.start + 11;
  const auto program = compile(scenario, catalogue());
  const State state = run_all(program, 60);
  const Cents lent = flow(program, state, "l", "firm"), repaid = flow(program, state, "l", "government");
  EXPECT_GT(lent, 0);
  EXPECT_LE(lent, to_cents(3e6));
  EXPECT_GT(repaid, lent);
  EXPECT_LT(repaid, lent * 110 / 100);
}

TEST(Instruments, forgive_loans_of_projects_that_fail) {
  const auto spec =
      instrument("l", "loan",
                 {setting("budget.total", {"3 MEUR"}), setting("eligible", {"rd_performer"}),
                  setting("application_rate", {"100 %"}), setting("request", {"rd_plan * 12 months"}),
                  setting("payout.over", {"6 months"}), setting("failure", {"100 %"})});
  const auto program = compile(world({spec}, 36), catalogue());
  const State state = run_all(program, 36);
  EXPECT_GT(flow(program, state, "l", "firm"), 0);
  EXPECT_EQ(flow(program, state, "l", "government"), 0);
}

TEST(Instruments, found_consortia_of_firms_and_institutes_that_stay_tied) {
  auto settings = grant_settings("60 MEUR");
  settings[1] = setting("eligible", {"theme == ai"});
  settings.push_back(setting("applicants", {"firm", "institute"}));
  settings.push_back(setting("application_rate", {"100 %"}));
  settings.push_back(setting("consortium.min", {"2"}));
  settings.push_back(setting("consortium.max", {"4"}));
  auto scenario = world({instrument("g", "grant", settings)}, 36);
  scenario.networks = {{"collaboration", polder::test::formula("0 % /month")}};
  const auto program = compile(scenario, catalogue());
  const State state = run_all(program, 36);
  EXPECT_GT(flow(program, state, "g", "firm"), 0);
  EXPECT_GT(flow(program, state, "g", "institute"), 0);
  const auto& names = program.layout().networks;
  const auto at = std::find(names.begin(), names.end(), "collaboration") - names.begin();
  EXPECT_GT(state.networks[static_cast<std::size_t>(at)].num_ties(), 5U);
}

TEST(Instruments, make_firms_more_certain_when_they_last) {
  const auto certainty = [](std::vector<InstrumentSpec> instruments) {
    const auto program = compile(world(std::move(instruments), 6), catalogue());
    State state = run_all(program, 6);
    const auto performer =
        program.layout().kinds[index(*program.layout().find_kind("firm"))].find("rd_performer");
    double sum = 0, n = 0;
    const auto& table = state.tables[index(*program.layout().find_kind("firm"))];
    const auto values = test::numbers(program, state, "firm", "certainty");
    for (const Row row : table.by_id()) {
      if (!table.column<std::uint8_t>(*performer)[row]) continue;
      sum += values[row];
      n += 1;
    }
    return sum / n;
  };
  auto yearly = grant_settings("1 MEUR");
  yearly[0] = setting("budget.yearly", {"200 kEUR"});
  const double none = certainty({}), annual = certainty({instrument("g", "grant", yearly)});
  const double long_term = certainty({instrument("g", "grant", grant_settings("1 MEUR"))});
  EXPECT_DOUBLE_EQ(none, 0.7);
  EXPECT_GT(annual, none);
  EXPECT_GT(long_term, annual);
  const double small = certainty({instrument("g", "grant", grant_settings("1 kEUR"))}),
               tenfold = certainty({instrument("g", "grant", grant_settings("10 kEUR"))});
  EXPECT_GT(small, none);
  EXPECT_NEAR((tenfold - none) / (small - none), 10, 1e-6);
}

std::string mistakes_of(InstrumentSpec spec) {
  try {
    compile(world({std::move(spec)}), catalogue());
  } catch (const InputError& error) {
    std::string all;
    for (const auto& mistake : error.mistakes()) all += to_string(mistake) + "\n";
    return all;
  }
  return "";
}

TEST(Instruments, refuse_what_does_not_fit) {
  auto wrong = instrument("g", "grant", grant_settings("1 MEUR"));
  wrong.payer = "national.ekz";
  EXPECT_NE(mistakes_of(wrong).find("national.ezk"), std::string::npos);
  EXPECT_NE(mistakes_of(instrument("g", "grnt", {})).find("Did you mean 'grant'?"), std::string::npos);
  EXPECT_NE(mistakes_of(instrument("g", "grant", {})).find("neither `total` nor `yearly`"),
            std::string::npos);
  auto shares = grant_settings("1 MEUR");
  shares.push_back(setting("budget.per_year", {"50 %", "60 %"}));
  EXPECT_NE(mistakes_of(instrument("g", "grant", shares)).find("shares that sum to 100 %"),
            std::string::npos);
  auto method = grant_settings("1 MEUR");
  method.push_back(setting("allocation.method", {"rank"}));
  EXPECT_NE(mistakes_of(instrument("g", "grant", method)).find("one of ranked, first_come, lottery"),
            std::string::npos);
  auto range = grant_settings("1 MEUR");
  range.push_back(setting("stacking.public_at_most", {"150 %"}));
  EXPECT_NE(mistakes_of(instrument("g", "grant", range)).find("at most 1"), std::string::npos);
  auto money = grant_settings("1 MEUR");
  money[2] = setting("request", {"rd_plan"});
  EXPECT_NE(mistakes_of(instrument("g", "grant", money)).find("EUR"), std::string::npos);
  EXPECT_NE(mistakes_of(instrument("f", "facility",
                                   {setting("budget.total", {"1 MEUR"}), setting("place", {"north"})}))
                .find("regions"),
            std::string::npos);
}

}  // namespace
}  // namespace polder::agents::instruments_test
