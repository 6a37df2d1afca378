// SPDX-License-Identifier: Apache-2.0
#include "agents/knowledge/partners_abroad.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "agents/knowledge/knowledge_spillover.hpp"
#include "tests/agents/instrument_world.hpp"
#include "tests/agents/small_world.hpp"

namespace polder::agents::partners_abroad_test {
namespace {

using test::starts;
using test::total;

TEST(PartnersAbroad, give_the_share_that_they_were_found_for) {
  for (const double share : {0.01, 0.446, 0.664, 0.99})
    EXPECT_NEAR(joint_share(partners_for(share, 2), 2), share, 1e-12);
  EXPECT_DOUBLE_EQ(joint_share(0, 2), 0);
  EXPECT_LT(joint_share(1e6, 2), 1 + 1e-12);
}

/// The growth from 2003 to 2015 carries the share from 59.8 % in 2015 to about that of 2020, 66.4 %.
TEST(PartnersAbroad, grow_as_the_series_before_the_test_years) {
  const double growth = std::log(partners_for(0.598, 1) / partners_for(0.446, 1)) / 12;
  EXPECT_NEAR(growth, 0.036, 0.001);
  EXPECT_NEAR(joint_share(partners_for(0.598, 1) * std::exp(5 * 0.036), 1), 0.664, 0.005);
}

struct Shares {
  double in_burn_in = 0, after = 0;
};

/// Joint share of articles in the burn-in and in the fifth year after it.
Shares joint_articles(const std::string& growth, const std::string& fading = "2 %/month") {
  constexpr int burn_in = 24, months = 84;
  Scenario s = test::small_world(50, months, {"market", "accounts", "rd_investment", "research"});
  s.clock.burn_in = burn_in;
  for (auto& a : s.kinds[1].attributes)
    if (a.name == "researchers") a.start = test::formula("2000 persons");
  s.kinds[1].attributes.push_back(starts("basic_share", "0.6"));
  s.networks.push_back({"projects", {}});
  s.mechanisms.push_back(
      test::mechanism("partners_abroad", {{"usual_share", "60 %"}, {"growth", growth}, {"fading", fading}}));
  const auto program = compile(s, catalogue());
  State state = found(program, 3, 0);
  Shares seen;
  double articles = 0, all = 0;
  for (int month = 0; month < months; ++month) {
    step(program, state);
    if (month == 0 || month == burn_in || month == months - 12) articles = all = 0;
    articles += total(program, state, "institute", "articles_abroad");
    all += total(program, state, "institute", "publications");
    if (month < burn_in) seen.in_burn_in = articles / all;
    seen.after = articles / all;
  }
  return seen;
}

TEST(PartnersAbroad, stay_with_the_usual_share_unless_contacts_get_cheaper) {
  const Shares same = joint_articles("0 /year");
  EXPECT_NEAR(same.in_burn_in, 0.6, 0.02);
  EXPECT_NEAR(same.after, 0.6, 0.02);
  const Shares cheaper = joint_articles("0.05 /year");
  EXPECT_NEAR(cheaper.in_burn_in, 0.6, 0.02);
  EXPECT_NEAR(cheaper.after, joint_share(partners_for(0.6, 1) * std::exp(4.5 * 0.05), 1), 0.02);
}

TEST(PartnersAbroadOfFirms, rise_with_the_root_of_researchers) {
  EXPECT_DOUBLE_EQ(usual_partners(0.2, 100), 2);
  EXPECT_DOUBLE_EQ(usual_partners(0.2, 0), 0);
  EXPECT_DOUBLE_EQ(share_with_partners(0), 0);
  EXPECT_DOUBLE_EQ(share_with_partners(0.25), 0.2);
  EXPECT_DOUBLE_EQ(partners_of_project(0, 2), 0);
  EXPECT_DOUBLE_EQ(partners_of_project(2, 2), 1);
  EXPECT_LT(partners_of_project(1e9, 2), 2.001);
}

constexpr int burn_in = 12;

/// Firms, all of them with twelve researchers at the start, and one project that begins when it is told
/// to. gain: what partners add to research abroad
Scenario firms_and_a_project(const std::string& gain = "0.5", const std::string& fading = "2 %/month") {
  Scenario s = test::small_world(100, 120, {"market", "accounts", "rd_investment", "research", "absorption"});
  s.clock.burn_in = burn_in;
  for (auto& a : s.kinds[0].attributes)
    if (a.name == "rd_performer") a.start = test::formula("true");
  s.kinds[0].attributes.push_back(starts("rd_spending", "100 kEUR/month"));
  s.kinds[0].attributes.push_back(starts("rd_staff", "12 persons"));
  s.kinds[0].attributes.push_back(starts("rd_stock", "6 MEUR"));
  s.kinds.push_back(polder::test::kind(
      "project", "1",
      {starts("members_abroad", "0"), starts("months_left", "36 months"), starts("duration", "36 months")}));
  s.networks.push_back({"projects", {}});
  s.mechanisms.push_back(
      test::mechanism("knowledge_spillover", {{"abroad", "0.05 /year"}, {"pipelines", gain}}));
  s.mechanisms.push_back(test::mechanism("partners_abroad", {{"fading", fading}, {"most_kept", "2"}}));
  return s;
}

struct World {
  explicit World(const Scenario& scenario)
      : program(compile(scenario, catalogue())), state(found(program, 3, 0)) {}
  std::span<double> of(const char* column) { return test::numbers(program, state, "firm", column); }
  double sum(const char* column) const { return total(program, state, "firm", column); }
  void run(int months) {
    for (int month = 0; month < months; ++month) step(program, state);
  }
  /// The project of the first firm begins with this many members abroad.
  void begin_project(std::int64_t members) {
    const auto kind = *program.layout().find_kind("project");
    const auto& layout = program.layout().kinds[index(kind)];
    const auto firms = *program.layout().find_kind("firm");
    Table& table = state.tables[index(kind)];
    table.column<std::int64_t>(*layout.find("members_abroad"))[0] = members;
    table.column<AgentId>(*layout.find("coordinator"))[0] = state.tables[index(firms)].ids()[0];
  }
  void one_project(std::int64_t members) {
    begin_project(members);
    run(1);
    begin_project(0);
  }
  Program program;
  State state;
};

TEST(PartnersAbroadOfFirms, stay_as_many_as_they_were_without_projects) {
  World world(firms_and_a_project());
  world.run(1);
  const double first = world.sum("partners_abroad");
  EXPECT_GT(first, 10);
  world.run(burn_in - 1);
  EXPECT_DOUBLE_EQ(world.sum("reach_abroad"), 0);
  world.run(60);
  double usual = 0;
  for (const double staff : world.of("rd_staff")) usual += usual_partners(0.14, staff);
  EXPECT_NEAR(world.sum("partners_abroad") / usual, 1, 0.1);
  EXPECT_NEAR(world.sum("reach_abroad") / 100, 0, 0.02);
}

TEST(PartnersAbroadOfFirms, come_of_a_project_and_are_forgotten_after_it) {
  World world(firms_and_a_project()), other(firms_and_a_project());
  world.run(burn_in), other.run(burn_in);
  world.one_project(20), other.run(1);
  const double more = world.of("partners_abroad")[0] - other.of("partners_abroad")[0];
  EXPECT_NEAR(more, partners_of_project(20, 2), 1e-9);
  EXPECT_GT(world.of("reach_abroad")[0], 0.3);
  EXPECT_DOUBLE_EQ(world.of("partners_abroad")[1], other.of("partners_abroad")[1]);
  world.run(35), other.run(35);
  EXPECT_NEAR((world.of("partners_abroad")[0] - other.of("partners_abroad")[0]) / more, 0.5, 0.05);
}

TEST(PartnersAbroadOfFirms, are_none_without_own_research) {
  World world(firms_and_a_project());
  world.run(burn_in + 1);
  const auto kind = *world.program.layout().find_kind("firm");
  const auto column = *world.program.layout().kinds[index(kind)].find("rd_performer");
  world.state.tables[index(kind)].column<std::uint8_t>(column)[1] = 0;
  world.run(1);
  EXPECT_EQ(world.of("partners_abroad")[1], 0);
  EXPECT_EQ(world.of("reach_abroad")[1], 0);
}

/// In the burn-in projects take the place of what larger teams find on their own account.
TEST(PartnersAbroadOfFirms, found_in_projects_of_the_burn_in_are_not_found_again) {
  World world(firms_and_a_project()), other(firms_and_a_project());
  world.begin_project(20);
  world.run(burn_in), other.run(burn_in);
  const double least =
      std::ranges::min(test::numbers(world.program, world.state, "industry", "contacts_abroad"));
  EXPECT_LT(least, 0.9);
  world.begin_project(0);
  world.run(60), other.run(60);
  EXPECT_LT(world.sum("partners_abroad"), 0.97 * other.sum("partners_abroad"));
}

/// Partners abroad of all firms after three years of a grant whose consortia have this many members abroad;
/// they have no R&D staff, so that nothing but projects brings partners.
double found_by_grants(const std::string& members_abroad) {
  Scenario s = test::world(
      {test::instrument(
          "g", "grant",
          {test::setting("budget.total", {"6 MEUR"}), test::setting("eligible", {"rd_performer"}),
           test::setting("request", {"50 % * rd_plan * 12 months"}),
           test::setting("payout.over", {"12 months"}), test::setting("application_rate", {"100 %"}),
           test::setting("consortium.min", {"1"}), test::setting("consortium.max", {"2"}),
           test::setting("consortium.abroad", {members_abroad})})},
      36);
  s.networks.push_back({"projects", {}});
  s.mechanisms.push_back(test::mechanism("partners_abroad", {{"fading", "0 %/month"}, {"most_kept", "2"}}));
  const auto program = compile(s, catalogue());
  return total(program, test::run_all(program, 36), "firm", "partners_abroad");
}

TEST(PartnersAbroadOfFirms, come_of_the_projects_of_an_instrument) {
  EXPECT_EQ(found_by_grants("0"), 0);
  const double few = found_by_grants("2"), many = found_by_grants("20");
  EXPECT_GT(few, 1);
  EXPECT_NEAR(many / few, partners_of_project(20, 2) / partners_of_project(2, 2), 1e-9);
}

/// What the first firm gains by a project in a year.
double learned(const std::string& gain) {
  World world(firms_and_a_project(gain)), other(firms_and_a_project(gain));
  world.run(burn_in), other.run(burn_in);
  world.one_project(20), other.run(1);
  world.run(12), other.run(12);
  return world.of("productivity")[0] / other.of("productivity")[0] - 1;
}

TEST(PartnersAbroadOfFirms, teach_what_is_known_abroad) {
  EXPECT_EQ(learned("0"), 0);
  EXPECT_GT(learned("0.5"), 1e-4);
  EXPECT_GT(learned("1"), 1.5 * learned("0.5"));
}

TEST(PartnersAbroadOfFirms, teach_as_far_as_a_firm_can_absorb) {
  const auto gain = [](double capacity, double reach) {
    return spillover_gain(0, capacity, 0, 0.3, learned_abroad(0.02, 0.5, reach));
  };
  EXPECT_DOUBLE_EQ(gain(0, 0.5), 0);
  EXPECT_DOUBLE_EQ(gain(1, 0.5) - gain(1, 0), 2 * (gain(0.5, 0.5) - gain(0.5, 0)));
  EXPECT_LT(gain(0.5, -0.2), gain(0.5, 0));
  EXPECT_GT(gain(0.5, -1), 0);
}

}  // namespace
}  // namespace polder::agents::partners_abroad_test
