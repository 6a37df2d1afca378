// SPDX-License-Identifier: Apache-2.0
// The pure rules of the instruments, with values computed by hand.
#include <gtest/gtest.h>

#include <cmath>

#include "agents/funding/announcements.hpp"
#include "agents/funding/budget.hpp"
#include "agents/funding/equity.hpp"
#include "agents/funding/facility.hpp"
#include "agents/funding/loan.hpp"
#include "agents/funding/policy.hpp"
#include "agents/funding/procurement.hpp"
#include "agents/funding/projects.hpp"
#include "agents/funding/regulation.hpp"
#include "agents/funding/tax_credit.hpp"

namespace polder::agents::funding_rules_test {
namespace {

BudgetPlan plan(std::vector<Cents> years, int cadence, bool carry_over = true, int months = 0) {
  const Month start = Month::of(2022, 7);
  const int window = months > 0 ? months : 12 * static_cast<int>(years.size());
  return {start, start + (window - 1), std::move(years), cadence, carry_over};
}

TEST(Budget, releases_each_programme_year_in_equal_parts_at_its_calls) {
  const BudgetPlan p = plan({100, 51}, 6);
  EXPECT_EQ(p.released(Month::of(2022, 7)), 50);
  EXPECT_EQ(p.released(Month::of(2022, 8)), 0);
  EXPECT_EQ(p.released(Month::of(2023, 1)), 50);
  EXPECT_EQ(p.released(Month::of(2023, 7)) + p.released(Month::of(2024, 1)), 51);
  EXPECT_EQ(p.released(Month::of(2024, 7)), 0);
}

TEST(Budget, releases_all_of_it_and_not_a_cent_more) {
  for (const int cadence : {1, 2, 5, 6, 7, 12, 18}) {
    for (const int window : {36, 31, 25}) {
      const BudgetPlan p = plan({1000003, 777, 31}, cadence, true, window);
      Cents sum = 0;
      for (int m = -3; m < 48; ++m) sum += p.released(p.start + m);
      const bool last_year_has_call = (window - 1) / cadence * cadence >= 24;
      EXPECT_EQ(sum, last_year_has_call ? p.total() : p.total() - 31) << cadence << " " << window;
    }
  }
}

TEST(Budget, lapses_at_programme_years_without_carry_over) {
  const BudgetPlan p = plan({100, 100}, 6, false);
  EXPECT_TRUE(p.lapses(Month::of(2023, 7)));
  EXPECT_FALSE(p.lapses(Month::of(2023, 1)));
  EXPECT_FALSE(plan({100, 100}, 6, true).lapses(Month::of(2023, 7)));
  EXPECT_TRUE(p.lapses(p.end + 1));
  EXPECT_TRUE(plan({100, 100}, 6, true).lapses(p.end + 1)) << "a closed window commits nothing any more";
}

TEST(Budget, splits_calls_over_awkward_cadences) {
  const BudgetPlan p = plan({10, 10}, 5);  // calls in months 0, 5, 10 | 15, 20
  std::vector<Cents> released;
  for (int m = 0; m < 24; ++m) {
    if (p.call(p.start + m)) released.push_back(p.released(p.start + m));
  }
  ASSERT_EQ(released.size(), 5U);
  EXPECT_EQ(released[0] + released[1] + released[2], 10);
  EXPECT_EQ(released[3], 5);
}

TEST(TaxCredit, follows_the_brackets_of_2020) {
  const Brackets brackets{{350e3}, {0.32, 0.16}};
  EXPECT_DOUBLE_EQ(credit(brackets, 0), 0);
  EXPECT_DOUBLE_EQ(credit(brackets, 100e3), 32e3);
  EXPECT_DOUBLE_EQ(credit(brackets, 1000e3), 0.32 * 350e3 + 0.16 * 650e3);
  EXPECT_DOUBLE_EQ(marginal_rate(brackets, 349e3), 0.32);
  EXPECT_DOUBLE_EQ(marginal_rate(brackets, 350e3), 0.16);
}

TEST(TaxCredit, solves_the_last_rate_at_equal_cost) {
  EXPECT_DOUBLE_EQ(solve_last_rate(100, 60, 400, 0.4), 0.1);
  EXPECT_DOUBLE_EQ(solve_last_rate(100, 160, 400, 0.4), 0.0);
  EXPECT_DOUBLE_EQ(solve_last_rate(1000, 60, 400, 0.4), 0.4);
  EXPECT_DOUBLE_EQ(solve_last_rate(100, 60, 0, 0.4), 0.4);
}

TEST(Equity, gives_the_state_20_50_20_percent_of_proceeds) {
  const std::array<double, 3> shares{0.2, 0.5, 0.2};
  Claims claims{800, 500};
  EXPECT_EQ(public_part(500, shares, claims), 100);  // private gets 400
  EXPECT_EQ(claims.private_side, 400);
  EXPECT_EQ(claims.public_side, 400);
  // 500 more recover the private side (100 public), then 600 at half recover 300, then 100 at a fifth
  EXPECT_EQ(public_part(500 + 600 + 100, shares, claims), 100 + 300 + 20);
  EXPECT_EQ(claims.private_side, 0);
  EXPECT_EQ(claims.public_side, 0);
  EXPECT_EQ(public_part(1000, shares, claims), 200);
}

TEST(Equity, never_pays_out_more_than_comes_in) {
  for (Cents proceeds = 0; proceeds < 3000; proceeds += 7) {
    Claims claims{811, 503};
    const Cents part = public_part(proceeds, {0.2, 0.5, 0.2}, claims);
    EXPECT_GE(part, 0);
    EXPECT_LE(part, proceeds);
  }
}

TEST(Loan, is_repaid_by_equal_payments) {
  EXPECT_DOUBLE_EQ(annuity(1200, 0, 12), 100);
  double debt = 1000;
  const double rate = 0.07 / 12, due = annuity(debt, rate, 60);
  for (int m = 0; m < 60; ++m) debt = debt * (1 + rate) - due;
  EXPECT_NEAR(debt, 0, 1e-8);
}

TEST(Facility, pays_upkeep_first_then_building_and_keeps_the_rest) {
  EXPECT_EQ(divide_spending(100, 30, 50), (FacilitySpending{30, 50, 20}));
  EXPECT_EQ(divide_spending(20, 30, 50), (FacilitySpending{20, 0, 0}));
  EXPECT_EQ(divide_spending(100, 0, 0), (FacilitySpending{0, 0, 100}));
  EXPECT_EQ(divide_spending(0, 30, 50), (FacilitySpending{}));
}

TEST(Procurement, asks_less_of_the_productive_and_more_of_the_slow) {
  EXPECT_DOUBLE_EQ(unit_cost(50, 50, 0.25), 0.8);
  EXPECT_DOUBLE_EQ(unit_cost(40, 50, 0.25), 1.0);
  EXPECT_DOUBLE_EQ(unit_cost(1, 50, 0.0), 1.6);
  EXPECT_DOUBLE_EQ(unit_cost(500, 50, 0.0), 0.6);
}

TEST(Procurement, bids_what_delivery_is_estimated_to_cost_and_a_markup) {
  EXPECT_DOUBLE_EQ(bid_price(0.8, 0, 2, 0.25), 1.0);
  EXPECT_NEAR(bid_price(1, 0.2, -1, 0), std::exp(-0.2 - 0.02), 1e-12);
  double sum = 0;  // estimates are right on average
  constexpr int n = 20000;
  const DrawKey key = draw_key(1, 0, purpose_of("bids"));
  for (std::uint32_t i = 0; i < n; ++i) sum += bid_price(1, 0.2, normal(key, AgentId{7}, i), 0);
  EXPECT_NEAR(sum / n, 1, 4 * 0.2 / std::sqrt(n));
}

TEST(Procurement, weighs_novelty_against_price) {
  EXPECT_DOUBLE_EQ(tender_score(0.8, 0.9, 0.5), 0.45);
  EXPECT_DOUBLE_EQ(tender_score(0.8, 0.9, 0), 1 - 0.9);
  EXPECT_DOUBLE_EQ(tender_score(0.8, 0.9, 1), 0.8);
}

TEST(Regulation, is_as_strong_as_its_money) {
  EXPECT_DOUBLE_EQ(regulation_effort(50, 200), 0.25);
  EXPECT_DOUBLE_EQ(regulation_effort(500, 200), 1);
  EXPECT_DOUBLE_EQ(regulation_effort(0, 0), 1);
  EXPECT_DOUBLE_EQ(regulation_effort(0, 10), 0);
}

TEST(Regulation, combines_strengths_below_one) {
  EXPECT_DOUBLE_EQ(combined(0.5, 0.5), 0.75);
  EXPECT_DOUBLE_EQ(combined(0, 0.3), 0.3);
  EXPECT_DOUBLE_EQ(combined(1, 0.3), 1);
}

TEST(Projects, are_paid_in_tranches_of_equal_periods) {
  const Payout payout{24, {0.3, 0.4, 0.3}};
  EXPECT_EQ(period_of(0, payout), 0);
  EXPECT_EQ(period_of(7, payout), 0);
  EXPECT_EQ(period_of(8, payout), 1);
  EXPECT_EQ(period_of(23, payout), 2);
  EXPECT_EQ(period_start(1, payout), 8);
  EXPECT_EQ(period_start(3, payout), 24);
  const auto parts = tranche_amounts(101, payout);
  EXPECT_EQ(parts[0] + parts[1] + parts[2], 101);
}

TEST(Projects, pay_the_same_cents_whether_one_tranche_is_asked_for_or_all) {
  const std::vector<std::vector<double>> payouts{
      {1.0},           {0.5, 0.5},      {0.35, 0.30, 0.25, 0.10},         {0.25, 0.25, 0.25, 0.25},
      {0.0, 1.0, 0.0}, {0.7, 0.2, 0.1}, std::vector<double>(17, 1.0 / 17)};
  for (const auto& shares : payouts) {
    const TrancheTable table(shares);
    for (std::uint64_t i = 0; i < 2000; ++i) {
      const auto award = static_cast<Cents>(mix64(i) >> (8 + i % 56));  // 1 cent to beyond 10^16
      const auto parts = tranche_amounts(award, {static_cast<int>(shares.size()), shares});
      for (std::size_t t = 0; t < shares.size(); ++t) ASSERT_EQ(table.amount(award, t), parts[t]) << award;
    }
  }
}

TEST(Projects, start_each_period_in_its_first_month) {
  for (const int months : {3, 5, 7, 24, 36}) {
    const Payout payout{months, {0.5, 0.25, 0.25}};
    for (int m = 0; m < months; ++m) {
      const int p = period_of(m, payout);
      EXPECT_LE(period_start(p, payout), m);
      EXPECT_GT(period_start(p + 1, payout), m);
    }
  }
}

TEST(Announcements, count_the_months_that_are_committed) {
  const BudgetPlan p = plan({100, 100, 100}, 12);
  const Month end = Month::of(2040, 12);
  EXPECT_EQ(committed_months(p, Month::of(2022, 4), Month::of(2022, 3), end, false), 0);
  EXPECT_EQ(committed_months(p, Month::of(2022, 4), Month::of(2022, 4), end, false), 39);
  EXPECT_EQ(committed_months(p, Month::of(2022, 4), Month::of(2022, 8), end, true), 12);
  EXPECT_EQ(committed_months(p, Month::of(2022, 4), Month::of(2025, 7), end, false), 0);
  EXPECT_EQ(committed_months(plan({0}, 1), Month::of(2022, 4), Month::of(2022, 8), end, false), 0);
}

TEST(Announcements, weigh_long_and_steady_programmes_most) {
  const std::vector<Cents> steady{100, 100}, volatile_budget{200, 0};
  EXPECT_DOUBLE_EQ(commitment(24, 48, steady), 0.5);
  EXPECT_DOUBLE_EQ(commitment(96, 48, steady), 1.0);
  EXPECT_DOUBLE_EQ(commitment(24, 48, volatile_budget), 0.25);  // coefficient of variation 1
  EXPECT_DOUBLE_EQ(commitment(0, 48, steady), 0.0);
}

TEST(Announcements, count_by_what_they_could_pay_of_the_research_of_those_eligible) {
  EXPECT_DOUBLE_EQ(reliance(1e6, 1e9, 0.1), 0.01);
  EXPECT_DOUBLE_EQ(reliance(5e7, 1e9, 0.1), 0.5);
  EXPECT_DOUBLE_EQ(reliance(2e8, 1e9, 0.1), 1.0);
  EXPECT_DOUBLE_EQ(reliance(1e6, 0, 0.1), 1.0);
}

TEST(Policy, leaves_room_for_projects_until_it_is_used) {
  EXPECT_DOUBLE_EQ(project_room(100, 0, 0.5), 50);
  EXPECT_DOUBLE_EQ(project_room(100, 30, 0.5), 20);
  EXPECT_DOUBLE_EQ(project_room(100, 80, 0.5), 0);
}

TEST(Policy, expects_more_of_capable_and_connected_applicants) {
  EXPECT_DOUBLE_EQ(firm_quality(0, 0, 0), 0.2);
  EXPECT_DOUBLE_EQ(firm_quality(1, 5, 50), 1.0);
  EXPECT_DOUBLE_EQ(firm_quality(0.5, 0.5, 2.5), 0.6);
  EXPECT_DOUBLE_EQ(institute_quality(0.5, 10), 0.75);
}

}  // namespace
}  // namespace polder::agents::funding_rules_test
