// SPDX-License-Identifier: Apache-2.0
// The mini model (scenarios/mini.yaml) as hand-written loops, one thread, structure of arrays: what the
// engine is compared with. `plain` draws from xoshiro256++ and a ziggurat; `same_draws` makes the very draws
// of the engine, so that all indicators must agree to the last bit.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace polder::mini {

struct Settings {
  std::size_t firms = 1000;
  double cost = 0.019;  ///< a firm and month
  double pool = 0.05;   ///< grant budget a firm and month
  std::uint32_t months = 60;
  std::uint64_t seed = 1;
  std::uint32_t replicate = 1;
};

/// The indicators of one month, in the order of scenarios/mini.yaml.
struct Sample {
  double mean_capital, total_revenue, total_rd, mean_productivity, exits, grants, mean_knowledge, young_firms;
  bool operator==(const Sample&) const = default;
};

/// One sample a month.
std::vector<Sample> plain(const Settings& settings);
std::vector<Sample> same_draws(const Settings& settings);

}  // namespace polder::mini
