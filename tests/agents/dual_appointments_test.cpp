// SPDX-License-Identifier: Apache-2.0
#include "agents/talent/dual_appointments.hpp"

#include <gtest/gtest.h>

#include "tests/agents/instrument_world.hpp"

namespace polder::agents::dual_appointments_test {
namespace {

using test::instrument;
using test::mechanism;
using test::setting;
using test::starts;

TEST(DualAppointments, begin_as_often_as_they_end) {
  const double share = 0.03, ending = 0.2, begin = beginning_chance(share, ending);
  EXPECT_NEAR((1 - share) * begin, share * ending, 1e-12);
  EXPECT_DOUBLE_EQ(beginning_chance(0, 0.2), 0);
  EXPECT_DOUBLE_EQ(beginning_chance(0.9, 1), 1);
}

TEST(DualAppointments, go_to_the_last_employer_where_the_institute_trusts_it) {
  const std::vector<Partner> partners{{Row{4}, 1.0}, {Row{7}, 3.0}, {Row{9}, 4.0}};
  EXPECT_EQ(chosen(partners, 9, 0.1), 9U);
  EXPECT_EQ(chosen(partners, 5, 0.1), 4U);
  EXPECT_EQ(chosen(partners, no_row, 0.5), 7U);
  EXPECT_EQ(chosen(partners, no_row, 0.999), 9U);
}

/// Researchers of the four institutes, who know firms through alliances.
Scenario world(std::vector<InstrumentSpec> instruments, const std::string& share, int months) {
  Scenario s = test::world(std::move(instruments), months);
  s.clock.burn_in = 12;
  s.kinds.push_back(polder::test::kind("person", "400",
                                       {starts("type", "researcher"), starts("at_institute", "true"),
                                        starts("field", "ict"), starts("region", "east")}));
  for (const char* name : {"collaboration", "talent_market"}) s.mechanisms.push_back(mechanism(name));
  s.mechanisms.push_back(mechanism("dual_appointments", {{"share", share}}));
  return s;
}

double holders(const Program& program, const State& state, bool of_schemes) {
  const auto kind = *program.layout().find_kind("person");
  const auto& layout = program.layout().kinds[index(kind)];
  const Table& people = state.tables[index(kind)];
  const auto second = people.column<AgentId>(*layout.find("second_employer"));
  const auto by = people.column<AgentId>(*layout.find("appointed_by"));
  double number = 0;
  for (const Row row : people.by_id())
    if (second[row] != nobody && (by[row] != nobody) == of_schemes) number += people.weights()[row];
  return number;
}

TEST(DualAppointments, are_held_by_a_share_of_researchers_and_paid_by_firms) {
  const auto program = compile(world({}, "20 %", 36), catalogue());
  const State state = test::run_all(program, 48);
  EXPECT_GT(holders(program, state, false), 30);
  EXPECT_LT(holders(program, state, false), 110);
  EXPECT_GT(test::flow(program, state, "dual_appointment", "institute"), to_cents(30 * 20e3));
  const auto none = compile(world({}, "0 %", 36), catalogue());
  EXPECT_EQ(holders(none, test::run_all(none, 48), false), 0);
}

TEST(DualAppointments, of_two_schemes_and_of_none_stand_side_by_side) {
  const auto scheme = [](const char* id) {
    return instrument(id, "talent",
                      {setting("lever", {"dual"}), setting("budget.total", {"100 MEUR"}),
                       setting("eligible", {"rd_performer"}), setting("request", {"24 kEUR"}),
                       setting("application_rate", {"20 %"}), setting("payout.over", {"36 months"}),
                       setting("allocation.cadence", {"6 months"})});
  };
  const auto held = [&](std::vector<InstrumentSpec> schemes, bool of_schemes) {
    const auto program = compile(world(std::move(schemes), "10 %", 36), catalogue());
    return holders(program, test::run_all(program, 42), of_schemes);
  };
  const double one = held({scheme("a")}, true), two = held({scheme("a"), scheme("b")}, true);
  EXPECT_GT(one, 5);
  EXPECT_GT(two, 1.5 * one);
  EXPECT_GT(held({scheme("a"), scheme("b")}, false), 10);
}

}  // namespace
}  // namespace polder::agents::dual_appointments_test
