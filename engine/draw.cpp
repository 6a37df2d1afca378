// SPDX-License-Identifier: Apache-2.0
#include "engine/draw.hpp"

#include "engine/elementary.hpp"

namespace polder {

double normal(DrawKey key, AgentId id, std::uint32_t step, std::uint32_t n) {
  return elementary::normal_quantile(uniform(key, id, step, n));
}

double exponential(DrawKey key, AgentId id, std::uint32_t step, std::uint32_t n) {
  return -elementary::log(uniform(key, id, step, n));
}

}  // namespace polder
