// SPDX-License-Identifier: Apache-2.0
// Who is paid or served by an instrument in a month, read from a state: for the account of what it added.
#pragma once
#include <string_view>
#include <vector>

#include "engine/program.hpp"

namespace polder::agents {

struct PaidAgent {
  AgentId id;
  AgentId award;     ///< project that pays it; nobody: all that it stands for is paid
  double share = 1;  ///< of the real agents it stands for, those that the award pays. range: 0 to 1
};

/// Firms, institutes and funds that an instrument pays or serves this month, in order of id and award.
/// Members of its projects and commitments, funds it invested in, users of tax credits, institutes with block
/// money, members of networks, firms with subsidised training, employers helped to recruit, ventures with a
/// facility slot; of two instruments of one of the last six forms both count the same agents. Empty when the
/// scenario has no such instrument.
std::vector<PaidAgent> recipients(const Program& program, const State& state, std::string_view instrument);

}  // namespace polder::agents
