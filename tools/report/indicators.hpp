// SPDX-License-Identifier: Apache-2.0
// Indicators of a report: what they mean, levels with bands, effects over time, at moments and by label.
#pragma once
#include "tools/report/moments.hpp"
#include "tools/report/names.hpp"

namespace polder::tools::report {

/// Linear interpolation between order statistics (Hyndman & Fan 1996, type 7); NaN left out.
/// range: 0 <= share <= 1.
double quantile(std::vector<double> values, double share);

/// All indicators, with their comparisons at these moments.
Json indicators(const output::ResultReader& result, const std::vector<Moment>& moments);

}  // namespace polder::tools::report
