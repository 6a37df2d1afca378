// SPDX-License-Identifier: Apache-2.0
// How many agents a replicate began with.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "engine/program.hpp"

namespace polder {

/// Kind and weighted number of its agents in a state that has just been founded. unit: real agents.
std::vector<std::pair<std::string, double>> count_founders(const Program& program, const State& state);

}  // namespace polder
