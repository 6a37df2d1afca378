// SPDX-License-Identifier: Apache-2.0
#include "agents/knowledge/collaboration.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "agents/geography.hpp"
#include "agents/kinds/kinds.hpp"
#include "agents/knowledge/proximity.hpp"
#include "agents/support/id_index.hpp"
#include "agents/support/work.hpp"
#include "engine/elementary.hpp"
#include "engine/parallel.hpp"

namespace polder::agents {

double alliance_chance(double activity, double researchers) {
  if (researchers <= 0) return 0;
  return 1.0 - elementary::exp(-activity / 12.0 * elementary::sqrt(researchers));
}

double joining_chance(double coordination_cost, double distance, double trust) {
  return elementary::exp(-coordination_cost * (1.0 + distance) / (1.0 + std::max(0.0, trust)));
}

int num_invited(double u) {
  int invited = 1;
  for (double tail = 0.5; u < tail && invited < 5; tail *= 0.5) ++invited;
  return invited;
}

namespace {

/// A firm or an institute that may collaborate.
struct Actor {
  AgentId id = nobody;
  double researchers = 0, activity = 0;
  std::uint8_t region = 0, theme = 0;
  bool firm = true;
  Row row = no_row;
  std::span<const double> knowledge;
  std::span<const Tie> ties;  ///< in the order of the partners' ids
  double trust = 0;           ///< sum of the ties' strengths

  const Tie* tie_with(AgentId other) const {
    const auto at = std::partition_point(ties.begin(), ties.end(), [&](const Tie& t) { return t.b < other; });
    return at != ties.end() && at->b == other ? &*at : nullptr;
  }
};

/// All actors of a month in the order of their ids, and where each stands.
class Actors {
 public:
  explicit Actors(std::vector<Actor> all) : all_(std::move(all)), index_(ids(all_)) {}
  std::span<const Actor> all() const { return all_; }
  std::span<Actor> all() { return all_; }
  const Actor* find(AgentId id) const {
    const std::size_t at = index_.find(id);
    return at < all_.size() ? &all_[at] : nullptr;
  }
  /// The actor that a point on the ring of ids falls to.
  const Actor& at_point(std::uint64_t point) const {
    const std::size_t at = index_.not_below(point);
    return all_[at < all_.size() ? at : 0];
  }

 private:
  static std::vector<std::uint64_t> ids(const std::vector<Actor>& all) {
    std::vector<std::uint64_t> list;
    list.reserve(all.size());
    for (const Actor& actor : all) list.push_back(raw(actor.id));
    return list;
  }
  std::vector<Actor> all_;
  IdIndex index_;
};

/// What some actors decide, in the order of their ids.
struct Decisions {
  std::vector<TieEdit> ties;
  std::vector<double> alliances;  ///< weights of their founders
};
constexpr std::size_t chunk = 64;  // actors decided upon together

/// Calls body(chunk number, first, last) for all chunks of `count` things, possibly in parallel.
template <class Body>
void for_each_chunk(std::size_t count, const Body& body) {
  for_each_index((count + chunk - 1) / chunk,
                 [&](std::size_t c) { body(c, c * chunk, std::min(count, (c + 1) * chunk)); });
}

class Collaboration final : public Mechanism {
 public:
  explicit Collaboration(Setup& setup);
  void found(Turn& turn) const override;
  void step(Turn& turn) const override { run(turn, 1.0); }

 private:
  struct Draws {
    DrawKey key;
    AgentId id;
    std::uint32_t step, next = 1;
    double one() { return uniform(key, id, step, next++); }
    std::uint64_t point() { return draw_words(key, id, step, next++)[0]; }
  };
  void run(Turn& turn, double months) const;
  std::vector<Actor> list_actors(Turn& turn) const;
  void attach_ties(Turn& turn, std::span<Actor> actors, bool count) const;
  const Actor* known_partner(const Actors& actors, const Actor& self, Draws& draws) const;
  const Actor* partner_of_partner(const Actors& actors, const Actor& self, Draws& draws) const;
  const Actor* stranger(const Actors& actors, const Actor& self, Draws& draws) const;
  double appeal(const Actor& self, const Actor& other) const;
  void form(const Actors& actors, const Actor& self, double weight, Draws draws, Decisions& made) const;
  void copublish(Turn& turn, const Actors& actors) const;

  KindId firm_, institute_;
  Handle<double> rd_staff_, knowledge_, researchers_, phds_, institute_knowledge_, publications_,
      copublications_, with_firms_;
  Handle<std::uint8_t> performer_, region_, theme_, institute_region_, institute_theme_;
  Handle<std::int64_t> partners_, institute_partners_;
  std::size_t network_, alliances_;
  Purpose purpose_, founding_, publish_;
  std::uint8_t no_theme_;
  Geography map_;
  std::vector<double> nearness_;  ///< of two regions
  double firm_activity_, institute_activity_, known_first_, partners_of_partners_, established_, cost_,
      half_distance_, best_distance_, success_, gain_, loss_, articles_per_tie_, articles_with_firms_,
      history_, past_projects_;
};

Collaboration::Collaboration(Setup& setup)
    : firm_(setup.kind("firm")),
      institute_(setup.kind("institute")),
      rd_staff_(setup.column<double>("firm", "rd_staff")),
      knowledge_(setup.column<double>("firm", "knowledge")),
      researchers_(setup.column<double>("institute", "researchers")),
      phds_(setup.column<double>("institute", "phds")),
      institute_knowledge_(setup.column<double>("institute", "knowledge")),
      publications_(setup.column<double>("institute", "publications")),
      copublications_(setup.column<double>("institute", "copublications")),
      with_firms_(setup.column<double>("institute", "public_private_copublications")),
      performer_(setup.column<std::uint8_t>("firm", "rd_performer")),
      region_(setup.column<std::uint8_t>("firm", "region")),
      theme_(setup.column<std::uint8_t>("firm", "theme")),
      institute_region_(setup.column<std::uint8_t>("institute", "region")),
      institute_theme_(setup.column<std::uint8_t>("institute", "theme")),
      partners_(setup.column<std::int64_t>("firm", "partners")),
      institute_partners_(setup.column<std::int64_t>("institute", "partners")),
      network_(setup.network("collaboration")),
      alliances_(setup.event("alliances")),
      purpose_(setup.purpose("alliance")),
      founding_(setup.purpose("founding")),
      publish_(setup.purpose("copublish")),
      no_theme_(static_cast<std::uint8_t>(setup.labels("firm", "theme").find("none").value_or(255))),
      map_(setup.scenario()),
      firm_activity_(12.0 * setup.parameter("firm_activity")),
      institute_activity_(12.0 * setup.parameter("institute_activity")),
      known_first_(setup.parameter("known_first")),
      partners_of_partners_(setup.parameter("partners_of_partners")),
      established_(setup.parameter("established")),
      cost_(setup.parameter("coordination_cost")),
      half_distance_(setup.parameter("half_distance")),
      best_distance_(setup.parameter("best_distance")),
      success_(setup.parameter("success")),
      gain_(setup.parameter("trust_gain")),
      loss_(setup.parameter("trust_loss")),
      articles_per_tie_(setup.parameter("articles_per_tie")),
      articles_with_firms_(setup.parameter("articles_with_firms")),
      history_(setup.parameter("history")),
      past_projects_(setup.parameter("past_projects")) {
  constexpr double decay = 0.6931471805599453;
  for (std::size_t a = 0; a < map_.num_regions(); ++a) {
    for (std::size_t b = 0; b < map_.num_regions(); ++b) {
      const double km = map_.distance(static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(b));
      nearness_.push_back(elementary::exp(-decay * km / half_distance_));
    }
  }
}

/// Firms with R&D and institutes, in the order of their ids.
std::vector<Actor> Collaboration::list_actors(Turn& turn) const {
  const Table& firms = turn.table(firm_);
  const Table& institutes = turn.table(institute_);
  const auto performer = turn.read(performer_), region = turn.read(region_), theme = turn.read(theme_);
  const auto rd_staff = turn.read(rd_staff_), knowledge = turn.read(knowledge_);
  std::vector<Actor> all;
  for (const Row row : rows_where(turn, firm_, [&](Row r) { return performer[r] != 0; })) {
    all.push_back({firms.ids()[row],
                   rd_staff[row],
                   firm_activity_,
                   region[row],
                   theme[row],
                   true,
                   row,
                   knowledge.subspan(row * std::size_t{knowledge_size}, knowledge_size),
                   {},
                   0});
  }
  const auto researchers = turn.read(researchers_), phds = turn.read(phds_),
             profile = turn.read(institute_knowledge_);
  const auto at = turn.read(institute_region_), field = turn.read(institute_theme_);
  for (const Row row : institutes.by_id()) {
    all.push_back({institutes.ids()[row],
                   researchers[row] + phds[row],
                   institute_activity_,
                   at[row],
                   field[row],
                   false,
                   row,
                   profile.subspan(row * std::size_t{knowledge_size}, knowledge_size),
                   {},
                   0});
  }
  std::sort(all.begin(), all.end(), [](const Actor& a, const Actor& b) { return a.id < b.id; });
  return all;
}

/// Actors and ties are both in id order: one walk along the two gives every actor its ties. count: also write
/// how many partners everybody has.
void Collaboration::attach_ties(Turn& turn, std::span<Actor> actors, bool count) const {
  const Table& firms = turn.table(firm_);
  const Table& institutes = turn.table(institute_);
  const auto partners = turn.write(partners_), institute_partners = turn.write(institute_partners_);
  if (count) {
    std::fill(partners.begin(), partners.end(), 0);
    std::fill(institute_partners.begin(), institute_partners.end(), 0);
  }
  const auto ties = turn.ties(network_).all();
  auto actor = actors.begin();
  for (std::size_t first = 0, last = 0; first < ties.size(); first = last) {
    const AgentId id = ties[first].a;
    double trust = 0;
    for (; last < ties.size() && ties[last].a == id; ++last)
      trust += static_cast<double>(ties[last].strength);
    while (actor != actors.end() && actor->id < id) ++actor;
    const bool known = actor != actors.end() && actor->id == id;
    if (known) {
      actor->ties = ties.subspan(first, last - first);
      actor->trust = trust;
    }
    if (!count) continue;
    const auto number = static_cast<std::int64_t>(last - first);
    if (const Row row = !known ? firms.find(id) : actor->firm ? actor->row : no_row; row != no_row)
      partners[row] = number;
    else if (const Row institute = known ? actor->row : institutes.find(id); institute != no_row)
      institute_partners[institute] = number;
  }
}

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

void Collaboration::form(const Actors& actors, const Actor& self, double weight, Draws draws,
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
    if (partner == nullptr) partner = stranger(actors, self, draws);
    if (partner == nullptr || std::find(members.begin(), members.end(), partner) != members.end()) continue;
    const Tie* tie = self.tie_with(partner->id);
    const double trust = tie == nullptr ? 0.0 : static_cast<double>(tie->strength);
    if (draws.one() < joining_chance(cost_, cognitive_distance(self.knowledge, partner->knowledge), trust)) {
      members.push_back(partner);
    }
  }
  if (members.size() < 2) return;
  const double change = draws.one() < success_ ? gain_ : -loss_;
  for (std::size_t a = 0; a < members.size(); ++a) {
    for (std::size_t b = a + 1; b < members.size(); ++b) {
      const bool known = members[a]->tie_with(members[b]->id) != nullptr;
      made.ties.push_back({members[a]->id, members[b]->id,
                           static_cast<float>(known ? change : std::max(0.5 * gain_, change))});
    }
  }
  made.alliances.push_back(weight);
}

void Collaboration::run(Turn& turn, double months) const {
  Actors actors(list_actors(turn));
  const bool founding = months > 1;
  attach_ties(turn, actors.all(), !founding);
  const std::span<const Actor> all = std::as_const(actors).all();
  if (all.empty()) return;
  const DrawKey key = turn.key(founding ? founding_ : purpose_);
  const auto weights = turn.table(firm_).weights();
  const std::uint32_t step = turn.step();
  std::vector<Decisions> made((all.size() + chunk - 1) / chunk);
  for_each_chunk(all.size(), [&](std::size_t c, std::size_t first_actor, std::size_t last_actor) {
    for (const Actor& actor : all.subspan(first_actor, last_actor - first_actor)) {
      const double activity = actor.activity * (founding && !actor.firm ? past_projects_ : 1.0);
      const double chance = alliance_chance(activity, actor.researchers);
      const int tries = static_cast<int>(months);
      for (int i = 0; i < tries; ++i) {
        const std::uint32_t first = static_cast<std::uint32_t>(i) * 256U;
        if (uniform(key, actor.id, step, first) < chance)
          form(actors, actor, actor.firm ? weights[actor.row] : 1.0, {key, actor.id, step, first + 1},
               made[c]);
      }
    }
  });
  for (const Decisions& part : made) {
    for (const TieEdit& edit : part.ties) turn.tie(network_, edit.a, edit.b, edit.change);
    for (const double weight : part.alliances) turn.event(alliances_, weight);
  }
  if (!founding) copublish(turn, actors);
}

/// The network begins with the strangers' alliances of the last years.
void Collaboration::found(Turn& turn) const {
  run(turn, std::max(2.0, history_));
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
        const double strength = static_cast<double>(tie.strength);
        if (partner != nullptr && partner->firm)
          firms += strength * weights[partner->row];
        else
          others += strength;
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

}  // namespace

const MechanismInfo& collaboration_mechanism() {
  using enum Access;
  static const MechanismInfo info{
      "collaboration",
      "knowledge",
      "Firms with R&D and institutes form alliances: known partners first, then partners of partners, then "
      "fitting strangers",
      "chance 1 - exp(-a sqrt(R) / 12); partner by trust, by trust twice, or by exp(-km / L) phi(d)",
      "Tomasello, Vaccario & Schweitzer 2017; Tomasello, Burkholz & Schweitzer 2017; Scholz et al. 2010 "
      "(domain review 1.6, 1.2)",
      "contracts, costs of alliances, firms without R&D as partners, partners abroad",
      {{"firm_activity", "1/year", "0.12", "0", "10",
        "alliances a year that a firm with one researcher starts", "assumption"},
       {"institute_activity", "1/year", "0.4", "0", "10",
        "alliances a year that an institute with one researcher starts", "assumption"},
       {"known_first", "1", "0.45", "0", "1", "chance to invite a known partner",
        "recalled: 30 to 60 % of ties are repeated"},
       {"partners_of_partners", "1", "0.25", "0", "1", "chance to invite a partner's partner", "assumption"},
       {"established", "1", "0.6", "0", "1",
        "chance that a stranger is met through the network, so by degree",
        "recalled: 0.75 for R&D (Tomasello et al. 2017)"},
       {"coordination_cost", "1", "0.5", "0", "10", "what keeps invited partners from joining", "assumption"},
       {"half_distance", "km", "120 km", "5 km", "5000 km", "distance at which a stranger is half as likely",
        "assumption"},
       {"best_distance", "1", "0.35", "0.05", "1", "cognitive distance at which most is learned",
        "assumption"},
       {"success", "1", "0.7", "0", "1", "share of alliances that raise trust", "assumption"},
       {"trust_gain", "1", "0.3", "0", "2", "tie strength gained by a successful alliance",
        "assumption, after NEMO"},
       {"trust_loss", "1", "0.1", "0", "2", "tie strength lost by a failed one", "NEMO: -0.05 to -0.1"},
       {"articles_per_tie", "1/year", "40", "0", "1000",
        "joint articles by tie strength to another institute", "assumption"},
       {"articles_with_firms", "1/year", "1", "0", "1000", "joint articles by tie strength to a firm",
        "assumption"},
       {"history", "month", "36 months", "2 months", "240 months",
        "months of alliances behind the network at the founding", "assumption"},
       {"past_projects", "1", "1", "0", "100",
        "activity of institutes in that history by their activity later: it stands for funded projects too",
        "a scenario's calibration"}},
      {{"firm", "rd_staff", read},
       {"firm", "knowledge", read},
       {"firm", "rd_performer", read},
       {"firm", "region", read},
       {"firm", "theme", read},
       {"institute", "researchers", read},
       {"institute", "phds", read},
       {"institute", "knowledge", read},
       {"institute", "region", read},
       {"institute", "theme", read},
       {"institute", "publications", read},
       {"firm", "partners", write},
       {"institute", "partners", write},
       {"institute", "copublications", write},
       {"institute", "public_private_copublications", write}},
      {},
      {"collaboration"},
      {"alliances"},
      {"rd_investment", "research", "absorption"},
      [](Setup& setup) -> std::unique_ptr<Mechanism> { return std::make_unique<Collaboration>(setup); }};
  return info;
}

}  // namespace polder::agents
