// SPDX-License-Identifier: Apache-2.0
#include "agents/demography/firm_lives.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "agents/kinds/kinds.hpp"
#include "tests/agents/small_world.hpp"

namespace polder::agents::firm_demography_test {
namespace {

TEST(FirmDemography, hazards_give_the_survival_of_the_cohort_of_2015) {
  double alive = 1, after_one = 0, after_three = 0;
  for (int month = 0; month < 60; ++month) {
    alive *= std::exp(-exit_hazard(month, 0.05, 1, 0) / 12);
    if (month == 11) after_one = alive;
    if (month == 35) after_three = alive;
  }
  EXPECT_NEAR(after_one, 0.957, 0.002);
  EXPECT_NEAR(after_three, 0.76, 0.005);
  EXPECT_NEAR(alive, 0.65, 0.005);
  EXPECT_EQ(exit_hazard(60, 0.05, 1.66, 0.01), 0.05);
  EXPECT_NEAR(exit_hazard(0, 0.05, 1, 0.03), 0.034, 1e-12);
  EXPECT_NEAR(exit_hazard(12, 0.05, 1, 0.03), 0.085, 1e-12);
  EXPECT_EQ(exit_hazard(12, 0.05, 1, 0.2), 0);
}

TEST(FirmDemography, new_employers_end_as_often_as_those_of_2015) {
  double alive = 1;
  for (int month = 0; month < 60; ++month) alive *= std::exp(-exit_hazard(month, 0.05, 1.66, 0) / 12);
  EXPECT_NEAR(alive, 0.49, 0.005);
}

TEST(FirmDemography, large_firms_seldom_vanish) {
  double last = 2;
  for (const double staff : {1.0, 10.0, 50.0, 300.0, 5000.0}) {
    EXPECT_LT(exit_by_size(staff), last);
    last = exit_by_size(staff);
  }
  EXPECT_EQ(exit_by_size(1), 1);
}

TEST(FirmDemography, a_scale_up_has_grown_by_a_fifth_a_year_for_three_years) {
  EXPECT_TRUE(has_scaled(17.28, 10, 0.2));
  EXPECT_FALSE(has_scaled(17.2, 10, 0.2));
  EXPECT_FALSE(has_scaled(17.28, 0, 0.2));
}

/// Share of scale-ups after each of so many months, among firms of 30 full-time equivalents that stay that
/// size by themselves: only demography acts.
std::vector<double> scale_ups_a_month(const std::string& type, const std::string& before, int months) {
  auto scenario = test::small_world(500, months, {});
  scenario.clock.start = Month::of(2020, 1);
  scenario.mechanisms = {
      test::mechanism("firm_demography",
                      {{"birth_rate", "0 /year"}, {"startups", "0 firms/year"}, {"insolvency_chance", "0"}})};
  for (AttributeSpec& a : scenario.kinds[0].attributes) {
    if (a.name == "staff") a = test::starts("staff", "30 persons");
    if (a.name == "size_class") a = test::starts("size_class", "small");
    if (a.name == "type") a = test::starts("type", type);
  }
  scenario.kinds[0].attributes.push_back(test::starts("staff_3y_ago", before));
  const auto program = compile(scenario, catalogue());
  State state = found(program, 5, 1);
  std::vector<double> shares;
  for (int m = 0; m < months; ++m) {
    step(program, state);
    const Table& table = state.tables[0];
    const auto types = table.column<std::uint8_t>(*program.layout().kinds[0].find("type"));
    double count = 0;
    for (const Row row : table.by_id())
      count += types[row] == static_cast<std::uint8_t>(ActorType::scale_up) ? 1 : 0;
    shares.push_back(count / static_cast<double>(table.num_agents()));
  }
  return shares;
}

TEST(FirmDemography, growth_counts_in_january_and_only_for_three_years) {
  // 10 to 30 in three years, by way of 14.4 and 20.8: 30 is 1.73 times 14.4 in the second January, not 20.8
  // in the third.
  const auto shares = scale_ups_a_month("sme", "10 persons", 14);
  EXPECT_EQ(shares[0], 1);
  EXPECT_EQ(shares[13], 1);
  EXPECT_EQ(scale_ups_a_month("sme", "10 persons", 26)[24], 0);
}

TEST(FirmDemography, a_scale_up_that_grows_by_a_tenth_a_year_is_none) {
  EXPECT_EQ(scale_ups_a_month("scale_up", "22.5 persons", 1)[0], 0);  // 1.1 a year
  EXPECT_EQ(scale_ups_a_month("scale_up", "17 persons", 1)[0], 1);    // 1.21 a year
  EXPECT_EQ(scale_ups_a_month("sme", "7 persons", 1)[0], 0);          // fewer than ten persons then
}

/// Weights of the startups founded in two years by a sample of one in a hundred, in which no more than
/// `weight` stand behind one, while 1,000 are founded a year.
std::vector<double> entrants(const std::string& weight) {
  auto scenario = test::small_world(30000, 24, {});
  scenario.scale = 0.01;
  scenario.mechanisms = {test::mechanism("firm_demography", {{"startups", "1000 firms/year"},
                                                             {"startup_research", "0.5"},
                                                             {"startup_weight", weight},
                                                             {"employer_hazard", "0"},
                                                             {"late_hazard", "0 /year"},
                                                             {"insolvency_chance", "0"}})};
  for (AttributeSpec& a : scenario.kinds[0].attributes) {
    if (a.name == "type") a = test::starts("type", "startup");
  }
  scenario.kinds[0].attributes.push_back(test::starts("age", "60 months"));
  const auto program = compile(scenario, catalogue());
  State state = found(program, 5, 1);
  for (int m = 0; m < 24; ++m) step(program, state);
  const Table& table = state.tables[0];
  const auto age = table.column<double>(*program.layout().kinds[0].find("age"));
  const auto type = table.column<std::uint8_t>(*program.layout().kinds[0].find("type"));
  std::vector<double> weights;
  for (const Row row : table.by_id())
    if (age[row] < 24 && type[row] == static_cast<std::uint8_t>(ActorType::startup))
      weights.push_back(table.weights()[row]);
  return weights;
}

TEST(FirmDemography, startups_of_a_small_sample_stand_for_a_few_each_and_for_as_many_together) {
  const auto few = entrants("5"), usual = entrants("1000000");
  for (const double weight : few) EXPECT_EQ(weight, 5);
  for (const double weight : usual) EXPECT_EQ(weight, 100);
  const double founded = 5.0 * static_cast<double>(few.size()),
               thinned = 100.0 * static_cast<double>(usual.size());
  EXPECT_NEAR(founded, 1930, 60);  // of 2,000, some left within the two years
  EXPECT_NEAR(thinned, founded, 500);
}

/// Employers at the end, by their number at the start, when twice as many are born as leave.
double employers_after(int burn_in, int months) {
  auto scenario = test::small_world(4000, months, {});
  scenario.clock.burn_in = burn_in;
  scenario.mechanisms = {test::mechanism("market", {{"demand_growth", "0 % /year"}}),
                         test::mechanism("firm_demography", {{"birth_rate", "8 % /year"},
                                                             {"startups", "0 firms/year"},
                                                             {"late_hazard", "4 % /year"},
                                                             {"insolvency_chance", "0"}})};
  scenario.kinds[0].attributes.push_back(test::starts("age", "240 months"));
  const auto program = compile(scenario, catalogue());
  State state = found(program, 5, 1);
  const auto founded = static_cast<double>(state.tables[0].num_agents());
  for (int m = 0; m < burn_in + months; ++m) step(program, state);
  return static_cast<double>(state.tables[0].num_agents()) / founded;
}

TEST(FirmDemography, keeps_the_number_of_employers_in_the_burn_in_only) {
  EXPECT_NEAR(employers_after(60, 0), 1.0, 0.01);
  EXPECT_GT(employers_after(0, 60), 1.1);
}

}  // namespace
}  // namespace polder::agents::firm_demography_test
