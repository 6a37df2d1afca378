// SPDX-License-Identifier: Apache-2.0
#include "agents/talent/training.hpp"

#include <gtest/gtest.h>

#include "tests/agents/instrument_world.hpp"

namespace polder::agents::training_test {
namespace {

using test::instrument;
using test::mechanism;
using test::setting;
using test::starts;
using test::total;

TEST(Training, is_paid_by_those_inclined_to_it_in_proportion_to_wages) {
  EXPECT_DOUBLE_EQ(course_spending(0.79, 0.8, 0.02, 1e5, 1), 2e3);
  EXPECT_DOUBLE_EQ(course_spending(0.8, 0.8, 0.02, 1e5, 1), 0);
  EXPECT_DOUBLE_EQ(course_spending(0, 1, 0.02, 0, 1), 0);
}

TEST(Training, is_replaced_by_schemes_no_further_than_there_is_any) {
  EXPECT_DOUBLE_EQ(replaced_courses(1000, 0.6, 1e6), 600);
  EXPECT_DOUBLE_EQ(replaced_courses(1000, 0.6, 100), 100);
  EXPECT_DOUBLE_EQ(replaced_courses(1000, 0, 1e6), 0);
}

Scenario world(std::vector<InstrumentSpec> instruments, bool courses) {
  Scenario s = test::world(std::move(instruments), 12);
  s.kinds[0].attributes.push_back(starts("wage", "5 kEUR/month/person"));
  if (courses)
    s.mechanisms.push_back(
        mechanism("training", {{"share_micro", "50 %"}, {"cost", "4 %"}, {"spread", "0.5"}}));
  return s;
}

TEST(Training, costs_its_share_of_wages_on_average) {
  const auto program = compile(world({}, true), catalogue());
  const State state = test::run_all(program, 12);
  const double wages = 5e3 * total(program, state, "firm", "staff");
  EXPECT_NEAR(total(program, state, "firm", "courses") / wages, 0.5 * 0.04, 0.005);
}

TEST(Training, that_a_scheme_pays_for_teaches_less_where_firms_paid_for_courses) {
  const auto scheme = [](const std::string& replaces) {
    return instrument(
        "t", "talent",
        {setting("lever", {"training"}), setting("budget.total", {"100 MEUR"}),
         setting("request", {"2 kEUR"}), setting("share", {"50 %"}), setting("application_rate", {"100 %"}),
         setting("replaces", {replaces}), setting("allocation.cadence", {"120 months"})});
  };
  struct Outcome {
    double taught, courses;
    Cents paid, to_trainers;
  };
  const auto run = [&](const std::string& replaces, bool courses) {
    const auto program = compile(world({scheme(replaces)}, courses), catalogue());
    const State state = test::run_all(program, 11);
    return Outcome{total(program, state, "firm", "training"), total(program, state, "firm", "courses"),
                   test::flow(program, state, "t", "firm"),
                   test::flow(program, state, "training", "suppliers")};
  };
  const Outcome all_new = run("0 %", true), replacing = run("60 %", true), nobody_trains = run("60 %", false);
  EXPECT_EQ(all_new.paid, replacing.paid);
  EXPECT_LT(replacing.taught, 0.9 * all_new.taught);
  EXPECT_LT(replacing.courses, all_new.courses);
  EXPECT_LT(replacing.to_trainers, all_new.to_trainers);
  EXPECT_NEAR(to_euros(all_new.to_trainers - replacing.to_trainers),
              12 * (all_new.courses - replacing.courses),
              1);  // what they no longer pay themselves
  EXPECT_DOUBLE_EQ(nobody_trains.taught, all_new.taught);
}

}  // namespace
}  // namespace polder::agents::training_test
