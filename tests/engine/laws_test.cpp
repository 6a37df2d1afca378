// SPDX-License-Identifier: Apache-2.0
// The laws of the architecture on whole programs: identity, draws, pairing, sameness, money, nothing lost.
#include <gtest/gtest.h>

#include <cstring>

#include "engine/parallel.hpp"
#include "engine/turn.hpp"
#include "tests/support/mini.hpp"

namespace polder::laws_test {
namespace {

using test::formula;

ReplicateResult run_all(const Scenario& scenario, std::uint64_t seed = 7) {
  return *run(compile(scenario, {}), seed, 1);
}

/// Bit patterns, so that NaN equals NaN and 0 differs from -0.
std::vector<std::vector<std::uint64_t>> bits(const ReplicateResult& result) {
  std::vector<std::vector<std::uint64_t>> all;
  for (const auto& series : result.values) {
    auto& words = all.emplace_back(series.size());
    std::memcpy(words.data(), series.data(), series.size() * sizeof(double));
  }
  return all;
}

TEST(Identity, an_extra_entrant_renames_nobody) {
  auto scenario = test::mini(300, 24, "0.2");  // so dear that firms leave soon
  const auto base = compile(scenario, {});
  Action extra;
  extra.verb = Action::Verb::enter;
  extra.name = "firm";
  scenario.rules[6].actions.push_back(extra);  // every leaver is now followed by two entrants
  const auto more = compile(scenario, {});
  State a = found(base, 3, 1), b = found(more, 3, 1);
  const auto kind = *base.layout().find_kind("firm");
  const std::size_t at_start = a.tables[index(kind)].num_agents();
  while (b.tables[index(kind)].num_agents() == at_start && a.step < 24) {
    step(base, a);
    step(more, b);
  }
  const std::size_t extra_firms = b.tables[index(kind)].num_agents() - at_start;
  EXPECT_GT(extra_firms, 0U);
  EXPECT_EQ(a.tables[index(kind)].num_agents(), at_start);  // every leaver is replaced
  for (const Row row : a.tables[index(kind)].by_id()) {
    EXPECT_NE(b.tables[index(kind)].find(a.tables[index(kind)].ids()[row]), no_row);
  }
}

TEST(Draws, reordering_rules_changes_nothing) {
  auto scenario = test::mini(500, 12);
  const auto base = bits(run_all(scenario));
  std::reverse(scenario.rules.begin(), scenario.rules.end());
  EXPECT_EQ(base, bits(run_all(scenario)));
}

TEST(Draws, adding_a_rule_leaves_all_other_draws_where_they_were) {
  auto scenario = test::mini(500, 12);
  const auto base = bits(run_all(scenario));
  scenario.kinds[2].attributes.push_back(test::number("luck", "0"));
  auto gamble = test::rule("gamble", "firm", {test::change(Action::Verb::set, {{"luck", "uniform()"}})});
  gamble.chance = formula("0.5");
  scenario.rules.insert(scenario.rules.begin(), gamble);
  EXPECT_EQ(base, bits(run_all(scenario)));
}

TEST(Draws, a_condition_and_a_value_of_one_rule_draw_apart) {
  auto scenario = test::empty(1);
  scenario.kinds = {test::kind("agent", "2000", {test::number("x", "2")})};
  auto draw = test::rule("draw", "agent", {test::change(Action::Verb::set, {{"x", "uniform()"}})});
  draw.when = formula("uniform() < 0.5");
  scenario.rules = {draw};
  scenario.indicators = {test::indicator("mean", "mean(agent.x where x < 1)")};
  EXPECT_NEAR(run_all(scenario).values[0][0], 0.5, 0.05);  // the same draw would give 0.25
}

TEST(Draws, another_seed_or_replicate_gives_other_numbers) {
  const auto scenario = test::mini(500, 3);
  const auto program = compile(scenario, {});
  EXPECT_NE(bits(*run(program, 1, 1)), bits(*run(program, 2, 1)));
  EXPECT_NE(bits(*run(program, 1, 1)), bits(*run(program, 1, 2)));
}

TEST(Sameness, any_number_of_threads_gives_the_same_bits) {
  const auto scenario = test::mini(7000, 12);
  const auto with = [&](unsigned threads) {
    const ThreadLimit limit(threads);
    return bits(run_all(scenario));
  };
  const auto one = with(1);
  EXPECT_EQ(one, with(2));
  EXPECT_EQ(one, with(5));
}

TEST(Sameness, any_row_order_gives_the_same_bits) {
  const auto program = compile(test::mini(2500, 18), {});
  const auto run_from = [&](std::uint64_t shuffle) {
    State state = found(program, 11, 1);
    if (shuffle != 0) permute_rows(state, shuffle);
    Recorder recorder(program);
    while (state.step < program.num_steps()) {
      step(program, state);
      recorder.sample(state);
      if (shuffle != 0 && state.step == 9) permute_rows(state, shuffle + 1);
    }
    return bits(recorder.result());
  };
  const auto straight = run_from(0);
  EXPECT_EQ(straight, run_from(42));
  EXPECT_EQ(straight, run_from(99));
}

/// Everybody changes three others and is changed by three, by amounts that round differently in each order.
Scenario crowd(std::size_t agents) {
  auto scenario = test::empty(4);
  scenario.kinds = {
      test::kind("agent", std::to_string(agents),
                 {test::number("x", "lognormal(median: 1, sigma: 2)"), test::number("y", "uniform(0, 1)")})};
  auto meet = test::rule("meet", "agent",
                         {test::change(Action::Verb::add, {{"partner.x", "0.1 * x"}}),
                          test::change(Action::Verb::multiply, {{"y", "1 + 0.1 * partner.y"}})});
  meet.match = MatchSpec{};
  meet.match->with = "agent";
  meet.match->count = formula("3");
  scenario.rules = {meet};
  scenario.indicators = {test::indicator("x", "sum(agent.x)"), test::indicator("y", "sum(agent.y)")};
  return scenario;
}

TEST(Sameness, contributions_that_meet_in_one_row_are_added_in_id_order) {
  const auto program = compile(crowd(40000), {});
  const auto run_from = [&](std::uint64_t shuffle, unsigned threads) {
    const ThreadLimit limit(threads);
    State state = found(program, 3, 1);
    if (shuffle != 0) permute_rows(state, shuffle);
    while (state.step < program.num_steps()) step(program, state);
    const Table& table = state.tables[0];
    std::vector<double> values;
    for (const Row row : table.by_id()) {
      values.push_back(table.column<double>(ColumnId{0})[row]);
      values.push_back(table.column<double>(ColumnId{1})[row]);
    }
    return values;
  };
  const auto straight = run_from(0, 1);
  EXPECT_EQ(straight, run_from(0, 3));
  EXPECT_EQ(straight, run_from(5, 2));
}

TEST(Sameness, a_checkpoint_in_between_changes_nothing) {
  const auto program = compile(test::mini(1500, 18), {});
  State state = found(program, 5, 2);
  Recorder recorder(program);
  recorder.result().replicate = 2;
  for (int m = 0; m < 7; ++m) {
    step(program, state);
    recorder.sample(state);
  }
  MemoryArchive archive;
  save(program, state, recorder.result(), archive);
  State resumed;
  Recorder continued(program);
  restore(program, archive, resumed, continued.result());
  while (resumed.step < program.num_steps()) {
    step(program, resumed);
    continued.sample(resumed);
  }
  EXPECT_EQ(bits(*run(program, 5, 2)), bits(continued.result()));
}

TEST(Sameness, a_checkpoint_of_another_scenario_is_refused) {
  const auto program = compile(test::mini(100, 6), {});
  MemoryArchive archive;
  save(program, found(program, 1, 1), Recorder(program).result(), archive);
  auto other = test::mini(100, 6);
  other.kinds[2].attributes.push_back(test::number("luck", "0"));
  State state;
  ReplicateResult samples;
  EXPECT_THROW(restore(compile(other, {}), archive, state, samples), InputError);
}

TEST(Pairing, one_burn_in_branches_into_two_identical_arms) {
  auto scenario = test::mini(400, 12);
  scenario.clock.burn_in = 6;
  const auto baseline = compile(scenario, {});
  auto policy_scenario = scenario;
  policy_scenario.name = "policy";
  policy_scenario.kinds[2].attributes.push_back(
      test::number("noted", "3"));  // a policy may bring columns of its own
  const auto policy = compile(policy_scenario, {});
  const auto continue_as = [&](const Program& program, State state) {
    Recorder recorder(program);
    while (state.step < program.num_steps()) {
      step(program, state);
      recorder.sample(state);
    }
    return bits(recorder.result());
  };
  State state = found(baseline, 3, 1);
  for (int m = 0; m < 6; ++m) step(baseline, state);
  EXPECT_EQ(continue_as(baseline, state), continue_as(policy, adopt(baseline, state, policy)));
}

TEST(Pairing, a_policy_that_touches_one_firm_reaches_only_those_it_meets) {
  // Firms meet in pairs with a chance; without meetings nobody else may change.
  auto scenario = test::mini(400, 4);
  std::erase_if(scenario.rules,
                [](const RuleSpec& r) { return r.id == "spillover" || r.id == "grants" || r.id == "leave"; });
  scenario.indicators.clear();
  const auto program = compile(scenario, {});
  const auto firm = *program.layout().find_kind("firm");
  const auto capital = *program.layout().kinds[index(firm)].find("capital");
  State a = found(program, 3, 1), b = a;
  b.tables[index(firm)].column<double>(capital)[17] += 1.0;
  for (int m = 0; m < 4; ++m) {
    step(program, a);
    step(program, b);
  }
  std::size_t changed = 0;
  for (std::size_t c = 0; c < program.layout().kinds[index(firm)].columns.size(); ++c) {
    if (program.layout().kinds[index(firm)].columns[c].type != ColumnType::number) continue;
    const auto x = a.tables[index(firm)].column<double>(static_cast<ColumnId>(c));
    const auto y = b.tables[index(firm)].column<double>(static_cast<ColumnId>(c));
    for (std::size_t r = 0; r < x.size(); ++r) {
      if (x[r] != y[r]) {
        EXPECT_EQ(r, 17U);
        ++changed;
      }
    }
  }
  EXPECT_EQ(changed, 1U);  // its capital
}

/// Firms with accounts pay each other, enter and leave.
Scenario paying_firms() {
  auto scenario = test::empty(24);
  scenario.kinds = {
      test::kind("firm", "500", {test::money("cash", "lognormal(median: 1000 EUR, sigma: 1)")})};
  Action pay;
  pay.verb = Action::Verb::transfer;
  pay.from = "self";
  pay.to = "partner";
  pay.name = "gift";
  pay.amount = formula("cash * uniform()");
  auto give = test::rule("give", "firm", {pay});
  give.chance = formula("30 %");
  give.match = MatchSpec{};
  give.match->with = "firm";
  Action wage = pay;
  wage.to = "households";
  wage.name = "wages";
  wage.amount = formula("max(cash, 0 EUR) * 0.1");
  auto work = test::rule("work", "firm", {wage});
  Action enter, exit;
  enter.verb = Action::Verb::enter;
  enter.name = "firm";
  exit.verb = Action::Verb::exit;
  exit.name = "self";
  auto leave = test::rule("leave", "firm", {exit, enter});
  leave.chance = formula("5 %");
  scenario.rules = {give, work, leave};
  scenario.indicators = {test::indicator("cash", "sum(firm.cash)", "EUR")};
  return scenario;
}

TEST(Money, the_sum_of_all_accounts_never_changes) {
  const auto program = compile(paying_firms(), {});
  State state = found(program, 9, 1);
  const Cents total = total_money(program, state);
  EXPECT_GT(total, 0);
  for (int m = 0; m < 24; ++m) {
    step(program, state);
    ASSERT_EQ(total_money(program, state), total) << "month " << m;
  }
}

TEST(Money, every_cent_that_moved_stands_in_the_flow_table) {
  const auto program = compile(paying_firms(), {});
  State state = found(program, 9, 1);
  const Cents before = state.ledger.named[0];
  step(program, state);
  Cents net = 0;
  for (std::size_t f = 0; f < program.arm().flows.size(); ++f) {
    if (program.arm().flows[f].receiver == "households") net += state.ledger.year_flows[f];
    if (program.arm().flows[f].payer == "households") net -= state.ledger.year_flows[f];
  }
  EXPECT_EQ(state.ledger.named[0] - before, net);
  EXPECT_NE(net, 0);
}

TEST(NothingLost, a_stopped_run_says_so) {
  const auto program = compile(test::mini(100, 12), {});
  int months = 0;
  EXPECT_FALSE(run(program, 1, 1, [&](const State&) { return ++months < 5; }).has_value());
  EXPECT_EQ(months, 5);
}

TEST(Faults, a_chance_above_one_stops_the_run_and_names_the_rule) {
  auto scenario = test::mini(100, 3);
  scenario.rules[3].chance = formula("productivity");
  try {
    run_all(scenario);
    FAIL() << "no fault";
  } catch (const RunError& error) {
    EXPECT_NE(std::string(error.what()).find("the chance of rule `innovate`"), std::string::npos)
        << error.what();
    EXPECT_NE(std::string(error.what()).find("2020-01"), std::string::npos) << error.what();
  }
}

TEST(Faults, growth_beyond_all_numbers_stops_the_run) {
  auto scenario = test::mini(100, 3);
  scenario.rules[4].actions[0].assignments[0].formula = formula("exp(900 * productivity)");
  EXPECT_THROW(run_all(scenario), RunError);
}

TEST(Faults, a_division_by_zero_that_depends_on_state_stops_the_run) {
  auto scenario = test::mini(100, 3);
  scenario.rules[4].actions[0].assignments[0].formula = formula("1 / (productivity - productivity)");
  EXPECT_THROW(run_all(scenario), RunError);
}

}  // namespace
}  // namespace polder::laws_test
