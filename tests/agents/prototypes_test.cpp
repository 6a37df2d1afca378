// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/prototypes.hpp"

#include <gtest/gtest.h>

#include "tests/agents/venture_world.hpp"

namespace polder::agents::prototypes_test {
namespace {

using test::instrument;
using test::setting;

TEST(Prototypes, are_built_once_early_and_before_large_rounds) {
  EXPECT_TRUE(may_build(1, 5, VentureStage::none, 0));
  EXPECT_TRUE(may_build(5, 5, VentureStage::seed, 0));
  EXPECT_FALSE(may_build(6, 5, VentureStage::seed, 0));
  EXPECT_FALSE(may_build(3, 5, VentureStage::series_a, 0));
  EXPECT_FALSE(may_build(3, 5, VentureStage::seed, 2));
  EXPECT_FALSE(may_build(0, 5, VentureStage::none, 0));
}

struct Outcome {
  double built = 0, precision = 0;
};

Outcome run(const std::string& request, const std::string& chance = "8 %") {
  auto scenario = test::venture_world(200, 36);
  scenario.mechanisms.push_back(test::mechanism("prototypes", {{"last_level", "9"}, {"chance", chance}}));
  scenario.instruments = {
      instrument("g", "grant",
                 {setting("budget.yearly", {"20 MEUR"}), setting("request", {request}),
                  setting("application_rate", {"50 %"}), setting("allocation.cadence", {"6 months"}),
                  setting("payout.over", {"12 months"})})};
  test::open_windows(scenario);
  const auto program = compile(scenario, catalogue());
  State state = found(program, 3, 0);
  for (int m = 0; m < 36; ++m) step(program, state);
  Outcome o;
  for (const double done : test::numbers(program, state, "venture", "prototype")) o.built += done > 0 ? 1 : 0;
  for (const double p : test::numbers(program, state, "venture", "belief_precision")) o.precision += p;
  return o;
}

TEST(Prototypes, teach_investors_what_awards_alone_do_not) {
  const Outcome with = run("100 kEUR"), without = run("100 kEUR", "0 %");
  EXPECT_GT(with.built, 20);
  EXPECT_EQ(without.built, 0);
  EXPECT_GT(with.precision, without.precision);
}

TEST(Prototypes, are_not_built_from_awards_too_small_for_one) {
  EXPECT_EQ(run("30 kEUR").built, 0);
}

}  // namespace
}  // namespace polder::agents::prototypes_test
