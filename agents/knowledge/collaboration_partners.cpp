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

/// A firm that works with an institute knows one of its groups, not all its partners: it meets who is drawn
/// to the same research. The few ties that follow a random point stand for all.
const Actor* Collaboration::of_group(const Actors& actors, const Actor& self, const Actor& institute,
                                     Draws& draws) const {
  constexpr std::size_t most = 16;
  std::array<const Actor*, most> met{};
  std::array<double, most> weight{};
  double total = 0;
  const AgentId point{draws.point()};
  const auto ties = institute.ties;
  auto at = static_cast<std::size_t>(
      std::partition_point(ties.begin(), ties.end(), [&](const Tie& t) { return t.b < point; }) -
      ties.begin());
  const std::size_t looks = std::min(most, ties.size());
  for (std::size_t i = 0; i < looks; ++i, ++at) {
    if (at == ties.size()) at = 0;
    met[i] = actors.find(ties[at].b);
    if (met[i] == nullptr) continue;
    weight[i] = static_cast<double>(ties[at].strength) * appeal(self, *met[i]);
    total += weight[i];
  }
  if (total <= 0) return nullptr;
  double left = draws.one() * total;
  for (std::size_t i = 0; i < looks; ++i) {
    left -= weight[i];
    if (left <= 0 && weight[i] > 0) return met[i];
  }
  return nullptr;
}

const Actor* Collaboration::partner_of_partner(const Actors& actors, const Actor& self, Draws& draws) const {
  const Actor* between = known_partner(actors, self, draws);
  if (between == nullptr) return nullptr;
  return between->firm ? known_partner(actors, *between, draws) : of_group(actors, self, *between, draws);
}

/// An actor of weight w that meets a simulated firm of weight v meets v real ones, but has one partner only:
/// the tie stands for min(w, v) / max(w, v) of what it would be, so that the number of ties does not depend
/// on the scale.
bool Collaboration::stands_for_one(const Actor& self, const Actor& other, Draws& draws) const {
  return self.weight >= other.weight || draws.one() < self.weight / other.weight;
}

double Collaboration::appeal(const Actor& self, const Actor& other) const {
  if (other.id == self.id) return 0;
  const std::size_t regions = map_.num_regions();
  const double far =
      self.region < regions && other.region < regions ? farness_[self.region * regions + other.region] : 0.0;
  const double near = nearness(far, digital_reach_, self.connected, other.connected);
  const double alike =
      learning_by_distance(cognitive_distance(self.knowledge, other.knowledge), best_distance_);
  const bool same_theme = self.theme == other.theme && self.theme != no_theme_;
  return near * (0.05 + alike) * (same_theme ? 3.0 : 1.0);
}

/// Actors as often as there are real ones like them: who stands for fewer than others is passed over more
/// often.
const Actor& Collaboration::by_weight(const Actors& actors, Draws& draws) const {
  constexpr int tries = 8;
  const Actor* drawn = &actors.at_point(draws.point());
  for (int i = 1; i < tries; ++i) {
    const double share = drawn->weight * scale_;
    if (draws.less(share)) break;
    drawn = &actors.at_point(draws.point());
  }
  return *drawn;
}

/// Of those met for a project half are institutes, as when consortia form.
const Actor& Collaboration::someone(const Actors& actors, Occasion occasion, Draws& draws) const {
  if (occasion == Occasion::past_project && draws.one() < 0.5) {
    if (const Actor* institute = actors.institute_at(draws.point())) return *institute;
  }
  return by_weight(actors, draws);
}

/// The most fitting of a few strangers; established actors are met more often than newcomers.
const Actor* Collaboration::stranger(const Actors& actors, const Actor& self, Occasion occasion,
                                     Draws& draws) const {
  constexpr std::size_t most = 8;
  std::array<const Actor*, most> met{};
  std::array<double, most> weight{};
  double total = 0;
  for (std::size_t i = 0; i < most; ++i) {
    met[i] = &someone(actors, occasion, draws);
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
