// SPDX-License-Identifier: Apache-2.0
// Reductions over a kind: exact, so that they depend on the agents alone and not on rows, blocks or threads.
// Private to engine/.
#pragma once
#include <vector>

#include "engine/rows.hpp"

namespace polder {

/// Values of several aggregates in one pass over the rows of each kind: a block of rows serves all of them
/// while it is in cache, and requests of one aggregate that follow each other evaluate it once.
/// shape: [request][label]. errors: RunError when a sum meets a value that is not finite.
std::vector<std::vector<double>> evaluate_together(const Program::Impl& program, const State& state,
                                                   const ColumnView& view,
                                                   std::span<const AggregateRequest> requests);

}  // namespace polder
