// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "agents/kinds/kinds.hpp"
#include "agents/talent/careers.hpp"
#include "agents/talent/openings.hpp"
#include "agents/talent/talent_market.hpp"
#include "tests/agents/small_world.hpp"

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
  const double pay = pay_value(4000, 1.5);
  EXPECT_NEAR(pay, 1.5 * std::log(4000.0), 1e-12);
  EXPECT_EQ(pay_value(0, 1.5), 0);
  EXPECT_GT(job_value(here, pay, 0.5), job_value(far, pay, 0.5));
  EXPECT_GT(job_value(here, pay_value(5000, 1.5), 0.5), job_value(here, pay, 0.5));
  // no pay, no distance: only the Gumbel luck of the median draw, -ln(ln 2)
  EXPECT_NEAR(job_value(here, 0, 0.5), -std::log(std::log(2.0)), 1e-12);
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

TEST(TalentMarket, opens_posts_by_the_money_of_a_year) {
  double mean = 0;
  for (int month = 0; month < 12; ++month) mean = project_money_after(mean, 1200);
  EXPECT_NEAR(mean, 1200 * (1 - std::pow(11.0 / 12, 12)), 1e-9);
  EXPECT_DOUBLE_EQ(project_money_after(0, 1200), 100);  // a peak of one month is a twelfth
  EXPECT_DOUBLE_EQ(project_money_after(500, 500), 500);
}

/// Firms, half of them startups, and people of two fields beside institutes that know one of them.
Scenario startups_and_people() {
  Scenario s = test::small_world(300, 36, {"market", "accounts", "rd_investment", "talent_market"});
  for (auto& set : s.label_sets)
    if (set.name == "fields") set.labels = {"ict", "health"};
  for (auto& attribute : s.kinds[0].attributes)
    if (attribute.name == "type") attribute.start = test::formula("if(uniform() < 0.5, startup, sme)");
  s.kinds.push_back(polder::test::kind(
      "person", "900",
      {test::starts("type", "if(uniform() < 0.4, researcher, engineer)"),
       test::starts("at_institute", "type == researcher"),
       test::starts("field", "if(type == researcher, health, ict)"), test::starts("origin", "nl"),
       test::starts("region", "if(uniform() < 0.5, east, west)"), test::starts("age", "400 months"),
       test::starts("experience", "100 months")}));
  KindSpec& institute = s.kinds[1];
  institute.data = "institutes.csv";
  institute.count = {};
  s.data.push_back({"institutes.csv",
                    "0",
                    "",
                    {{"count", "", {"4"}}, {"fields.health", "", {"1"}}, {"student_fields.ict", "", {"1"}}}});
  return s;
}

TEST(TalentMarket, makes_the_first_technical_person_of_a_startup_its_entrepreneur) {
  const Program program = compile(startups_and_people(), catalogue());
  State state = found(program, 5, 0);
  const auto& layout = program.layout();
  const auto people_kind = *layout.find_kind("person"), firm_kind = *layout.find_kind("firm"),
             institute_kind = *layout.find_kind("institute");
  const auto column = [&](KindId kind, const char* name) { return *layout.kinds[index(kind)].find(name); };
  for (int month = 0; month < 36; ++month) {
    step(program, state);
    const Table &people = state.tables[index(people_kind)], &firms = state.tables[index(firm_kind)],
                &institutes = state.tables[index(institute_kind)];
    const auto type = people.column<std::uint8_t>(column(people_kind, "type")),
               field = people.column<std::uint8_t>(column(people_kind, "field")),
               firm_type = firms.column<std::uint8_t>(column(firm_kind, "type"));
    const auto employer = people.column<AgentId>(column(people_kind, "employer"));
    int entrepreneurs = 0;
    for (const Row row : people.by_id()) {
      if (institutes.find(employer[row]) != no_row) {
        EXPECT_EQ(field[row], 1) << "a field that the institute does not know";
      }
      if (type[row] != static_cast<std::uint8_t>(ActorType::entrepreneur) || employer[row] == nobody)
        continue;
      ++entrepreneurs;
      const Row firm = firms.find(employer[row]);
      if (firm == no_row) continue;  // not yet noticed that it is gone
      EXPECT_EQ(firm_type[firm], static_cast<std::uint8_t>(ActorType::startup));
    }
    EXPECT_GT(entrepreneurs, 10);
  }
}

/// Share of those who grew up here among the people whom institutes recruited in two years.
double recruited_here(const std::string& help) {
  Scenario s = startups_and_people();
  for (auto& set : s.label_sets)
    if (set.name == "fields") set.data = "fields.csv";
  s.data.push_back({"fields.csv",
                    "0",
                    "",
                    {{"field", "", {"ict", "health"}},
                     {"firm_staff", "", {"1", "0"}},
                     {"staff", "", {"0.6", "0.4"}},
                     {"students", "", {"1", "0"}}}});
  s.kinds[1].attributes.push_back(test::starts("recruiting", help));
  s.kinds[1].attributes.push_back(test::starts("researchers", "200 persons"));
  const Program program = compile(s, catalogue());
  State state = found(program, 5, 0);
  const auto kind = *program.layout().find_kind("person");
  const auto column = [&](const char* name) { return *program.layout().kinds[index(kind)].find(name); };
  for (int month = 0; month < 24; ++month) step(program, state);
  const Table& people = state.tables[index(kind)];
  double here = 0, all = 0;
  for (const Row row : people.by_id()) {
    if (people.column<double>(column("experience"))[row] > 60) continue;  // of the start
    if (people.column<std::uint8_t>(column("at_institute"))[row] == 0) continue;
    ++all;
    here += people.column<std::uint8_t>(column("origin"))[row] == static_cast<std::uint8_t>(Origin::nl);
  }
  EXPECT_GT(all, 50);
  return here / all;
}

TEST(TalentMarket, brings_people_from_abroad_only_by_help_to_recruit_there) {
  EXPECT_GT(recruited_here("0"), 0.5);
  EXPECT_LT(recruited_here("1"), 0.3);
}

TEST(Fields, are_drawn_by_their_shares) {
  const std::vector<double> shares{0.2, 0.6, 0, 0.4};
  std::map<std::size_t, int> seen;
  for (int i = 0; i < 1200; ++i) ++seen[field_of(shares, (i + 0.5) / 1200)];
  EXPECT_EQ(seen[0], 200);
  EXPECT_EQ(seen[1], 600);
  EXPECT_EQ(seen[2], 0);
  EXPECT_EQ(seen[3], 400);
  const std::vector<double> unknown{0, 0};
  EXPECT_EQ(field_of(unknown, 0.49), 0U);
  EXPECT_EQ(field_of(unknown, 0.51), 1U);
}

TEST(Fields, fit_an_institute_as_far_as_they_are_strong_there) {
  const std::vector<double> shares{0.2, 0.8}, evenly{0.5, 0.5}, few{0.9, 0.1}, unknown{0, 0};
  EXPECT_DOUBLE_EQ(field_fit(shares, evenly, 0), 0.25);
  EXPECT_DOUBLE_EQ(field_fit(shares, evenly, 1), 1);
  EXPECT_NEAR(field_fit(shares, few, 0), (0.2 / 0.9) / (0.8 / 0.1), 1e-12);
  EXPECT_DOUBLE_EQ(field_fit(unknown, evenly, 1), 1);
}

}  // namespace
}  // namespace polder::agents::talent_test
