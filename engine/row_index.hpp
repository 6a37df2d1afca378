// SPDX-License-Identifier: Apache-2.0
// Finds the row of an id: an open-addressed table of rows whose slots also hold a part of the id, so that
// most others are told apart without a look at their ids.
//
// It does not own the ids: every call is given those of all rows, the same as before but for the rows that
// came and left since. Copies are therefore independent.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/ids.hpp"

namespace polder {

class RowIndex {
 public:
  /// Everybody alive, and nobody else. num_agents: of them. errors: RunError when two have one id.
  void build(std::span<const AgentId> ids, std::span<const std::uint8_t> alive, std::size_t num_agents);
  /// Whether it was built for as many agents and rows, give or take: others ask for a new one.
  bool fits(std::size_t num_agents, std::size_t num_rows) const;
  /// range: fits(). errors: RunError when somebody of the same id is there already.
  void add(std::span<const Row> rows, std::span<const AgentId> ids);
  /// ids: those of the rows that leave are still there. Who is not in the index is passed over.
  void remove(std::span<const Row> rows, std::span<const AgentId> ids);
  /// no_row when nobody has this id.
  Row find(AgentId id, std::span<const AgentId> ids) const;
  /// The same for many at once, whose memory is asked for ahead. shape: as many rows as wanted
  void find_all(std::span<const AgentId> wanted, std::span<Row> rows, std::span<const AgentId> ids) const;
  std::size_t bytes() const { return slots_.capacity() * sizeof(std::uint32_t); }

 private:
  void add_one(Row row, std::span<const AgentId> ids);
  void remove_one(Row row, std::span<const AgentId> ids);
  void ask_for_slot(AgentId id) const;
  std::vector<std::uint32_t> slots_;  // as many as a power of two
  unsigned row_bits_ = 0;             // of a slot, from the lowest, that are the row
};

}  // namespace polder
