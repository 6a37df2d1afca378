// SPDX-License-Identifier: Apache-2.0
// Typed identities and the hashes they are made of (law 1: identity).
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

namespace polder {

/// Row of an agent in its table. Rows may change between steps; ids never do.
using Row = std::uint32_t;
inline constexpr Row no_row = 0xffffffffU;

/// Permanent identity of an agent, derived from its origin; 0 means "nobody".
enum class AgentId : std::uint64_t {};
inline constexpr AgentId nobody{0};
constexpr std::uint64_t raw(AgentId id) {
  return static_cast<std::uint64_t>(id);
}

/// Position of a kind (a table) in the program.
enum class KindId : std::uint16_t {};
/// Position of a column in its table.
enum class ColumnId : std::uint16_t {};
constexpr std::size_t index(KindId k) {
  return static_cast<std::size_t>(k);
}
constexpr std::size_t index(ColumnId c) {
  return static_cast<std::size_t>(c);
}

/// Bijective mixing of 64 bits (the finaliser of splitmix64, Steele, Lea & Flood 2014).
constexpr std::uint64_t mix64(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}
constexpr std::uint64_t combine(std::uint64_t a, std::uint64_t b) {
  return mix64(a ^ mix64(b));
}

/// Hash of a name (FNV-1a, then mixed): the same on every machine and in every run.
constexpr std::uint64_t hash_name(std::string_view name) {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  for (const char c : name) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return mix64(h);
}

/// Id of a founder: kind, founding cell (a row of a data file; 0 without one) and ordinal within the cell.
constexpr AgentId founder_id(std::string_view kind, std::uint64_t cell, std::uint64_t ordinal) {
  const std::uint64_t h = combine(combine(hash_name(kind), cell), ordinal);
  return AgentId{h == 0 ? 1 : h};
}
/// Id of an entrant: kind, the agent or event that caused it, step, purpose (rule or mechanism name) and
/// ordinal.
constexpr AgentId entrant_id(std::string_view kind, AgentId cause, std::uint32_t step, std::uint64_t purpose,
                             std::uint32_t ordinal) {
  const std::uint64_t when = (std::uint64_t{step} << 32) | ordinal;
  const std::uint64_t h = combine(combine(combine(hash_name(kind), raw(cause)), purpose), when + 1);
  return AgentId{h == 0 ? 1 : h};
}

}  // namespace polder

template <>
struct std::hash<polder::AgentId> {
  std::size_t operator()(polder::AgentId id) const noexcept { return polder::raw(id); }
};
