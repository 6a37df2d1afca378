// SPDX-License-Identifier: Apache-2.0
#include "agents/market/digital_infrastructure.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "agents/knowledge/collaboration.hpp"
#include "tests/agents/small_world.hpp"

namespace polder::agents::digital_infrastructure_test {
namespace {

using test::starts;

constexpr std::array<Coverage, 2> figures{{{2020, 0.4}, {2022, 0.6}}};

TEST(DigitalInfrastructure, is_the_figure_of_a_year_in_its_january) {
  EXPECT_DOUBLE_EQ(coverage_at(figures, Month::of(2020, 1)), 0.4);
  EXPECT_DOUBLE_EQ(coverage_at(figures, Month::of(2022, 1)), 0.6);
}

TEST(DigitalInfrastructure, is_linear_between_figures_and_stands_still_outside) {
  EXPECT_NEAR(coverage_at(figures, Month::of(2020, 7)), 0.45, 1e-12);
  EXPECT_NEAR(coverage_at(figures, Month::of(2021, 1)), 0.5, 1e-12);
  EXPECT_DOUBLE_EQ(coverage_at(figures, Month::of(2012, 3)), 0.4);
  EXPECT_DOUBLE_EQ(coverage_at(figures, Month::of(2040, 3)), 0.6);
  EXPECT_EQ(coverage_at({}, Month::of(2020, 1)), 0);
}

TEST(DigitalInfrastructure, shortens_distances_where_both_ends_are_covered) {
  const double half = 0.6931471805599453;
  EXPECT_DOUBLE_EQ(nearness(0, 0.9, 1, 1), 1);
  EXPECT_NEAR(nearness(half, 0.5, 0, 1), 0.5, 1e-12);
  EXPECT_NEAR(nearness(half, 0.5, 1, 1), std::sqrt(0.5), 1e-12);
  EXPECT_GT(nearness(half, 0.1, 0.9, 0.9), nearness(half, 0.1, 0.8, 0.9));
}

/// Share of ties of firms that lead to the other province, after ten years.
double across(const std::string& coverage) {
  Scenario s = test::small_world(3000, 120, {"rd_investment"});
  s.networks.push_back({"alliances", polder::test::formula("12 % /month")});
  s.kinds.push_back(polder::test::kind(
      "government", "20",
      {starts("type", "province"), starts("region", "if(uniform() < 0.5, east, west)"),
       starts("fibre", coverage), starts("mobile_4g", coverage), starts("mobile_5g", coverage)}));
  s.mechanisms.push_back(
      test::mechanism("collaboration", {{"half_distance", "20 km"}, {"digital_reach", "0.9"}}));
  const auto program = compile(s, catalogue());
  State state = found(program, 3, 0);
  for (int month = 0; month < 120; ++month) step(program, state);
  const auto firm = *program.layout().find_kind("firm");
  const Table& firms = state.tables[index(firm)];
  const auto region = firms.column<std::uint8_t>(*program.layout().kinds[index(firm)].find("region"));
  double ties = 0, far = 0;
  for (const Tie& tie : state.networks[0].all()) {
    const Row a = firms.find(tie.a), b = firms.find(tie.b);
    if (a == no_row || b == no_row) continue;
    ties += 1;
    far += region[a] != region[b] ? 1 : 0;
  }
  return far / ties;
}

TEST(DigitalInfrastructure, brings_more_partners_from_the_other_province) {
  EXPECT_GT(across("1"), across("0") + 0.1);
}

}  // namespace
}  // namespace polder::agents::digital_infrastructure_test
