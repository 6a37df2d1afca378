// SPDX-License-Identifier: Apache-2.0
// From the logs of all parts to one file, block by block of points.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "tools/command.hpp"
#include "tools/sweep/parts.hpp"
#include "tools/sweep/plan.hpp"

namespace polder::tools {

struct MergeOutcome {
  std::uint64_t runs = 0, done = 0, failed = 0, missing = 0;  ///< of the plan
  std::vector<std::string> faults;  ///< the first few errors, with point and replicate
};

/// Counts without reading values.
MergeOutcome count_runs(const SweepPlan& plan, const Parts& parts);

/// Writes the merged file in the place of `output`; what is missing is NaN, and the file then says that it is
/// not complete. errors: std::runtime_error when the place cannot be written; InputError when there are no
/// runs at all (what stands there stays), or when a log changed under our hands.
MergeOutcome merge_sweep(const SweepPlan& plan, const Parts& parts, const std::string& output,
                         Arguments arguments);

/// `12 of 100 runs done, 2 failed, 86 missing`, with the first faults.
std::string as_text(const MergeOutcome& outcome);

}  // namespace polder::tools
