// SPDX-License-Identifier: Apache-2.0
#include "agents/support/work.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace polder::agents::work_test {
namespace {

const DrawKey key = draw_key(7, 1, purpose_of("test"));

TEST(Work, whole_numbers_round_halves_away_from_zero) {
  EXPECT_EQ(whole(2.5), 3);
  EXPECT_EQ(whole(-2.5), -3);
  EXPECT_EQ(whole(2.4), 2);
  EXPECT_EQ(whole(-0.4), 0);
}

TEST(Work, whole_numbers_by_lot_have_the_mean_they_are_expected_to_have) {
  for (const double expected : {0.0, 0.3, 2.75, 12.0, -0.4, -3.0}) {
    double sum = 0;
    for (int i = 0; i < 1000; ++i) {
      const double lot = (i + 0.5) / 1000;
      EXPECT_EQ(whole_by_lot(expected, lot), std::floor(expected + lot));
      sum += whole_by_lot(expected, lot);
    }
    EXPECT_NEAR(sum / 1000, expected, 1e-9);
  }
}

TEST(Work, poisson_draws_have_their_mean_and_variance) {
  for (const double mean : {0.01, 1.0, 20.0, 59.0, 61.0, 400.0}) {
    double sum = 0, squares = 0;
    constexpr int n = 20000;
    for (std::uint32_t i = 0; i < n; ++i) {
      const double x = poisson(mean, key, AgentId{mix64(i)}, 1, 0);
      ASSERT_EQ(x, std::floor(x));
      sum += x;
      squares += x * x;
    }
    const double average = sum / n;
    EXPECT_NEAR(average, mean, 5 * std::sqrt(mean / n)) << mean;
    EXPECT_NEAR(squares / n - average * average, mean, 0.08 * mean + 0.003) << mean;
  }
  EXPECT_EQ(poisson(0, key, AgentId{1}, 1, 0), 0);
}

TEST(Work, sums_by_label_add_up_over_blocks) {
  LabelSums sums(3, 2, 2);
  sums.of_block(0)[0] += 5;  // label 0, quantity 0
  sums.of_block(2)[0] += 7;
  sums.of_block(1)[2 + 1] += 4;  // label 1, quantity 1
  EXPECT_EQ(sums.total(0, 0), 12);
  EXPECT_EQ(sums.total(1, 1), 4);
  EXPECT_EQ(sums.total(1, 0), 0);
}

TEST(Work, an_agent_is_on_the_list_as_often_as_it_stands_for_real_ones) {
  for (const double represented : {0.02, 0.3, 1.0, 4.0}) {
    double listed = 0;
    constexpr int n = 20000;
    for (std::uint64_t i = 0; i < n; ++i)
      listed += on_the_list(AgentId{mix64(i)}, represented, mix64(7)) ? 1 : 0;
    const double expected = std::min(1.0, represented);
    EXPECT_NEAR(listed / n, expected, 5 * std::sqrt(expected * (1 - expected) / n)) << represented;
  }
}

TEST(Work, an_extra_agent_takes_over_only_the_points_below_its_id) {
  KindLayout layout;
  layout.name = "firm";
  Table table(layout);
  for (std::uint64_t i = 0; i < 50; ++i) table.insert(AgentId{mix64(i)}, 1);
  table.finish_changes();
  const AgentId extra{mix64(1000)};
  Table larger = table;
  larger.insert(extra, 1);
  larger.finish_changes();
  int changed = 0;
  for (std::uint64_t t = 0; t < 2000; ++t) {
    const std::uint64_t point = mix64(77 + t);
    const AgentId before = table.ids()[pick_by_point(table, table.by_id(), point)];
    const AgentId after = larger.ids()[pick_by_point(larger, larger.by_id(), point)];
    if (before == after) continue;
    EXPECT_EQ(after, extra);
    ++changed;
  }
  EXPECT_GT(changed, 0);
  EXPECT_LT(changed, 400);
}

}  // namespace
}  // namespace polder::agents::work_test
