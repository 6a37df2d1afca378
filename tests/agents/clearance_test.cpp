// SPDX-License-Identifier: Apache-2.0
#include "agents/regulation/clearance.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "agents/funding/valuation.hpp"
#include "tests/agents/venture_world.hpp"

namespace polder::agents::clearance_test {
namespace {

using test::instrument;
using test::setting;
using test::total;

TEST(Clearance, takes_times_of_a_gamma_distribution) {
  const DrawKey key = draw_key(5, 0, purpose_of("time"));
  double sum = 0, squares = 0;
  constexpr int n = 20000, shape = 4;
  for (std::uint64_t i = 0; i < n; ++i) {
    const double t = gamma_time(12, shape, key, AgentId{i}, 0);
    sum += t;
    squares += t * t;
  }
  const double mean = sum / n, variance = squares / n - mean * mean;
  EXPECT_NEAR(mean, 12, 4 * 6 / std::sqrt(n));             // sd 12 / sqrt(4)
  EXPECT_NEAR(variance, 36, 36 * 4 * std::sqrt(3.5 / n));  // kurtosis 3 + 6 / 4
}

TEST(Clearance, is_refused_less_often_after_dialogue_and_sandbox) {
  EXPECT_DOUBLE_EQ(refusal_chance(0.2, 0.5, 0.5), 0.05);
  EXPECT_DOUBLE_EQ(refusal_chance(0.2, 1, 1), 0.2);
  EXPECT_DOUBLE_EQ(refusal_chance(0, 1, 1), 0);
}

TEST(Clearance, serves_whom_its_places_reach) {
  EXPECT_DOUBLE_EQ(served_share(30, 100), 0.3);
  EXPECT_DOUBLE_EQ(served_share(300, 100), 1);
  EXPECT_DOUBLE_EQ(served_share(0, 100), 0);
  EXPECT_DOUBLE_EQ(served_share(-5, 100), 0);
}

TEST(Clearance, rounds_places_without_bias) {
  double sum = 0;
  constexpr int n = 1000;
  for (int i = 0; i < n; ++i) sum += whole_places(30, 100, (i + 0.5) / n);
  EXPECT_NEAR(sum / n, 30, 1e-9);
  EXPECT_DOUBLE_EQ(whole_places(30, 1, 0.7), 30);
}

TEST(Clearance, keeps_idle_assessors_only_for_applicants_that_stand_for_many) {
  EXPECT_DOUBLE_EQ(kept_for_later(10, 1, 12), 0);
  EXPECT_DOUBLE_EQ(kept_for_later(10, 50, 12), 10);
  EXPECT_DOUBLE_EQ(kept_for_later(1e6, 50, 12), 49 * 12);
  EXPECT_DOUBLE_EQ(kept_for_later(-3, 50, 12), 0);
}

TEST(Clearance, leaves_in_dialogue_what_needs_the_finished_product) {
  EXPECT_DOUBLE_EQ(clearance_after(10, 1, 4), 9);
  EXPECT_DOUBLE_EQ(clearance_after(4.5, 1, 4), 4);
  EXPECT_DOUBLE_EQ(clearance_after(3, 1, 4), 3);
  EXPECT_DOUBLE_EQ(clearance_after(0.4, 1, 0), 0);
}

TEST(Clearance, makes_unsettled_rules_a_discount_that_caution_sets) {
  EXPECT_DOUBLE_EQ(settled_part(0.15, 0), 1);
  EXPECT_DOUBLE_EQ(settled_part(0, 2), 1);
  EXPECT_NEAR(settled_part(0.15, 2), std::exp(-0.3), 1e-12);
}

struct Outcome {
  double raised = 0, on_market = 0, cleared = 0, refused = 0, pending = 0, blocked = 0;
  Cents cost = 0, outlay = 0;
};

Outcome run(Scenario scenario, int months = 84, std::uint64_t seed = 3) {
  scenario.clock.end = scenario.clock.start + (months - 1);
  test::open_windows(scenario);
  const auto program = compile(scenario, catalogue());
  State state = found(program, seed, 0);
  const Cents money = total_money(program, state);
  Outcome o;
  for (int m = 0; m < months; ++m) {
    step(program, state);
    o.cleared += total(program, state, "regulator", "cleared");
    o.refused += total(program, state, "regulator", "refused");
    o.pending += total(program, state, "regulator", "pending");
  }
  EXPECT_EQ(total_money(program, state), money);
  const auto kind = *program.layout().find_kind("venture");
  const auto& layout = program.layout().kinds[index(kind)];
  const Table& ventures = state.tables[index(kind)];
  for (const Row row : ventures.by_id()) {
    const auto trl = ventures.column<std::int64_t>(*layout.find("trl"))[row];
    o.on_market += trl > 7 ? 1 : 0;
    o.blocked += ventures.column<std::uint8_t>(*layout.find("blocked"))[row];
  }
  o.cost = test::flow(program, state, "clearance_cost");
  o.raised = to_euros(test::flow(program, state, "venture_capital"));
  return o;
}

Scenario world(const std::string& staff, const std::string& refusal) {
  auto scenario = test::venture_world(300, 84);
  for (auto& a : scenario.kinds[0].attributes) {
    if (a.name == "age") a.start = test::formula("uniform(0, 40) * 1 month");  // none is past the gate
  }
  test::add_regulator(scenario, staff, refusal);
  return scenario;
}

TEST(Clearance, lets_nobody_past_the_gate_without_assessors) {
  const Outcome o = run(world("0 persons", "0"));
  EXPECT_EQ(o.on_market, 0);
  EXPECT_EQ(o.cleared, 0);
  EXPECT_GT(o.blocked, 0);
  EXPECT_EQ(o.cost, 0);
}

TEST(Clearance, clears_more_with_more_assessors_and_is_paid_for) {
  const Outcome few = run(world("4 persons", "0.2")), many = run(world("200 persons", "0.2"));
  EXPECT_LT(few.cleared, many.cleared);
  EXPECT_LT(few.on_market, many.on_market);
  EXPECT_GT(few.pending, many.pending);
  EXPECT_GT(few.cost, 0);
}

TEST(Clearance, refuses_at_the_chance_given) {
  const Outcome o = run(world("400 persons", "0.3"));
  const double decided = o.cleared + o.refused;
  ASSERT_GT(decided, 100);
  EXPECT_NEAR(o.refused / decided, 0.3, 4 * std::sqrt(0.21 / decided));
  EXPECT_EQ(run(world("400 persons", "0")).refused, 0);
}

TEST(Clearance, is_sooner_with_early_dialogue_sandboxes_harmonised_rules_or_assessors) {
  const Outcome none = run(world("6 persons", "0.3"));
  const auto with = [](const std::vector<Setting>& settings) {
    auto scenario = world("6 persons", "0.3");
    scenario.instruments = {instrument("rule", "regulation", settings)};
    return run(scenario);
  };
  const Outcome dialogue = with({setting("measure", {"early_dialogue"}), setting("strength", {"100 %"})});
  const Outcome sandbox = with({setting("measure", {"sandbox"}), setting("places", {"50"})});
  const Outcome harmonised = with({setting("measure", {"harmonisation"}), setting("strength", {"50 %"})});
  const Outcome capacity = with({setting("measure", {"capacity"}), setting("staff", {"40 persons"})});
  for (const Outcome* o : {&dialogue, &sandbox, &harmonised, &capacity})
    EXPECT_GT(o->on_market, none.on_market);
  EXPECT_LT(dialogue.refused / (dialogue.refused + dialogue.cleared),
            none.refused / (none.refused + none.cleared));
}

TEST(Clearance, brings_capital_to_ventures_whose_rules_are_settled_sooner) {
  const auto poor = [](std::vector<InstrumentSpec> instruments) {
    auto scenario = world("6 persons", "0.3");
    for (auto& a : scenario.kinds[0].attributes) {
      if (a.name == "cash") a.start = test::formula("0.3 MEUR");
    }
    for (auto& kind : scenario.kinds) {
      if (kind.name == "financier") kind.count = test::formula("60");
      if (kind.name == "regulator") kind.attributes.push_back(test::starts("variance", "3"));
    }
    scenario.instruments = std::move(instruments);
    double raised = 0;  // of several runs: few large rounds make most of the capital of one
    for (std::uint64_t seed = 1; seed <= 12; ++seed) raised += run(scenario, 84, seed).raised;
    return raised;
  };
  const double none = poor({});
  EXPECT_GT(none, 0);
  EXPECT_GT(
      poor({instrument("rule", "regulation", {setting("measure", {"sandbox"}), setting("places", {"50"})})}),
      none);
  EXPECT_GT(poor({instrument("rule", "regulation",
                             {setting("measure", {"early_dialogue"}), setting("strength", {"100 %"})})}),
            none);
}

TEST(Clearance, leaves_other_themes_alone) {
  auto other = world("6 persons", "0.3");
  for (auto& a : other.kinds.back().attributes) {
    if (a.name == "theme") a.start = test::formula("none");
  }
  EXPECT_EQ(run(other).cleared, 0);
  EXPECT_EQ(run(other).blocked, 0);
  EXPECT_GT(run(other).on_market, 0);
}

TEST(Clearance, pays_for_a_measure_with_a_running_cost_and_needs_its_budget) {
  auto scenario = world("6 persons", "0.3");
  scenario.instruments = {instrument("rule", "regulation",
                                     {setting("measure", {"capacity"}), setting("cost", {"10 kEUR/month"}),
                                      setting("budget.yearly", {"120 kEUR"})})};
  test::open_windows(scenario);
  const auto program = compile(scenario, catalogue());
  State state = found(program, 3, 0);
  for (int m = 0; m < 24; ++m) step(program, state);
  EXPECT_EQ(test::flow(program, state, "rule"), to_cents(240e3));
  scenario.instruments[0].settings.pop_back();
  EXPECT_NE(test::mistakes_of(scenario).find("without a budget"), std::string::npos);
  scenario.instruments[0].settings = {setting("measure", {"sandboxes"})};
  EXPECT_NE(test::mistakes_of(scenario).find("Did you mean 'sandbox'?"), std::string::npos);
}

TEST(Clearance, refuses_settings_out_of_range) {
  for (const FieldInfo& field : clearance_mechanism().fields) {
    auto scenario = world("6 persons", "0.3");
    for (auto& m : scenario.mechanisms) {
      if (m.name != "clearance") continue;
      m = test::mechanism("clearance", {{field.name, std::string(field.unit) == "1" ? "-1" : "-1 month"}});
    }
    EXPECT_NE(test::mistakes_of(scenario).find(field.meaning), std::string::npos) << field.name;
  }
}

}  // namespace
}  // namespace polder::agents::clearance_test
