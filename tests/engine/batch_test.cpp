// SPDX-License-Identifier: Apache-2.0
#include "engine/batch.hpp"

#include <gtest/gtest.h>

#include "engine/state.hpp"
#include "tests/support/mini.hpp"

namespace {

using namespace polder;

std::vector<std::vector<std::string>> batches(const Scenario& scenario) {
  const Program program = compile(scenario, {});
  std::vector<std::vector<std::string>> names;
  for (const auto& batch : program.impl().batches) {
    names.emplace_back();
    for (const std::size_t p : batch) names.back().push_back(program.impl().parts[p].name);
  }
  return names;
}

/// Two kinds with three numbers each, and rules in the order of their names.
Scenario shops(std::vector<RuleSpec> rules) {
  Scenario s = test::empty(5);
  const auto numbers = [] {
    return std::vector{test::number("a", "uniform(1, 2)"), test::number("b", "uniform(1, 2)"),
                       test::number("c", "uniform(1, 2)")};
  };
  s.kinds = {test::kind("shop", "700", numbers()), test::kind("bank", "3", numbers())};
  for (std::size_t i = 1; i < rules.size(); ++i) rules[i].after = {rules[i - 1].id};
  s.rules = std::move(rules);
  for (const char* column : {"a", "b", "c"}) {
    s.indicators.push_back(
        test::indicator(std::string("shop_") + column, std::string("sum(shop.") + column + ")"));
    s.indicators.push_back(
        test::indicator(std::string("bank_") + column, std::string("sum(bank.") + column + ")"));
  }
  return s;
}

RuleSpec sets(const std::string& id, const std::string& column, const std::string& value) {
  return test::rule(id, "shop", {test::change(Action::Verb::set, {{column, value}})});
}

RuleSpec meets(RuleSpec rule, const std::string& kind) {
  rule.match = MatchSpec{};
  rule.match->with = kind;
  return rule;
}

using Batches = std::vector<std::vector<std::string>>;

TEST(Batch, takes_the_rules_of_the_mini_model_in_two_passes) {
  EXPECT_EQ(batches(test::mini(10, 2)),
            (Batches{{"leave", "grants"}, {"accounts", "fade", "innovate", "spillover", "learn"}}));
}

TEST(Batch, joins_rules_that_read_what_their_own_row_just_became) {
  EXPECT_EQ(batches(shops({sets("r1", "a", "2 * b"), sets("r2", "b", "a + c"), sets("r3", "a", "b")})),
            (Batches{{"r1", "r2", "r3"}}));
}

TEST(Batch, ends_before_a_rule_that_reads_others_what_was_written) {
  EXPECT_EQ(batches(shops({sets("r1", "a", "2 * b"), meets(sets("r2", "b", "partner.a"), "shop")})),
            (Batches{{"r1"}, {"r2"}}));
  EXPECT_EQ(batches(shops({sets("r1", "a", "2 * b"), meets(sets("r2", "b", "partner.c"), "shop")})),
            (Batches{{"r1", "r2"}}));
}

TEST(Batch, ends_before_a_rule_that_writes_what_others_still_read) {
  EXPECT_EQ(batches(shops({meets(sets("r1", "a", "partner.b"), "shop"), sets("r2", "b", "2")})),
            (Batches{{"r1"}, {"r2"}}));
}

TEST(Batch, ends_before_a_rule_that_would_write_too_early) {
  EXPECT_EQ(batches(shops({meets(sets("r1", "a", "1"), "bank"), sets("r2", "a", "2")})),
            (Batches{{"r1"}, {"r2"}}));
}

TEST(Batch, ends_before_an_aggregate_and_another_kind) {
  RuleSpec bank = sets("r2", "a", "1");
  bank.who = "bank";
  EXPECT_EQ(batches(shops({sets("r1", "a", "b"), bank, sets("r3", "c", "sum(shop.a)")})),
            (Batches{{"r1"}, {"r2"}, {"r3"}}));
}

/// The rule the header states, tried on many small models: batches change no bit.
TEST(Batch, gives_the_values_of_its_rules_one_by_one) {
  const std::vector<std::string> columns{"a", "b", "c"};
  int joined = 0;
  for (std::uint64_t model = 0; model < 60; ++model) {
    std::vector<RuleSpec> rules;
    for (std::uint64_t r = 0; r < 5; ++r) {
      std::uint64_t luck = mix64(model * 8 + r);
      const auto pick = [&](std::uint64_t n) {
        const std::uint64_t picked = luck % n;
        luck = mix64(luck);
        return picked;
      };
      const auto column = [&] { return columns[pick(3)]; };
      const bool matched = pick(2) == 0;
      const std::string side = matched && pick(2) == 0 ? "partner." : "";
      RuleSpec rule = sets("r" + std::to_string(r), column(), "sqrt(" + side + column() + " + uniform())");
      if (pick(3) == 0) rule.actions[0].verb = Action::Verb::add;
      if (pick(2) == 0) rule.chance = test::formula("0.5");
      if (matched) rule = meets(rule, pick(2) == 0 ? "shop" : "bank");
      rules.push_back(rule);
    }
    Program batched = compile(shops(rules), {}), single = compile(shops(rules), {});
    auto& one_by_one = const_cast<Program::Impl&>(single.impl()).batches;
    one_by_one.clear();
    for (const std::size_t p : single.impl().schedule.order) one_by_one.push_back({p});
    joined += static_cast<int>(one_by_one.size() - batched.impl().batches.size());
    EXPECT_EQ(run(batched, 1, 0)->values, run(single, 1, 0)->values) << "model " << model;
  }
  EXPECT_GT(joined, 60);
}

}  // namespace
