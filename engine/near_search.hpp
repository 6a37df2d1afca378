// SPDX-License-Identifier: Apache-2.0
// Search in a sorted list that looks near a place before farther: for many searches in ascending order, each
// from where the last one ended.
#pragma once
#include <algorithm>
#include <cstddef>
#include <span>

namespace polder {

/// The first place from `first` on that is not before what is looked for, in strides that double; the size of
/// the list when all are before it. list: those before it come first. range: first at most the size
template <class T, class IsBefore>
std::size_t place_from(std::span<const T> list, std::size_t first, const IsBefore& is_before) {
  std::size_t low = first, high = first;
  for (std::size_t stride = 1; high < list.size() && is_before(list[high]); stride *= 2) {
    low = high + 1;
    high += stride;
  }
  const auto part = list.subspan(low, std::min(high, list.size()) - low);
  return low +
         static_cast<std::size_t>(std::partition_point(part.begin(), part.end(), is_before) - part.begin());
}

}  // namespace polder
