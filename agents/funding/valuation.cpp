// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/valuation.hpp"

#include <algorithm>

#include "engine/elementary.hpp"

namespace polder::agents {

Belief posterior(const Belief& prior, double signal, double noise) {
  const double information = 1 / (noise * noise);
  const double precision = prior.precision + information;
  return {(prior.precision * prior.mean + information * signal) / precision, precision};
}

std::size_t stage_rank(VentureStage stage) {
  const auto code = static_cast<std::size_t>(stage);
  const auto first = static_cast<std::size_t>(VentureStage::pre_seed);
  return code <= first ? 0 : std::min(code - first, num_stages - 1);
}

double expected_value(const Belief& belief, double caution) {
  return elementary::exp(belief.mean + (0.5 - caution) / belief.precision);
}

double settled_part(double caution, double variance) {
  return variance > 0 ? elementary::exp(-caution * variance) : 1.0;
}

double discount(std::size_t stage, double hurdle) {
  return stages.exit_chance[stage] *
         elementary::exp(-stages.years_to_exit[stage] * elementary::log(1 + hurdle));
}

double present_value(const Belief& belief, std::size_t stage, double hurdle, double caution) {
  return expected_value(belief, caution) * discount(stage, hurdle);
}

double investors_share(double need, double value) {
  return value > 0 ? need / value : 1e9;
}

double investors_proceeds(double value, double raised, double founders_share) {
  return std::max(std::min(value, raised), (1 - founders_share) * value);
}

double milestone_months(std::int64_t trl) {
  constexpr std::array<double, 9> months{4, 5, 6, 8, 10, 12, 12, 12, 12};
  return months[static_cast<std::size_t>(std::clamp<std::int64_t>(trl, 1, 9) - 1)];
}

double milestone_burn(std::int64_t trl) {
  constexpr std::array<double, 9> euros{8e3, 8e3, 12e3, 20e3, 40e3, 80e3, 150e3, 200e3, 250e3};
  return euros[static_cast<std::size_t>(std::clamp<std::int64_t>(trl, 1, 9) - 1)];
}

}  // namespace polder::agents
