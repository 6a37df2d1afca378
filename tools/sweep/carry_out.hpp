// SPDX-License-Identifier: Apache-2.0
// `polder sweep run`: what is missing of a shard, into a log of its own.
#pragma once
#include <string>

#include "tools/sweep/plan.hpp"
#include "tools/sweep/runner.hpp"

namespace polder::tools {

struct SweepRunChoice {
  std::string output;
  Shard shard;
  unsigned threads = 0;  ///< 0: all cores
  bool retry_failed = false;
  bool even_if_running = false;  ///< a scheduler may start a task again while the first try still lives
  bool overwrite = false;        ///< forget all runs there are
  bool quiet = false, progress = false;
};

struct SweepRunOutcome {
  RunnerOutcome runner;
  std::uint64_t known = 0;  ///< runs of the shard that needed no run
};

/// errors: InputError when another attempt is at work on the shard; std::runtime_error when runs cannot be
/// written.
SweepRunOutcome carry_out(const SweepPlan& plan, const SweepRunChoice& choice, const Catalogue& catalogue);

}  // namespace polder::tools
