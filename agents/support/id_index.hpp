// SPDX-License-Identifier: Apache-2.0
// Finds ids in a sorted list. Ids are hashes, so their leading bits tell where to look: no search.
#pragma once
#include <bit>
#include <cstdint>
#include <limits>
#include <vector>

#include "engine/ids.hpp"

namespace polder::agents {

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
