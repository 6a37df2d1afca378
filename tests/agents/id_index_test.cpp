// SPDX-License-Identifier: Apache-2.0
#include "agents/support/id_index.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace polder::agents::id_index_test {
namespace {

std::vector<std::uint64_t> even(std::size_t n) {
  std::vector<std::uint64_t> numbers;
  for (std::size_t i = 0; i < n; ++i) numbers.push_back(mix64(i));
  return numbers;
}

/// Spread evenly, in one corner of the ring, with equal ones, and at its ends.
std::vector<std::vector<std::uint64_t>> lists() {
  return {{}, {5}, {0, ~std::uint64_t{0}}, {9, 3, 3, 7, 3, 9}, even(1), even(2), even(3), even(1000)};
}

TEST(RingOrder, sorts_any_numbers_and_keeps_the_order_of_equal_ones) {
  for (const auto& numbers : lists()) {
    std::vector<std::uint32_t> wanted(numbers.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) wanted[i] = static_cast<std::uint32_t>(i);
    std::stable_sort(wanted.begin(), wanted.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return numbers[a] < numbers[b]; });
    EXPECT_EQ(ring_order(numbers), wanted) << numbers.size();
  }
}

TEST(IdIndex, finds_what_a_binary_search_finds) {
  for (auto numbers : lists()) {
    std::sort(numbers.begin(), numbers.end());
    const IdIndex index(numbers);
    EXPECT_EQ(index.size(), numbers.size());
    auto points = even(300);
    for (const std::uint64_t number : numbers) points.insert(points.end(), {number, number - 1, number + 1});
    for (const std::uint64_t point : points) {
      const auto at = std::lower_bound(numbers.begin(), numbers.end(), point);
      const auto position = static_cast<std::size_t>(at - numbers.begin());
      EXPECT_EQ(index.not_below(point), position);
      const bool there = at != numbers.end() && *at == point;
      EXPECT_EQ(index.find(AgentId{point}), there ? position : numbers.size()) << point;
    }
  }
}

}  // namespace
}  // namespace polder::agents::id_index_test
