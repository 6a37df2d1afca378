// SPDX-License-Identifier: Apache-2.0
#include "engine/near_search.hpp"

#include <algorithm>
#include <span>
#include <vector>

#include <gtest/gtest.h>

namespace polder::near_search_test {
namespace {

TEST(NearSearch, finds_from_every_place_what_a_search_of_the_rest_finds) {
  for (const std::size_t size : {0U, 1U, 2U, 3U, 7U, 40U}) {
    std::vector<int> list;
    for (std::size_t i = 0; i < size; ++i) list.push_back(static_cast<int>(i / 2) * 2);  // each twice
    for (std::size_t first = 0; first <= size; ++first) {
      for (int wanted = -1; wanted <= static_cast<int>(size) + 1; ++wanted) {
        const auto from = list.begin() + static_cast<std::ptrdiff_t>(first);
        const auto expected = std::lower_bound(from, list.end(), wanted) - list.begin();
        const auto is_before = [&](int value) { return value < wanted; };
        EXPECT_EQ(place_from(std::span<const int>(list), first, is_before),
                  static_cast<std::size_t>(expected))
            << size << " from " << first << " for " << wanted;
      }
    }
  }
}

TEST(NearSearch, asks_few_when_what_is_looked_for_is_near) {
  std::vector<int> list(100000);
  for (std::size_t i = 0; i < list.size(); ++i) list[i] = static_cast<int>(i);
  int asked = 0;
  const auto is_before = [&](int value) {
    ++asked;
    return value < 50003;
  };
  EXPECT_EQ(place_from(std::span<const int>(list), 50000, is_before), 50003U);
  EXPECT_LE(asked, 5);
}

}  // namespace
}  // namespace polder::near_search_test
