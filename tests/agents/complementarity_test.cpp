// SPDX-License-Identifier: Apache-2.0
#include "agents/knowledge/complementarity.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "agents/funding/venture_rounds.hpp"
#include "tests/agents/small_world.hpp"

namespace polder::agents::complementarity_test {
namespace {

using test::starts;

constexpr Activities first{30, 20, 40, 8, 2};  // basic, applied, development, startups, testing

/// `money` more, shared out over the activities.
Activities spent(double money, const Activities& shares) {
  Activities now = first;
  for (std::size_t a = 0; a < num_activities; ++a) now[a] += money * shares[a];
  return now;
}

TEST(Complement, is_one_at_first_and_grows_with_all) {
  EXPECT_NEAR(complement(first, first, 0.5), 1, 1e-12);
  Activities twice = first;
  for (double& stock : twice) stock *= 2;
  for (const double sigma : {0.1, 0.5, 0.9}) EXPECT_NEAR(complement(twice, first, sigma), 2, 1e-9) << sigma;
  EXPECT_DOUBLE_EQ(complement(first, Activities{}, 0.5), 1);
}

TEST(Complement, is_the_weighted_harmonic_mean_at_an_elasticity_of_one_half) {
  const Activities now = spent(50, {0, 0, 1, 0, 0});  // development 40 -> 90
  EXPECT_NEAR(complement(now, first, 0.5), 1 / (0.6 + 0.4 * 40 / 90), 1e-12);
}

/// The lever of coherence: the same money adds most where all activities get their part of it.
TEST(Complement, gains_more_from_a_package_than_from_the_same_money_on_one_activity) {
  const Activities even{0.3, 0.2, 0.4, 0.08, 0.02};
  for (const double money : {10.0, 50.0, 200.0}) {
    const double package = complement(spent(money, even), first, 0.5);
    EXPECT_NEAR(package, 1 + money / 100, 1e-9);
    for (std::size_t a = 0; a < num_activities; ++a) {
      Activities one{};
      one[a] = 1;
      const double alone = complement(spent(money, one), first, 0.5);
      EXPECT_GT(alone, 1) << a;
      EXPECT_LT(alone, package) << a;
    }
  }
}

TEST(Complement, matters_less_the_easier_activities_replace_each_other) {
  const Activities now = spent(50, {0, 0, 0, 1, 0});
  EXPECT_LT(complement(now, first, 0.2), complement(now, first, 0.5));
  EXPECT_LT(complement(now, first, 0.5), complement(now, first, 0.9));
}

TEST(Complement, never_ends_when_an_activity_ends) {
  Activities now = first;
  now[0] = 0;
  EXPECT_GT(complement(now, first, 0.5), 0.1);
  EXPECT_LT(complement(now, first, 0.5), 0.2);  // 1 / (0.7 + 0.3 * 20)
}

TEST(Complement, raises_the_chance_of_a_milestone_by_its_hazard) {
  EXPECT_DOUBLE_EQ(milestone_success(0.5, 1), 0.5);
  EXPECT_NEAR(milestone_success(0.5, 2), 0.75, 1e-12);
  EXPECT_DOUBLE_EQ(milestone_success(0, 3), 0);
}

struct Outcome {
  double opportunity, of_theme, of_others;
};

/// Two alike halves of firms, one with the theme; institutes of the theme spend `change` times as much after
/// the burn-in.
Outcome after_change(double change) {
  Scenario s = test::small_world(400, 60, {"market", "accounts", "rd_investment"});
  s.clock.burn_in = 12;
  for (auto& a : s.kinds[0].attributes) {
    if (a.name == "theme") a.start = test::formula("if(uniform() < 0.5, ai, none)");
    if (a.name == "rd_performer") a.start = test::formula("true");
  }
  s.kinds[0].attributes.push_back(starts("rd_spending", "2 kEUR/month"));
  s.kinds[1].attributes.push_back(starts("rd_spending", "100 kEUR/month"));
  s.kinds[1].attributes.push_back(starts("basic_share", "0.6"));
  s.kinds.push_back(
      polder::test::kind("ecosystem", "1", {starts("theme", "ai"), starts("national", "true")}));
  s.mechanisms.push_back(test::mechanism("complementarity"));
  const auto program = compile(s, catalogue());
  State state = found(program, 3, 0);
  for (int month = 0; month < 60; ++month) {
    if (month == 12)
      for (double& money : test::numbers(program, state, "institute", "rd_spending")) money *= change;
    step(program, state);
    if (month < 12) {
      EXPECT_DOUBLE_EQ(test::numbers(program, state, "ecosystem", "opportunity")[0], 1);
    }
  }
  Outcome outcome{test::numbers(program, state, "ecosystem", "opportunity")[0], 0, 0};
  const auto kind = *program.layout().find_kind("firm");
  const auto theme =
      state.tables[index(kind)].column<std::uint8_t>(*program.layout().kinds[index(kind)].find("theme"));
  const auto spending = test::numbers(program, state, "firm", "rd_spending");
  for (std::size_t row = 0; row < spending.size(); ++row)
    (theme[row] != 0 ? outcome.of_theme : outcome.of_others) += spending[row];
  return outcome;
}

TEST(Complementarity, lets_firms_of_a_theme_do_more_where_science_grows) {
  const Outcome plain = after_change(1), more = after_change(2), less = after_change(0.5);
  EXPECT_NEAR(plain.opportunity, 1, 0.03);  // R&D of firms follows their sales
  EXPECT_GT(more.opportunity, plain.opportunity + 0.01);
  EXPECT_LT(less.opportunity, plain.opportunity - 0.01);
  EXPECT_GT(more.of_theme, 1.01 * plain.of_theme);
  EXPECT_LT(less.of_theme, 0.99 * plain.of_theme);
  EXPECT_NEAR(more.of_others / plain.of_others, 1, 1e-3);  // they share demand and cash, not opportunity
}

}  // namespace
}  // namespace polder::agents::complementarity_test
