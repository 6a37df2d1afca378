// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "agents/talent/careers.hpp"
#include "agents/talent/openings.hpp"
#include "agents/talent/talent_market.hpp"

namespace polder::agents::talent_test {
namespace {

TEST(Careers, splits_the_chance_of_an_event_in_proportion_to_hazards) {
  CareerHazards hazards;
  hazards.graduation = 0.03;
  hazards.drop_out = 0.01;
  const Chances c = chances(hazards, Status::student, Origin::nl, true);
  EXPECT_NEAR(c.total(), 1 - std::exp(-0.04), 1e-15);
  EXPECT_EQ(c.decide(0.7 * c.total()), Event::graduate);
  EXPECT_EQ(c.decide(0.8 * c.total()), Event::drop_out);
  EXPECT_EQ(c.decide(c.total()), Event::none);
}

TEST(Careers, let_foreign_graduates_leave_early) {
  CareerHazards hazards;
  hazards.early_emigration = {0.001, 0.02, 0.01};
  hazards.emigration = {0.001, 0.003, 0.003};
  const auto total = [&](Origin o, bool early) {
    return chances(hazards, Status::employed, o, early).total();
  };
  EXPECT_GT(total(Origin::eea, true), total(Origin::other, true));
  EXPECT_GT(total(Origin::other, true), total(Origin::other, false));
  EXPECT_GT(total(Origin::other, false), total(Origin::nl, false));
}

TEST(Careers, do_nothing_without_hazards) {
  const Chances c = chances({}, Status::employed, Origin::nl, false);
  EXPECT_DOUBLE_EQ(c.total(), 0);
  EXPECT_EQ(c.decide(1e-12), Event::none);
}

std::vector<Opening> openings() {
  std::vector<Opening> list;
  for (std::uint64_t i = 1; i <= 50; ++i)
    list.push_back({AgentId{mix64(i)}, static_cast<Row>(i), static_cast<std::uint8_t>(i % 3), false,
                    static_cast<int>(1 + i % 4), 4000});
  std::sort(list.begin(), list.end(),
            [](const Opening& a, const Opening& b) { return raw(a.id) < raw(b.id); });
  return list;
}

TEST(Openings, are_seen_in_proportion_to_open_posts) {
  const std::vector<Opening> two{{AgentId{5}, 0, 0, false, 30, 0}, {AgentId{9}, 1, 0, false, 10, 0}};
  std::map<std::size_t, int> seen;
  for (std::uint64_t salt = 0; salt < 200; ++salt) {
    const OpeningRing ring(two, 1, salt);
    for (std::uint64_t i = 0; i < 50; ++i) ++seen[ring.look_anywhere(mix64(i + 1000 * salt))];
  }
  EXPECT_NEAR(seen[0] / 10000.0, 0.75, 0.03);
}

TEST(Openings, stay_the_same_for_most_when_one_is_added) {
  const auto before = openings();
  auto after = before;
  after.push_back({AgentId{~0ULL}, 99, 1, false, 2, 4000});
  const OpeningRing a(before, 3, 7), b(after, 3, 7);
  int moved = 0;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    const std::size_t x = a.look_anywhere(mix64(i)), y = b.look_anywhere(mix64(i));
    if (x != y) {
      ++moved;
      EXPECT_EQ(y, before.size());
    }
  }
  EXPECT_LT(moved, 100);
}

TEST(Openings, are_looked_up_in_the_own_region) {
  const auto list = openings();
  const OpeningRing ring(list, 3, 1);
  for (std::uint64_t i = 0; i < 100; ++i) EXPECT_EQ(list[ring.look_near(2, mix64(i))].region, 2);
  const OpeningRing nothing({}, 3, 1);
  EXPECT_EQ(nothing.look_near(0, 5), nothing.size());
}

TEST(Openings, attract_less_from_afar_and_more_with_pay) {
  const double here = distance_cost(0, 1), far = distance_cost(100, 1);
  EXPECT_EQ(here, 0);
  EXPECT_NEAR(far, std::log(11.0), 1e-12);
  EXPECT_GT(job_value(here, 4000, 1.5, 0.5), job_value(far, 4000, 1.5, 0.5));
  EXPECT_GT(job_value(here, 5000, 1.5, 0.5), job_value(here, 4000, 1.5, 0.5));
  // ln 1 = 0, no distance: only the Gumbel luck of the median draw, -ln(ln 2)
  EXPECT_NEAR(job_value(here, 1, 1, 0.5), -std::log(std::log(2.0)), 1e-12);
}

TEST(TalentMarket, opens_posts_without_bias_over_thresholds) {
  double sum = 0;
  for (int i = 0; i < 1000; ++i) sum += posts_for(0.3, 1, i / 1000.0);
  EXPECT_NEAR(sum / 1000, 0.3, 1e-9);
  EXPECT_EQ(posts_for(12.4, 0.1, 0.0), 1);
  EXPECT_EQ(posts_for(0, 1, 0.99), 0);
}

TEST(TalentMarket, opens_posts_for_project_money_beyond_the_usual) {
  EXPECT_DOUBLE_EQ(posts_for_money(70000, 0.7, 7000), 7);
  EXPECT_EQ(posts_for_money(-70000, 0.7, 7000), 0);
}

}  // namespace
}  // namespace polder::agents::talent_test
