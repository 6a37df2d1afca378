// SPDX-License-Identifier: Apache-2.0
// Measures on observations made by hand.
#include "tools/validate/measures.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace {

using namespace polder;
using namespace polder::tools::validate;

FirmYear firm(std::uint64_t id, double staff, double rd = 0) {
  FirmYear one;
  one.id = AgentId{id}, one.staff = staff, one.sales = 100 * staff, one.productivity = 50, one.rd = rd;
  one.performer = rd > 0, one.small = staff < 50, one.large = staff >= 250;
  return one;
}

TEST(Measures, research_shares_by_hand) {
  Observation seen;
  seen.years.push_back({2020, {firm(1, 10, 20), firm(2, 300, 60), firm(3, 100, 20), firm(4, 5)}, {}, {}});
  seen.years.back().firms[0].weight = 3;
  EXPECT_DOUBLE_EQ(rd_of_small_firms(seen), 60.0 / 140);
  EXPECT_DOUBLE_EQ(small_performers(seen), 3.0 / 5);
  EXPECT_DOUBLE_EQ(rd_of_top_ten(seen), 1);
}

TEST(Measures, growth_is_that_of_survivors_around_their_sector) {
  Observation seen;
  seen.years.resize(2);
  seen.years[0].year = 2020, seen.years[1].year = 2021;
  // One sector: half grow by a tenth, half shrink by a tenth; the sector itself doubles. Firm 0 vanishes.
  seen.years[0].firms.push_back(firm(1, 30));
  for (std::uint64_t i = 2; i < 102; ++i) {
    seen.years[0].firms.push_back(firm(i, 30));
    seen.years[1].firms.push_back(firm(i, 30));
    seen.years[1].firms.back().sales *= 2 * std::exp(i % 2 == 0 ? 0.1 : -0.1);
  }
  EXPECT_GT(growth_shape(seen), 4) << "two points are as far from a tent as can be";
  EXPECT_NEAR(productivity_ratio(seen), 1, 1e-12);
}

TEST(Measures, startups_and_new_employers_survive_apart) {
  Observation seen;
  EXPECT_TRUE(std::isnan(employers_after_five_years(seen)));
  seen.employers = {{30, 1, true}, {61, 2, false}, {61, 1, false}};
  seen.startups = {{12, 1, true}, {61, 1, false}};
  EXPECT_DOUBLE_EQ(employers_after_five_years(seen), 0.75);
  EXPECT_DOUBLE_EQ(survival_after_one_year(seen), 0.5);
}

TEST(Measures, grants_count_where_they_went) {
  FirmTotals with, without;
  EXPECT_TRUE(std::isnan(own_rd_of_recipients(with, without)));
  with.firms = {{AgentId{1}, {120, 40}}, {AgentId{2}, {50, 0}}, {AgentId{3}, {10, 10}}};
  without.firms = {{AgentId{1}, {110, 0}}, {AgentId{2}, {500, 0}}, {AgentId{4}, {7, 0}}};
  EXPECT_DOUBLE_EQ(own_rd_of_recipients(with, without), (10.0 + 10.0) / 50);
}

TEST(Measures, jobs_of_the_fastest) {
  Observation seen;
  seen.years.resize(4);
  // Of 100 firms, six grow from 10 to 40 and forty from 10 to 11.
  for (std::uint64_t i = 1; i <= 100; ++i) {
    seen.years[0].firms.push_back(firm(i, 10));
    seen.years[3].firms.push_back(firm(i, i <= 6 ? 40 : i <= 46 ? 11 : 9));
  }
  EXPECT_DOUBLE_EQ(fast_growers_jobs(seen), 180.0 / 220);
}

/// Twenty ventures with a seed round in month 0; every fourth raises series A after 20 months.
Observation funnel() {
  Observation seen;
  seen.months = 60;
  for (std::uint64_t i = 0; i < 20; ++i) {
    VentureLife life;
    life.raised = 1e6;
    life.rounds.push_back({0, "seed", 1e6, false});
    if (i % 4 == 0) life.rounds.push_back({20, "series_a", 16e6, i % 8 == 0}), life.raised = 17e6;
    if (i % 2 == 1) life.ended = true;
    seen.ventures.push_back(life);
  }
  return seen;
}

TEST(Measures, the_funnel_by_hand) {
  const Observation seen = funnel();
  EXPECT_DOUBLE_EQ(seed_to_a(seen), 0.25);
  EXPECT_TRUE(std::isnan(a_to_b(seen))) << "five series A are too few";
  EXPECT_DOUBLE_EQ(late_rounds(seen), 1);
  EXPECT_DOUBLE_EQ(mega_rounds(seen), 0);
  EXPECT_DOUBLE_EQ(foreign_late_rounds(seen), 0.6);
  EXPECT_DOUBLE_EQ(startups_that_scale(seen), 0.25);
  EXPECT_TRUE(std::isnan(outcomes_at_loss(seen))) << "ten ends are too few";
}

TEST(Measures, rounds_that_were_not_followed_for_four_years_do_not_count) {
  Observation seen = funnel();
  for (int i = 0; i < 20; ++i) {
    VentureLife late;
    late.raised = 1e6, late.rounds.push_back({30, "seed", 1e6, false});
    seen.ventures.push_back(late);
  }
  EXPECT_DOUBLE_EQ(seed_to_a(seen), 0.25);
}

TEST(Measures, outcomes_are_multiples_of_what_investors_paid) {
  Observation seen;
  seen.months = 60;
  for (int i = 0; i < 20; ++i) {
    VentureLife life;
    life.raised = 1e6, life.ended = true;
    life.proceeds = i == 0 ? 20e6 : i < 8 ? 2e6 : 0.5e6;
    seen.ventures.push_back(life);
  }
  EXPECT_DOUBLE_EQ(outcomes_at_loss(seen), 12.0 / 20);
  EXPECT_DOUBLE_EQ(outcomes_tenfold(seen), 1.0 / 20);
  EXPECT_NEAR(proceeds_of_best(seen), (20 + 0.2 * 2) / 40.0, 1e-9);
}

TEST(Measures, funds_need_ten_years_and_investments) {
  Observation seen;
  seen.months = 119;
  for (int i = 0; i < 40; ++i) seen.funds.push_back({i < 10 ? 0 : 10e6, i < 13 ? 31e6 : 30e6});
  EXPECT_TRUE(std::isnan(funds_above_three(seen)));
  seen.months = 120;
  EXPECT_DOUBLE_EQ(funds_above_three(seen), 3.0 / 30);
}

/// A ring of `nodes` organisations, each in projects with its two neighbours, all in one month.
void add_ring(Observation& seen, std::uint64_t nodes, std::uint32_t month) {
  for (std::uint64_t i = 0; i < nodes; ++i)
    seen.project_ties.push_back({AgentId{i + 1}, AgentId{(i + 1) % nodes + 1}, month});
}

TEST(Measures, project_networks_are_those_of_the_last_four_years) {
  Observation seen;
  seen.months = 120;
  add_ring(seen, 200, 60);
  EXPECT_TRUE(std::isnan(project_assortativity(seen))) << "all projects are older";
  add_ring(seen, 200, 0);
  EXPECT_TRUE(std::isnan(project_assortativity(seen))) << "projects of the founding have no date";
  for (std::uint64_t leaf = 2; leaf <= 300; ++leaf)
    seen.project_ties.push_back({AgentId{1}, AgentId{leaf}, 100});
  seen.project_ties.push_back({AgentId{2}, AgentId{3}, 100});
  EXPECT_LT(project_assortativity(seen), -0.5) << "a star joins one of many partners to those of one";
}

TEST(Measures, who_leaves_in_the_month_of_graduation_has_not_stayed_a_year) {
  Observation seen;
  EXPECT_TRUE(std::isnan(graduates_staying_first(seen)));
  seen.all_foreign_graduates = 400;  // half of them leave at once, a fifth of the others within the year
  for (int i = 0; i < 200; ++i) seen.foreign_graduates.push_back({i < 40 ? 6.0 : 60.0, 1, i < 40});
  EXPECT_NEAR(graduates_staying_first(seen), 0.4, 1e-12);
}

}  // namespace
