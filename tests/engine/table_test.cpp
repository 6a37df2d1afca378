// SPDX-License-Identifier: Apache-2.0
#include "engine/table.hpp"

#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/draw.hpp"
#include "engine/error.hpp"

namespace polder::table_test {
namespace {

using testing::ElementsAre;

KindLayout layout() {
  KindLayout kind;
  kind.name = "firm";
  ColumnInfo x;
  x.name = "x";
  ColumnInfo v;
  v.name = "v";
  v.type = ColumnType::vector;
  v.size = 2;
  kind.columns = {x, v};
  return kind;
}

Table three() {
  Table table(layout());
  for (const std::uint64_t id : {30, 10, 20}) {
    const Row row = table.insert(AgentId{id}, 1.0);
    table.column<double>(ColumnId{0})[row] = static_cast<double>(id);
    table.column<double>(ColumnId{1})[row * 2 + 1] = static_cast<double>(id) / 10;
  }
  table.finish_changes();
  return table;
}

TEST(Table, lists_its_agents_in_id_order) {
  const auto table = three();
  EXPECT_THAT(std::vector<Row>(table.by_id().begin(), table.by_id().end()), ElementsAre(1, 2, 0));
  EXPECT_EQ(table.find(AgentId{20}), 2U);
  EXPECT_EQ(table.find(AgentId{21}), no_row);
}

TEST(Table, fills_the_lowest_hole_first_and_clears_it) {
  auto table = three();
  table.remove(0);
  table.remove(1);
  table.finish_changes();
  EXPECT_EQ(table.num_agents(), 1U);
  EXPECT_EQ(table.insert(AgentId{40}, 1.0), 0U);
  EXPECT_EQ(table.column<double>(ColumnId{0})[0], 0.0);
  table.finish_changes();
  EXPECT_EQ(table.num_rows(), 3U);
  EXPECT_EQ(table.find(AgentId{30}), no_row);
}

TEST(Table, filled_at_once_is_as_filled_one_by_one) {
  for (const std::size_t crowd : {0U, 1U, 7U, 5000U}) {
    Table singly(layout()), at_once(layout());
    std::vector<AgentId> ids;
    std::vector<double> weights;
    for (std::size_t i = 0; i < crowd; ++i) {
      ids.push_back(founder_id("firm", 3, i));
      weights.push_back(1.0 + static_cast<double>(i));
      singly.insert(ids.back(), weights.back());
    }
    singly.finish_changes();
    at_once.fill(ids, weights);
    EXPECT_THAT(at_once.ids(), testing::ElementsAreArray(singly.ids()));
    EXPECT_THAT(at_once.weights(), testing::ElementsAreArray(singly.weights()));
    EXPECT_THAT(at_once.alive(), testing::ElementsAreArray(singly.alive()));
    EXPECT_THAT(at_once.by_id(), testing::ElementsAreArray(singly.by_id()));
    for (const AgentId id : ids) EXPECT_EQ(at_once.find(id), singly.find(id));
    EXPECT_EQ(at_once.column<double>(ColumnId{1}).size(), 2 * crowd);
    EXPECT_EQ(at_once.insert(founder_id("firm", 4, 0), 1.0), crowd);
    at_once.finish_changes();
    EXPECT_EQ(at_once.column<double>(ColumnId{1}).size(), 2 * (crowd + 1));
  }
}

TEST(Table, refuses_two_of_one_id_among_those_it_is_filled_with) {
  Table table(layout());
  EXPECT_THROW(table.fill({AgentId{1}, AgentId{2}, AgentId{1}}, {1, 1, 1}), RunError);
}

TEST(Table, has_a_value_a_row_and_no_more_after_many_came_at_once) {
  Table table(layout());
  for (const std::size_t crowd : {3000U, 1U, 1500U}) {
    const std::size_t before = table.num_rows();
    for (std::size_t i = 0; i < crowd; ++i) {
      const Row row = table.insert(founder_id("firm", before, i), 1.0);
      table.column<double>(ColumnId{0})[row] = static_cast<double>(i);
    }
    table.finish_changes();
    ASSERT_EQ(table.num_rows(), before + crowd);
    EXPECT_EQ(table.column<double>(ColumnId{0}).size(), table.num_rows());
    EXPECT_EQ(table.column<double>(ColumnId{1}).size(), 2 * table.num_rows());
    for (std::size_t i = 0; i < crowd; ++i) {
      const Row row = table.find(founder_id("firm", before, i));
      ASSERT_EQ(table.column<double>(ColumnId{0})[row], static_cast<double>(i));
    }
  }
  EXPECT_TRUE(std::is_sorted(table.by_id().begin(), table.by_id().end(),
                             [&](Row a, Row b) { return table.ids()[a] < table.ids()[b]; }));
}

TEST(Table, refuses_two_agents_of_one_id) {
  auto table = three();
  table.insert(AgentId{10}, 1.0);
  EXPECT_THROW(table.finish_changes(), RunError);
}

TEST(Table, keeps_every_agents_values_when_rows_are_permuted) {
  auto table = three();
  const std::vector<Row> order{2, 0, 1};
  table.permute(order);
  for (const std::uint64_t id : {10, 20, 30}) {
    const Row row = table.find(AgentId{id});
    EXPECT_EQ(table.column<double>(ColumnId{0})[row], static_cast<double>(id));
    EXPECT_EQ(table.column<double>(ColumnId{1})[row * 2 + 1], static_cast<double>(id) / 10);
  }
}

TEST(Table, points_to_its_own_columns_after_a_copy) {
  const auto table = three();
  const auto copy = table;  // NOLINT(performance-unnecessary-copy-initialization): what is tested
  EXPECT_NE(copy.column_data()[0], table.column_data()[0]);
  EXPECT_EQ(copy.column_data()[0], data(copy.raw_column(ColumnId{0})));
}

TEST(Table, finds_exactly_those_who_are_there_after_many_comings_and_goings) {
  Table table(layout());
  std::set<std::uint64_t> there;
  std::uint64_t luck = 1;
  for (int month = 0; month < 300; ++month) {
    // Ids from a small range meet in the index, and come back; numbers swell to 500 and shrink again.
    const double leaving = month < 150 ? 0.1 : 0.3;
    std::set<std::uint64_t> before = there;
    for (const std::uint64_t id : before) {
      luck = mix64(luck);
      if (to_unit(luck) >= leaving) continue;
      table.remove(table.find(AgentId{id}));
      there.erase(id);
    }
    for (int i = 0; i < 30; ++i) {
      luck = mix64(luck);
      const std::uint64_t id = 1 + luck % 700;
      if (before.contains(id) || !there.insert(id).second) continue;
      table.insert(AgentId{id}, 1.0);
    }
    table.finish_changes();
    for (std::uint64_t id = 1; id <= 700; ++id) {
      const Row row = table.find(AgentId{id});
      ASSERT_EQ(row != no_row, there.contains(id)) << "month " << month << " id " << id;
      ASSERT_TRUE(row == no_row || table.ids()[row] == AgentId{id});
    }
    ASSERT_TRUE(std::is_sorted(table.by_id().begin(), table.by_id().end(),
                               [&](Row a, Row b) { return table.ids()[a] < table.ids()[b]; }));
    ASSERT_EQ(table.by_id().size(), there.size());
  }
}

}  // namespace
}  // namespace polder::table_test
