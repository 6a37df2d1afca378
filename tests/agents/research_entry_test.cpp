// SPDX-License-Identifier: Apache-2.0
#include "agents/knowledge/research_entry.hpp"

#include <gtest/gtest.h>

#include "tests/agents/small_world.hpp"

namespace polder::agents::research_entry_test {
namespace {

using test::small_world;
using test::starts;

/// Firms of one size class; R&D performers only in industry, none of which gives up.
Scenario peers(int firms, const std::string& size) {
  auto scenario = small_world(firms, 24, {});
  scenario.mechanisms = {test::mechanism("market"), test::mechanism("rd_investment", {{"stop", "0 /year"}}),
                         test::mechanism("research_entry", {{"rate", "0.1 /year"}})};
  for (AttributeSpec& a : scenario.kinds[0].attributes) {
    if (a.name == "size_class") a = starts("size_class", size);
    if (a.name == "rd_performer") a = starts("rd_performer", "sector == industry and uniform() < 0.2");
  }
  return scenario;
}

struct Count {
  double industry = 0, services = 0;
};

Count performers(const Program& program, const State& state) {
  const auto kind = *program.layout().find_kind("firm");
  const Table& table = state.tables[index(kind)];
  const auto& layout = program.layout().kinds[index(kind)];
  const auto performer = table.column<std::uint8_t>(*layout.find("rd_performer"));
  const auto sector = table.column<std::uint8_t>(*layout.find("sector"));
  Count count;
  for (const Row row : table.by_id()) (sector[row] == 0 ? count.industry : count.services) += performer[row];
  return count;
}

TEST(ResearchEntry, the_chance_gives_beginners_by_small_performer) {
  EXPECT_DOUBLE_EQ(beginning_chance(0.1, 20, 20, 120), 0.02);
  EXPECT_DOUBLE_EQ(beginning_chance(0.1, 10, 20, 120), 0.01);
  EXPECT_EQ(beginning_chance(0.1, 0, 20, 100), 0);
  EXPECT_EQ(beginning_chance(0.1, 100, 100, 100), 0);
  EXPECT_EQ(beginning_chance(0.9, 99, 99, 100), 0.5);
}

TEST(ResearchEntry, a_tenth_as_many_as_the_performers_begin_in_a_year_and_only_among_peers) {
  const auto program = compile(peers(20000, "small"), catalogue());
  State state = found(program, 5, 1);
  const Count before = performers(program, state);
  ASSERT_GT(before.industry, 1000);
  for (int m = 0; m < 12; ++m) step(program, state);
  const Count after = performers(program, state);
  // 120 beginners of 1,200 performers, give or take three standard deviations.
  EXPECT_NEAR(after.industry / before.industry, 1.1, 0.03);
  EXPECT_EQ(after.services, 0);
}

TEST(ResearchEntry, begins_again_where_it_died_out) {
  const auto program = compile(peers(20000, "small"), catalogue());
  State state = found(program, 5, 1);
  step(program, state);
  const auto kind = *program.layout().find_kind("firm");
  const auto& columns = program.layout().kinds[index(kind)];
  Table& firms = state.tables[index(kind)];
  for (auto& performer : firms.column<std::uint8_t>(*columns.find("rd_performer"))) performer = 0;
  for (const char* column : {"rd_intensity", "rd_base", "rd_plan", "rd_spending", "rd_staff"})
    for (double& value : test::numbers(program, state, "firm", column)) value = 0;
  ASSERT_EQ(performers(program, state).industry, 0);
  for (int m = 0; m < 12; ++m) step(program, state);
  // A tenth of the 1,200 of the start, give or take four standard deviations.
  EXPECT_NEAR(performers(program, state).industry, 120, 44);
}

TEST(ResearchEntry, micro_and_large_firms_do_not_begin_this_way) {
  for (const auto* size : {"micro", "large"}) {
    const auto program = compile(peers(4000, size), catalogue());
    State state = found(program, 5, 1);
    const double before = performers(program, state).industry;
    for (int m = 0; m < 12; ++m) step(program, state);
    EXPECT_EQ(performers(program, state).industry, before) << size;
  }
}

}  // namespace
}  // namespace polder::agents::research_entry_test
