// SPDX-License-Identifier: Apache-2.0
// What a report reads of a file, whatever its kind: arms with the trajectories of their runs. In a result a
// run is a replicate; in a merged sweep it is a replicate of a point, and runs differ in their parameters as
// well.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "output/result_reader.hpp"
#include "tools/report/json.hpp"

namespace polder::tools::report {

/// What is told beside a mean: how well the mean itself is known (Student's t over pairs that differ by
/// chance alone), or how far the runs lie apart (the middle 80 % of them), where they differ in parameters.
enum class Uncertainty : std::uint8_t { interval_of_mean, range_of_runs };

struct Source {
  std::vector<std::string> arms;  ///< the first is the baseline
  std::vector<Month> times;
  std::vector<SeriesInfo> indicators;
  std::vector<Axis> axes;
  Uncertainty uncertainty = Uncertainty::interval_of_mean;
  /// shape: (arm, run, time); NaN where a run has no value
  std::function<output::Array(const std::string& id)> series;
  /// shape: (arm, run, time, label)
  std::function<output::Array(const std::string& id, const std::string& axis)> grouped;
};

/// How many arms a report speaks of: the baseline and the policies. The further arms of an attribution (a
/// policy without some of its instruments) stand behind them.
std::size_t num_arms_shown(const output::ResultReader& result);

/// `result` must outlive the source.
Source source_of(const output::ResultReader& result);

}  // namespace polder::tools::report
