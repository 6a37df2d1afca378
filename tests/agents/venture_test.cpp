// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <numeric>

#include "agents/funding/rounds.hpp"
#include "agents/funding/valuation.hpp"
#include "agents/funding/venture_rounds.hpp"
#include "tests/agents/venture_world.hpp"

namespace polder::agents::venture_test {
namespace {

TEST(Valuation, weighs_prior_and_signal_by_precision) {
  const Belief after = posterior({14, 1.0}, 18, 0.5);  // precision of the signal: 4
  EXPECT_DOUBLE_EQ(after.precision, 5);
  EXPECT_DOUBLE_EQ(after.mean, (14 + 4 * 18) / 5.0);
}

TEST(Valuation, discounts_an_expected_exit) {
  // log-value 17 known exactly, series A: 0.30 within 5.5 years at 20 %
  const double value = present_value({17, 1e12}, 2, 0.20, 0.25);
  EXPECT_NEAR(value, std::exp(17.0) * 0.30 / std::pow(1.2, 5.5), 1e-3);
}

TEST(Valuation, values_uncertainty_as_an_option_unless_investors_are_cautious) {
  EXPECT_GT(present_value({15, 0.5}, 1, 0.2, 0.0), present_value({15, 2.0}, 1, 0.2, 0.0));
  EXPECT_LT(present_value({15, 0.5}, 1, 0.2, 1.0), present_value({15, 2.0}, 1, 0.2, 1.0));
}

TEST(Valuation, gives_investors_their_share_or_first_what_they_paid) {
  EXPECT_DOUBLE_EQ(investors_proceeds(10e6, 2e6, 0.5), 5e6);
  EXPECT_DOUBLE_EQ(investors_proceeds(3e6, 2e6, 0.5), 2e6);
  EXPECT_DOUBLE_EQ(investors_proceeds(1e6, 2e6, 0.5), 1e6);
  EXPECT_DOUBLE_EQ(investors_proceeds(0, 2e6, 0.5), 0);
}

TEST(Valuation, ranks_stages_from_pre_seed) {
  EXPECT_EQ(stage_rank(VentureStage::none), 0U);
  EXPECT_EQ(stage_rank(VentureStage::pre_seed), 0U);
  EXPECT_EQ(stage_rank(VentureStage::series_c), 4U);
}

Offer offer(std::uint64_t id, double preference, double smallest, double largest, double cash,
            double value = 1e9) {
  return {AgentId{id}, static_cast<Row>(id), 0, value, preference, smallest, largest, to_cents(cash), false};
}

Cents sum(const Round& round) {
  return std::accumulate(round.tickets.begin(), round.tickets.end(), Cents{0},
                         [](Cents s, const Ticket& t) { return s + t.amount; });
}

TEST(Rounds, are_led_by_the_most_eager_fund_whose_ticket_fits) {
  const std::vector<Offer> offers{offer(1, 9, 1e4, 1e5, 1e9), offer(2, 5, 1e5, 3e6, 1e9),
                                  offer(3, 4, 1e5, 3e6, 1e9)};
  const auto round = close_round(offers, {4e6, 1, 0, 0.4, 1});  // a quarter is 1 MEUR: fund 1 cannot lead
  ASSERT_TRUE(round);
  EXPECT_EQ(round->tickets.front().offer, 1U);
  EXPECT_EQ(sum(*round), to_cents(4e6));
  EXPECT_DOUBLE_EQ(round->share, 4e6 / 1e9);
}

TEST(Rounds, fail_when_tickets_do_not_add_up) {
  const std::vector<Offer> offers{offer(1, 1, 1e5, 3e6, 1e9)};
  EXPECT_TRUE(close_round(offers, {3e6, 1, 0, 0.4, 1}));
  EXPECT_FALSE(close_round(offers, {4e6, 1, 0, 0.4, 1}));
}

TEST(Rounds, fail_when_the_venture_is_worth_too_little) {
  const std::vector<Offer> offers{offer(1, 1, 1e4, 1e7, 1e9, 2e6)};
  EXPECT_TRUE(close_round(offers, {0.5e6, 1, 0, 0.4, 1}));
  EXPECT_FALSE(close_round(offers, {1e6, 1, 0, 0.4, 1}));
}

TEST(Rounds, never_take_more_from_a_fund_than_it_has) {
  const std::vector<Offer> offers{offer(1, 3, 1e4, 5e6, 1e6), offer(2, 2, 1e4, 5e6, 2e6),
                                  offer(3, 1, 1e4, 5e6, 9e6)};
  const auto round = close_round(offers, {6e6, 1, 0, 0.9, 1});
  ASSERT_TRUE(round);
  for (const Ticket& t : round->tickets) EXPECT_LE(t.amount, offers[t.offer].available);
  EXPECT_EQ(sum(*round), to_cents(6e6));
}

TEST(Rounds, let_a_fund_join_in_many_real_ventures_of_one_agent) {
  const std::vector<Offer> offers{offer(1, 1, 1e4, 1e6, 1e8)};
  EXPECT_FALSE(close_round(offers, {2e6, 1, 0, 0.4, 1}));
  EXPECT_FALSE(close_round(offers, {2e6, 10, 0, 0.4, 1}));
  const auto round = close_round(offers, {1e6, 10, 0, 0.4, 1});
  ASSERT_TRUE(round);
  EXPECT_EQ(sum(*round), to_cents(1e7));
}

TEST(Rounds, let_public_funds_follow_private_money_for_half_at_most) {
  std::vector<Offer> offers{offer(1, 9, 1e5, 5e7, 1e9), offer(2, 1, 1e5, 3e6, 1e9)};
  offers[0].beside_private = true;
  const auto round = close_round(offers, {6e6, 1, 0, 0.4, 0.5});
  ASSERT_TRUE(round);
  EXPECT_EQ(round->tickets.front().offer, 1U);
  EXPECT_EQ(round->tickets.front().amount, to_cents(3e6));
  EXPECT_EQ(sum(*round), to_cents(6e6));
  const auto larger = close_round(offers, {8e6, 1, 0, 0.4, 0.5});  // 3 MEUR of private money, as much public
  ASSERT_TRUE(larger);
  EXPECT_EQ(sum(*larger), to_cents(6e6));
  offers.pop_back();
  EXPECT_FALSE(close_round(offers, {6e6, 1, 0, 0.4, 0.5}));
}

TEST(Rounds, leave_out_a_public_fund_below_its_smallest_ticket) {
  std::vector<Offer> offers{offer(1, 9, 5e6, 5e7, 1e9), offer(2, 1, 1e5, 4e6, 1e9)};
  offers[0].beside_private = true;
  const auto round = close_round(offers, {6e6, 2, 0, 0.4, 0.5});
  ASSERT_TRUE(round);
  EXPECT_EQ(round->tickets.size(), 1U);
  EXPECT_EQ(sum(*round), to_cents(8e6));
}

TEST(Rounds, are_led_only_by_funds_that_may) {
  std::vector<Offer> offers{offer(1, 9, 1e5, 1e7, 1e9), offer(2, 1, 1e5, 1e7, 1e9)};
  offers[0].leads = false;
  EXPECT_EQ(close_round(offers, {6e6, 1, 0, 0.4, 0.5})->tickets.front().offer, 1U);
  offers[1].leads = false;
  EXPECT_FALSE(close_round(offers, {6e6, 1, 0, 0.4, 0.5}));
}

TEST(Rounds, need_offers) {
  EXPECT_FALSE(close_round({}, {1e6, 1, 0, 0.4, 1}));
}

TEST(Rounds, are_cut_to_what_investors_pay_but_not_below_a_least_part) {
  const std::vector<Offer> offers{offer(1, 1, 1e4, 1e7, 1e9, 8e6)};
  const auto round = close_round(offers, {5e6, 1, 0, 0.4, 0.5});  // at most 40 % of 8 MEUR
  ASSERT_TRUE(round);
  EXPECT_DOUBLE_EQ(round->size, 3.2e6);
  EXPECT_DOUBLE_EQ(round->share, 0.4);
  EXPECT_EQ(sum(*round), to_cents(3.2e6));
  EXPECT_FALSE(close_round(offers, {7e6, 1, 0, 0.4, 0.5}));
}

TEST(Rounds, close_with_the_tickets_that_come_together) {
  const std::vector<Offer> offers{offer(1, 2, 1e4, 2e6, 1e9), offer(2, 1, 1e4, 1e6, 1e9)};
  const auto round = close_round(offers, {4e6, 10, 0, 0.4, 0.5});
  ASSERT_TRUE(round);
  EXPECT_DOUBLE_EQ(round->size, 3e6);
  EXPECT_EQ(sum(*round), to_cents(30e6));
  EXPECT_DOUBLE_EQ(round->share, 3e6 / 1e9);
  EXPECT_FALSE(close_round(offers, {7e6, 10, 0, 0.4, 0.5}));
}

TEST(Rounds, sell_the_usual_share_when_the_price_is_high) {
  const std::vector<Offer> offers{offer(1, 1, 1e4, 1e8, 1e9, 50e6)};
  const auto round = close_round(offers, {1e6, 1, 0.2, 0.4, 0.5});
  ASSERT_TRUE(round);
  EXPECT_DOUBLE_EQ(round->size, 10e6);
  EXPECT_DOUBLE_EQ(round->share, 0.2);
  EXPECT_DOUBLE_EQ(close_round(offers, {15e6, 1, 0.2, 0.4, 0.5})->size, 15e6);
}

TEST(Funds, give_many_real_ventures_in_turn_what_they_have_and_their_next_capital) {
  EXPECT_EQ(room_for(100, 1, 500), 100);
  EXPECT_EQ(room_for(100, 3, 500), 300);
  EXPECT_EQ(room_for(100, 50, 500), 600);
  EXPECT_EQ(room_for(100, 50, 0), 100);
}

/// What happened to investors' money in a few years of many startups.
struct Seen {
  Cents tickets = 0, calls = 0, proceeds = 0, least_cash = 0;
  double ahead = 0;
};
Seen watch(double scale, const std::vector<std::pair<std::string, std::string>>& settings) {
  constexpr int months = 72;
  auto scenario = test::venture_world(static_cast<int>(400 / scale), months);
  scenario.scale = scale;
  for (auto& a : scenario.kinds[0].attributes)
    if (a.name == "cash") a.start = test::formula("0.3 MEUR");
  for (auto& m : scenario.mechanisms)
    if (m.name == "venture_rounds") m = test::mechanism("venture_rounds", settings);
  test::open_windows(scenario);
  const auto program = compile(scenario, catalogue());
  State state = found(program, 3, 0);
  const Cents money = total_money(program, state);
  const auto kind = *program.layout().find_kind("financier");
  const auto cash = *program.layout().kinds[index(kind)].find("cash");
  Seen seen;
  for (int m = 0; m < months; ++m) {
    step(program, state);
    const Table& funds = state.tables[index(kind)];
    for (const Row row : funds.by_id())
      seen.least_cash = std::min(seen.least_cash, funds.column<std::int64_t>(cash)[row]);
    seen.ahead = std::max(seen.ahead, test::total(program, state, "financier", "ahead"));
  }
  EXPECT_EQ(total_money(program, state), money);
  seen.tickets = test::flow(program, state, "venture_capital");
  seen.calls = test::flow(program, state, "capital_call");
  for (const char* name : {"exit_proceeds", "foreign_exit_proceeds"})
    seen.proceeds += test::flow(program, state, name);
  return seen;
}

TEST(Ventures, without_a_next_round_return_what_a_buyer_or_their_sales_are_worth) {
  const Seen none = watch(1, {{"rescue", "0"}, {"surplus_years", "0 months"}});
  const Seen taken = watch(1, {{"rescue", "1"}, {"surplus_years", "0 months"}});
  const Seen bought = watch(1, {{"rescue", "0"}, {"surplus_years", "60 months"}});
  EXPECT_GT(none.tickets, 0);
  EXPECT_GT(taken.proceeds, none.proceeds);
  EXPECT_GT(bought.proceeds, none.proceeds);
}

TEST(Ventures, are_sold_for_no_more_than_the_largest_exit) {
  const Seen free = watch(1, {}), bound = watch(1, {{"largest_exit", "1 MEUR"}});
  EXPECT_GT(free.proceeds, 0);
  EXPECT_GT(bound.proceeds, 0);
  EXPECT_LT(bound.proceeds, free.proceeds);
}

TEST(Funds, call_ahead_for_sampled_ventures_only_and_never_owe) {
  const Seen whole = watch(1, {});
  EXPECT_EQ(whole.ahead, 0);
  EXPECT_GE(whole.least_cash, 0);
  const Seen sampled = watch(0.1, {});
  EXPECT_GT(sampled.ahead, 0);
  EXPECT_GE(sampled.least_cash, 0);
}

/// What the institute of spin-offs got when it holds this share of what is the founders', what funds got, and
/// the milestones that were reached.
struct Terms {
  Cents institute = 0, funds = 0;
  double levels = 0;
};
Terms terms(double share, const std::string& effort) {
  constexpr int months = 60;
  auto scenario = test::venture_world(400, months);
  scenario.kinds[0].attributes.push_back(test::starts("institute_share", std::to_string(share)));
  for (auto& m : scenario.mechanisms)
    if (m.name == "venture_rounds") m = test::mechanism("venture_rounds", {{"effort", effort}});
  test::open_windows(scenario);
  const auto program = compile(scenario, catalogue());
  State state = found(program, 3, 0);
  const auto kind = [&](const char* name) { return *program.layout().find_kind(name); };
  const AgentId institute = state.tables[index(kind("institute"))].ids()[0];
  const auto origin = *program.layout().kinds[index(kind("firm"))].find("origin_institute");
  for (AgentId& of : state.tables[index(kind("firm"))].column<AgentId>(origin)) of = institute;
  const Cents money = total_money(program, state);
  for (int m = 0; m < months; ++m) step(program, state);
  EXPECT_EQ(total_money(program, state), money);
  Terms seen;
  for (const char* name : {"institutes_proceeds", "foreign_institutes_proceeds"})
    seen.institute += test::flow(program, state, name);
  for (const char* name : {"exit_proceeds", "foreign_exit_proceeds"})
    seen.funds += test::flow(program, state, name);
  const auto trl = *program.layout().kinds[index(kind("firm"))].find("trl");
  const Table& firms = state.tables[index(kind("firm"))];
  for (const Row row : firms.by_id())
    seen.levels += static_cast<double>(firms.column<std::int64_t>(trl)[row]);
  return seen;
}

TEST(Ventures, pay_their_institute_out_of_what_investors_leave) {
  const Terms none = terms(0, "0"), tenth = terms(0.1, "0"), half = terms(0.5, "0");
  EXPECT_EQ(none.institute, 0);
  EXPECT_GT(tenth.institute, 0);
  EXPECT_NEAR(static_cast<double>(half.institute) / static_cast<double>(tenth.institute), 5, 1e-6);
  EXPECT_EQ(half.funds, none.funds);
}

TEST(Ventures, make_less_of_it_when_little_is_left_to_their_founders) {
  EXPECT_DOUBLE_EQ(founders_effort(0, 0.3), 1);
  EXPECT_NEAR(founders_effort(0.19, 0.5), 0.9, 1e-12);
  EXPECT_LT(terms(0.5, "1").levels, terms(0, "1").levels);
}

/// Firms in foreign hands after some years with funds of these types.
double moved_abroad(const std::string& chance, const std::string& types) {
  auto scenario = test::venture_world(400, 72);
  for (auto& a : scenario.kinds[0].attributes)
    if (a.name == "cash") a.start = test::formula("0.3 MEUR");
  for (auto& kind : scenario.kinds) {
    if (kind.name != "financier") continue;
    for (auto& a : kind.attributes)
      if (a.name == "type") a.start = test::formula(types);
  }
  for (auto& m : scenario.mechanisms)
    if (m.name == "venture_rounds")
      m = test::mechanism("venture_rounds",
                          {{"relocation", chance}, {"foreign_buyer", "0"}, {"dutch_share", "1"}});
  test::open_windows(scenario);
  const auto program = compile(scenario, catalogue());
  State state = found(program, 3, 0);
  for (int m = 0; m < 72; ++m) step(program, state);
  const auto firm = *program.layout().find_kind("firm");
  const auto column = *program.layout().kinds[index(firm)].find("foreign_owned");
  const Table& firms = state.tables[index(firm)];
  double abroad = 0;
  for (const Row row : firms.by_id()) abroad += firms.column<std::uint8_t>(column)[row];
  return abroad;
}

TEST(Ventures, move_abroad_only_by_the_chance_that_a_round_led_from_there_takes_them) {
  const std::string both = "if(uniform() < 0.5, foreign_fund, venture_fund)";
  EXPECT_EQ(moved_abroad("0", both), 0);
  EXPECT_GT(moved_abroad("1", both), 0);
}

TEST(Ventures, find_no_lead_abroad_where_no_domestic_fund_went_before) {
  EXPECT_EQ(moved_abroad("1", "foreign_fund"), 0);
}

}  // namespace
}  // namespace polder::agents::venture_test
