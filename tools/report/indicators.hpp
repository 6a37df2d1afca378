// SPDX-License-Identifier: Apache-2.0
// Indicators of a report: what they mean, levels with bands, effects over time, at moments and by label.
#pragma once
#include "tools/report/moments.hpp"

namespace polder::tools::report {

/// All indicators, with their comparisons at these moments.
Json indicators(const Source& source, const std::vector<Moment>& moments);

}  // namespace polder::tools::report
