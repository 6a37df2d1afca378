// SPDX-License-Identifier: Apache-2.0
#include "agents/knowledge/collaboration.hpp"

#include <algorithm>

#include "agents/knowledge/collaboration_state.hpp"
#include "agents/knowledge/proximity.hpp"
#include "agents/support/work.hpp"
#include "engine/elementary.hpp"

namespace polder::agents {

double alliance_chance(double activity, double researchers) {
  if (researchers <= 0) return 0;
  return 1.0 - elementary::exp(-activity / 12.0 * elementary::sqrt(researchers));
}

double joining_chance(double coordination_cost, double distance, double trust) {
  return elementary::exp(-coordination_cost * (1.0 + distance) / (1.0 + std::max(0.0, trust)));
}

double nearness(double far, double reach, double coverage, double coverage_there) {
  return far == 0 ? 1.0 : elementary::exp(-far * (1 - reach * coverage * coverage_there));
}

double familiarity(double trust) {
  return trust <= 0 ? 0.0 : trust / (1.0 + trust);
}

int num_invited(double u) {
  int invited = 1;
  for (double tail = 0.5; u < tail && invited < 5; tail *= 0.5) ++invited;
  return invited;
}

void Collaboration::form(const Actors& actors, const Actor& self, Deed deed, Draws draws,
                         Decisions& made) const {
  std::vector<const Actor*> members{&self};
  const int invited = num_invited(draws.one());
  for (int i = 0; i < invited; ++i) {
    const double way = draws.one();
    const Actor* partner = nullptr;
    if (way < known_first_)
      partner = known_partner(actors, self, draws);
    else if (way < known_first_ + partners_of_partners_)
      partner = partner_of_partner(actors, self, draws);
    if (partner == nullptr) partner = stranger(actors, self, deed.occasion, draws);
    if (partner == nullptr || std::find(members.begin(), members.end(), partner) != members.end()) continue;
    const Tie* tie = self.tie_with(partner->id);
    const double trust = tie == nullptr ? 0.0 : static_cast<double>(tie->strength);
    if (draws.one() < joining_chance(cost_, cognitive_distance(self.knowledge, partner->knowledge), trust) &&
        stands_for_one(self, *partner, draws))
      members.push_back(partner);
  }
  if (members.size() < 2) return;
  const double change = deed.left * (draws.one() < success_ ? gain_ : -loss_);
  for (std::size_t a = 0; a < members.size(); ++a) {
    for (std::size_t b = a + 1; b < members.size(); ++b) {
      const bool known = members[a]->tie_with(members[b]->id) != nullptr;
      made.ties.push_back({members[a]->id, members[b]->id,
                           static_cast<float>(known ? change : std::max(0.5 * gain_ * deed.left, change))});
      if (deed.occasion == Occasion::alliance)
        made.allied.push_back({members[a]->id, members[b]->id, static_cast<float>(deed.left)});
    }
  }
  if (deed.occasion == Occasion::alliance) made.alliances.push_back(self.weight);
}

namespace {
constexpr std::uint32_t most_draws = 4096;  // of one alliance
}

/// Lets `decide` decide for every actor, in the order of their ids, and applies what came out.
template <class Decide>
void Collaboration::decide_all(Turn& turn, const Actors& actors, const Decide& decide) const {
  const std::span<const Actor> all = actors.all();
  std::vector<Decisions> made((all.size() + chunk - 1) / chunk);
  for_each_chunk(all.size(), [&](std::size_t c, std::size_t first, std::size_t last) {
    for (const Actor& actor : all.subspan(first, last - first)) decide(actor, made[c]);
  });
  for (const Decisions& part : made) {
    for (const TieEdit& edit : part.ties) turn.tie(network_, edit.a, edit.b, edit.change);
    for (const TieEdit& edit : part.allied) turn.tie(allied_, edit.a, edit.b, edit.change);
    for (const double weight : part.alliances) turn.event(alliances_, weight);
  }
}

void Collaboration::step(Turn& turn) const {
  Actors actors(list_actors(turn));
  attach_ties(turn, actors.all(), true);
  const DrawKey key = turn.key(purpose_);
  const std::uint32_t step = turn.step();
  decide_all(turn, actors, [&](const Actor& actor, Decisions& made) {
    if (uniform(key, actor.id, step) < alliance_chance(actor.activity, actor.researchers))
      form(actors, actor, {Occasion::alliance, 1}, {key, actor.id, step, 1}, made);
  });
  copublish(turn, actors);
}

/// The network begins with what is left of the strangers' alliances of the last years, and of the projects
/// that institutes led.
void Collaboration::found(Turn& turn) const {
  Actors actors(list_actors(turn));
  attach_ties(turn, actors.all(), false);
  const DrawKey key = turn.key(founding_), project = turn.key(past_);
  const std::uint32_t step = turn.step();
  const auto months = static_cast<std::uint32_t>(history_);
  decide_all(turn, actors, [&](const Actor& actor, Decisions& made) {
    const double chance = alliance_chance(actor.activity, actor.researchers);
    const double projects = actor.firm ? 0.0 : past_projects_ / 12 * elementary::sqrt(actor.researchers);
    std::uint32_t led = 0;
    for (std::uint32_t month = 0; month < months; ++month) {
      const double left = elementary::exp(-fading_ * month);
      const std::uint32_t first = month * most_draws;
      if (uniform(key, actor.id, step, first) < chance)
        form(actors, actor, {Occasion::alliance, left}, {key, actor.id, step, first + 1}, made);
      for (; led < projects * (month + 1); ++led)
        form(actors, actor, {Occasion::past_project, left}, {project, actor.id, step, led * most_draws},
             made);
    }
  });
}

/// Joint articles come of the ties that an institute has, up to most of its articles.
void Collaboration::copublish(Turn& turn, const Actors& actors) const {
  const auto publications = turn.read(publications_);
  const auto joint = turn.write(copublications_), with_firms = turn.write(with_firms_);
  const auto weights = turn.table(firm_).weights();
  const DrawKey key = turn.key(publish_);
  const std::uint32_t step = turn.step();
  const std::span<const Actor> all = actors.all();
  for_each_chunk(all.size(), [&](std::size_t, std::size_t first, std::size_t last) {
    for (const Actor& institute : all.subspan(first, last - first)) {
      if (institute.firm) continue;
      double firms = 0, others = 0;
      for (const Tie& tie : institute.ties) {
        const Actor* partner = actors.find(tie.b);
        if (partner == nullptr) continue;  // a firm that has given up R&D writes no more
        const double strength = familiarity(static_cast<double>(tie.strength));
        (partner->firm ? firms : others) += strength * (partner->firm ? weights[partner->row] : 1.0);
      }
      const Row row = institute.row;
      const double articles = publications[row];
      with_firms[row] =
          std::min(0.3 * articles, poisson(articles_with_firms_ * firms, key, institute.id, step, 0));
      joint[row] = with_firms[row] +
                   std::min(0.6 * articles, poisson(articles_per_tie_ * others, key, institute.id, step, 1));
    }
  });
}

}  // namespace polder::agents
