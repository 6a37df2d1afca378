// SPDX-License-Identifier: Apache-2.0
// Evaluating codes over rows and storing results in columns. Private to engine/.
#pragma once
#include <functional>
#include <span>
#include <vector>

#include "engine/program_impl.hpp"

namespace polder {

/// Pointers of the columns a part sees: live ones, or copies of the month's start.
class ColumnView {
 public:
  ColumnView(const State& state, const Program::Impl& program);
  std::span<const void* const> columns(KindId kind) const { return pointers_[index(kind)]; }
  /// shape: [kind][column]
  std::span<const std::vector<const void*>> all() const { return pointers_; }
  void use_copy(KindId kind, ColumnId column, const void* copy) {
    pointers_[index(kind)][index(column)] = copy;
  }

 private:
  std::vector<std::vector<const void*>> pointers_;
};

/// Lanes for rows of self's table with everything but rows and scalars filled in.
expression::Lanes lanes_of(const State& state, KindId self, const ColumnView& view);

/// Values of a code's aggregates, in the order of Lanes::scalars, followed by room for `extra` scope scalars.
std::vector<double> evaluate_aggregates(const Program::Impl& program, const State& state,
                                        const ColumnView& view, const expression::Code& code,
                                        std::size_t extra = 0);

/// Calls body(first position, registers) for each strip of `rows`.
void for_each_strip(const expression::Code& code, expression::Lanes lanes, std::span<const Row> rows,
                    const std::function<void(std::size_t, std::size_t, expression::Registers&)>& body);

/// Stores doubles (base units; money in EUR per real agent) in the rows of a column.
void store(Table& table, const ColumnInfo& info, ColumnId column, std::span<const Row> rows,
           const double* values, int element = 0);

/// Evaluates the start formulas for new rows of a kind. scalars: values of `cell.x`, shared by all rows (may
/// be empty: zeros).
void fill_start_values(const Program::Impl& program, State& state, const Founding& founding,
                       std::span<const Row> rows, std::span<const double> scalars, bool entrants);

}  // namespace polder
