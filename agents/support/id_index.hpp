// SPDX-License-Identifier: Apache-2.0
// Finds ids in a sorted list, and sorts them. Ids are hashes, so their leading bits tell where they stand: no
// search and hardly a comparison.
#pragma once
#include <bit>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "engine/ids.hpp"

namespace polder::agents {

/// Positions of `numbers` from the smallest number to the largest, equal ones in the order of the list. Takes
/// time in proportion to their number when they are spread evenly, as ids and draws are, and is right for
/// any.
inline std::vector<std::uint32_t> ring_order(std::span<const std::uint64_t> numbers) {
  const auto shift = 64U - static_cast<unsigned>(std::bit_width(numbers.size() | 1U));
  std::vector<std::uint32_t> next((std::size_t{1} << (64U - shift)) + 1, 0);
  for (const std::uint64_t number : numbers) ++next[(number >> shift) + 1];
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<std::uint32_t> order(numbers.size());
  for (std::size_t at = 0; at < numbers.size(); ++at)
    order[next[numbers[at] >> shift]++] = static_cast<std::uint32_t>(at);
  for (std::size_t at = 1; at < order.size(); ++at) {  // those of one bucket; buckets are in order
    const std::uint32_t moved = order[at];
    std::size_t to = at;
    for (; to > 0 && numbers[order[to - 1]] > numbers[moved]; --to) order[to] = order[to - 1];
    order[to] = moved;
  }
  return order;
}

/// Positions in a list of numbers on the ring of 64 bits that ascends. A lookup takes constant time when the
/// numbers are spread evenly, as ids are, and is right for any numbers.
class IdIndex {
 public:
  /// ascending: not falling.
  explicit IdIndex(std::vector<std::uint64_t> ascending)
      : numbers_(std::move(ascending)), size_(numbers_.size()) {
    const auto bits = static_cast<unsigned>(std::bit_width(2 * size_ + 1));
    shift_ = 64 - bits;
    first_.resize((std::size_t{1} << bits) + 1);
    std::size_t bucket = 0;
    for (std::size_t at = 0; at < size_; ++at) {
      for (; bucket <= numbers_[at] >> shift_; ++bucket) first_[bucket] = static_cast<std::uint32_t>(at);
    }
    for (; bucket < first_.size(); ++bucket) first_[bucket] = static_cast<std::uint32_t>(size_);
    numbers_.push_back(std::numeric_limits<std::uint64_t>::max());  // where a lookup stops
  }
  std::size_t size() const { return size_; }
  std::uint64_t operator[](std::size_t at) const { return numbers_[at]; }
  /// The first position whose number is not below `point`; size() when there is none.
  std::size_t not_below(std::uint64_t point) const {
    std::size_t at = first_[point >> shift_];
    while (numbers_[at] < point) ++at;
    return at;
  }
  /// The position of an id; size() when it is not in the list.
  std::size_t find(AgentId id) const {
    const std::size_t at = not_below(raw(id));
    return numbers_[at] == raw(id) ? at : size_;
  }

 private:
  std::vector<std::uint64_t> numbers_;  ///< and the largest number there is
  std::vector<std::uint32_t> first_;    ///< position of the first number of a bucket or later
  std::size_t size_;
  unsigned shift_ = 63;
};

}  // namespace polder::agents
