// SPDX-License-Identifier: Apache-2.0
// Reductions over a kind: exact, so that they depend on the agents alone and not on rows, blocks or threads.
// Private to engine/.
#pragma once
#include <optional>
#include <vector>

#include "engine/rows.hpp"

namespace polder {

/// Value of an aggregate; with an axis one value a label of that category column.
std::vector<double> evaluate_aggregate(const Program::Impl& program, const State& state,
                                       const ColumnView& view, const expression::Aggregate& aggregate,
                                       std::optional<ColumnId> axis, std::size_t num_labels);

}  // namespace polder
