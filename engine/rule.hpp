// SPDX-License-Identifier: Apache-2.0
// Executes one compiled YAML rule for one month:
//   select (when, chance) -> match -> evaluate values -> require -> fund -> apply
// Rules without a partner write their own rows strip by strip; everything else is collected a block and
// applied in id order.
#pragma once
#include "engine/turn.hpp"

namespace polder {

/// errors: RunError naming formula, agent and month when a chance leaves [0, 1] or a value is not finite.
void run_rule(const Program::Impl& program, State& state, const ColumnView& view, MonthEdits& edits,
              const RuleProgram& rule);

}  // namespace polder
