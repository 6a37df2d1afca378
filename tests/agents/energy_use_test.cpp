// SPDX-License-Identifier: Apache-2.0
#include "agents/market/energy_use.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/agents/small_world.hpp"

namespace polder::agents::energy_use_test {
namespace {

using test::starts;
using test::total;

TEST(EnergyUse, falls_of_its_own_accord_and_with_adoption) {
  EXPECT_DOUBLE_EQ(intensity_after(10, 0, 0.3, 0), 10);
  EXPECT_NEAR(intensity_after(10, 0.01, 0.3, 0), 10 * std::exp(-0.01), 1e-12);
  EXPECT_DOUBLE_EQ(intensity_after(10, 0, 0.3, 1), 7);
  EXPECT_DOUBLE_EQ(intensity_after(10, 0, 0.3, -0.5), 11.5);  // users go back to old products
}

TEST(EnergyUse, falls_with_a_levy_by_its_elasticity) {
  EXPECT_DOUBLE_EQ(use_under_levy(0, 0.4), 1);
  EXPECT_NEAR(use_under_levy(1, 0.4), std::pow(2, -0.4), 1e-12);
  EXPECT_DOUBLE_EQ(use_under_levy(5, 0), 1);
}

double use_after(const std::string& adopted, const std::string& levy, int months) {
  Scenario s = test::small_world(100, months, {"market"});
  s.label_sets[2].labels = {"none", "energy"};
  for (auto& a : s.kinds[1].attributes)
    if (a.name == "theme") a.start = test::formula("none");
  s.kinds.push_back(polder::test::kind("user", "1",
                                       {starts("theme", "energy"), starts("user_type", "business_customer"),
                                        starts("adopted", adopted), starts("levy", levy)}));
  s.mechanisms.push_back(test::mechanism("energy_use", {{"own_accord", "0 /year"}}));
  const auto program = compile(s, catalogue());
  State state = found(program, 3, 0);
  for (int month = 0; month < months; ++month) step(program, state);
  return total(program, state, "industry", "energy_use") / total(program, state, "industry", "demand");
}

TEST(EnergyUse, is_intensity_by_value_added_of_all_sectors) {
  // 2 MJ by euro of value added, 0.35 of demand where the sectors give nothing, at month's start demand
  EXPECT_NEAR(use_after("0", "0", 3), 2e6 * 0.35, 0.02 * 2e6 * 0.35);
  EXPECT_NEAR(use_after("0", "1", 3) / use_after("0", "0", 3), std::pow(2, -0.4), 1e-9);
  EXPECT_NEAR(use_after("0.5", "0", 3), use_after("0", "0", 3),
              1e-6);  // those who had it before save no more
}

}  // namespace
}  // namespace polder::agents::energy_use_test
