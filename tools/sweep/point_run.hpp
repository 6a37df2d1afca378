// SPDX-License-Identifier: Apache-2.0
// One worker's runs. It keeps what the points of the current replicate share: founders, the state after the
// burn-in, the results of arms that no parameter reaches; and the programs of the current point.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "output/sweep_log.hpp"
#include "tools/sweep/plan.hpp"

namespace polder::tools {

class PointRunner {
 public:
  PointRunner(const SweepPlan& plan, const Catalogue& catalogue);

  /// All arms of one run. Nothing when a signal asked to stop. A fault of the scenario (or of its values)
  /// becomes a failed run with its error.
  std::optional<output::SweepRun> run(const SweepTask& task);
  /// Processor time of this thread for founders, steps and samples of the last run.
  /// unit: s
  double own_processor_seconds() const { return own_processor_seconds_; }

 private:
  struct Stopped {};
  const Study& study() const { return *plan_.study; }
  const Program& program(std::size_t arm) const;
  void choose_point(const SweepTask& task);
  void choose_replicate(const SweepTask& task);
  /// The baseline after its burn-in.
  const State& branch(std::uint32_t replicate);
  State start_of(std::size_t arm, std::uint32_t replicate);
  std::vector<double> run_arm(std::size_t arm, std::uint32_t replicate);
  void advance(const Program& program, State& state, std::uint32_t until);
  std::vector<double> run_arms(const SweepTask& task);

  const SweepPlan& plan_;
  const Catalogue& catalogue_;
  std::optional<std::size_t> point_;
  std::vector<std::optional<Program>> programs_;  ///< of the point; none where the study's own serves
  std::optional<std::uint32_t> replicate_;
  std::optional<State> founders_;  ///< of the baseline, when shared
  std::optional<State> branch_;    ///< after the burn-in; kept when shared
  std::vector<std::optional<State>> arm_founders_;
  std::vector<std::optional<std::vector<double>>> arm_values_;
  double own_processor_seconds_ = 0;
};

/// Processor time that this thread has used.
/// unit: s
double processor_seconds();

}  // namespace polder::tools
