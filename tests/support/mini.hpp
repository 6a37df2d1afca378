// SPDX-License-Identifier: Apache-2.0
// Small scenarios written in C++, so that a test shows its whole model.
#pragma once
#include <string>
#include <vector>

#include "engine/program.hpp"

namespace polder::test {

inline FormulaText formula(const std::string& text) {
  return {text, {"test", 1, 1}, "test"};
}

inline AttributeSpec number(const std::string& name, const std::string& start, const std::string& unit = "") {
  AttributeSpec a;
  a.name = name;
  a.start = formula(start);
  a.unit = unit;
  return a;
}
inline AttributeSpec vector(const std::string& name, int size, const std::string& start) {
  AttributeSpec a = number(name, start);
  a.type = ColumnType::vector;
  a.size = size;
  return a;
}
inline AttributeSpec money(const std::string& name, const std::string& start) {
  AttributeSpec a = number(name, start);
  a.type = ColumnType::money;
  return a;
}
inline AttributeSpec category(const std::string& name, const std::string& labels, const std::string& start) {
  AttributeSpec a = number(name, start);
  a.type = ColumnType::category;
  a.label_set = labels;
  return a;
}

inline KindSpec kind(const std::string& name, const std::string& count,
                     std::vector<AttributeSpec> attributes) {
  KindSpec k;
  k.name = name;
  k.count = formula(count);
  k.attributes = std::move(attributes);
  return k;
}

inline Action change(Action::Verb verb, const std::vector<std::pair<std::string, std::string>>& assignments) {
  Action a;
  a.verb = verb;
  for (const auto& [name, text] : assignments) a.assignments.push_back({name, formula(text)});
  return a;
}

inline RuleSpec rule(const std::string& id, const std::string& who, std::vector<Action> actions) {
  RuleSpec r;
  r.id = id;
  r.who = who;
  r.actions = std::move(actions);
  return r;
}

inline IndicatorSpec indicator(const std::string& id, const std::string& value, const std::string& unit = "1",
                               int every = 1) {
  IndicatorSpec i;
  i.id = id;
  i.value = formula(value);
  i.unit = unit;
  i.every = every;
  return i;
}

inline Scenario empty(int months) {
  Scenario s;
  s.name = "test";
  s.clock = {Month::of(2020, 1), Month::of(2020, 1) + (months - 1), 0};
  return s;
}

/// The mini model of scenarios/mini.yaml, in which firms exit and enter when the cost is 0.030 and the pool
/// 0.001.
inline Scenario mini(int firms, int months, const std::string& cost = "0.030",
                     const std::string& pool = "0.001") {
  using enum Action::Verb;
  Scenario s = empty(months);
  s.name = "mini";
  const auto parameter = [&](const std::string& name, const std::string& value) {
    ParameterSpec p;
    p.name = name;
    p.value = formula(value);
    s.parameters.push_back(p);
  };
  parameter("firms", std::to_string(firms));
  parameter("cost", cost);
  parameter("pool", pool);
  parameter("financiers", "max(1, floor(firms / 2000))");
  s.kinds = {kind("university", "max(1, floor(firms / 1000))", {vector("k", 8, "uniform(0, 1)")}),
             kind("financier", "financiers", {}),
             kind("firm", "firms",
                  {number("capital", "lognormal(median: 1, sigma: 0.5)"), vector("k", 8, "uniform(0, 1)"),
                   number("age", "uniform(0 months, 120 months)", "month"),
                   number("productivity", "lognormal(median: 1, sigma: 0.3)"), number("revenue", "0"),
                   number("rd", "0")})};
  auto accounts = rule("accounts", "firm",
                       {change(set, {{"revenue", "r"}, {"rd", "d"}}),
                        change(add, {{"capital", "r - cost - d"}, {"age", "1 month"}})});
  accounts.let = {{"r", formula("0.02 * productivity * (1 + 0.1 * norm(k)) * exp(0.05 * normal())")},
                  {"d", formula("0.2 * max(r - cost, 0) + 0.001")}};
  Action learning;
  learning.verb = learn;
  learning.name = "k";
  learning.from = "partner";
  learning.to = "self";
  learning.amount = formula("10 %");
  auto learn_rule = rule("learn", "firm", {learning});
  learn_rule.chance = formula("0.05");
  learn_rule.match = MatchSpec{};
  learn_rule.match->with = "university";
  auto spillover = rule("spillover", "firm",
                        {change(multiply, {{"productivity", "1.01"}, {"partner.productivity", "1.01"}})});
  spillover.chance = formula("0.02");
  spillover.match = MatchSpec{};
  spillover.match->with = "firm";
  spillover.require = formula("distance(k, partner.k) > 0.3 and distance(k, partner.k) < 0.9");
  auto innovate = rule("innovate", "firm", {change(multiply, {{"productivity", "1.02"}})});
  innovate.chance = formula("1 - exp(-5 * rd)");
  innovate.after = {"accounts"};
  auto fade = rule("fade", "firm", {change(multiply, {{"productivity", "0.999"}})});
  auto grants = rule("grants", "firm", {change(add, {{"capital", "0.5"}})});
  grants.when = formula("capital < 0.2");
  grants.fund = FundSpec{
      "financier", formula("0.5"), formula("pool * firms / financiers"), formula("productivity"), {}};
  Action enter_firm, exit_firm;
  enter_firm.verb = enter;
  enter_firm.name = "firm";
  exit_firm.verb = exit;
  exit_firm.name = "self";
  auto leave = rule("leave", "firm", {enter_firm, exit_firm});
  leave.when = formula("capital <= 0");
  s.rules = {accounts, learn_rule, spillover, innovate, fade, grants, leave};
  s.indicators = {indicator("mean_capital", "mean(firm.capital)"),
                  indicator("total_revenue", "sum(firm.revenue)"),
                  indicator("total_rd", "sum(firm.rd)"),
                  indicator("mean_productivity", "mean(firm.productivity)"),
                  indicator("exits", "events(leave)"),
                  indicator("grants", "events(grants)"),
                  indicator("mean_knowledge", "mean(norm(firm.k))"),
                  indicator("young_firms", "count(firm where age < 60 months)")};
  return s;
}

}  // namespace polder::test
