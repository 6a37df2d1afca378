// SPDX-License-Identifier: Apache-2.0
// The ecosystem's network before and after: the snapshots that a report draws.
#pragma once
#include "tools/report/names.hpp"

namespace polder::tools::report {

/// {name, categories: {category: [{en, nl}]}, replicate, snapshots}: of `collaboration` where there is one,
/// else of the largest network; null without snapshots. A snapshot: {arm, month, nodes, ties (of the whole
/// network), members: [{id, degree, weight, <category>}], pairs: [[first, second, strength]]}. Ids count from
/// 0 over all snapshots, so that one agent has one id. First the baseline's start, then the ends of the arms.
Json network(const output::ResultReader& result, const Names& names);

}  // namespace polder::tools::report
