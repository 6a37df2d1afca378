// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/calls.hpp"

#include <gtest/gtest.h>

namespace polder::agents::calls_test {
namespace {

TEST(Calls, grants_the_highest_scores_first_and_breaks_ties_by_id) {
  const std::vector<Bid> bids{
      {AgentId{9}, 1.0, 1, 100}, {AgentId{3}, 2.0, 1, 100}, {AgentId{5}, 1.0, 1, 100}};
  const auto grants = allocate(bids, 200);
  ASSERT_EQ(grants.size(), 2U);
  EXPECT_EQ(grants[0].bid, 1U);
  EXPECT_EQ(grants[1].bid, 2U);
}

TEST(Calls, goes_on_with_smaller_bids_when_a_large_one_does_not_fit) {
  const std::vector<Bid> bids{{AgentId{1}, 3, 1, 80}, {AgentId{2}, 2, 1, 50}, {AgentId{3}, 1, 1, 20}};
  const auto grants = allocate(bids, 100);
  ASSERT_EQ(grants.size(), 2U);
  EXPECT_EQ(grants[1].bid, 2U);
}

TEST(Calls, grants_whole_real_applicants_of_a_weighted_agent) {
  const std::vector<Bid> bids{{AgentId{1}, 3, 10, 30}};
  const auto grants = allocate(bids, 100);
  ASSERT_EQ(grants.size(), 1U);
  EXPECT_DOUBLE_EQ(grants[0].units, 3);
  EXPECT_EQ(grants[0].amount, 90);
}

TEST(Calls, never_grant_more_than_there_is) {
  std::vector<Bid> bids;
  for (std::uint64_t i = 1; i < 200; ++i)
    bids.push_back({AgentId{i}, static_cast<double>(mix64(i) % 17), 1.0 + static_cast<double>(i % 7),
                    10 + static_cast<Cents>(i)});
  for (Cents available = 0; available < 5000; available += 137) {
    Cents sum = 0;
    for (const auto& grant : allocate(bids, available)) sum += grant.amount;
    EXPECT_LE(sum, available);
    EXPECT_GT(sum, available - 300);  // no bid asks for more than 209
  }
}

TEST(Calls, grant_nothing_without_bids_or_money) {
  EXPECT_TRUE(allocate({}, 100).empty());
  const std::vector<Bid> bids{{AgentId{1}, 1, 1, 1}};
  EXPECT_TRUE(allocate(bids, 0).empty());
}

TEST(Calls, limit_requests_by_cofunding_and_stacking) {
  // half must be private: 100 of own means carry at most 100 of grant
  EXPECT_DOUBLE_EQ(admissible_request(300, 100, 1000, 0, 0.5, 1.0), 100);
  // at most half of a cost of 400 is public, of which 50 is there already
  EXPECT_DOUBLE_EQ(admissible_request(300, 1e9, 400, 50, 0.0, 0.5), 150);
  EXPECT_DOUBLE_EQ(admissible_request(300, 1e9, 400, 500, 0.0, 0.5), 0);
  EXPECT_DOUBLE_EQ(admissible_request(300, 0, 0, 0, 0.0, 1.0), 300);
}

}  // namespace
}  // namespace polder::agents::calls_test
