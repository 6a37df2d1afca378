// SPDX-License-Identifier: Apache-2.0
#include "agents/market/accounts.hpp"

#include <gtest/gtest.h>

namespace polder::agents::accounts_test {
namespace {

TEST(Accounts, capital_goods_are_what_labour_and_margin_leave) {
  EXPECT_NEAR(capital_goods(1000, 0.6, 0.1, 0), 300, 1e-12);
  EXPECT_NEAR(capital_goods(1000, 0.6, 0.1, 120), 180, 1e-12);  // laboratories instead of machines
  EXPECT_EQ(capital_goods(1000, 0.95, 0.1, 0), 0);
}

TEST(Accounts, only_profits_are_taxed) {
  EXPECT_DOUBLE_EQ(profit_tax(0.25, 400), 100);
  EXPECT_EQ(profit_tax(0.25, -400), 0);
}

TEST(Accounts, a_firm_borrows_what_it_lacks_up_to_its_line) {
  EXPECT_EQ(loan_needed(-500, 0, 1000), 500);
  EXPECT_EQ(loan_needed(-500, 800, 1000), 200);
  EXPECT_EQ(loan_needed(-500, 1200, 1000), 0);
  EXPECT_EQ(loan_needed(500, 0, 1000), 0);
}

}  // namespace
}  // namespace polder::agents::accounts_test
