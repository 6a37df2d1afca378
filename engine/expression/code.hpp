// SPDX-License-Identifier: Apache-2.0
// The instructions of a block program. Every instruction works on the lanes of one strip.
#pragma once
#include <cstdint>
#include <limits>

#include "engine/expression/expression.hpp"

namespace polder::expression {

/// What an operation gives that has no value, for a check behind it to see.
inline constexpr double fault = std::numeric_limits<double>::quiet_NaN();

/// Truth values are 1 and 0; ids travel as the 64 bits of a double. `a`, `b`, `c` are registers unless said
/// otherwise.
enum class Op : std::uint8_t {
  // values
  constant,   ///< pinned register, filled once: never executed
  number,     ///< column of doubles; aux: place_of(side, column)
  whole,      ///< column of 64-bit integers; aux: place_of
  small,      ///< column of bytes (flags, categories); aux: place_of
  id,         ///< column of ids; aux: place_of
  own_id,     ///< id of the agent; aux: place_of(side, 0)
  weight,     ///< weight of the agent; aux: place_of(side, 0)
  scalar,     ///< aux: position in Lanes::scalars
  scalar_by,  ///< a: label; aux: position of label 0 in Lanes::scalars
  look_up,    ///< a, b: labels; aux: start of a square in Code::tables, constant: its side
  vector,     ///< aux: place_of, constant: its size; named by the functions of vectors, never executed
  // arithmetic
  add,
  subtract,
  multiply,
  divide,
  minimum,
  maximum,
  power,
  negate,
  absolute,
  square_root,
  floor,
  round,
  exp,
  log,
  // truth
  less,
  less_equal,
  equal,
  not_equal,
  equal_id,
  logical_and,
  logical_or,
  logical_not,
  select,
  // the same where an operand may be a fault (not a number): a fault that matters stays one
  poison,       ///< a where b is finite, else not a number
  guarded_and,  ///< a false operand decides, else a fault stays
  guarded_or,   ///< a true operand decides, else a fault stays
  guarded_not,
  guarded_select,
  // with a constant on the right, or on the left as in constant_minus
  add_constant,
  multiply_constant,
  minimum_constant,
  maximum_constant,
  less_constant,
  less_equal_constant,
  greater_constant,
  greater_equal_constant,
  equal_constant,
  not_equal_constant,
  constant_minus,
  constant_divided,
  // draws; aux: position among the draws of the code
  uniform,
  normal,
  exponential,
  bernoulli,
  poisson,
  gamma,         ///< a: shape; mean 1 * shape (scale 1)
  second_gamma,  ///< the other one of a beta: same position, other words
  // vectors; aux: place_of the first, constant: size
  norm,
  distance,    ///< b: column of the second, c: its side
  similarity,  ///< as distance
  component,   ///< b: position from 0
};

/// Side and column in one number.
constexpr std::uint32_t place_of(Side side, ColumnId column) {
  return (static_cast<std::uint32_t>(side) << 16) | static_cast<std::uint32_t>(column);
}
constexpr Side side_of(std::uint32_t place) {
  return static_cast<Side>((place >> 16) & 1U);
}
constexpr std::size_t column_of(std::uint32_t place) {
  return place & 0xffffU;
}

/// Draws of formulas start here: n = 0 is a rule's chance, n = 1 its match.
inline constexpr std::uint32_t first_draw = 2;
/// Further words of one draw (rejection, sums) use n + further * draw_stride.
inline constexpr std::uint32_t draw_stride = 1U << 16;
/// The second variate of one draw (beta) and the boost of gamma for shapes below 1.
inline constexpr std::uint32_t second_variate = 1U << 30;
inline constexpr std::uint32_t boost_word = 1U << 31;

}  // namespace polder::expression
