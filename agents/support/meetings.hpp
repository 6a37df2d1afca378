// SPDX-License-Identifier: Apache-2.0
// Who meets whom, and which meetings leave a tie, so that the number of ties does not depend on the scale.
#pragma once
#include <cstdint>
#include <span>

#include "engine/mechanism.hpp"

namespace polder::agents {

/// Real agents behind a firm or institute: institutes stand for themselves.
double real_agents(const Table& firms, AgentId id);

/// Whether two agents who meet in a deed get a tie of it. A tie of a simulated agent of weight w stands for
/// one tie of each of w real ones, a deed for one meeting of each of its units: where there are fewer
/// meetings than the tie would stand for, some leave none. draw: uniform
bool makes_tie(double units, double weight, double other_weight, double draw);

/// One who came to a meeting.
struct Participant {
  AgentId id = nobody;
  double weight = 1;  ///< real ones it stands for
};

/// How a meeting goes. salt: tells apart the meetings that one agent comes to in a month
struct MeetingRules {
  DrawKey key;
  std::uint64_t salt = 0;
  double chance = 0;  ///< that a participant makes a tie
  float strength = 0;
};

/// Each participant meets another with some chance: the next on a random circle, where one who stands for
/// fewer real ones is passed over more often. Returns the contacts made, in real participants.
double meet_on_circle(Turn& turn, std::size_t network, std::span<const Participant> participants,
                      const MeetingRules& rules);

}  // namespace polder::agents
