// SPDX-License-Identifier: Apache-2.0
// Flows of money in a file: a full table while it is unfinished (fixed places), one row a non-zero flow when
// it is finished.
#pragma once
#include <cstdint>
#include <vector>

#include "output/result_rewrite.hpp"

namespace polder::output {

/// One amount of money that moved in one year of one replicate.
struct FlowRow {
  std::size_t arm = 0;
  std::uint64_t position = 0;  ///< of the replicate on its axis
  int year = 0;
  std::size_t flow = 0;  ///< position in the table of flows
  Cents amount = 0;
  bool operator==(const FlowRow&) const = default;
};

/// The table of flows of either stage.
std::vector<FlowColumn> read_flow_columns(const hdf5::File& file);
/// Non-zero flows of committed replicates, ascending by arm, replicate, year and flow.
std::vector<FlowRow> read_flow_rows(const hdf5::File& file, const Contents& contents);

/// Carries the committed flows from one result to another of the same experiment.
void copy_flows(const hdf5::File& from, hdf5::File& to, const Contents& contents, const ExperimentInfo& info,
                const ResultLayout& layout, Stage stage);

}  // namespace polder::output
