// SPDX-License-Identifier: Apache-2.0
// Sparse weighted networks between agents of any kinds, undirected, with staged edits.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "engine/ids.hpp"

namespace polder {

struct Tie {
  AgentId a, b;  ///< both directions are stored; sorted by (a, b)
  float strength = 0;
  std::int32_t since = 0, last = 0;  ///< steps
  bool operator==(const Tie&) const = default;
};

struct TieEdit {
  AgentId a, b;
  float change = 0;  ///< added to the strength; ties of strength <= 0 vanish
};

class Ties {
 public:
  std::span<const Tie> all() const { return ties_; }
  std::size_t num_ties() const { return ties_.size() / 2; }
  /// Neighbours of `a`, in id order.
  std::span<const Tie> of(AgentId a) const;
  const Tie* find(AgentId a, AgentId b) const;
  /// Applies edits (any order; combined by exact sums in id order), then multiplies all strengths by `keep`,
  /// drops ties weaker than `drop_below` and those with a member in `gone` (sorted).
  void apply(std::vector<TieEdit> edits, std::int32_t step, float keep, float drop_below,
             std::span<const AgentId> gone);
  bool operator==(const Ties&) const = default;

 private:
  friend class Archiver;
  std::vector<Tie> ties_;
};

}  // namespace polder
