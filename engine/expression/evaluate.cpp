// SPDX-License-Identifier: Apache-2.0
#include "engine/expression/evaluate.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "engine/expression/compute.hpp"
#include "engine/expression/random.hpp"
#include "engine/expression/vectors.hpp"

namespace polder::expression {

void Registers::reset(const Code& code) {
  code_ = &code;
  constexpr std::size_t alignment = 64 / sizeof(double);
  double* memory = memory_.reserve(std::size_t{code.num_registers} * strip + alignment);
  values_ = memory + (64 - reinterpret_cast<std::uintptr_t>(memory) % 64) % 64 / sizeof(double);
  pointers_.resize(code.num_registers);
  for (std::uint16_t r = 0; r < code.num_registers; ++r) pointers_[r] = at(r);
  for (const auto& [r, value] : code.pinned) std::fill_n(at(r), strip, value);
  wide_.reserve(code.vector_size * strip * 2);
}

/// One call of `evaluate`.
class Evaluation {
 public:
  Evaluation(const Code& code, const Lanes& lanes, Registers& registers)
      : code_(code), lanes_(lanes), registers_(registers), kernels_(kernels::active()), n_(lanes.n) {}

  void run() {
    const bool ahead = lanes_.rows == nullptr && lanes_.ahead != 0;
    for (const Instruction& instruction : code_.instructions) {
      if (ahead) fetch_ahead(static_cast<std::size_t>(&instruction - code_.instructions.data()));
      const Op op = instruction.op;
      if (is_elementwise(op)) {
        const Operands in{at(instruction.a), at(instruction.b), at(instruction.c), instruction.constant};
        compute(kernels_, op, out(instruction), in, n_);
      } else if (op >= Op::norm) {
        vectors(instruction);
      } else if (op >= Op::uniform) {
        draw(instruction);
      } else {
        load(instruction);
      }
    }
  }

 private:
  /// Asks for rows further on, with every instruction for a share of them, so that memory works while the
  /// processor computes. Rows past the end of a column are asked for in vain.
  void fetch_ahead(std::size_t position) const {
    const std::size_t shares = code_.instructions.size(), next = lanes_.first + lanes_.ahead;
    const std::size_t first = next + n_ * position / shares, last = next + n_ * (position + 1) / shares;
    for (const Stream& stream : code_.streams) {
      const auto* column = static_cast<const char*>(lanes_.self[index(stream.column)]);
      for (std::size_t at = first * stream.bytes; at < last * stream.bytes; at += 64)
        __builtin_prefetch(column + at, 0, 2);
    }
  }

  const double* at(std::uint16_t r) const { return registers_.pointers_[r]; }
  double* out(const Instruction& instruction) {
    double* own = registers_.at(instruction.out);
    registers_.pointers_[instruction.out] = own;
    return own;
  }

  const Row* rows(Side side) const { return side == Side::self ? lanes_.rows : lanes_.partner_rows; }
  const void* column(std::uint32_t place) const {
    return (side_of(place) == Side::self ? lanes_.self : lanes_.partner)[column_of(place)];
  }
  const std::uint64_t* ids(Side side) const {
    return side == Side::self ? lanes_.self_ids : lanes_.partner_ids;
  }
  const double* weights(Side side) const {
    return side == Side::self ? lanes_.self_weights : lanes_.partner_weights;
  }

  void load(const Instruction& instruction) {
    const std::uint32_t place = instruction.aux;
    const Side side = side_of(place);
    switch (instruction.op) {
      case Op::number:
      case Op::id:
        return load_words(instruction, static_cast<const double*>(column(place)), side);
      case Op::own_id:
        return load_own_id(instruction, side);
      case Op::weight:
        if (weights(side) == nullptr) return void(std::fill_n(out(instruction), n_, 1.0));
        return load_words(instruction, weights(side), side);
      case Op::whole:
        return load_whole(instruction, static_cast<const std::int64_t*>(column(place)), side);
      case Op::small:
        return load_small(instruction, static_cast<const std::uint8_t*>(column(place)), side);
      case Op::scalar:
        return void(std::fill_n(out(instruction), n_, lanes_.scalars[place]));
      case Op::scalar_by:
        return load_by_label(instruction);
      case Op::look_up:
        return look_up(instruction);
      default:
        return;
    }
  }

  /// Without a list of rows the register points into the column.
  void load_words(const Instruction& instruction, const double* values, Side side) {
    if (rows(side) == nullptr)
      registers_.pointers_[instruction.out] = values + lanes_.first;
    else
      kernels_.gather(out(instruction), values, rows(side), n_);
  }

  void load_own_id(const Instruction& instruction, Side side) {
    const std::uint64_t* values = ids(side);
    const Row* chosen = rows(side);
    double* result = out(instruction);
    for (std::size_t i = 0; i < n_; ++i)
      result[i] = std::bit_cast<double>(values[chosen == nullptr ? lanes_.first + i : chosen[i]]);
  }

  void load_whole(const Instruction& instruction, const std::int64_t* values, Side side) {
    const Row* chosen = rows(side);
    double* result = out(instruction);
    if (chosen == nullptr) return kernels_.from_i64(result, values + lanes_.first, 1.0, n_);
    for (std::size_t i = 0; i < n_; ++i) result[i] = static_cast<double>(values[chosen[i]]);
  }

  void load_small(const Instruction& instruction, const std::uint8_t* values, Side side) {
    const Row* chosen = rows(side);
    double* result = out(instruction);
    if (chosen == nullptr) return kernels_.from_u8(result, values + lanes_.first, n_);
    for (std::size_t i = 0; i < n_; ++i) result[i] = values[chosen[i]];
  }

  void load_by_label(const Instruction& instruction) {
    const double* labels = at(instruction.a);
    double* result = out(instruction);
    for (std::size_t i = 0; i < n_; ++i)
      result[i] = lanes_.scalars[instruction.aux + static_cast<std::size_t>(labels[i])];
  }

  void look_up(const Instruction& instruction) {
    const double *rows = at(instruction.a), *columns = at(instruction.b);
    const double* table = code_.tables.data() + instruction.aux;
    const auto side = static_cast<std::size_t>(instruction.constant);
    double* result = out(instruction);
    for (std::size_t i = 0; i < n_; ++i)
      result[i] = table[static_cast<std::size_t>(rows[i]) * side + static_cast<std::size_t>(columns[i])];
  }

  /// Draws belong to self, also those over a pair.
  const std::uint64_t* lane_ids() {
    if (lanes_.rows == nullptr) return lanes_.self_ids + lanes_.first;
    if (!has_ids_) {
      registers_.ids_.resize(strip);
      for (std::size_t i = 0; i < n_; ++i) registers_.ids_[i] = lanes_.self_ids[lanes_.rows[i]];
      has_ids_ = true;
    }
    return registers_.ids_.data();
  }

  void draw(const Instruction& instruction) {
    const Draw draw{static_cast<std::uint64_t>(draw_key(lanes_.seed, lanes_.replicate, code_.purpose)),
                    lanes_.step, code_.first_draw + instruction.aux + lanes_.draw_offset * code_.num_draws,
                    lane_ids(), n_};
    const double* a = at(instruction.a);
    draw_block(kernels_, instruction.op, draw, a, out(instruction));
  }

  Vectors vectors_of(std::size_t column, Side side) const {
    const auto& columns = side == Side::self ? lanes_.self : lanes_.partner;
    return {static_cast<const double*>(columns[column]), rows(side), lanes_.first};
  }

  void vectors(const Instruction& instruction) {
    const auto size = static_cast<std::size_t>(instruction.constant);
    const Vectors first = vectors_of(column_of(instruction.aux), side_of(instruction.aux));
    const Vectors second = instruction.op == Op::distance || instruction.op == Op::similarity
                               ? vectors_of(instruction.b, static_cast<Side>(instruction.c))
                               : Vectors{};
    double* result = out(instruction);
    switch (instruction.op) {
      case Op::norm:
        return norm(kernels_, result, first, size, n_, registers_.wide_.data());
      case Op::distance:
        return distance(kernels_, result, first, second, size, n_, registers_.wide_.data());
      case Op::similarity:
        return similarity(kernels_, result, first, second, size, n_, registers_.wide_.data());
      default:
        return component(result, first, size, instruction.b, n_);
    }
  }

  const Code& code_;
  const Lanes& lanes_;
  Registers& registers_;
  const kernels::Table& kernels_;
  std::size_t n_;
  bool has_ids_ = false;
};

void evaluate(const Code& code, const Lanes& lanes, Registers& registers) {
  EXPECTS(lanes.n <= strip);
  Evaluation(code, lanes, registers).run();
}

}  // namespace polder::expression
