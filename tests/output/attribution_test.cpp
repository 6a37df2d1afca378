// SPDX-License-Identifier: Apache-2.0
#include "output/attribution.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <numeric>
#include <stdexcept>

namespace polder::output::attribution_test {
namespace {

enum : std::size_t { outlay, additional, windfall, displaced, leaked, residual, crowded_in };

TEST(Account, splits_an_outlay_without_rest) {
  // 100 paid, 80 spent, R&D up by 50 at recipients and down by 10 at others, 5 more paid abroad.
  const auto a = account({.outlay = 100, .gain = 50, .others = -10, .earmarked = 80, .abroad = 5});
  EXPECT_DOUBLE_EQ(a[outlay], 100);
  EXPECT_DOUBLE_EQ(a[displaced], 10);
  EXPECT_DOUBLE_EQ(a[additional], 40);
  EXPECT_DOUBLE_EQ(a[leaked], 5);
  EXPECT_DOUBLE_EQ(a[windfall], 30);
  EXPECT_DOUBLE_EQ(a[residual], 15);
  EXPECT_DOUBLE_EQ(a[crowded_in], -30);
}

TEST(Account, counts_private_money_that_comes_in) {
  const auto a = account({.outlay = 100, .gain = 160, .others = 20, .earmarked = 100, .abroad = 0});
  EXPECT_DOUBLE_EQ(a[additional], 100);
  EXPECT_DOUBLE_EQ(a[crowded_in], 60);
  EXPECT_DOUBLE_EQ(a[windfall] + a[displaced] + a[leaked] + a[residual], 0);
}

TEST(Account, takes_all_as_used_where_money_bears_no_mark) {
  const auto a =
      account({.outlay = 100, .gain = 25, .others = 0, .earmarked = 0, .abroad = 0, .is_earmarked = false});
  EXPECT_DOUBLE_EQ(a[windfall], 75);
  EXPECT_DOUBLE_EQ(a[residual], 0);
}

TEST(Account, adds_up_for_any_evidence) {
  for (const double gain : {-50.0, 0.0, 30.0, 500.0})
    for (const double others : {-200.0, -5.0, 40.0})
      for (const double earmarked : {0.0, 60.0, 300.0})
        for (const double abroad : {-3.0, 0.0, 90.0}) {
          const auto a = account({100, gain, others, earmarked, abroad, true});
          EXPECT_NEAR(std::accumulate(a.begin() + 1, a.begin() + 6, 0.0), 100, 1e-9);
          for (std::size_t i = additional; i <= residual; ++i) EXPECT_GE(a[i], 0);
        }
  for (const double value : account({})) EXPECT_DOUBLE_EQ(value, 0);
}

TEST(Shapley, gives_each_player_its_own_when_values_add_up) {
  const auto value = [](std::uint64_t mask) { return (mask & 1 ? 3.0 : 0) + (mask & 2 ? 5.0 : 0); };
  const auto shares = shapley(2, value);
  EXPECT_DOUBLE_EQ(shares[0], 3);
  EXPECT_DOUBLE_EQ(shares[1], 5);
}

TEST(Shapley, splits_what_only_a_coalition_makes) {
  // The glove game: player 0 has a left glove, 1 and 2 right ones; a pair is worth 1. Shares 2/3, 1/6, 1/6.
  const auto value = [](std::uint64_t mask) { return (mask & 1) != 0 && (mask & 6) != 0 ? 1.0 : 0.0; };
  const auto shares = shapley(3, value);
  EXPECT_NEAR(shares[0], 2.0 / 3, 1e-12);
  EXPECT_NEAR(shares[1], 1.0 / 6, 1e-12);
  EXPECT_NEAR(shares[2], 1.0 / 6, 1e-12);
}

TEST(Shapley, is_the_mean_of_marginals_over_all_orders) {
  const auto value = [](std::uint64_t mask) {
    const double n = std::popcount(mask);
    return n * n + (mask & 4 ? 2.5 : 0.0);
  };
  std::vector<std::vector<std::uint32_t>> orders{{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                                 {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
  const auto rows = marginals(orders, 3, value);
  const auto shares = shapley(3, value);
  for (std::size_t i = 0; i < 3; ++i) {
    double sum = 0;
    for (const auto& row : rows) sum += row[i];
    EXPECT_NEAR(sum / 6, shares[i], 1e-12);
  }
  EXPECT_NEAR(shares[0] + shares[1] + shares[2], value(7) - value(0), 1e-12);
}

TEST(Packages, read_back_as_they_were_written) {
  const std::vector<Package> packages{{1, {"a", "b-c"}, {0, 1, 2}, {3, 4, 5}, {}},
                                      {2, {"d"}, {0}, {6}, {{0, 1}, {1, 0}}}};
  EXPECT_EQ(read_packages(write_packages(packages)), packages);
  EXPECT_EQ(packages[0].arm(3), 1U);
  EXPECT_EQ(packages[0].arm(2), 5U);
  EXPECT_THROW(static_cast<void>(packages[1].arm(5)), std::out_of_range);
  EXPECT_THROW(read_packages("nonsense"), std::invalid_argument);
}

}  // namespace
}  // namespace polder::output::attribution_test
