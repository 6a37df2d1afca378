// SPDX-License-Identifier: Apache-2.0
// What a job would take, without doing it.
#pragma once
#include <cstddef>
#include <cstdint>

#include "tools/job.hpp"

namespace polder::tools {

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
