// SPDX-License-Identifier: Apache-2.0
#include "engine/allocate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace polder::allocate_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(FundInTurn, ranks_the_best_first_and_breaks_ties_by_id) {
  std::vector<double> budgets{10.0};
  const auto funded = fund_in_turn(
      {{AgentId{5}, 1.0, 4.0, 0}, {AgentId{3}, 1.0, 4.0, 1}, {AgentId{9}, 2.0, 1.0, 2}}, budgets);
  EXPECT_THAT(funded, ElementsAre(2, 1, 0));
  EXPECT_DOUBLE_EQ(budgets[0], 1.0);
}

TEST(FundInTurn, never_spends_more_than_the_budgets) {
  std::vector<double> budgets{1.0, 0.5};
  std::vector<Application> applications;
  for (std::uint64_t n = 0; n < 10; ++n)
    applications.push_back({AgentId{n + 1}, static_cast<double>(n), 0.5, n});
  EXPECT_THAT(fund_in_turn(applications, budgets), ElementsAre(9, 8, 7));
  EXPECT_THAT(budgets, ElementsAre(0.0, 0.0));
}

TEST(FundInTurn, funds_nobody_without_payers_or_money) {
  std::vector<double> none, empty{0.0};
  EXPECT_THAT(fund_in_turn({{AgentId{1}, 1.0, 1.0, 0}}, none), IsEmpty());
  EXPECT_THAT(fund_in_turn({{AgentId{1}, 1.0, 1.0, 0}}, empty), IsEmpty());
}

}  // namespace
}  // namespace polder::allocate_test
