// SPDX-License-Identifier: Apache-2.0
// Who is paid or served by an instrument in a month, read from a state: for the account of what it added.
#pragma once
#include <string_view>
#include <vector>

#include "engine/program.hpp"

namespace polder::agents {

/// Firms, institutes and funds that an instrument pays or serves this month, in id order. Members of its
/// projects and commitments, funds it invested in, users of tax credits, institutes with block money, members
/// of networks, firms with subsidised training, employers helped to recruit, ventures with a facility slot;
/// of two instruments of one of the last six forms both count the same agents. Empty when the scenario has no
/// such instrument.
std::vector<AgentId> recipients(const Program& program, const State& state, std::string_view instrument);

}  // namespace polder::agents
