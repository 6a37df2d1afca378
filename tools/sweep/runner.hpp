// SPDX-License-Identifier: Apache-2.0
// Carries out tasks of a plan side by side, one thread a run, and hands each finished run on at once.
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "output/sweep_log.hpp"
#include "tools/sweep/plan.hpp"

namespace polder::tools {

/// What a sweep took.
struct RunnerOutcome {
  std::uint64_t done = 0, failed = 0;
  bool stopped = false;      ///< by a signal: the runs that were going on are lost, the others kept
  double run_seconds = 0;    ///< own time of all runs: founders, steps, samples
  double wall_seconds = 0;   ///< from start to end
  double busy_seconds = 0;   ///< own time and what came with it (compiling, writing), all workers
  double extra_seconds = 0;  ///< of the processor, for what came with the runs
  unsigned workers = 1;
  /// Share of the workers' time that was the runs' own.
  double efficiency() const { return wall_seconds > 0 ? run_seconds / (wall_seconds * workers) : 1; }
};

/// What is told while it runs. Called by one thread at a time.
struct RunnerEvents {
  std::function<void(const output::SweepRun&)> finished;
  std::function<void(std::uint64_t done, std::uint64_t failed, double mean_seconds, unsigned workers)>
      progress;
};

/// How many runs may go side by side: threads, tasks and memory decide.
unsigned num_workers(const SweepPlan& plan, std::size_t num_tasks, unsigned threads);

/// Runs the tasks. A run that fails is handed on with its error; what `finished` throws ends everything.
/// Values do not depend on the number of workers, nor on what else is run. errors: what `finished` throws.
RunnerOutcome run_tasks(const SweepPlan& plan, const Catalogue& catalogue, std::span<const SweepTask> tasks,
                        unsigned workers, unsigned threads, const RunnerEvents& events);

}  // namespace polder::tools
