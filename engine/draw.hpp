// SPDX-License-Identifier: Apache-2.0
// Random numbers are pure functions of (seed, replicate, purpose, agent id, step, n) (law 2).
// Generator: Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011, Random123).
//   key     (64 bits)  = combine(combine(seed, replicate), purpose)
//   counter (128 bits) = { id low 32, id high 32, step, n }
// One counter gives two 64-bit words: (x1:x0) and (x3:x2).
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

#include "engine/ids.hpp"

namespace polder {

/// Hash of the name of a rule or mechanism and of what the draw decides.
enum class Purpose : std::uint64_t {};
constexpr Purpose purpose_of(std::string_view name) {
  return Purpose{hash_name(name)};
}
constexpr Purpose purpose_of(std::string_view owner, std::string_view what) {
  return Purpose{combine(hash_name(owner), hash_name(what))};
}

/// Everything of a draw but the agent, the step and n. Seed and replicate are not symmetric in it.
enum class DrawKey : std::uint64_t {};
constexpr DrawKey draw_key(std::uint64_t seed, std::uint32_t replicate, Purpose purpose) {
  return DrawKey{combine(combine(seed, replicate), static_cast<std::uint64_t>(purpose))};
}

/// Philox4x32 with 10 rounds.
constexpr std::array<std::uint32_t, 4> philox(DrawKey key, std::array<std::uint32_t, 4> x) {
  auto k0 = static_cast<std::uint32_t>(static_cast<std::uint64_t>(key));
  auto k1 = static_cast<std::uint32_t>(static_cast<std::uint64_t>(key) >> 32);
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t p0 = std::uint64_t{0xD2511F53U} * x[0];
    const std::uint64_t p1 = std::uint64_t{0xCD9E8D57U} * x[2];
    x = {static_cast<std::uint32_t>(p1 >> 32) ^ x[1] ^ k0, static_cast<std::uint32_t>(p1),
         static_cast<std::uint32_t>(p0 >> 32) ^ x[3] ^ k1, static_cast<std::uint32_t>(p0)};
    k0 += 0x9E3779B9U;
    k1 += 0xBB67AE85U;
  }
  return x;
}

/// The two 64-bit words of counter (id, step, n).
constexpr std::array<std::uint64_t, 2> draw_words(DrawKey key, AgentId id, std::uint32_t step,
                                                  std::uint32_t n = 0) {
  const auto x =
      philox(key, {static_cast<std::uint32_t>(raw(id)), static_cast<std::uint32_t>(raw(id) >> 32), step, n});
  return {(std::uint64_t{x[1]} << 32) | x[0], (std::uint64_t{x[3]} << 32) | x[2]};
}

/// range: (0, 1), 52 bits, never 0 or 1: (top 52 bits + 0.5) / 2^52.
constexpr double to_unit(std::uint64_t word) {
  return (static_cast<double>(word >> 12) + 0.5) * 0x1p-52;
}

/// Scalar draws, for events. The same values as the block kernels (engine/kernels/kernels.hpp) give, bit for
/// bit.
inline double uniform(DrawKey key, AgentId id, std::uint32_t step, std::uint32_t n = 0) {
  return to_unit(draw_words(key, id, step, n)[0]);
}
double normal(DrawKey key, AgentId id, std::uint32_t step, std::uint32_t n = 0);
double exponential(DrawKey key, AgentId id, std::uint32_t step, std::uint32_t n = 0);

}  // namespace polder
