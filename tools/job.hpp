// SPDX-License-Identifier: Apache-2.0
// From scenarios to a result file: compile, continue what was begun, run, checkpoint when asked to stop,
// finish.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/mechanism.hpp"
#include "engine/scenario.hpp"
#include "output/experiment.hpp"
#include "tools/command.hpp"
#include "tools/options.hpp"

namespace polder::tools {

/// `labour_productivity:2035:0.1 %`: add replicates until the 95 % interval of the effect of every policy on
/// this indicator in this year has a half-width of at most this share of the baseline's mean.
struct Precision {
  std::string indicator;
  int year = 0;
  double share = 0;
};
/// errors: InputError
Precision parse_precision(const std::string& text);

struct Job {
  std::vector<Scenario> arms;  ///< the first is the baseline
  std::vector<output::ArmScenario>
      sources;  ///< what the result embeds of each arm; empty: the files they were read from
  std::uint32_t first_replicate = 0;
  std::uint32_t replicates = 1;  ///< with a precision: at most
  std::optional<Precision> precision;
  std::string output;
  bool overwrite = false;  ///< an unfinished result there is replaced instead of continued
  bool quiet = false;
  Progress::Show progress = Progress::Show::nothing;
  unsigned threads = 0;
};

struct JobOutcome {
  int exit_code = exit_done;
  double seconds = 0;
  std::uint64_t agent_months = 0;
  bool complete() const { return exit_code == exit_done; }
};

/// Runs the job; what happens is told on standard error unless `quiet`. When a signal asked to stop, the
/// result stays unfinished, a checkpoint lies beside it, and the exit code says so. errors: InputError,
/// RunError, std::runtime_error.
JobOutcome carry_out(const Job& job, const Catalogue& catalogue, Arguments arguments);

/// Where the running replicates of an unfinished result are kept.
std::string checkpoint_path(const std::string& output);

/// What a run would need, measured on a founded state and a few months.
struct Estimate {
  std::size_t agents = 0;  ///< simulated, at the start
  double memory = 0;       ///< bytes, with all replicates that would run side by side
  double disk = 0;         ///< bytes, uncompressed
  double seconds = 0;
  std::uint64_t months = 0;  ///< of all arms and replicates
};
Estimate estimate(const Job& job, const Catalogue& catalogue);

}  // namespace polder::tools
