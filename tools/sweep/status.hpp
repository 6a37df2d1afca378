// SPDX-License-Identifier: Apache-2.0
// How far a sweep is, from the logs alone: whoever can read the folder can ask, on any machine.
#pragma once
#include <cstdint>
#include <string>

#include "tools/sweep/merge.hpp"
#include "tools/sweep/parts.hpp"
#include "tools/sweep/plan.hpp"

namespace polder::tools {

struct SweepStatus {
  MergeOutcome counts;
  std::uint64_t running = 0;   ///< runs that attempts at work have begun
  std::uint64_t attempts = 0;  ///< at work
  double mean_seconds = 0;     ///< of a run
  double seconds_left = 0;     ///< with the attempts that are at work; NaN when there is none
};
SweepStatus status_of(const SweepPlan& plan, const Parts& parts);

/// For people, with one line an attempt.
std::string as_text(const SweepPlan& plan, const Parts& parts, const SweepStatus& status);
std::string as_json(const SweepPlan& plan, const Parts& parts, const SweepStatus& status);

}  // namespace polder::tools
