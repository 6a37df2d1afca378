// SPDX-License-Identifier: Apache-2.0
// Pairs in rules: ids that rules set, distances between places, similarity, weights that fail.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "engine/places.hpp"
#include "tests/support/mini.hpp"

namespace polder::pairs_test {
namespace {

using test::formula;

DataTable places(std::vector<DataTable::Column> columns) {
  DataTable table;
  table.path = "places.csv";
  table.columns = std::move(columns);
  return table;
}

TEST(Places, are_apart_by_straight_lines_in_a_grid_with_units) {
  Mistakes mistakes;
  const auto km = distances_between(
      places({{"place", "", {"A", "B", "C"}}, {"x", "km", {"0", "3", "0"}}, {"y", "km", {"0", "4", "1"}}}),
      mistakes);
  EXPECT_TRUE(mistakes.empty());
  ASSERT_EQ(km.size(), 9U);
  EXPECT_EQ(km[1], 5.0);
  EXPECT_EQ(km[2], 1.0);
  EXPECT_EQ(km[5], std::sqrt(18.0));
  for (std::size_t a = 0; a < 3; ++a) {
    EXPECT_EQ(km[a * 3 + a], 0.0);
    for (std::size_t b = 0; b < 3; ++b) EXPECT_EQ(km[a * 3 + b], km[b * 3 + a]);
  }
}

TEST(Places, are_apart_by_great_circles_when_given_in_degrees) {
  Mistakes mistakes;
  const auto km = distances_between(
      places({{"place", "", {"A", "B", "C"}}, {"lat", "", {"0", "90", "0"}}, {"lon", "", {"0", "0", "180"}}}),
      mistakes);
  ASSERT_EQ(km.size(), 9U);
  EXPECT_NEAR(km[1], 6371.0088 * 3.14159265358979 / 2, 2e-6);  // a quarter of a meridian
  EXPECT_NEAR(km[2], 6371.0088 * 3.14159265358979, 2e-6);      // half of the equator
}

TEST(Places, need_both_columns_and_a_unit) {
  Mistakes mistakes;
  EXPECT_TRUE(distances_between(places({{"x", "km", {"1"}}}), mistakes).empty());
  EXPECT_TRUE(distances_between(places({{"x", "", {"1"}}, {"y", "", {"1"}}}), mistakes).empty());
  EXPECT_TRUE(distances_between(places({{"lat", "", {"1"}}}), mistakes).empty());
  EXPECT_TRUE(mistakes.empty());
}

/// Towns at 0, 5 and 500 km meet visitors that live in the first.
Scenario towns(const std::string& weight) {
  auto scenario = test::empty(12);
  scenario.data = {places(
      {{"place", "", {"A", "B", "C"}}, {"x", "km", {"0", "3", "300"}}, {"y", "km", {"0", "4", "400"}}})};
  scenario.label_sets = {{"places", {"A", "B", "C"}, "places.csv"}};
  auto town = test::kind("town", "30",
                         {test::category("place", "places", "choice([A, B, C], [1, 1, 1])"),
                          test::number("visits", "0"), test::vector("v", 2, "uniform(0, 1)")});
  AttributeSpec guest;
  guest.name = "guest";
  guest.type = ColumnType::id;
  guest.target = "visitor";
  town.attributes.push_back(guest);
  auto visitor = test::kind("visitor", "50",
                            {test::category("place", "places", "A"), test::vector("v", 2, "uniform(0, 1)")});
  AttributeSpec first = guest;
  first.name = "itself";
  first.start = formula("self");
  visitor.attributes.push_back(first);
  scenario.kinds = {town, visitor};
  auto visit = test::rule("visit", "visitor",
                          {test::change(Action::Verb::add, {{"partner.visits", "1"}}),
                           test::change(Action::Verb::set, {{"partner.guest", "self"}})});
  visit.match = MatchSpec{};
  visit.match->with = "town";
  visit.match->weight = formula(weight);
  scenario.rules = {visit};
  return scenario;
}

State after_a_year(const Program& program) {
  State state = found(program, 5, 0);
  while (state.step < program.num_steps()) step(program, state);
  return state;
}

TEST(Pairs, meet_by_the_distance_of_their_places) {
  for (const char* weight : {"if(distance < 4 km, 1, 0)", "if(distance(place, partner.place) < 4 km, 1, 0)",
                             "if(distance(partner.place, A) <= 0 km, 1, 0)"}) {
    const auto program = compile(towns(weight), {});
    const State state = after_a_year(program);
    const auto& table = state.tables[0];
    const auto place = table.column<std::uint8_t>(ColumnId{0});
    const auto visits = table.column<double>(ColumnId{1});
    double near = 0;
    for (std::size_t i = 0; i < visits.size(); ++i) {
      near += visits[i];
      if (place[i] != 0) {
        EXPECT_EQ(visits[i], 0) << weight;
      }
    }
    EXPECT_EQ(near, 600) << weight;
  }
}

TEST(Pairs, have_a_similarity_without_naming_the_vector_they_share) {
  const auto named = compile(towns("similarity(v, partner.v)"), {}), bare = compile(towns("similarity"), {});
  const State a = after_a_year(named), b = after_a_year(bare);
  EXPECT_TRUE(
      std::ranges::equal(a.tables[0].column<double>(ColumnId{1}), b.tables[0].column<double>(ColumnId{1})));
}

TEST(Pairs, remember_each_other_by_id) {
  const auto program = compile(towns("1"), {});
  const State state = after_a_year(program);
  const auto guests = state.tables[0].column<AgentId>(ColumnId{3});
  const auto visits = state.tables[0].column<double>(ColumnId{1});
  for (std::size_t i = 0; i < guests.size(); ++i) {
    if (visits[i] == 0) {
      EXPECT_EQ(guests[i], nobody);
    } else {
      EXPECT_NE(state.tables[1].find(guests[i]), no_row);
    }
  }
}

TEST(Pairs, start_with_the_ids_of_their_start_values) {
  const auto program = compile(towns("1"), {});
  const State state = found(program, 5, 0);
  EXPECT_TRUE(std::ranges::equal(state.tables[1].column<AgentId>(ColumnId{2}), state.tables[1].ids()));
}

TEST(Pairs, forget_an_id_and_pass_one_on) {
  auto scenario = towns("1");
  auto forget = test::rule("forget", "town",
                           {test::change(Action::Verb::set, {{"guest", "if(visits > 10, nobody, guest)"}})});
  forget.after = {"visit"};
  scenario.rules.push_back(forget);
  AttributeSpec parent;
  parent.name = "parent";
  parent.type = ColumnType::id;
  parent.target = "town";
  scenario.kinds.push_back(test::kind("child", "0", {}));
  scenario.kinds.back().attributes = {parent};
  Action birth;
  birth.verb = Action::Verb::enter;
  birth.name = "child";
  birth.assignments = {{"parent", formula("self")}};
  scenario.rules.push_back(test::rule("birth", "town", {birth}));
  const auto program = compile(scenario, {});
  const State state = after_a_year(program);
  const auto visits = state.tables[0].column<double>(ColumnId{1});
  const auto guests = state.tables[0].column<AgentId>(ColumnId{3});
  std::size_t forgotten = 0;
  for (std::size_t i = 0; i < visits.size(); ++i) {
    if (visits[i] <= 10) continue;
    EXPECT_EQ(guests[i], nobody);
    ++forgotten;
  }
  EXPECT_GT(forgotten, 0U);
  const auto parents = state.tables[2].column<AgentId>(ColumnId{0});
  ASSERT_EQ(parents.size(), 12U * 30U);
  for (const AgentId id : parents) EXPECT_NE(state.tables[0].find(id), no_row);
}

TEST(Pairs, stop_the_run_when_a_weight_is_no_number) {
  const auto program = compile(towns("1 / (distance / 1 km)"), {});
  State state = found(program, 5, 0);
  try {
    step(program, state);
    FAIL() << "a weight of 1 / 0 passes";
  } catch (const RunError& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("a weight of rule `visit` is inf for agent"));
    EXPECT_THAT(error.what(), ::testing::HasSubstr("1 / (distance / 1 km) with"));
  }
}

TEST(Pairs, weigh_by_the_events_that_the_weight_names) {
  auto scenario = towns("if(events(never) > 0, 1, 0)");
  const auto own = test::change(Action::Verb::set, {{"place", "A"}});
  auto never = test::rule("never", "visitor", {own});
  never.when = formula("place == B");
  never.after = {"always"};
  scenario.rules = {test::rule("always", "visitor", {own}), never, scenario.rules[0]};
  const auto program = compile(scenario, {});
  const State state = after_a_year(program);
  for (const double visits : state.tables[0].column<double>(ColumnId{1})) EXPECT_EQ(visits, 0);
}

}  // namespace
}  // namespace polder::pairs_test
