// SPDX-License-Identifier: Apache-2.0
#include "engine/row_index.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "engine/error.hpp"

namespace polder {

namespace {

/// Slots lie anywhere: asked for some agents ahead, they are there when their turn comes.
constexpr std::size_t slots_ahead = 16;

/// Ids are hashes: folding is mixing enough.
std::uint32_t fold(AgentId id) {
  return static_cast<std::uint32_t>(raw(id) ^ (raw(id) >> 32));
}
/// Where an agent stands in the index, or soon behind it.
std::size_t slot_of(AgentId id, std::size_t mask) {
  return fold(id) & mask;
}
constexpr std::uint32_t free_slot = 0xffffffffU;
/// A slot holds a row in its low bits, and in those that are left a part of the id.
struct SlotBits {
  std::uint32_t row_mask;
  explicit SlotBits(unsigned row_bits)
      : row_mask(static_cast<std::uint32_t>((std::uint64_t{1} << row_bits) - 1)) {}
  Row row(std::uint32_t slot) const { return slot & row_mask; }
  std::uint32_t slot(AgentId id, Row row) const { return (fold(id) & ~row_mask) | row; }
  bool may_be(std::uint32_t slot, AgentId id) const { return ((slot ^ fold(id)) & ~row_mask) == 0; }
};

/// Slots of an index over that many agents: at most half are taken.
std::size_t num_slots(std::size_t agents) {
  return std::bit_ceil(std::max<std::size_t>(16, agents * 2));
}

/// Bits that hold every row of so many, and one number more: no slot is like a free one.
unsigned bits_of_rows(std::size_t rows) {
  return static_cast<unsigned>(std::bit_width(rows));
}

}  // namespace

inline void RowIndex::ask_for_slot(AgentId id) const {
  __builtin_prefetch(&slots_[slot_of(id, slots_.size() - 1)], 1);
}

void RowIndex::build(std::span<const AgentId> ids, std::span<const std::uint8_t> alive,
                     std::size_t num_agents) {
  slots_.assign(num_slots(num_agents), free_slot);
  row_bits_ = bits_of_rows(ids.size());
  for (std::size_t row = 0; row < ids.size(); ++row) {
    if (row + slots_ahead < ids.size()) ask_for_slot(ids[row + slots_ahead]);
    if (alive[row] != 0) add_one(static_cast<Row>(row), ids);
  }
}

bool RowIndex::fits(std::size_t num_agents, std::size_t num_rows) const {
  return slots_.size() == num_slots(num_agents) && row_bits_ == bits_of_rows(num_rows);
}

void RowIndex::add(std::span<const Row> rows, std::span<const AgentId> ids) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i + slots_ahead < rows.size()) ask_for_slot(ids[rows[i + slots_ahead]]);
    add_one(rows[i], ids);
  }
}

void RowIndex::remove(std::span<const Row> rows, std::span<const AgentId> ids) {
  if (slots_.empty()) return;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i + slots_ahead < rows.size()) ask_for_slot(ids[rows[i + slots_ahead]]);
    remove_one(rows[i], ids);
  }
}

inline void RowIndex::add_one(Row row, std::span<const AgentId> ids) {
  const std::size_t mask = slots_.size() - 1;
  const SlotBits bits(row_bits_);
  const AgentId id = ids[row];
  std::size_t slot = slot_of(id, mask);
  for (; slots_[slot] != free_slot; slot = (slot + 1) & mask) {
    if (bits.may_be(slots_[slot], id) && ids[bits.row(slots_[slot])] == id) {
      throw RunError(
          fmt::format("two agents share the id {:016x}: change the seed or the name of a kind", raw(id)));
    }
  }
  slots_[slot] = bits.slot(id, row);
}

/// Closes the gap: whoever stands behind it and may stand nearer to the own slot moves up.
inline void RowIndex::remove_one(Row row, std::span<const AgentId> ids) {
  const std::size_t mask = slots_.size() - 1;
  const SlotBits bits(row_bits_);
  const std::uint32_t own_slot = bits.slot(ids[row], row);
  std::size_t gap = slot_of(ids[row], mask);
  while (slots_[gap] != own_slot) {
    if (slots_[gap] == free_slot) return;
    gap = (gap + 1) & mask;
  }
  for (std::size_t slot = (gap + 1) & mask; slots_[slot] != free_slot; slot = (slot + 1) & mask) {
    const std::size_t own = slot_of(ids[bits.row(slots_[slot])], mask);
    if (((slot - own) & mask) < ((slot - gap) & mask)) continue;
    slots_[gap] = slots_[slot];
    gap = slot;
  }
  slots_[gap] = free_slot;
}

Row RowIndex::find(AgentId id, std::span<const AgentId> ids) const {
  if (slots_.empty() || id == nobody) return no_row;
  const std::size_t mask = slots_.size() - 1;
  const SlotBits bits(row_bits_);
  for (std::size_t slot = slot_of(id, mask); slots_[slot] != free_slot; slot = (slot + 1) & mask) {
    const Row row = bits.row(slots_[slot]);
    if (bits.may_be(slots_[slot], id) && ids[row] == id) return row;
  }
  return no_row;
}

void RowIndex::find_all(std::span<const AgentId> wanted, std::span<Row> rows,
                        std::span<const AgentId> ids) const {
  EXPECTS(wanted.size() == rows.size());
  if (slots_.empty()) {
    std::fill(rows.begin(), rows.end(), no_row);
    return;
  }
  // Rows lie anywhere too: some agents after a slot is asked for, the row that it names is.
  constexpr std::size_t ids_ahead = 8;
  const std::size_t mask = slots_.size() - 1;
  const SlotBits bits(row_bits_);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (i + slots_ahead < wanted.size()) __builtin_prefetch(&slots_[slot_of(wanted[i + slots_ahead], mask)]);
    if (i + ids_ahead < wanted.size()) {
      const std::uint32_t slot = slots_[slot_of(wanted[i + ids_ahead], mask)];
      if (slot != free_slot) __builtin_prefetch(&ids[bits.row(slot)]);
    }
    rows[i] = find(wanted[i], ids);
  }
}

}  // namespace polder
