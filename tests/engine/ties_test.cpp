// SPDX-License-Identifier: Apache-2.0
#include "engine/ties.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace polder {
namespace {

AgentId id(std::uint64_t n) {
  return AgentId{n};
}

TEST(Ties, are_seen_from_both_sides) {
  Ties ties;
  ties.apply({{id(1), id(2), 0.5F}, {id(3), id(1), 0.25F}}, 4, 1.0F, 0.0F, {});
  EXPECT_EQ(ties.num_ties(), 2U);
  EXPECT_EQ(ties.of(id(1)).size(), 2U);
  EXPECT_EQ(ties.find(id(1), id(3))->strength, 0.25F);
  EXPECT_EQ(ties.find(id(3), id(1))->since, 4);
}

TEST(Ties, do_not_depend_on_the_order_of_edits) {
  std::vector<TieEdit> edits;
  for (std::uint64_t n = 0; n < 50; ++n)
    edits.push_back({id(n % 7 + 1), id(n % 5 + 10), 0.1F * static_cast<float>(n)});
  Ties straight, reversed;
  straight.apply(edits, 1, 1.0F, 0.0F, {});
  std::reverse(edits.begin(), edits.end());
  for (auto& e : edits) std::swap(e.a, e.b);
  reversed.apply(edits, 1, 1.0F, 0.0F, {});
  EXPECT_EQ(straight, reversed);
}

TEST(Ties, fade_and_vanish_with_their_members) {
  Ties ties;
  ties.apply({{id(1), id(2), 1.0F}, {id(2), id(3), 0.02F}}, 0, 1.0F, 0.0F, {});
  ties.apply({}, 1, 0.5F, 0.015F, {});
  EXPECT_EQ(ties.find(id(1), id(2))->strength, 0.5F);
  EXPECT_EQ(ties.find(id(2), id(3)), nullptr);
  const std::vector<AgentId> gone{id(2)};
  ties.apply({}, 2, 1.0F, 0.0F, gone);
  EXPECT_EQ(ties.num_ties(), 0U);
}

}  // namespace
}  // namespace polder
