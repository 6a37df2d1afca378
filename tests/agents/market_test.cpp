// SPDX-License-Identifier: Apache-2.0
#include "agents/market/market.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "agents/support/work.hpp"
#include "tests/agents/small_world.hpp"

namespace polder::agents::market_test {
namespace {

TEST(Market, the_spread_of_growth_falls_with_size) {
  EXPECT_DOUBLE_EQ(growth_spread(0.35, 1, 0.2), 0.35);
  EXPECT_NEAR(growth_spread(0.35, 1024, 0.2), 0.35 / 4, 1e-12);  // 1024^0.2 = 4
  EXPECT_DOUBLE_EQ(growth_spread(0.35, 0.3, 0.2), 0.35);         // nobody is smaller than one person
  EXPECT_DOUBLE_EQ(growth_spread(5, 1, 0.2), YearOfLuck::largest_spread);
}

TEST(Market, luck_changes_no_mean) {
  const YearOfLuck luck;
  constexpr int n = 400000;
  for (const double spread : {0.003, 0.05, 0.111, 0.3, 0.5}) {
    double sum = 0;
    for (int i = 0; i < n; ++i) sum += std::exp(luck.growth((i + 0.5) / n, spread));
    EXPECT_NEAR(sum / n, 1.0, 3e-4) << spread;
  }
  EXPECT_EQ(luck.growth(0.3, 0), 0);
}

TEST(Market, luck_has_the_density_of_fu_and_others) {
  // P(|g - centre| > x) = (sqrt(1 + x^2 / 2V) - x / sqrt(2V))^2 with 2V = (2 s)^2, but for the cut.
  const YearOfLuck luck;
  const double spread = 0.1, centre = luck.growth(0.5, spread);
  for (const double beyond : {0.5, 0.1, 0.02}) {
    const double x = luck.growth(1 - beyond / 2, spread) - centre;
    EXPECT_NEAR(luck.growth(beyond / 2, spread), centre - x, 1e-9);  // symmetrical
    const double z = x / (2 * spread), share = std::pow(std::sqrt(1 + z * z) - z, 2);
    EXPECT_NEAR(share, beyond, 0.0026) << x;  // the tail that is cut off holds 0.25 %
  }
  // Far out the density falls by the power 3, so the share beyond by the power 2: a quarter at twice the
  // size.
  const double far = luck.growth(0.98, 0.02) - luck.growth(0.5, 0.02);
  const double twice = luck.growth(0.995, 0.02) - luck.growth(0.5, 0.02);
  EXPECT_NEAR(twice / far, 2.0, 0.1);
}

/// Mean, standard deviation, and slope of one year's value on the last, of the log of the luck in margins.
struct Margins {
  double mean = 0, spread = 0, memory = 0;
};
Margins margins_after(int years, const char* staff) {
  Scenario s = test::small_world(20000, 12 * years + 1, {"market"});
  for (auto& attribute : s.kinds[0].attributes)
    if (attribute.name == "staff") attribute.start = test::formula(staff);
  const auto program = compile(s, catalogue());
  State state = found(program, 3, 0);
  for (int month = 0; month < 12 * years; ++month) step(program, state);
  const auto old = test::numbers(program, state, "firm", "margin_luck");
  const std::vector<double> last(old.begin(), old.end());
  step(program, state);  // January
  const auto now = test::numbers(program, state, "firm", "margin_luck");
  double n = 0, mean = 0, x = 0, y = 0, xx = 0, xy = 0;
  for (std::size_t i = 0; i < now.size(); ++i) {
    const double a = std::log(last[i]), b = std::log(now[i]);
    ++n, mean += now[i], x += a, y += b, xx += a * a, xy += a * b;
  }
  return {mean / n, std::sqrt(xx / n - x * x / n / n), (xy - x * y / n) / (xx - x * x / n)};
}

TEST(Market, luck_in_margins_passes_and_changes_no_mean) {
  const Margins small = margins_after(2, "5 persons");
  EXPECT_NEAR(small.mean, 1, 0.006);  // four standard errors
  EXPECT_NEAR(small.spread, 0.18 / std::sqrt(1 - 0.39 * 0.39), 0.004);
  EXPECT_NEAR(small.memory, 0.39, 0.03);
  const Margins large = margins_after(2, "320 persons");
  EXPECT_NEAR(large.spread / small.spread, 0.5, 0.03);  // (320 / 10)^-0.2
}

TEST(Market, an_advantage_of_a_tenth_grows_by_a_tenth_of_the_selection) {
  EXPECT_NEAR(competitive_growth(0.02, 66, 60, 0, 0.5), 0.002, 1e-15);
  EXPECT_NEAR(competitive_growth(0.02, 60, 60, 0.2, 0.5), 0.002, 1e-15);  // novelty counts like productivity
  EXPECT_EQ(competitive_growth(0.02, 60, 60, 0.2, 0), 0);
  EXPECT_EQ(competitive_growth(0.02, 600, 60, 0, 0), 0.02);  // an advantage counts up to the mean itself
  EXPECT_NEAR(competitive_growth(0.02, 6, 60, 0, 0), -0.018, 1e-15);
}

TEST(Market, staff_is_work_by_productivity) {
  // 60 EUR/h * 146.24 h/month a person: 87,744 EUR/month need 10 persons.
  const double productivity = 60 * 730.5, hours = working_time * 730.5;
  EXPECT_NEAR(hours, 146.24, 0.01);
  EXPECT_NEAR(core_staff_needed(1.0, 60 * hours * 10, productivity), 10, 1e-12);
  EXPECT_NEAR(core_staff_needed(0.3, 60 * hours * 10, productivity), 3, 1e-12);
}

TEST(Market, youth_grows_and_passes) {
  EXPECT_DOUBLE_EQ(growth_of_youth(0.01, 0), 0.01);
  EXPECT_DOUBLE_EQ(growth_of_youth(0.01, 60), 0.005);
  EXPECT_EQ(growth_of_youth(0.01, 120), 0);
  EXPECT_EQ(growth_of_youth(0.01, 500), 0);
}

TEST(Market, startups_sell_as_they_mature) {
  EXPECT_EQ(maturity(0), 1);  // not a venture
  EXPECT_EQ(maturity(9), 1);
  EXPECT_NEAR(maturity(3), 1.0 / 9, 1e-15);
  for (int trl = 1; trl < 9; ++trl) EXPECT_LT(maturity(trl), maturity(trl + 1));
}

}  // namespace
}  // namespace polder::agents::market_test
