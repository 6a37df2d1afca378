// SPDX-License-Identifier: Apache-2.0
#include "engine/row_index.hpp"

#include <cstdint>
#include <map>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/error.hpp"

namespace polder::row_index_test {
namespace {

using testing::ElementsAre;

TEST(RowIndex, finds_nobody_before_it_is_built) {
  const RowIndex index;
  EXPECT_EQ(index.find(AgentId{5}, {}), no_row);
  const std::vector<AgentId> wanted{AgentId{5}, nobody};
  std::vector<Row> rows(2, 7);
  index.find_all(wanted, rows, {});
  EXPECT_THAT(rows, ElementsAre(no_row, no_row));
}

TEST(RowIndex, holds_those_alive_and_no_others) {
  const std::vector<AgentId> ids{AgentId{30}, AgentId{10}, nobody, AgentId{20}};
  const std::vector<std::uint8_t> alive{1, 0, 0, 1};
  RowIndex index;
  index.build(ids, alive, 2);
  EXPECT_EQ(index.find(AgentId{30}, ids), 0U);
  EXPECT_EQ(index.find(AgentId{10}, ids), no_row);
  EXPECT_EQ(index.find(AgentId{20}, ids), 3U);
  EXPECT_EQ(index.find(nobody, ids), no_row);
}

TEST(RowIndex, tells_apart_ids_that_fold_into_one) {
  // Halves swapped: the fold is the same, and so is all that a slot holds of the id.
  const std::vector<AgentId> ids{AgentId{0x100000002ULL}, AgentId{0x200000001ULL}};
  const std::vector<std::uint8_t> alive{1, 1};
  RowIndex index;
  index.build(ids, alive, 2);
  EXPECT_EQ(index.find(ids[0], ids), 0U);
  EXPECT_EQ(index.find(ids[1], ids), 1U);
  EXPECT_EQ(index.find(AgentId{0x3ULL}, ids), no_row);
  index.remove(std::vector<Row>{0}, ids);
  EXPECT_EQ(index.find(ids[0], ids), no_row);
  EXPECT_EQ(index.find(ids[1], ids), 1U);
}

TEST(RowIndex, refuses_two_of_one_id) {
  const std::vector<AgentId> ids{AgentId{7}, AgentId{7}};
  RowIndex index;
  EXPECT_THROW(index.build(ids, std::vector<std::uint8_t>{1, 1}, 2), RunError);
  index.build(ids, std::vector<std::uint8_t>{1, 0}, 2);
  EXPECT_THROW(index.add(std::vector<Row>{1}, ids), RunError);
}

TEST(RowIndex, asks_to_be_built_anew_when_numbers_pass_a_power_of_two) {
  const std::vector<AgentId> ids(12, nobody);
  RowIndex index;
  EXPECT_FALSE(index.fits(0, 0));
  index.build(ids, std::vector<std::uint8_t>(12, 0), 12);
  EXPECT_TRUE(index.fits(12, 12));
  EXPECT_TRUE(index.fits(16, 15));
  EXPECT_FALSE(index.fits(17, 15));  // half of 32 slots
  EXPECT_FALSE(index.fits(12, 16));  // a row more than four bits hold beside the mark of a free slot
}

TEST(RowIndex, follows_a_plain_map_through_many_comings_and_goings) {
  constexpr std::size_t most = 200;
  std::vector<AgentId> ids(most, nobody);
  RowIndex index;
  index.build(ids, std::vector<std::uint8_t>(most, 0), most);
  std::map<std::uint64_t, Row> there;
  std::uint64_t luck = 1;
  for (int month = 0; month < 200; ++month) {
    std::vector<Row> leaving, coming;
    for (const auto& [id, row] : there) {
      luck = mix64(luck);
      if (luck % 5 == 0) leaving.push_back(row);
    }
    index.remove(leaving, ids);
    for (const Row row : leaving) {
      there.erase(raw(ids[row]));
      ids[row] = nobody;
    }
    for (Row row = 0; row < most; ++row) {
      luck = mix64(luck);
      const std::uint64_t id = 1 + luck % 300;  // from a small range: they meet in the slots
      if (ids[row] != nobody || luck % 3 != 0 || !there.emplace(id, row).second) continue;
      ids[row] = AgentId{id};
      coming.push_back(row);
    }
    index.add(coming, ids);
    std::vector<AgentId> wanted;
    for (std::uint64_t id = 0; id <= 301; ++id) wanted.push_back(AgentId{id});
    std::vector<Row> rows(wanted.size());
    index.find_all(wanted, rows, ids);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const auto at = there.find(raw(wanted[i]));
      ASSERT_EQ(rows[i], at == there.end() ? no_row : at->second) << "month " << month << " id " << i;
      ASSERT_EQ(index.find(wanted[i], ids), rows[i]);
    }
  }
}

}  // namespace
}  // namespace polder::row_index_test
