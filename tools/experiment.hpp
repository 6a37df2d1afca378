// SPDX-License-Identifier: Apache-2.0
// Runs arms x replicates. Per replicate: founders and burn-in once, under the baseline; then every arm goes
// on from there with the same draws. Replicates run side by side as far as threads and memory allow; what is
// left of the threads works inside them. Values depend on none of that.
//
//   replicate r:   found -> burn-in -+-> policy 1 -> commit
//                  (baseline)        +-> policy 2 -> commit
//                                    +-> baseline -> commit       (last: it may use up the branching state)
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "engine/program.hpp"
#include "output/attribution.hpp"
#include "tools/progress.hpp"

namespace polder::tools {

/// States in memory for each running replicate: the branching one, one arm's, and what a step needs for
/// itself.
inline constexpr double states_a_replicate = 2.5;

/// A replicate that was stopped half-way: all that is needed to go on to the same values.
struct Unfinished {
  std::uint32_t replicate = 0;
  std::optional<State> branch;     ///< under the baseline: in its burn-in, or waiting for further arms
  std::optional<std::size_t> arm;  ///< the one that was running
  State state;                     ///< of that arm
  ReplicateResult samples;         ///< of that arm
};

struct ExperimentPlan {
  std::span<const Program> arms;  ///< the first is the baseline; all have the same clock
  std::uint64_t seed = 1;
  std::uint32_t first_replicate = 0;
  std::uint32_t replicates = 1;  ///< at most, where a rule may end it earlier
  /// (arm, replicate) that need no run.
  std::set<std::pair<std::size_t, std::uint32_t>> done;
  std::vector<Unfinished> unfinished;
  /// Asked after every replicate, in order: are these enough? Then later ones are dropped. Empty: all are
  /// run.
  std::function<bool(std::span<const ReplicateResult> arms)> enough;
  /// Arms that are compared agent by agent: their results get the series of an attribution.
  std::span<const output::Package> packages = {};
  double memory = 0;  ///< bytes that states may take; 0: 80 % of what is free
  /// Shown the state of every arm after each month past the burn-in; replicates call it side by side. Empty:
  /// nobody looks.
  std::function<void(std::size_t arm, std::uint32_t replicate, const State& state)> observe = {};
};

struct ExperimentOutcome {
  bool complete = false;               ///< nothing is left to run
  std::vector<Unfinished> unfinished;  ///< when a signal asked to stop
  std::size_t num_agents = 0;          ///< of one state
  std::size_t state_bytes = 0;
};

/// Runs what is not done yet; `sink` gets every arm of every replicate once. Stops at the end of a month when
/// stop_signal() says so. errors: RunError of the lowest replicate that failed.
ExperimentOutcome run_experiment(const ExperimentPlan& plan, Sink& sink, Progress& progress);

/// Months that the plan still has to run.
std::uint64_t planned_months(const ExperimentPlan& plan);
/// Memory of a state.
/// unit: byte
std::size_t state_bytes(const State& state);
std::size_t num_agents(const State& state);
/// Memory the system could still give.
/// unit: byte
double free_memory();

}  // namespace polder::tools
