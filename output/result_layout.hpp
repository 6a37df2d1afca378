// SPDX-License-Identifier: Apache-2.0
// The axes and variables of a result, as the union of what its arms produce. Knows nothing of files.
#pragma once
#include <string>
#include <vector>

#include "output/experiment.hpp"

namespace polder::output {

/// Where a network of an arm stands in the union.
struct NetworkPositions {
  std::size_t network = 0;
  std::vector<std::size_t> moments, categories;
  std::vector<std::vector<std::size_t>> labels;  ///< by the arm's categories
};

/// Where the things of one arm stand in the union; positions by the arm's own order.
struct ArmPositions {
  std::vector<std::size_t> times, years, series, flows, instruments;
  std::vector<std::vector<std::size_t>> labels;  ///< by the arm's axes
  std::vector<NetworkPositions> networks;
};

/// Everything that has a place in the file.
struct ResultLayout {
  std::vector<std::string> arms;
  std::vector<Month> times;        ///< ascending
  std::vector<int> years;          ///< ascending
  std::vector<Axis> axes;          ///< sector, region, theme, ...
  std::vector<SeriesInfo> series;  ///< `samples` are positions in `times`; `by` of all arms
  std::vector<FlowColumn> flows;
  std::vector<InstrumentColumn> instruments;
  std::vector<NetworkInfo> networks;
  std::vector<std::string> kinds;       ///< sorted; grows as replicates report theirs
  std::vector<ArmPositions> positions;  ///< one an arm
};

/// errors: InputError when two arms have one name, when they give one indicator different units, or when a
/// name cannot stand in a file.
ResultLayout unite(const ExperimentInfo& info);

/// Name of an axis of categories in the file: its own, unless results have an axis of that name already.
std::string axis_in_file(const std::string& name);

/// 16 hex digits that tell experiments apart: arms, scenarios, seed, scale, samples. An unfinished result is
/// only continued by the same experiment; the number of replicates does not count.
std::string fingerprint(const ExperimentInfo& info);

/// Months between samples when they are regular, else 0.
int sampled_every(const SeriesInfo& series, const std::vector<Month>& times);

}  // namespace polder::output
