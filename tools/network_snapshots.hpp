// SPDX-License-Identifier: Apache-2.0
// Networks between agents as a result keeps them: at the start and at the end of an arm, cut down to those
// who have most trust.
#pragma once
#include <cstdint>
#include <vector>

#include "engine/program.hpp"

namespace polder::tools {

/// When snapshots are taken: before the first month after the burn-in, and after the last month.
enum class Moment : std::uint8_t { start, end };

/// All networks of a scenario, with the labels of their nodes: kind, and type, sector, theme and region as
/// far as any kind has them.
std::vector<NetworkInfo> describe_networks(const Program& program);

/// One a network, in the order of describe_networks. Depends on the state alone, not on its rows' order.
std::vector<NetworkSnapshot> take_snapshots(const Program& program, const State& state, Moment moment);

}  // namespace polder::tools
