// SPDX-License-Identifier: Apache-2.0
// Vouchers, block funding, networks, talent schemes and funds of funds: values computed by hand.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "agents/funding/block.hpp"
#include "agents/funding/consortia.hpp"
#include "agents/funding/fund_of_funds.hpp"
#include "agents/funding/network.hpp"
#include "tests/agents/instrument_world.hpp"

namespace polder::agents::instrument_forms_test {
namespace {

using test::flow;
using test::instrument;
using test::numbers;
using test::run_all;
using test::setting;
using test::starts;
using test::total;
using test::world;

int performers(const Program& program) {
  State state = found(program, 3, 0);
  const auto plans = numbers(program, state, "firm", "rd_plan");
  return static_cast<int>(std::count_if(plans.begin(), plans.end(), [](double v) { return v > 0; }));
}

std::vector<Setting> voucher_settings(const std::string& unused) {
  return {setting("budget.total", {"10 MEUR"}), setting("eligible", {"rd_performer"}),
          setting("share", {"50 %"}),           setting("application_rate", {"100 %"}),
          setting("unused", {unused}),          setting("allocation.cadence", {"120 months"}),
          setting("payout.over", {"6 months"})};
}

TEST(Voucher, pays_its_part_and_the_firm_the_rest_to_an_institute) {
  const auto program = compile(world({instrument("v", "voucher", voucher_settings("0 %"))}, 12), catalogue());
  const int n = performers(program);
  ASSERT_GT(n, 10);
  const State state = run_all(program, 12);
  EXPECT_EQ(flow(program, state, "v", "institute"), n * 375000);
  EXPECT_EQ(flow(program, state, "own_contribution", "institute"), n * 375000);
  EXPECT_EQ(flow(program, state, "v", "firm"), 0);
}

TEST(Voucher, is_spent_evenly_over_the_assignment_with_the_firms_part) {
  const auto program = compile(world({instrument("v", "voucher", voucher_settings("0 %"))}, 12), catalogue());
  const double value = 7500.0 * performers(program);
  State state = found(program, 3, 0);
  double spent = 0;
  for (int month = 0; month < 12; ++month) {
    step(program, state);
    const double now = total(program, state, "institute", "rd_funded");
    EXPECT_LE(now, value / 6 + 1e-6) << month;
    spent += now;
  }
  EXPECT_NEAR(spent, value, 1e-6 * value);
}

TEST(Voucher, leaves_a_tie_with_the_institute_that_fades) {
  const auto program = compile(world({instrument("v", "voucher", voucher_settings("0 %"))}, 60), catalogue());
  State state = found(program, 3, 0);
  std::size_t network = 0;
  while (program.layout().networks[network] != "collaboration") ++network;
  step(program, state);
  const auto ties = state.networks[network].all();
  ASSERT_EQ(ties.size() / 2, static_cast<std::size_t>(performers(program)));
  const float first = ties.front().strength;  // the contact alone: an assignment is no joint project
  EXPECT_NEAR(first, 0.05F, 1e-6F);
  for (int month = 1; month < 12; ++month) step(program, state);
  EXPECT_LT(state.networks[network].all().front().strength, 0.85F * first);
}

TEST(Voucher, is_not_paid_when_it_is_not_turned_in) {
  const auto program =
      compile(world({instrument("v", "voucher", voucher_settings("100 %"))}, 12), catalogue());
  const State state = run_all(program, 12);
  EXPECT_EQ(flow(program, state, "v", ""), 0);
  EXPECT_EQ(flow(program, state, "own_contribution", ""), 0);
}

TEST(Voucher, is_not_given_to_firms_that_cannot_pay_their_part) {
  Scenario scenario = world({instrument("v", "voucher", voucher_settings("0 %"))}, 12);
  for (auto& a : scenario.kinds[0].attributes)
    if (a.name == "cash") a.start = polder::test::formula("3749 EUR");
  const auto program = compile(scenario, catalogue());
  EXPECT_EQ(flow(program, run_all(program, 12), "v", ""), 0);
}

TEST(Block, splits_its_money_and_pays_for_posts) {
  const auto program =
      compile(world({instrument("b", "block",
                                {setting("budget.yearly", {"12 MEUR"}), setting("transfer", {"25 %"}),
                                 setting("permanent", {"50 %"})})},
                    12),
              catalogue());
  State state = found(program, 3, 0);
  step(program, state);
  const double post = 136.2e3 / 12;
  for (int row = 0; row < 4; ++row) {
    const auto at = static_cast<std::size_t>(row);
    EXPECT_DOUBLE_EQ(numbers(program, state, "institute", "block_funded")[at], 187500);
    EXPECT_DOUBLE_EQ(numbers(program, state, "institute", "transfer_posts")[at], 62500 / post);
    EXPECT_DOUBLE_EQ(numbers(program, state, "institute", "funded_posts")[at], 125000 / post);
    EXPECT_DOUBLE_EQ(numbers(program, state, "institute", "permanent_offer")[at],
                     (125000 / post) / (125000 / post + 10));
  }
  const double before = total(program, state, "institute", "rd_spending");
  step(program, state);
  EXPECT_NEAR(total(program, state, "institute", "rd_spending") - before, 4 * 187500, 1e-6);
  EXPECT_EQ(flow(program, state, "b", "institute"), 200000000);
  EXPECT_EQ(flow(program, state, "transfer_wages", "households"), 50000000);
}

TEST(Block, offers_more_permanent_contracts_the_more_posts_it_pays) {
  EXPECT_DOUBLE_EQ(permanent_share(0, 100), 0);
  EXPECT_DOUBLE_EQ(permanent_share(10, 100), 0.5);
  EXPECT_DOUBLE_EQ(permanent_share(5, 0), 1);
  EXPECT_LT(permanent_share(5, 100), permanent_share(6, 100));
}

std::vector<Setting> network_settings(const std::string& reach) {
  return {setting("budget.yearly", {"1.2 MEUR"}),
          setting("eligible", {"rd_performer"}),
          setting("applicants", {"firm"}),
          setting("broker_share", {"60 %"}),
          setting("cost_per_broker", {"480 kEUR/year"}),
          setting("reach", {reach}),
          setting("price_of_meeting", {"1000 EUR"}),
          setting("attendance", {"100 %"}),
          setting("cofunding.private_at_least", {"25 %"})};
}

/// Partners of institutes that meetings of two years bring: real firms, and ties among institutes.
std::pair<double, double> met_by_institutes(double scale) {
  std::vector<Setting> settings = network_settings("10");
  for (Setting& s : settings) {
    if (s.key == "applicants") s = setting("applicants", {"firm", "institute"});
    if (s.key == "eligible") s = setting("eligible", {"true"});
    if (s.key == "budget.yearly") s = setting("budget.yearly", {"400 MEUR"});
  }
  Scenario scenario = world({instrument("n", "network", settings)}, 12);
  scenario.scale = scale;
  scenario.kinds[0].count = polder::test::formula("4000");
  scenario.kinds[1].count = polder::test::formula("40");
  const auto program = compile(scenario, catalogue());
  double firms = 0, institutes = 0;
  for (std::uint32_t replicate = 0; replicate < 4; ++replicate) {
    State state = found(program, 3, replicate);
    for (int month = 0; month < 6; ++month) step(program, state);
    const Table& firm = state.tables[index(*program.layout().find_kind("firm"))];
    const Table& institute = state.tables[index(*program.layout().find_kind("institute"))];
    std::size_t network = 0;
    while (program.layout().networks[network] != "collaboration") ++network;
    for (const Tie& tie : state.networks[network].all()) {
      if (institute.find(tie.a) == no_row) continue;
      const Row row = firm.find(tie.b);
      (row == no_row ? institutes : firms) += row == no_row ? 1.0 : firm.weights()[row];
    }
  }
  return {firms / 4, institutes / 4};
}

TEST(Network, brings_institutes_as_many_partners_at_a_tenth_of_the_scale) {
  const auto [firms, institutes] = met_by_institutes(1);
  const auto [sampled, among] = met_by_institutes(0.1);
  EXPECT_GT(firms, 20);
  EXPECT_NEAR(sampled / firms, 1, 0.4);  // some 40 contacts, a tenth of them in the sample
  EXPECT_LT(among, institutes + 4);
}

TEST(Network, serves_as_many_members_as_its_brokers_reach) {
  EXPECT_DOUBLE_EQ(brokers_needed(60e3, 40e3, 100, 10), 1.5);
  EXPECT_DOUBLE_EQ(brokers_needed(60e3, 40e3, 5, 10), 0.5);
  const auto program = compile(world({instrument("n", "network", network_settings("10"))}, 12), catalogue());
  State state = found(program, 3, 0);
  step(program, state);  // 60 kEUR of brokers at 40 kEUR a month: 1.5, who serve 15 of the members
  EXPECT_DOUBLE_EQ(total(program, state, "firm", "organised"), 15 * 0.5);
  EXPECT_EQ(flow(program, state, "n", "households"), 6000000);
  const int n = performers(program);  // 750 EUR of the price a participant, 250 EUR by the firm
  EXPECT_EQ(flow(program, state, "n", "suppliers"), std::min(n * 75000, 53 * 75000));
  EXPECT_EQ(flow(program, state, "meeting_fee", "suppliers"), std::min(n * 25000, 53 * 25000));
}

TEST(Network, does_not_spend_on_brokers_without_work) {
  const auto program =
      compile(world({instrument("n", "network", network_settings("1000"))}, 12), catalogue());
  State state = found(program, 3, 0);
  step(program, state);
  EXPECT_EQ(flow(program, state, "n", "households"), to_cents(performers(program) / 1000.0 * 40e3));
}

TEST(Network, lets_consortia_form_that_were_too_much_effort) {
  const std::vector<double> profile(8, 0.5);
  std::vector<Candidate> candidates;
  for (std::uint64_t i = 1; i <= 60; ++i) candidates.push_back({AgentId{i * 977}, 0, 0, profile, false, 0});
  const Ties ties;
  const Geography map(test::small_world(1, 12, {}));
  const ConsortiumRules rules{.min_members = 3, .max_members = 3, .setup_effort = 10, .places = 2};
  const auto alone = form_consortia(candidates, rules, ties, map, DrawKey{5}, 1).size();
  for (auto& candidate : candidates) candidate.organised = 1;
  const auto helped = form_consortia(candidates, rules, ties, map, DrawKey{5}, 1).size();
  EXPECT_GT(helped, 10U);
  EXPECT_LT(alone, helped / 3);
}

TEST(Talent, pays_a_part_of_training_and_adds_it_to_what_staff_know) {
  const auto program =
      compile(world({instrument("t", "talent",
                                {setting("budget.total", {"10 MEUR"}), setting("eligible", {"rd_performer"}),
                                 setting("request", {"10 kEUR"}), setting("share", {"40 %"}),
                                 setting("application_rate", {"100 %"}),
                                 setting("allocation.cadence", {"120 months"})})},
                    12),
              catalogue());
  const int n = performers(program);
  State state = found(program, 3, 0);
  step(program, state);
  EXPECT_EQ(flow(program, state, "t", "firm"), n * 400000);
  EXPECT_EQ(flow(program, state, "training", "suppliers"), n * 1000000);
  const auto training = numbers(program, state, "firm", "training"),
             staff = numbers(program, state, "firm", "staff"),
             plans = numbers(program, state, "firm", "rd_plan");
  for (std::size_t i = 0; i < training.size(); ++i)
    EXPECT_DOUBLE_EQ(training[i], plans[i] > 0 ? 10e3 / std::max(1.0, staff[i]) : 0.0);
}

TEST(Talent, forgets_training_by_a_fifth_a_year) {
  auto scenario = world({}, 25);
  scenario.kinds[0].attributes.push_back(starts("training", "1000 EUR/person"));
  const auto program = compile(scenario, catalogue());
  State state = found(program, 3, 0);
  for (int month = 0; month < 13; ++month) step(program, state);  // two Januaries
  EXPECT_NEAR(numbers(program, state, "firm", "training")[0], 1000 * std::exp(-0.4), 1e-9);
}

TEST(Talent, lets_firm_and_scheme_pay_a_dual_appointment_by_month) {
  const auto program =
      compile(world({instrument("d", "talent",
                                {setting("lever", {"dual"}), setting("budget.total", {"100 MEUR"}),
                                 setting("eligible", {"rd_performer"}), setting("request", {"24 kEUR"}),
                                 setting("share", {"75 %"}), setting("application_rate", {"100 %"}),
                                 setting("payout.over", {"24 months"}),
                                 setting("allocation.cadence", {"120 months"})})},
                    30),
              catalogue());
  const int n = performers(program);
  const State state = run_all(program, 30);
  EXPECT_EQ(flow(program, state, "d", "institute"), n * 3600000);                 // 75 % of 48 kEUR
  EXPECT_EQ(flow(program, state, "own_contribution", "institute"), n * 1200000);  // 25 %
}

TEST(Talent, helps_with_as_many_vacancies_as_the_money_reaches) {
  const auto run = [](const std::string& yearly) {
    auto scenario = world({instrument("r", "talent",
                                      {setting("lever", {"recruitment"}), setting("budget.yearly", {yearly}),
                                       setting("eligible", {"rd_performer"}), setting("request", {"100 EUR"}),
                                       setting("help", {"20 %"})})},
                          12);
    scenario.kinds[0].attributes.push_back(starts("vacancies", "2"));
    const auto program = compile(scenario, catalogue());
    State state = found(program, 3, 0);
    step(program, state);
    return std::pair{flow(program, state, "r", "households"), total(program, state, "firm", "recruiting")};
  };
  const int n = performers(compile(world({}, 12), catalogue()));
  const auto rich = run("12 MEUR");
  EXPECT_EQ(rich.first, n * 20000);  // all vacancies, and the rest of the money stays
  EXPECT_NEAR(rich.second, n * 0.2, 1e-9);
  const auto poor = run("6 kEUR");  // five vacancies a month: two firms and a half
  EXPECT_EQ(poor.first, 50000);
  EXPECT_NEAR(poor.second, 2.5 * 0.2, 1e-9);
}

Scenario with_investing_funds(const std::vector<Setting>& settings, int months) {
  auto scenario = world({instrument("f", "fund_of_funds", settings)}, months);
  KindSpec& fund = scenario.kinds.back();
  fund.attributes.push_back(starts("invested", "1 MEUR/month"));
  fund.attributes.push_back(starts("proceeds", "2 MEUR/month"));
  return scenario;
}

std::vector<Setting> fund_settings(const std::string& call_period, const std::string& partners) {
  return {setting("budget.total", {"200 MEUR"}),         setting("share", {"25 %"}),
          setting("call_period", {call_period}),         setting("partners", {partners}),
          setting("allocation.cadence", {"120 months"}), setting("per_fund_at_most", {"50 MEUR"})};
}

TEST(FundOfFunds, pays_its_part_of_each_ticket_and_shares_in_the_proceeds) {
  EXPECT_DOUBLE_EQ(public_stake(10, 30, 0), 0.25);
  EXPECT_DOUBLE_EQ(public_stake(10, 20, 1), 0.25);
  const auto program = compile(with_investing_funds(fund_settings("60 months", "0"), 60), catalogue());
  State state = found(program, 3, 0);
  for (int month = 0; month < 3; ++month) step(program, state);
  // Each of three funds: 10 of 40 MEUR, so a quarter of 1 MEUR a month, from the month after the commitment.
  EXPECT_EQ(flow(program, state, "f", "financier"), 3 * 2 * 25000000);
  EXPECT_EQ(flow(program, state, "f", "government"), 3 * to_cents(0.25 / 30.25 * 2e6));
}

TEST(FundOfFunds, never_calls_more_than_it_committed) {
  const auto program = compile(with_investing_funds(fund_settings("60 months", "0"), 60), catalogue());
  const State state = run_all(program, 60);
  EXPECT_EQ(flow(program, state, "f", "financier"), 3 * 1000000000LL);
}

TEST(FundOfFunds, lets_what_is_not_called_in_time_lapse) {
  const auto program = compile(with_investing_funds(fund_settings("12 months", "0"), 60), catalogue());
  const State state = run_all(program, 60);
  EXPECT_EQ(flow(program, state, "f", "financier"), 3 * 12 * 25000000);
}

TEST(FundOfFunds, brings_partners_only_when_a_scenario_says_so) {
  const auto alone = compile(with_investing_funds(fund_settings("12 months", "0"), 24), catalogue());
  EXPECT_EQ(flow(alone, run_all(alone, 24), "co_commitment", ""), 0);
  const auto with = compile(with_investing_funds(fund_settings("12 months", "1"), 24), catalogue());
  const State state = run_all(with, 24);
  EXPECT_GT(flow(with, state, "co_commitment", ""), 0);
  EXPECT_EQ(flow(with, state, "co_commitment", ""), flow(with, state, "f", "financier"));
}

TEST(TaxCredit, on_a_request_leaves_the_user_cost_of_research_as_it_is) {
  const auto program = compile(
      world({instrument("box", "tax_credit",
                        {setting("budget.yearly", {"1 GEUR"}), setting("on", {"request"}),
                         setting("request", {"24 kEUR"}), setting("brackets.rate", {"10 %", "10 %"})})},
            12),
      catalogue());
  State state = found(program, 3, 0);
  step(program, state);
  EXPECT_EQ(flow(program, state, "box", "firm"), performers(program) * 20000);
  EXPECT_DOUBLE_EQ(total(program, state, "firm", "tax_credit_rate"), 0);
  EXPECT_DOUBLE_EQ(total(program, state, "firm", "tax_credit"), 0);  // it is no support of R&D
  EXPECT_NEAR(total(program, state, "firm", "profit_credit"), performers(program) * 200.0, 1e-6);
}

TEST(Forms, refuse_values_outside_their_range) {
  const auto refused = [](const std::string& form, const Setting& wrong) {
    try {
      compile(world({instrument("x", form, {setting("budget.total", {"1 MEUR"}), wrong})}, 12), catalogue());
    } catch (const InputError& error) {
      return error.mistakes().size() == 1;
    }
    return false;
  };
  EXPECT_TRUE(refused("voucher", setting("unused", {"120 %"})));
  EXPECT_TRUE(refused("block", setting("transfer", {"-1 %"})));
  EXPECT_TRUE(refused("network", setting("reach", {"0"})));
  EXPECT_TRUE(refused("talent", setting("lever", {"magic"})));
  EXPECT_TRUE(refused("talent", setting("applicants", {"institute"})));
  EXPECT_TRUE(refused("fund_of_funds", setting("share", {"95 %"})));
}

}  // namespace
}  // namespace polder::agents::instrument_forms_test
