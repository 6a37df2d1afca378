// SPDX-License-Identifier: Apache-2.0
// Partners as rules see them: distributions against theory.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/mini.hpp"

namespace polder::match_test {
namespace {

using test::formula;

/// Seekers meet hosts with given weights; hosts count their visits.
Scenario visits(const std::string& weight) {
  auto scenario = test::empty(40);
  scenario.kinds = {
      test::kind("seeker", "1000", {}),
      test::kind("host", "10",
                 {test::number("visits", "0"), test::number("appeal", "1 + floor(uniform() * 3)")})};
  auto visit = test::rule("visit", "seeker", {test::change(Action::Verb::add, {{"partner.visits", "1"}})});
  visit.match = MatchSpec{};
  visit.match->with = "host";
  if (!weight.empty()) visit.match->weight = formula(weight);
  scenario.rules = {visit};
  return scenario;
}

/// Largest deviation, in standard deviations, of visits from the expected shares.
double worst_deviation(const std::string& weight) {
  const auto program = compile(visits(weight), {});
  State state = found(program, 21, 1);
  while (state.step < program.num_steps()) step(program, state);
  const auto kind = *program.layout().find_kind("host");
  const auto& hosts = state.tables[index(kind)];
  const auto counts = hosts.column<double>(ColumnId{0}), appeal = hosts.column<double>(ColumnId{1});
  double total = 0;
  for (const double a : appeal) total += weight.empty() ? 1.0 : a;
  double worst = 0, sum = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double p = (weight.empty() ? 1.0 : appeal[i]) / total, n = 40'000;
    worst = std::max(worst, std::abs(counts[i] - n * p) / std::sqrt(n * p * (1 - p)));
    sum += counts[i];
  }
  EXPECT_EQ(sum, 40'000);
  return worst;
}

TEST(Match, chooses_uniformly_without_a_weight) {
  EXPECT_LT(worst_deviation(""), 4.0);
}
TEST(Match, chooses_in_proportion_to_the_weight) {
  EXPECT_LT(worst_deviation("partner.appeal"), 4.0);
}

TEST(Match, never_pairs_an_agent_with_itself) {
  auto scenario = test::empty(20);
  scenario.kinds = {test::kind("firm", "3", {test::number("x", "0")})};
  auto meet = test::rule("meet", "firm", {test::change(Action::Verb::add, {{"x", "1"}})});
  meet.match = MatchSpec{};
  meet.match->with = "firm";
  meet.match->count = formula("2");
  scenario.rules = {meet};
  const auto program = compile(scenario, {});
  State state = found(program, 1, 1);
  while (state.step < program.num_steps()) step(program, state);
  for (const double x : state.tables[0].column<double>(ColumnId{0}))
    EXPECT_EQ(x, 40.0);  // two others each month
}

TEST(Match, leaves_out_agents_without_a_candidate) {
  auto scenario = visits("partner.appeal");
  scenario.rules[0].match->where = formula("partner.appeal > 99");
  const auto program = compile(scenario, {});
  State state = found(program, 1, 1);
  step(program, state);
  for (const double v : state.tables[1].column<double>(ColumnId{0})) EXPECT_EQ(v, 0.0);
}

}  // namespace
}  // namespace polder::match_test
