// SPDX-License-Identifier: Apache-2.0
// How an actor finds partners.
#include <array>

#include "agents/knowledge/collaboration_state.hpp"
#include "agents/knowledge/proximity.hpp"

namespace polder::agents {

const Actor* Collaboration::known_partner(const Actors& actors, const Actor& self, Draws& draws) const {
  if (self.trust <= 0) return nullptr;
  double left = draws.one() * self.trust;
  for (const Tie& tie : self.ties) {
    left -= static_cast<double>(tie.strength);
    if (left <= 0) return actors.find(tie.b);
  }
  return actors.find(self.ties.back().b);
}

const Actor* Collaboration::partner_of_partner(const Actors& actors, const Actor& self, Draws& draws) const {
  const Actor* between = known_partner(actors, self, draws);
  return between == nullptr ? nullptr : known_partner(actors, *between, draws);
}

double Collaboration::appeal(const Actor& self, const Actor& other) const {
  if (other.id == self.id) return 0;
  const std::size_t regions = map_.num_regions();
  const double near =
      self.region < regions && other.region < regions ? nearness_[self.region * regions + other.region] : 1.0;
  const double alike =
      learning_by_distance(cognitive_distance(self.knowledge, other.knowledge), best_distance_);
  const bool same_theme = self.theme == other.theme && self.theme != no_theme_;
  return near * (0.05 + alike) * (same_theme ? 3.0 : 1.0);
}

/// The most fitting of a few strangers; established actors are met more often than newcomers.
const Actor* Collaboration::stranger(const Actors& actors, const Actor& self, Draws& draws) const {
  constexpr std::size_t most = 8;
  std::array<const Actor*, most> met{};
  std::array<double, most> weight{};
  double total = 0;
  for (std::size_t i = 0; i < most; ++i) {
    met[i] = &actors.at_point(draws.point());
    if (draws.one() < established_) {
      if (const Actor* better_known = known_partner(actors, *met[i], draws)) met[i] = better_known;
    }
    weight[i] = appeal(self, *met[i]);
    total += weight[i];
  }
  if (total <= 0) return nullptr;
  double left = draws.one() * total;
  for (std::size_t i = 0; i < most; ++i) {
    left -= weight[i];
    if (left <= 0 && weight[i] > 0) return met[i];
  }
  return nullptr;
}

}  // namespace polder::agents
