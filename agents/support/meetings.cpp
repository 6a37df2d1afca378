// SPDX-License-Identifier: Apache-2.0
#include "agents/support/meetings.hpp"

#include <algorithm>
#include <vector>

namespace polder::agents {

double real_agents(const Table& firms, AgentId id) {
  const Row firm = firms.find(id);
  return firm == no_row ? 1.0 : firms.weights()[firm];
}

bool makes_tie(double units, double weight, double other_weight, double draw) {
  return draw * std::max(weight, other_weight) < units;
}

double meet_on_circle(Turn& turn, std::size_t network, std::span<const Participant> participants,
                      const MeetingRules& rules) {
  if (participants.size() < 2) return 0;
  const auto words = [&](std::uint64_t id, std::uint32_t n) {
    return draw_words(rules.key, AgentId{combine(id, rules.salt)}, turn.step(), n);
  };
  std::vector<std::pair<std::uint64_t, const Participant*>> circle;
  double heaviest = 0;
  for (const Participant& one : participants) {
    circle.emplace_back(words(raw(one.id), 0)[0], &one);
    heaviest = std::max(heaviest, one.weight);
  }
  std::sort(circle.begin(), circle.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : raw(a.second->id) < raw(b.second->id);
  });
  double contacts = 0;
  for (const auto& [_, self] : circle) {
    const auto own = words(raw(self->id), 1);
    if (to_unit(own[0]) >= rules.chance) continue;
    auto at = std::partition_point(circle.begin(), circle.end(),
                                   [&](const auto& place) { return place.first < own[1]; });
    for (std::size_t look = 0; look < circle.size(); ++look, ++at) {
      if (at == circle.end()) at = circle.begin();
      const Participant& other = *at->second;
      if (other.id == self->id) continue;
      const auto pair = words(combine(raw(self->id), raw(other.id)), 2);
      if (to_unit(pair[0]) * heaviest >= other.weight) continue;
      contacts += self->weight;
      if (makes_tie(self->weight, self->weight, other.weight, to_unit(pair[1])))
        turn.tie(network, self->id, other.id, rules.strength);
      break;
    }
  }
  return contacts;
}

}  // namespace polder::agents
