// SPDX-License-Identifier: Apache-2.0
// From scenarios to a result file: compile, continue what was begun, run, checkpoint when asked to stop,
// finish.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/mechanism.hpp"
#include "engine/program.hpp"
#include "engine/scenario.hpp"
#include "output/experiment.hpp"
#include "tools/command.hpp"
#include "tools/options.hpp"
#include "tools/precision.hpp"

namespace polder::tools {

struct Job {
  std::vector<Scenario> arms;  ///< the first is the baseline
  std::vector<output::ArmScenario>
      sources;  ///< what the result embeds of each arm; empty: the files they were read from
  std::vector<output::Package> packages;  ///< which arms belong together; empty: no attribution
  std::uint32_t first_replicate = 0;
  std::uint32_t replicates = 1;  ///< with a precision: at most
  std::optional<Precision> precision;
  std::string output;
  bool overwrite = false;  ///< an unfinished result there is replaced instead of continued
  bool quiet = false;
  Progress::Show progress = Progress::Show::nothing;
  unsigned threads = 0;
  /// As in ExperimentPlan, with the program of the arm; wants a run from its beginning, so `overwrite`.
  std::function<void(const Program& program, std::size_t arm, std::uint32_t replicate, const State& state)>
      observe = {};
};

struct JobOutcome {
  int exit_code = exit_done;
  double seconds = 0;
  std::uint64_t agent_months = 0;
  bool complete() const { return exit_code == exit_done; }
};

/// errors: InputError with every mistake of the first scenario that has any.
std::vector<Program> compile_all(const std::vector<Scenario>& arms, const Catalogue& catalogue);

/// Runs the job; what happens is told on standard error unless `quiet`. When a signal asked to stop, the
/// result stays unfinished, a checkpoint lies beside it, and the exit code says so. errors: InputError,
/// RunError, std::runtime_error.
JobOutcome carry_out(const Job& job, const Catalogue& catalogue, Arguments arguments);

/// What it took and where the result is, as the last line for a reader.
std::string closing_line(const JobOutcome& outcome, const std::string& output);

/// Where the running replicates of an unfinished result are kept.
std::string checkpoint_path(const std::string& output);

}  // namespace polder::tools
