// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/consortia.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "agents/support/id_index.hpp"
#include "engine/elementary.hpp"

namespace polder::agents {

namespace {

constexpr std::size_t num_strangers = 16;  // candidates looked at beside previous partners
constexpr double half_attraction_km = 50;

/// Circles of acquaintances that a candidate has: one a group of an institute, one for all firms alike.
int num_circles(const Candidate& self) {
  return self.institute ? std::max(1, self.groups) : 1;
}

/// Random circle of some candidates: each coordinator looks at those that follow its own random point.
class Circle {
 public:
  Circle(std::span<const Candidate> candidates, bool institutes, std::uint64_t salt)
      : Circle(draw(candidates, institutes, salt)) {}
  std::size_t size() const { return members_.size(); }
  /// Position in the circle of the first at or after a point.
  std::size_t after(std::uint64_t point) const { return points_.not_below(point); }
  std::size_t operator[](std::size_t at) const { return members_[at]; }

 private:
  struct Drawn {
    std::vector<std::uint64_t> points;
    std::vector<std::uint32_t> members;
  };
  explicit Circle(Drawn drawn) : points_(std::move(drawn.points)), members_(std::move(drawn.members)) {}
  static Drawn draw(std::span<const Candidate> candidates, bool institutes, std::uint64_t salt) {
    std::vector<std::uint64_t> points;
    std::vector<std::uint32_t> members;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      if (candidates[i].institute != institutes) continue;
      points.push_back(combine(raw(candidates[i].id), salt));
      members.push_back(static_cast<std::uint32_t>(i));
    }
    Drawn sorted;
    for (const std::uint32_t at : ring_order(points)) {
      sorted.points.push_back(points[at]);
      sorted.members.push_back(members[at]);
    }
    return sorted;
  }
  IdIndex points_;
  std::vector<std::uint32_t> members_;  ///< positions of the candidates, by point
};

/// Who of the candidates each candidate has a tie with, by its group that knows them: worked out when the
/// candidate is first asked, since a large institute is asked once a group, and once a partner.
class Acquaintances {
 public:
  struct Known {
    float strength;
    std::uint32_t candidate;  ///< position
  };
  Acquaintances(std::span<const Candidate> candidates, const Ties& ties, const IdIndex& index)
      : candidates_(candidates), ties_(ties), index_(index), first_(candidates.size(), unknown) {}
  /// Those that a group of a candidate knows.
  std::span<const Known> of(std::size_t candidate, std::uint32_t group) {
    if (first_[candidate] == unknown) list(candidate);
    const std::size_t at = first_[candidate] + (candidates_[candidate].institute ? group : 0);
    return std::span<const Known>(known_).subspan(starts_[at], starts_[at + 1] - starts_[at]);
  }

 private:
  static constexpr std::size_t unknown = std::numeric_limits<std::size_t>::max();
  void list(std::size_t candidate);

  std::span<const Candidate> candidates_;
  const Ties& ties_;
  const IdIndex& index_;
  std::vector<std::size_t> first_;   ///< of a candidate: where its groups begin in starts_
  std::vector<std::size_t> starts_;  ///< of each group listed in known_, and where the last one ends
  std::vector<Known> known_;
  std::vector<std::pair<std::uint32_t, Known>> found_;  // of one candidate, with the group
};

void Acquaintances::list(std::size_t candidate) {
  const Candidate& self = candidates_[candidate];
  const auto groups = static_cast<std::size_t>(num_circles(self));
  const std::size_t first = first_[candidate] = starts_.size();
  starts_.resize(first + groups + 1, 0);
  found_.clear();
  for (const Tie& tie : ties_.of(self.id)) {
    const std::size_t at = index_.find(tie.b);
    if (at == candidates_.size()) continue;
    const std::uint32_t group = group_of(self, tie.b);
    ++starts_[first + group];
    found_.push_back({group, {tie.strength, static_cast<std::uint32_t>(at)}});
  }
  std::size_t end = known_.size();
  for (std::size_t group = first; group <= first + groups; ++group) starts_[group] = end += starts_[group];
  known_.resize(end);
  for (const auto& [group, known] : found_) known_[--starts_[first + group]] = known;
}

std::vector<std::uint64_t> ids_of(std::span<const Candidate> candidates) {
  std::vector<std::uint64_t> ids;
  ids.reserve(candidates.size());
  for (const Candidate& c : candidates) ids.push_back(raw(c.id));
  return ids;
}

class Search {
 public:
  Search(std::span<const Candidate> candidates, const ConsortiumRules& rules, const Ties& ties,
         const Geography& map, DrawKey key, std::uint32_t step)
      : candidates_(candidates),
        rules_(rules),
        ties_(ties),
        map_(map),
        index_(ids_of(candidates)),
        acquaintances_(candidates, ties, index_),
        key_(key),
        step_(step),
        firms_(candidates, false, combine(static_cast<std::uint64_t>(key), step)),
        institutes_(candidates, true, combine(static_cast<std::uint64_t>(key), step)) {
    for (const Candidate& c : candidates)
      places_.push_back(c.institute ? std::numeric_limits<int>::max() : rules.places * c.groups);
  }

  std::vector<Consortium> run();

 private:
  struct Coordinator {
    std::uint64_t draw;
    std::size_t candidate;
    std::uint32_t group;
    bool operator<(const Coordinator& other) const {
      return std::tie(draw, candidate, group) < std::tie(other.draw, other.candidate, other.group);
    }
  };
  /// Number of the first draw of a group.
  static std::uint32_t draws_of(std::uint32_t group) { return 4 * group; }
  std::vector<Coordinator> draw_coordinators();
  void gather(Consortium& consortium);
  void ask_partners(std::size_t candidate, std::uint32_t group, std::size_t wanted, Consortium& consortium);
  void meet(const Circle& circle, std::size_t coordinator, std::size_t wanted, const Consortium& consortium,
            std::vector<std::pair<double, std::size_t>>& found) const;
  void ask_strangers(std::size_t coordinator, std::size_t wanted, Consortium& consortium);
  bool free(std::size_t candidate, const Consortium& consortium) const {
    const auto& m = consortium.members;
    return places_[candidate] > 0 && std::find(m.begin(), m.end(), candidate) == m.end();
  }
  double mean_trust(std::span<const Tie> ties, const Consortium& consortium) const;

  std::span<const Candidate> candidates_;
  const ConsortiumRules& rules_;
  const Ties& ties_;
  const Geography& map_;
  IdIndex index_;  ///< of the candidates
  Acquaintances acquaintances_;
  DrawKey key_;
  std::uint32_t step_;
  Circle firms_, institutes_;
  std::vector<int> places_;
  std::vector<Acquaintances::Known> known_;            // by one group, whom it asks
  std::vector<std::pair<double, std::size_t>> found_;  // by one coordinator
};

/// The strongest ties of a group first, of those who are free: few of many are asked, so the best are kept in
/// order while going through all.
void Search::ask_partners(std::size_t candidate, std::uint32_t group, std::size_t wanted,
                          Consortium& consortium) {
  if (consortium.members.size() >= wanted) return;
  const std::size_t room = wanted - consortium.members.size();
  const auto sooner = [](const Acquaintances::Known& a, const Acquaintances::Known& b) {
    return a.strength != b.strength ? a.strength > b.strength : a.candidate < b.candidate;
  };
  known_.clear();
  for (const Acquaintances::Known& one : acquaintances_.of(candidate, group)) {
    if (known_.size() == room && !sooner(one, known_.back())) continue;
    if (!free(one.candidate, consortium)) continue;
    if (known_.size() == room) known_.pop_back();
    known_.insert(std::upper_bound(known_.begin(), known_.end(), one, sooner), one);
  }
  for (const Acquaintances::Known& one : known_) consortium.members.push_back(one.candidate);
}

void Search::meet(const Circle& circle, std::size_t coordinator, std::size_t wanted,
                  const Consortium& consortium, std::vector<std::pair<double, std::size_t>>& found) const {
  const Candidate& self = candidates_[coordinator];
  const std::uint64_t point = draw_words(key_, self.id, step_, draws_of(consortium.group) + 1)[0];
  std::size_t at = circle.after(point);
  const std::size_t looks = std::min(circle.size(), 4 * wanted), before = found.size();
  for (std::size_t look = 0; look < looks && found.size() < before + wanted; ++look, ++at) {
    if (at == circle.size()) at = 0;
    const std::size_t other = circle[at];
    if (!free(other, consortium)) continue;
    found.emplace_back(
        attraction(self, candidates_[other], map_.distance(self.region, candidates_[other].region)), other);
  }
}

void Search::ask_strangers(std::size_t coordinator, std::size_t wanted, Consortium& consortium) {
  if (consortium.members.size() >= wanted) return;
  const std::size_t firms = firms_.size(), institutes = institutes_.size();
  const std::size_t half = num_strangers / 2;
  found_.clear();
  meet(institutes_, coordinator, firms < half ? num_strangers - firms : half, consortium, found_);
  meet(firms_, coordinator, institutes < half ? num_strangers - institutes : half, consortium, found_);
  std::sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  for (const auto& [value, other] : found_) {
    if (consortium.members.size() >= wanted) return;
    consortium.members.push_back(other);
  }
}

/// ties: of the coordinator
double Search::mean_trust(std::span<const Tie> ties, const Consortium& consortium) const {
  double sum = 0;
  for (std::size_t m = 1; m < consortium.members.size(); ++m) {
    const AgentId member = candidates_[consortium.members[m]].id;
    const auto tie =
        std::partition_point(ties.begin(), ties.end(), [&](const Tie& t) { return t.b < member; });
    sum += tie != ties.end() && tie->b == member ? static_cast<double>(tie->strength) : 0.0;
  }
  return 1 + (consortium.members.size() > 1 ? sum / static_cast<double>(consortium.members.size() - 1) : 0.0);
}

/// Who coordinates is drawn, whatever others do, and keeps a place for it; so many that the places suffice.
/// In a random order.
std::vector<Search::Coordinator> Search::draw_coordinators() {
  const double others = 0.5 * (rules_.min_members + rules_.max_members) - 1;
  const double chance = rules_.places / (rules_.places + others);
  std::vector<Coordinator> order;
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    for (std::uint32_t group = 0; group < static_cast<std::uint32_t>(candidates_[i].groups); ++group) {
      const std::uint64_t word = draw_words(key_, candidates_[i].id, step_, draws_of(group))[0];
      if (to_unit(word) >= chance) continue;
      order.push_back({word, i, group});
      --places_[i];
    }
  }
  std::sort(order.begin(), order.end());
  return order;
}

/// Previous partners, theirs, then strangers, until there are as many members as the coordinator wants.
void Search::gather(Consortium& consortium) {
  const std::size_t coordinator = consortium.members.front();
  const AgentId id = candidates_[coordinator].id;
  const auto range = static_cast<double>(rules_.max_members - rules_.min_members + 1);
  const auto wanted =
      static_cast<std::size_t>(rules_.min_members) +
      static_cast<std::size_t>(std::floor(uniform(key_, id, step_, draws_of(consortium.group) + 2) * range));
  // Every real firm that a simulated one stands for knows a group of its own at the institutes they all know.
  const bool copy = !candidates_[coordinator].institute && consortium.group > 0;
  const AgentId known_as = copy ? AgentId{combine(raw(id), consortium.group)} : id;
  ask_partners(coordinator, consortium.group, wanted, consortium);
  for (std::size_t known = consortium.members.size(), m = 1; m < known; ++m) {
    const std::size_t partner = consortium.members[m];
    ask_partners(partner, group_of(candidates_[partner], known_as), wanted, consortium);
  }
  ask_strangers(coordinator, wanted, consortium);
}

std::vector<Consortium> Search::run() {
  std::vector<Consortium> consortia;
  for (const Coordinator& one : draw_coordinators()) {
    const Candidate& self = candidates_[one.candidate];
    Consortium consortium{{one.candidate}, 1, one.group};
    gather(consortium);
    if (consortium.members.size() < static_cast<std::size_t>(rules_.min_members)) continue;
    consortium.trust = mean_trust(ties_.of(self.id), consortium);
    if (uniform(key_, self.id, step_, draws_of(one.group) + 3) >=
        setup_chance(rules_.setup_effort * (1 - self.organised), consortium.members.size(), consortium.trust))
      continue;
    for (std::size_t m = 1; m < consortium.members.size(); ++m) --places_[consortium.members[m]];
    consortia.push_back(std::move(consortium));
  }
  return consortia;
}

}  // namespace

double setup_chance(double effort, std::size_t members, double trust) {
  return 1 / (1 + effort * (static_cast<double>(members) - 1) / trust);
}

std::uint32_t group_of(const Candidate& self, AgentId partner) {
  const int circles = num_circles(self);
  if (circles == 1) return 0;
  return static_cast<std::uint32_t>(combine(raw(partner), raw(self.id)) %
                                    static_cast<std::uint64_t>(circles));
}

double attraction(const Candidate& a, const Candidate& b, double km) {
  double square = 0;
  for (std::size_t i = 0; i < a.knowledge.size() && i < b.knowledge.size(); ++i) {
    const double difference = a.knowledge[i] - b.knowledge[i];
    square += difference * difference;
  }
  const double likeness = (a.theme == b.theme ? 2 : 1) / (1 + std::sqrt(square));
  return likeness / (1 + km / half_attraction_km);
}

int members_abroad(double mean, double spread, double z) {
  if (mean <= 0) return 0;
  const double variance = elementary::log(1 + spread * spread / (mean * mean));
  const double number = mean * elementary::exp(elementary::sqrt(variance) * z - 0.5 * variance);
  return std::max(2, static_cast<int>(std::lround(number)));
}

std::vector<Consortium> form_consortia(std::span<const Candidate> candidates, const ConsortiumRules& rules,
                                       const Ties& ties, const Geography& map, DrawKey key,
                                       std::uint32_t step) {
  return Search(candidates, rules, ties, map, key, step).run();
}

}  // namespace polder::agents
