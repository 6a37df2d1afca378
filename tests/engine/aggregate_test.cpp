// SPDX-License-Identifier: Apache-2.0
// Reductions as indicators use them, with hand-computed values.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/mini.hpp"

namespace polder::aggregate_test {
namespace {

/// Four founders a, b, c, d with x = 1, 2, 3, 4 through a data file with weights.
Scenario four(const std::vector<std::pair<std::string, std::string>>& indicators,
              const std::vector<std::string>& by = {}) {
  auto scenario = test::empty(3);
  scenario.label_sets.push_back({"groups", {"left", "right", "nobody_here"}, ""});
  auto kind = test::kind("agent", "", {test::number("x", "0"), test::category("group", "groups", "left")});
  kind.data = "four.csv";
  scenario.kinds = {kind};
  scenario.data.push_back({"four.csv",
                           "0",
                           "",
                           {{"count", "", {"2", "1", "1", "1"}},
                            {"x", "", {"1", "2", "3", "4"}},
                            {"group", "", {"left", "left", "right", "right"}}}});
  for (const auto& [id, value] : indicators) {
    auto spec = test::indicator(id, value);
    spec.by = by;
    scenario.indicators.push_back(spec);
  }
  return scenario;
}

double value_of(const std::string& text) {
  return run(compile(four({{"v", text}}), {}), 1, 1)->values[0][0];
}

TEST(Aggregate, sums_means_and_counts) {
  EXPECT_EQ(value_of("sum(agent.x)"), 11);
  EXPECT_EQ(value_of("mean(agent.x)"), 11.0 / 5);
  EXPECT_EQ(value_of("count(agent)"), 5);
  EXPECT_EQ(value_of("count(agent where x > 1)"), 3);
  EXPECT_EQ(value_of("sum(agent.x where group == right)"), 7);
  EXPECT_EQ(value_of("share(agent where x == 1)"), 0.4);
  EXPECT_EQ(value_of("minimum(agent.x where group == right)"), 3);
  EXPECT_EQ(value_of("maximum(agent.x)"), 4);
}

TEST(Aggregate, ranks_for_quantiles_and_gini) {
  EXPECT_EQ(value_of("quantile(agent.x, 0.5)"), 2);
  EXPECT_EQ(value_of("quantile(agent.x, 0.9)"), 4);
  // values 1 1 2 3 4: sum over pairs of |difference| is 32, so gini = 32 / (2 * 5 * 11)
  EXPECT_NEAR(value_of("gini(agent.x)"), 32.0 / 110.0, 1e-15);
}

TEST(Aggregate, of_nobody_is_missing_or_zero) {
  EXPECT_TRUE(std::isnan(value_of("mean(agent.x where x > 9)")));
  EXPECT_TRUE(std::isnan(value_of("quantile(agent.x where x > 9, 0.5)")));
  EXPECT_EQ(value_of("sum(agent.x where x > 9)"), 0);
}

TEST(Aggregate, splits_by_label) {
  const auto result =
      run(compile(four({{"v", "sum(agent.x)"}, {"m", "mean(agent.x)"}}, {"group"}), {}), 1, 1);
  EXPECT_EQ(result->grouped[0][0][0][0], 4);
  EXPECT_EQ(result->grouped[0][0][0][1], 7);
  EXPECT_EQ(result->grouped[0][0][0][2], 0);
  EXPECT_EQ(result->grouped[1][0][0][1], 3.5);
  EXPECT_TRUE(std::isnan(result->grouped[1][0][0][2]));
}

TEST(Aggregate, weighs_agents_of_scaled_kinds) {
  auto scenario = four({{"v", "sum(agent.x)"}, {"n", "count(agent)"}});
  scenario.kinds[0].scaled = true;
  scenario.scale = 0.5;
  scenario.data[0].columns[0].cells = {"20", "10", "10", "10"};
  const auto program = compile(scenario, {});
  EXPECT_EQ(found(program, 1, 1).tables[0].num_agents(), 25U);
  const auto result = run(program, 1, 1);
  EXPECT_EQ(result->values[0][0], 110);
  EXPECT_EQ(result->values[1][0], 50);
}

TEST(Aggregate, averages_and_adds_up_over_the_months) {
  auto scenario = four({{"end", "sum(agent.x)"}, {"mean", "sum(agent.x)"}, {"sum", "sum(agent.x)"}});
  using Period = IndicatorSpec::Period;
  for (auto& spec : scenario.indicators) spec.every = 3;
  scenario.indicators[1].period = Period::mean;
  scenario.indicators[2].period = Period::sum;
  scenario.rules = {test::rule("grow", "agent", {test::change(Action::Verb::add, {{"x", "1"}})})};
  const auto result = run(compile(scenario, {}), 1, 1);  // sums of the three months: 16, 21, 26
  EXPECT_EQ(result->values[0][0], 26);
  EXPECT_EQ(result->values[1][0], 21);
  EXPECT_EQ(result->values[2][0], 63);
}

TEST(Aggregate, gives_together_what_each_gives_alone) {
  const std::vector<std::pair<std::string, std::string>> all = {
      {"a", "sum(agent.y)"},
      {"b", "mean(agent.y where x > 1)"},
      {"c", "quantile(agent.y, 0.3) + maximum(agent.x)"},
      {"d", "count(agent where y < 0.5)"},
  };
  const auto result_of = [](const std::vector<std::pair<std::string, std::string>>& indicators) {
    auto scenario = four(indicators, {"group"});
    scenario.kinds[0].attributes.push_back(test::number("y", "lognormal(median: 1, sigma: 1)"));
    scenario.data[0].columns[0].cells = {"20000", "9001", "7",
                                         "15000"};  // more blocks than are gathered at once
    return *run(compile(scenario, {}), 1, 1);
  };
  const auto together = result_of(all);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto alone = result_of({all[i]});
    EXPECT_EQ(together.values[i], alone.values[0]);
    for (std::size_t label = 0; label < 2; ++label)
      EXPECT_EQ(together.grouped[i][0][0][label], alone.grouped[0][0][0][label]);
  }
  EXPECT_LT(together.grouped[3][0][0][0], together.values[3][0]);
}

TEST(Aggregate, of_everybody_is_the_same_with_and_without_a_split) {
  const std::vector<std::pair<std::string, std::string>> indicators = {
      {"sum", "sum(agent.y)"},
      {"some", "sum(agent.y where x > 1)"},
      {"mean", "mean(agent.y where x < 4)"},
      {"huge", "sum(agent.y * 1e20 where y > 0.2)"},  // more than a kernel splits
      {"rare", "sum(agent.y where x == 2)"},          // of strips in which nearly all add nothing
      {"mean_of_rare", "mean(agent.y where x == 2)"},
      {"huge_and_rare", "sum(agent.y * 1e20 where x == 2)"},
      {"lowest", "minimum(agent.y)"},
  };
  const auto result_of = [&](const std::vector<std::string>& by) {
    auto scenario = four(indicators, by);
    scenario.kinds[0].attributes.push_back(test::number("y", "lognormal(median: 1, sigma: 1)"));
    scenario.data[0].columns[0].cells = {"9000", "7", "800", "5001"};
    return *run(compile(scenario, {}), 1, 1);
  };
  const auto whole = result_of({}), split = result_of({"group"});
  EXPECT_EQ(split.values, whole.values);
  for (const std::size_t sum : {0U, 1U, 3U}) {
    const auto& groups = split.grouped[sum][0][0];
    EXPECT_NEAR((groups[0] + groups[1]) / whole.values[sum][0], 1, 1e-14);
    EXPECT_GT(groups[1], 0);
  }
  for (const std::size_t rare : {4U, 5U, 6U})  // all of them stand on the left
    EXPECT_EQ(split.grouped[rare][0][0][0], whole.values[rare][0]);
}

TEST(Aggregate, that_several_indicators_share_is_what_each_wants_by_its_own_axes) {
  auto scenario = four({{"v", "sum(agent.x)"}, {"w", "sum(agent.x) / count(agent)"}, {"u", "sum(agent.x)"}});
  scenario.indicators[1].by = {"group"};
  scenario.indicators[2].period = IndicatorSpec::Period::sum;
  const auto result = run(compile(scenario, {}), 1, 1);
  EXPECT_EQ(result->values[0][0], 11);
  EXPECT_EQ(result->values[1][0], 11.0 / 5);
  EXPECT_EQ(result->grouped[1][0][0][1], 3.5);
  EXPECT_EQ(result->values[2][0], result->values[0][0]);
}

}  // namespace
}  // namespace polder::aggregate_test
