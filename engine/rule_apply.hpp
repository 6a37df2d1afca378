// SPDX-License-Identifier: Apache-2.0
// What a rule decided, and what follows from it: funding, assignments, learning, ties, payments, entries and
// exits. Contributions that meet in one row are applied in id order, rows in parallel; payments and entries
// in id order. Private to engine/.
#pragma once
#include <vector>

#include "engine/exact_sum.hpp"
#include "engine/match.hpp"
#include "engine/turn.hpp"

namespace polder {

/// What one block of agents decided: pairs with the values of every slot of the rule.
struct Decisions {
  Pairs pairs;                  // partner empty for rules without match
  std::vector<double> values;   // [pair][slot]
  std::vector<double> learned;  // [pair][learn][element]: changes
  ExactSum fired;               // weight of the agents that acted
};

/// Writes values to rows of a column: rows[i], or first + i without rows. v: base units, money in EUR per
/// real agent.
void assign(Table& table, const ColumnInfo& info, const Assignment& assignment, const double* v,
            const Row* rows, Row first, std::size_t n);

/// blocks: what the blocks of rows decided, in their order. errors: RunError of a formula.
void apply_decisions(const Program::Impl& program, State& state, const ColumnView& view, MonthEdits& edits,
                     const RuleProgram& rule, std::vector<Decisions> blocks);

}  // namespace polder
