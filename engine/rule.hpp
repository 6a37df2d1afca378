// SPDX-License-Identifier: Apache-2.0
// Executes compiled YAML rules for one month, each:
//   select (when, chance) -> match -> evaluate values -> require -> fund -> apply
// Rules without a partner write their own rows strip by strip; everything else is collected a block and
// applied in id order. The rules of a batch share one pass over the blocks.
#pragma once
#include <span>

#include "engine/turn.hpp"

namespace polder {

/// A rule and what it sees of the columns.
struct DueRule {
  const RuleProgram* rule;
  ColumnView view;
};

/// Runs the rules of one batch (batch.hpp), in order. errors: RunError naming formula, agent and month when a
/// chance leaves [0, 1] or a value is not finite.
void run_rules(const Program::Impl& program, State& state, MonthEdits& edits, std::span<const DueRule> rules);

}  // namespace polder
