// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <numeric>

#include "agents/funding/rounds.hpp"
#include "agents/funding/valuation.hpp"

namespace polder::agents {
namespace {

TEST(Valuation, weighs_prior_and_signal_by_precision) {
  const Belief after = posterior({14, 1.0}, 18, 0.5);  // precision of the signal: 4
  EXPECT_DOUBLE_EQ(after.precision, 5);
  EXPECT_DOUBLE_EQ(after.mean, (14 + 4 * 18) / 5.0);
}

TEST(Valuation, discounts_an_expected_exit) {
  // log-value 17 known exactly, series A: 0.22 within 5.5 years at 20 %
  const double value = present_value({17, 1e12}, 2, 0.20, 0.25);
  EXPECT_NEAR(value, std::exp(17.0) * 0.22 / std::pow(1.2, 5.5), 1e-3);
}

TEST(Valuation, values_uncertainty_as_an_option_unless_investors_are_cautious) {
  EXPECT_GT(present_value({15, 0.5}, 1, 0.2, 0.0), present_value({15, 2.0}, 1, 0.2, 0.0));
  EXPECT_LT(present_value({15, 0.5}, 1, 0.2, 1.0), present_value({15, 2.0}, 1, 0.2, 1.0));
}

TEST(Valuation, ranks_stages_from_pre_seed) {
  EXPECT_EQ(stage_rank(VentureStage::none), 0U);
  EXPECT_EQ(stage_rank(VentureStage::pre_seed), 0U);
  EXPECT_EQ(stage_rank(VentureStage::series_c), 4U);
}

Offer offer(std::uint64_t id, double preference, double smallest, double largest, double cash,
            double value = 1e9) {
  return {AgentId{id}, static_cast<Row>(id), 0, value, preference, smallest, largest, to_cents(cash), false};
}

Cents sum(const Round& round) {
  return std::accumulate(round.tickets.begin(), round.tickets.end(), Cents{0},
                         [](Cents s, const Ticket& t) { return s + t.amount; });
}

TEST(Rounds, are_led_by_the_most_eager_fund_whose_ticket_fits) {
  const std::vector<Offer> offers{offer(1, 9, 1e4, 1e5, 1e9), offer(2, 5, 1e5, 3e6, 1e9),
                                  offer(3, 4, 1e5, 3e6, 1e9)};
  const auto round = close_round(offers, 4e6, 1, 0.4);  // a quarter is 1 MEUR: fund 1 cannot lead
  ASSERT_TRUE(round);
  EXPECT_EQ(round->tickets.front().offer, 1U);
  EXPECT_EQ(sum(*round), to_cents(4e6));
  EXPECT_DOUBLE_EQ(round->share, 4e6 / 1e9);
}

TEST(Rounds, fail_when_tickets_do_not_add_up) {
  const std::vector<Offer> offers{offer(1, 1, 1e5, 3e6, 1e9)};
  EXPECT_TRUE(close_round(offers, 3e6, 1, 0.4));
  EXPECT_FALSE(close_round(offers, 4e6, 1, 0.4));
}

TEST(Rounds, fail_when_the_venture_is_worth_too_little) {
  const std::vector<Offer> offers{offer(1, 1, 1e4, 1e7, 1e9, 2e6)};
  EXPECT_TRUE(close_round(offers, 0.5e6, 1, 0.4));
  EXPECT_FALSE(close_round(offers, 1e6, 1, 0.4));
}

TEST(Rounds, never_take_more_from_a_fund_than_it_has) {
  const std::vector<Offer> offers{offer(1, 3, 1e4, 5e6, 1e6), offer(2, 2, 1e4, 5e6, 2e6),
                                  offer(3, 1, 1e4, 5e6, 9e6)};
  const auto round = close_round(offers, 6e6, 1, 0.9);
  ASSERT_TRUE(round);
  for (const Ticket& t : round->tickets) EXPECT_LE(t.amount, offers[t.offer].available);
  EXPECT_EQ(sum(*round), to_cents(6e6));
}

TEST(Rounds, let_a_fund_join_in_many_real_ventures_of_one_agent) {
  const std::vector<Offer> offers{offer(1, 1, 1e4, 1e6, 1e8)};
  EXPECT_FALSE(close_round(offers, 2e6, 1, 0.4));
  EXPECT_FALSE(close_round(offers, 2e6, 10, 0.4));
  const auto round = close_round(offers, 1e6, 10, 0.4);
  ASSERT_TRUE(round);
  EXPECT_EQ(sum(*round), to_cents(1e7));
}

TEST(Rounds, need_offers) {
  EXPECT_FALSE(close_round({}, 1e6, 1, 0.4));
}

}  // namespace
}  // namespace polder::agents
