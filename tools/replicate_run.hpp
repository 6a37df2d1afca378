// SPDX-License-Identifier: Apache-2.0
// One replicate of an experiment, arm after arm, and the committing of what it found.
#pragma once
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "tools/attribution_tally.hpp"
#include "tools/experiment.hpp"

namespace polder::tools {

/// Hands results to the sink, one thread at a time. Under a sequential rule replicates are committed in
/// order, whole, and none after the one that was enough: which ones count must not depend on which finished
/// first.
class Committer {
 public:
  Committer(const ExperimentPlan& plan, Sink& sink, std::uint32_t first)
      : plan_(plan), sink_(sink), next_(first) {}
  void arm_done(const ReplicateResult& result);
  void replicate_done();
  bool enough() const { return enough_; }

 private:
  std::size_t num_missing(std::uint32_t replicate) const;

  const ExperimentPlan& plan_;
  Sink& sink_;
  std::mutex mutex_;
  std::uint32_t next_;
  std::map<std::uint32_t, std::vector<ReplicateResult>> waiting_;
  std::atomic<bool> enough_{false};
};

/// One replicate, from its founders or from where it was stopped.
class ReplicateRun {
 public:
  ReplicateRun(const ExperimentPlan& plan, Unfinished start, Committer& committer, Progress& progress)
      : plan_(plan), at_(std::move(start)), committer_(committer), progress_(progress) {}
  /// False when it was stopped before its end.
  bool run();
  /// Where a stopped run stands; nothing when it has to begin anew: under a sequential rule finished arms
  /// wait to be committed with the others, and are lost with the program.
  std::optional<Unfinished> rest() &&;

 private:
  using Founders = decltype(ReplicateResult::founded);

  const Program& baseline() const { return plan_.arms.front(); }
  bool go_on() const;
  bool burn_in();
  /// Policies first, the baseline last.
  std::optional<std::size_t> next_arm() const;
  State state_of_policy(std::size_t arm) const;
  void begin_arm(std::size_t arm);
  bool run_arm();
  void note_founders(std::size_t arm, const State& state);
  /// With whom an arm began; a replicate that goes on from an archive founds them again to count them.
  const Founders& founders_of(std::size_t arm);
  /// The package in which an arm lacks one member, and that member.
  std::pair<const output::Package*, std::size_t> lacks_one(std::size_t arm) const;
  const output::Package* whole_package(std::size_t arm) const;
  /// The tally of a whole package in this replicate; runs it again when it was committed before a stop.
  /// Nothing when asked to stop.
  const Tally* whole_tally(const output::Package& package);
  /// Adds the series of the attribution behind the samples of the arm that has just ended.
  void add_series(Tally tally, const Tally* whole, std::size_t member, ReplicateResult& result);
  /// The networks of the first replicate are kept; of a package only those of the whole one.
  bool keeps_networks() const;

  const ExperimentPlan& plan_;
  Unfinished at_;
  Committer& committer_;
  Progress& progress_;
  std::set<std::size_t> finished_;
  std::map<std::size_t, Founders> founders_;  ///< by the arm whose program founded them
  std::map<std::size_t, Tally> tallies_;      ///< of whole packages, for the arms that lack one instrument
};

}  // namespace polder::tools
