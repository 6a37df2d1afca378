// SPDX-License-Identifier: Apache-2.0
#include "agents/talent/entrepreneurial_intent.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/agents/small_world.hpp"

namespace polder::agents::entrepreneurial_intent_test {
namespace {

using test::starts;

TEST(EntrepreneurialIntent, is_its_base_with_the_usual_example_and_no_room) {
  EXPECT_NEAR(willing_share(0.1, 1, 0.2, 0, 0.2), 0.1, 1e-12);
}

TEST(EntrepreneurialIntent, rises_with_examples_and_room_in_log_odds) {
  const auto odds = [](double share) { return std::log(share / (1 - share)); };
  EXPECT_NEAR(odds(willing_share(0.1, 2, 0.2, 0, 0.2)) - odds(0.1), 0.2, 1e-12);
  EXPECT_NEAR(odds(willing_share(0.1, 1, 0.2, 1, 0.2)) - odds(0.1), 0.2 * std::log(2), 1e-12);
  EXPECT_NEAR(odds(willing_share(0.1, 0, 0.2, 0, 0.2)) - odds(0.1), -0.2, 1e-12);
  EXPECT_DOUBLE_EQ(willing_share(0.1, 99, 0.2, 0, 0.2), willing_share(0.1, 3, 0.2, 0, 0.2));
  EXPECT_LT(willing_share(0.5, 3, 2, 1000, 2), 1);
}

double mean_intent(const std::string& places, const std::string& spin_offs) {
  Scenario s = test::small_world(10, 240, {});
  s.kinds[1].attributes.push_back(starts("spin_offs", spin_offs));
  s.kinds.push_back(polder::test::kind("hub", "1", {starts("region", "east"), starts("places", places)}));
  s.mechanisms.push_back(test::mechanism("entrepreneurial_intent", {{"base", "10 %"}}));
  const auto program = compile(s, catalogue());
  State state = found(program, 3, 0);
  for (int month = 0; month < 240; ++month) step(program, state);
  return test::numbers(program, state, "institute", "entrepreneurial_intent")[0];
}

TEST(EntrepreneurialIntent, follows_what_happens_at_the_institute_and_near_it) {
  // 0.2 a year by 100 researchers is the usual example
  EXPECT_NEAR(mean_intent("0", "0.2 /year"), 0.1, 1e-3);
  EXPECT_NEAR(mean_intent("0", "0.4 /year"), willing_share(0.1, 2, 0.2, 0, 0.2), 1e-3);
  EXPECT_NEAR(mean_intent("10", "0.2 /year"), willing_share(0.1, 1, 0.2, 1, 0.2), 1e-3);
}

}  // namespace
}  // namespace polder::agents::entrepreneurial_intent_test
