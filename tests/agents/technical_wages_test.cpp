// SPDX-License-Identifier: Apache-2.0
#include "agents/talent/technical_wages.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/parallel.hpp"
#include "tests/agents/small_world.hpp"

namespace polder::agents::technical_wages_test {
namespace {

using test::starts;
using test::total;

TEST(TechnicalWages, rise_with_scarcity_by_their_elasticity) {
  EXPECT_DOUBLE_EQ(scarcity_pay(3, 3, 0.05), 1);
  EXPECT_NEAR(scarcity_pay(2, 1, 0.05), std::pow(2, 0.05), 1e-12);
  EXPECT_NEAR(scarcity_pay(0.5, 1, 0.1), std::pow(0.5, 0.1), 1e-12);
  EXPECT_DOUBLE_EQ(scarcity_pay(7, 1, 0), 1);
}

TEST(TechnicalWages, raise_the_price_of_research_by_its_share_of_labour) {
  EXPECT_DOUBLE_EQ(research_price(1.1, 0), 1);
  EXPECT_DOUBLE_EQ(research_price(1.1, 1), 1.1);
  EXPECT_NEAR(research_price(1.1, 0.7), 1.07, 1e-12);
}

/// Two years of burn-in and five after it. shock: R&D money of each performer a month after the burn-in;
/// help: extra chance a month to fill a post from abroad after the burn-in; projects: project money of each
/// institute a month after it
struct World {
  Program program;
  State state;
  double pay() const { return total(program, state, "industry", "technical_pay") / 2; }
  double price() const { return total(program, state, "industry", "research_price") / 2; }
  double researchers() const { return total(program, state, "firm", "rd_staff"); }
  double spending() const { return total(program, state, "firm", "rd_spending"); }
};

Scenario scenario(const std::string& elasticity) {
  Scenario s = test::small_world(1500, 60, {"market", "accounts", "rd_investment"});
  s.clock.burn_in = 24;
  s.kinds.push_back(
      polder::test::kind("person", "1200",
                         {starts("type", "engineer"), starts("field", "ict"), starts("origin", "nl"),
                          starts("region", "if(uniform() < 0.5, east, west)"), starts("age", "400 months"),
                          starts("experience", "100 months")}));
  s.mechanisms.push_back(test::mechanism("talent_market"));
  s.mechanisms.push_back(test::mechanism("technical_wages", {{"elasticity", elasticity}}));
  return s;
}

World run(const std::string& elasticity, double shock, double help, std::uint64_t shuffle = 0,
          double projects = 0) {
  World w{compile(scenario(elasticity), catalogue()), {}};
  w.state = found(w.program, 3, 0);
  for (int month = 0; month < 84; ++month) {
    if (shuffle != 0 && month % 5 == 0) permute_rows(w.state, shuffle + static_cast<std::uint64_t>(month));
    if (month == 24) {
      EXPECT_DOUBLE_EQ(w.pay(), 1);
      EXPECT_DOUBLE_EQ(w.price(), 1);
    }
    if (month >= 24) {
      const auto kind = *w.program.layout().find_kind("firm");
      const auto& layout = w.program.layout().kinds[index(kind)];
      Table& firms = w.state.tables[index(kind)];
      const auto performer = firms.column<std::uint8_t>(*layout.find("rd_performer"));
      const auto funded = firms.column<double>(*layout.find("rd_funded"));
      const auto cash = firms.column<std::int64_t>(*layout.find("cash"));
      const auto recruiting = firms.column<double>(*layout.find("recruiting"));
      for (Row row = 0; row < firms.num_rows(); ++row) {
        recruiting[row] = help;
        if (shock <= 0 || performer[row] == 0) continue;
        funded[row] = shock;
        cash[row] += static_cast<std::int64_t>(100 * shock);
      }
    }
    if (month >= 24) {
      for (double& money : test::numbers(w.program, w.state, "institute", "rd_funded")) money = projects;
    }
    step(w.program, w.state);
  }
  return w;
}

TEST(TechnicalWages, turn_part_of_a_large_grant_programme_into_pay) {
  const World without = run("0.2", 0, 0), with = run("0.2", 50000, 0);
  EXPECT_GT(with.spending(), without.spending());
  EXPECT_GT(with.pay(), without.pay() + 0.01);
  // the same programme in a world where pay does not react buys more people a euro
  const World still = run("0", 50000, 0);
  EXPECT_DOUBLE_EQ(still.pay(), 1);
  EXPECT_LT(with.researchers() / with.spending(), still.researchers() / still.spending());
}

TEST(TechnicalWages, fall_where_posts_are_filled_from_abroad) {
  EXPECT_LT(run("0.2", 50000, 0.5).pay(), run("0.2", 50000, 0).pay());
}

TEST(TechnicalWages, let_institutes_hire_for_their_projects) {
  const World without = run("0.2", 0, 0), with = run("0.2", 0, 0, 0, 500000);
  const auto staff = [](const World& w) { return total(w.program, w.state, "institute", "technical_staff"); };
  EXPECT_GT(staff(with), staff(without) + 100);  // each has money for 50 posts
}

TEST(TechnicalWages, do_not_depend_on_the_order_of_rows_or_threads) {
  const World straight = run("0.2", 50000, 0), shuffled = run("0.2", 50000, 0, 99);
  EXPECT_EQ(straight.pay(), shuffled.pay());
  const ThreadLimit limit(1);
  EXPECT_EQ(straight.pay(), run("0.2", 50000, 0).pay());
}

}  // namespace
}  // namespace polder::agents::technical_wages_test
