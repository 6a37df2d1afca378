// SPDX-License-Identifier: Apache-2.0
#include "agents/knowledge/hubs.hpp"

#include <gtest/gtest.h>

#include "tests/agents/venture_world.hpp"

namespace polder::agents::hubs_test {
namespace {

using test::instrument;
using test::setting;
using test::starts;
using test::total;

TEST(Hubs, spend_what_they_have_and_grow_only_from_what_exceeds_their_reserve) {
  EXPECT_DOUBLE_EQ(hub_spending(100, 50, 200), 50);   // the month's costs
  EXPECT_DOUBLE_EQ(hub_spending(20, 50, 200), 20);    // as far as it reaches
  EXPECT_DOUBLE_EQ(hub_spending(-5, 50, 200), 0);     // no debts
  EXPECT_DOUBLE_EQ(hub_spending(250, 50, 200), 100);  // above three months of costs
  EXPECT_DOUBLE_EQ(hub_spending(900, 50, 200), 200);  // no more than its programme can grow
}

TEST(Hubs, coach_as_many_startups_as_their_mentors_can) {
  EXPECT_DOUBLE_EQ(coached_part(1, 5, 4, 40), 0.5);
  EXPECT_DOUBLE_EQ(coached_part(1, 5, 4, 10), 1);
  EXPECT_DOUBLE_EQ(coached_part(0, 5, 4, 10), 0);
  EXPECT_DOUBLE_EQ(coached_part(1, 5, 4, 0), 0);
}

TEST(Hubs, fill_the_seats_of_a_quarter) {
  EXPECT_DOUBLE_EQ(attendance(1, 1, 20, 600), 0.1);
  EXPECT_DOUBLE_EQ(attendance(2, 1, 20, 600), 0.2);
  EXPECT_DOUBLE_EQ(attendance(1, 1, 20, 10), 1);
  EXPECT_DOUBLE_EQ(attendance(1, 1, 20, 0), 0);
}

/// Startups of the theme ai with one hub in the east.
Scenario world(const std::string& type, const std::vector<AttributeSpec>& more, int months = 40) {
  Scenario s = test::venture_world(200, months);
  for (auto& a : s.kinds[0].attributes)
    if (a.name == "age") a.start = test::formula("uniform(0, 20) * 1 month");
  std::vector<AttributeSpec> hub{starts("hub_type", type),         starts("region", "east"),
                                 starts("theme", "none"),          starts("opex", "10 kEUR/month"),
                                 starts("body", "'national.ezk'"), starts("cash", "30 kEUR")};
  for (const AttributeSpec& a : more) {
    std::erase_if(hub, [&](const AttributeSpec& other) { return other.name == a.name; });
    hub.push_back(a);
  }
  s.kinds.push_back(polder::test::kind("hub", "1", hub));
  s.mechanisms.push_back(test::mechanism("hubs"));
  return s;
}

struct Outcome {
  double tenants = 0, coached = 0, activity = 0, participants = 0, brokered = 0, organised = 0,
         iterations = 0;
  std::size_t ties = 0;
  Cents support = 0, rent = 0, instrument = 0;
};

Outcome run(Scenario scenario, int months = 40) {
  test::open_windows(scenario);
  const auto program = compile(scenario, catalogue());
  State state = found(program, 3, 0);
  const Cents money = total_money(program, state);
  Outcome o;
  for (int m = 0; m < months; ++m) {
    step(program, state);
    o.tenants = std::max(o.tenants, total(program, state, "hub", "tenants"));
  }
  EXPECT_EQ(total_money(program, state), money);
  o.coached = total(program, state, "venture", "coached");
  o.activity = total(program, state, "hub", "activity");
  o.participants = total(program, state, "hub", "participants");
  o.brokered = total(program, state, "firm", "brokered");
  o.organised = total(program, state, "firm", "organised");
  o.iterations = total(program, state, "venture", "iterations");
  o.ties = state.networks[0].num_ties();
  o.support = test::flow(program, state, "hub_support");
  o.rent = test::flow(program, state, "hub_rent");
  o.instrument = test::flow(program, state, "aid");
  return o;
}

TEST(Hubs, house_no_more_startups_than_they_have_places_and_fill_them) {
  const Outcome o = run(world("incubator", {starts("places", "10"), starts("mentors", "2 persons"),
                                            starts("events", "0 /month"), starts("rent", "300 EUR/month"),
                                            starts("cash", "7 kEUR")}),
                        24);
  EXPECT_EQ(o.tenants, 10);
  EXPECT_NEAR(o.activity, 1, 1e-9);  // hosts 30 %, government 40 %, ten tenants 30 %
  EXPECT_NEAR(o.coached, 8, 1e-9);   // two mentors with four each
  EXPECT_GT(o.rent, 0);
  EXPECT_EQ(o.support, to_cents(0.4 * 10e3 * 24));
}

TEST(Hubs, bring_coached_startups_to_users_more_often) {
  const auto with_users = [](const std::string& mentors) {
    auto s = world("incubator",
                   {starts("places", "100"), starts("mentors", mentors), starts("events", "0 /month")});
    test::add_users(s, 2, "0.5");
    for (auto& m : s.mechanisms)
      if (m.name == "users")
        m = test::mechanism("users", {{"first_level", "1"}, {"coaching_involvement", "10"}});
    return run(s).iterations;
  };
  EXPECT_GT(with_users("100 persons"), 1.2 * with_users("0 persons"));
}

TEST(Hubs, make_ties_at_events_and_none_without) {
  const auto quiet = run(world("campus", {starts("events", "0 /month")}));
  const auto busy = run(world("campus", {starts("events", "4 /month"), starts("seats", "50")}));
  EXPECT_EQ(quiet.participants, 0);
  EXPECT_GT(busy.participants, 20);
  EXPECT_GT(busy.ties, quiet.ties + 20);
}

TEST(Hubs, lend_brokers_to_as_many_members_as_they_reach) {
  const auto o =
      run(world("cluster_organisation", {starts("brokers", "1 person"), starts("events", "0 /month"),
                                         starts("public_share", "0.7"), starts("cash", "0 EUR")}),
          3);
  EXPECT_DOUBLE_EQ(o.activity, 1);
  EXPECT_GE(o.brokered, 36 * 0.5);  // institutes may be among the 40 members
  EXPECT_LE(o.brokered, 40 * 0.5);
  EXPECT_DOUBLE_EQ(o.organised,
                   0);  // which is what instruments do: who is served by a hub receives nothing from them
}

TEST(Hubs, do_more_with_public_money_and_less_without) {
  const auto poor = run(world("campus", {starts("public_share", "0")}));
  EXPECT_NEAR(poor.activity, 0.3, 1e-9);  // what hosts bear; cash is gone
  auto scenario = world("campus", {});
  scenario.instruments = {instrument("aid", "block",
                                     {setting("applicants", {"hub"}), setting("budget.yearly", {"120 kEUR"}),
                                      setting("request", {"opex * 1 month"})})};
  const auto rich = run(scenario);
  EXPECT_GT(rich.activity, 1.2);
  EXPECT_LE(rich.activity, 2);
  EXPECT_EQ(rich.instrument, to_cents(400e3));
}

TEST(Hubs, change_nothing_where_there_are_none) {
  auto scenario = test::venture_world(200, 12);
  const auto without = run(scenario, 12);
  scenario.mechanisms.push_back(test::mechanism("hubs"));
  const auto with = run(scenario, 12);
  EXPECT_EQ(without.ties, with.ties);
  EXPECT_EQ(with.tenants + with.brokered + with.participants, 0);
}

TEST(Hubs, refuse_settings_out_of_range) {
  for (const FieldInfo& field : hubs_mechanism().fields) {
    auto scenario = world("campus", {});
    const std::string unit = field.unit;
    scenario.mechanisms.back() = test::mechanism("hubs", {{field.name, unit == "1"       ? "-1"
                                                                       : unit == "month" ? "-1 month"
                                                                                         : "-1 /person"}});
    EXPECT_NE(test::mistakes_of(scenario).find(field.meaning), std::string::npos) << field.name;
  }
}

}  // namespace
}  // namespace polder::agents::hubs_test
