// SPDX-License-Identifier: Apache-2.0
// Block kernels: elementwise functions over short arrays, in one table per instruction set, chosen once at
// start. Every table gives the same bits (law 4): no fused multiply-add, own elementary functions, fixed
// order of operations.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace polder::kernels {

enum class Level { base, avx2, avx512 };

/// Sums a label that `add_by_label` uses in turn, so that rows of one label do not wait for each other.
inline constexpr std::size_t label_copies = 4;

/// All pointers may be unaligned; `out` may equal an input. n: elements.
struct Table {
  using Unary = void (*)(double* out, const double* a, std::size_t n);
  using Binary = void (*)(double* out, const double* a, const double* b, std::size_t n);
  using Ternary = void (*)(double* out, const double* a, const double* b, const double* c, std::size_t n);
  using BinaryConstant = void (*)(double* out, const double* a, double b, std::size_t n);
  using Draw = void (*)(double* out, std::uint64_t key, std::uint32_t step, std::uint32_t draw,
                        const std::uint64_t* ids, std::size_t n);

  // arithmetic; truth values are 1.0 and 0.0
  Binary add, subtract, multiply, divide, minimum, maximum;
  Binary less, less_equal, equal, not_equal, logical_and, logical_or;
  BinaryConstant add_constant, multiply_constant, minimum_constant, maximum_constant;
  BinaryConstant less_constant, less_equal_constant, greater_constant, greater_equal_constant, equal_constant,
      not_equal_constant;
  BinaryConstant constant_minus, constant_divided;  ///< b - a, b / a
  Unary negate, logical_not, absolute, square_root, floor, round;
  Unary exp, log;  ///< own implementations, error <= 1.5 ulp over the normal range
  Binary power;    ///< a^b = exp(b log a) for a >= 0 (0^0 = 1, 0^positive = 0); integer b in [-8, 8] by
                   ///< multiplication
  Ternary select;  ///< a != 0 ? b : c

  // draws for a block of agents (law 2), word 0 of counter (id, step, draw)
  Draw uniform;      ///< (0, 1)
  Draw normal;       ///< inverse distribution function (Wichura 1988, AS241) of the uniform
  Draw exponential;  ///< -log(uniform)
  /// out[i] = word 0 of counter (id, step, first + i)
  void (*words)(std::uint64_t* out, std::uint64_t key, std::uint64_t id, std::uint32_t step,
                std::uint32_t first, std::size_t n);
  /// out[i] = uniform(id) < probability[i] ? 1 : 0, and the constant form
  void (*bernoulli)(double* out, const double* probability, std::uint64_t key, std::uint32_t step,
                    std::uint32_t draw, const std::uint64_t* ids, std::size_t n);

  // columns
  void (*gather)(double* out, const double* column, const std::uint32_t* rows, std::size_t n);
  void (*from_u8)(double* out, const std::uint8_t* a, std::size_t n);
  void (*from_i64)(double* out, const std::int64_t* a, double factor, std::size_t n);
  /// Euclidean length of `size` numbers a row, row-major: squares are added pairwise as a balanced tree of
  /// the size rounded up to a power of two (zeros for missing ones).
  void (*vector_norm)(double* out, const double* vectors, std::size_t size, std::size_t n);

  /// out[j]: the mean over k of (others[j][k] - own[k])^2, added in the order of k. size: numbers of a vector
  void (*mean_squares)(double* out, const double* own, const double* const* others, std::size_t size,
                       std::size_t n);
  /// sums[k] += weights[j] * (others[j][k] - own[k]), in the order of j.
  void (*add_differences)(double* sums, const double* own, const double* const* others, const double* weights,
                          std::size_t size, std::size_t n);

  /// Positions i with flag[i] != 0, in order; returns their number.
  std::size_t (*select_rows)(std::uint32_t* out, const double* flag, std::uint32_t first_row, std::size_t n);

  /// Exact partial sums: see engine/exact_sum.hpp. partial: three doubles, n <= 4096, |a| < 2^40; returns
  /// false (and leaves partial alone) when an element is larger or not finite.
  bool (*exact_sum)(double* partial, const double* a, std::size_t n);
  bool (*exact_dot)(double* partial, const double* a, const double* b,
                    std::size_t n);  ///< of the products, rounded
  /// The parts of products a[i] * b[i] (0 where b[i] is 0, whatever a[i] is) that `exact_sum` adds: four
  /// numbers a product, the last one 0. parts: room for 4 n, aligned to 32 bytes. Returns false when a
  /// product is larger or not finite.
  bool (*exact_split)(double* parts, const double* a, const double* b, std::size_t n);
  /// Adds the parts of each row to the sums of its label. sums: [label_copies][num_labels][4], aligned as
  /// `parts`; at most 4096 rows may be added to sums that were zero. labels: one a row, below num_labels.
  void (*add_by_label)(double* sums, std::size_t num_labels, const double* parts, const std::uint8_t* labels,
                       std::size_t n);
};

/// The best table this processor can run, or the one named by POLDER_SIMD=base|avx2|avx512.
const Table& active();
Level active_level();
/// The table of one level; null when this processor lacks it (for tests that compare levels).
const Table* table(Level level);
std::string_view name(Level level);

}  // namespace polder::kernels
