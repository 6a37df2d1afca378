// SPDX-License-Identifier: Apache-2.0
// Runs a baseline, watches its agents, and scores it. For additionality it also runs the baseline without its
// tax credits and without its grants, with the same draws and from the same burn-in.
#pragma once
#include "tools/job.hpp"
#include "tools/validate/scorecard.hpp"

namespace polder::tools::validate {

/// The baseline as it would be without its instruments of one form (`grant`); nothing when it has none.
/// errors: InputError when something in the scenario needs one of them.
std::optional<Scenario> without_form(const Scenario& baseline, const std::string& form,
                                     const Catalogue& catalogue);

/// One observation a replicate.
class Watch {
 public:
  /// arms: of the job, the first is the baseline
  Watch(const std::vector<Scenario>& arms, std::uint32_t replicates);
  /// For Job::observe; replicates may call it side by side.
  void see(const Program& program, std::size_t arm, std::uint32_t replicate, const State& state);
  /// After the run: adds the indicators of the result. shape: one a replicate
  std::vector<Observation> finish(const std::string& path) &&;

 private:
  struct Replicate {
    std::optional<Observer> observer;
    Observation seen;
    std::vector<FirmTotals> totals;  ///< one an arm
  };
  std::vector<std::string> forms_;  ///< that each arm lacks; empty for the baseline
  std::vector<Replicate> replicates_;
};

/// Names of the arms that without_form makes.
std::string name_without(const std::string& baseline, const std::string& form);

}  // namespace polder::tools::validate
