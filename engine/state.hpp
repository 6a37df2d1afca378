// SPDX-License-Identifier: Apache-2.0
// Everything that changes during a run: a value that can be copied (branching), compared and archived
// (checkpoint).
#pragma once
#include <cstdint>
#include <vector>

#include "engine/ledger.hpp"
#include "engine/table.hpp"
#include "engine/ties.hpp"

namespace polder {

struct State {
  std::uint64_t seed = 0;
  std::uint32_t replicate = 0;
  std::uint32_t step = 0;  ///< months since the beginning of the burn-in; part of every draw
  std::vector<Table> tables;
  std::vector<Ties> networks;
  Ledger ledger;
  std::vector<double> events;      ///< weighted counts of the current month, one an event name
  std::vector<double> event_sums;  ///< since the last yearly sample
  std::vector<double>
      sample_sums;  ///< aggregates averaged over the months since the last sample (probes with period mean)
  std::uint32_t months_summed = 0;
};

}  // namespace polder
