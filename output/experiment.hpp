// SPDX-License-Identifier: Apache-2.0
// What an experiment is: the arms that share all draws, and all that is needed to run them again.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "engine/calendar.hpp"
#include "engine/scenario.hpp"
#include "engine/sink.hpp"
#include "output/attribution.hpp"
#include "output/provenance.hpp"

namespace polder::output {

/// The scenario of one arm as it is embedded in the result (law 9).
struct ArmScenario {
  std::string title;
  std::string resolved;           ///< merged YAML
  std::vector<SourceFile> files;  ///< scenario and data files with their contents
  bool operator==(const ArmScenario&) const = default;
};

/// The text of a scenario and every file it was made of.
ArmScenario embed(const Scenario& scenario);

struct ExperimentInfo {
  std::vector<ArmInfo> arms;           ///< the first is the baseline of the others
  std::vector<ArmScenario> scenarios;  ///< one an arm, or none
  std::vector<std::string>
      kinds;  ///< of agents, all arms', as far as known; others are met with the first replicate
  std::vector<Package>
      packages;  ///< arms that belong together; their further arms get no effects of their own
  std::uint32_t replicates = 1;  ///< planned; more may be committed
  std::uint32_t first_replicate =
      0;  ///< number of the first replicate (shards of a large ensemble start later)
  std::uint64_t seed = 1;
  double scale = 1.0;
  Month start = Month::of(2020, 1);
  std::string title;
  Provenance provenance;
};

}  // namespace polder::output
