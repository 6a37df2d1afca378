// SPDX-License-Identifier: Apache-2.0
#include "engine/ties.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace polder::ties_test {
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

/// Months of comings, goings and changes against a plain map.
TEST(Ties, follow_a_plain_map_through_many_months) {
  using Pair = std::pair<std::uint64_t, std::uint64_t>;
  std::map<Pair, Tie> plain;
  Ties ties;
  std::uint64_t n = 0;
  const auto draw = [&](std::uint64_t below) { return mix64(++n) % below; };
  constexpr float keep = 0.75F, weakest = 0.125F;  // changes are multiples of 1/4: sums are exact
  for (std::int32_t month = 0; month < 60; ++month) {
    std::vector<TieEdit> edits;
    std::map<Pair, float> changes;
    for (std::uint64_t e = draw(30); e > 0; --e) {
      const std::uint64_t a = draw(20), b = draw(20);
      edits.push_back({id(a), id(b), 0.25F * static_cast<float>(draw(7)) - 0.5F});
      if (a != b && a != 0 && b != 0) {
        changes[{a, b}] += edits.back().change;
        changes[{b, a}] += edits.back().change;
      }
    }
    std::vector<AgentId> gone;
    if (month % 4 == 3) gone = {id(draw(9) + 1), id(draw(9) + 10), id(25)};
    const auto left = [&](AgentId a) { return std::find(gone.begin(), gone.end(), a) != gone.end(); };
    for (auto& [ends, tie] : plain) tie.strength *= keep;
    for (const auto& [ends, change] : changes) {
      const auto [at, is_new] =
          plain.try_emplace(ends, Tie{id(ends.first), id(ends.second), 0, month, month});
      at->second.strength += change;
      at->second.last = month;
    }
    std::erase_if(plain, [&](const auto& item) {
      const Tie& tie = item.second;
      return tie.strength <= 0 || tie.strength < weakest || left(tie.a) || left(tie.b);
    });
    ties.apply(edits, month, keep, weakest, gone);
    std::vector<Tie> wanted;
    for (const auto& [ends, tie] : plain) wanted.push_back(tie);
    ASSERT_TRUE(std::equal(wanted.begin(), wanted.end(), ties.all().begin(), ties.all().end())) << month;
  }
  EXPECT_GT(ties.num_ties(), 10U);
}

}  // namespace
}  // namespace polder::ties_test
