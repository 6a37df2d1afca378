// SPDX-License-Identifier: Apache-2.0
#include "agents/knowledge/collaboration.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "agents/geography.hpp"
#include "agents/kinds/kinds.hpp"
#include "agents/knowledge/proximity.hpp"
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
  std::span<const double> knowledge;
};

class Collaboration final : public Mechanism {
 public:
  explicit Collaboration(Setup& setup);
  void found(Turn& turn) const override;
  void step(Turn& turn) const override { run(turn, 1.0); }

 private:
  using Actors = std::vector<Actor>;
  struct Draws {
    DrawKey key;
    AgentId id;
    std::uint32_t step, next = 1;
    double one() { return uniform(key, id, step, next++); }
    std::uint64_t point() { return draw_words(key, id, step, next++)[0]; }
  };
  void run(Turn& turn, double months) const;
  Actors actors(Turn& turn) const;
  const Actor* find(const Actors& all, AgentId id) const;
  const Actor* known_partner(const Turn& turn, const Actors& all, const Actor& self, Draws& draws) const;
  const Actor* partner_of_partner(const Turn& turn, const Actors& all, const Actor& self, Draws& draws) const;
  const Actor* stranger(const Turn& turn, const Actors& all, const Actor& self, Draws& draws) const;
  double appeal(const Actor& self, const Actor& other) const;
  void form(Turn& turn, const Actors& all, const Actor& self, Draws draws) const;
  void count_partners(Turn& turn) const;
  void copublish(Turn& turn, const Actors& all) const;

  KindId firm_, institute_;
  Handle<double> rd_staff_, knowledge_, researchers_, phds_, institute_knowledge_, publications_,
      copublications_, with_firms_;
  Handle<std::uint8_t> performer_, region_, theme_, institute_region_, institute_theme_;
  Handle<std::int64_t> partners_, institute_partners_;
  std::size_t network_, alliances_;
  Purpose purpose_, founding_, publish_;
  std::uint8_t no_theme_;
  Geography map_;
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
      past_projects_(setup.parameter("past_projects")) {}

/// Firms with R&D and institutes, in the order of their ids.
Collaboration::Actors Collaboration::actors(Turn& turn) const {
  const Table& firms = turn.table(firm_);
  const Table& institutes = turn.table(institute_);
  const auto performer = turn.read(performer_), region = turn.read(region_), theme = turn.read(theme_);
  const auto rd_staff = turn.read(rd_staff_), knowledge = turn.read(knowledge_);
  Actors all;
  for (const Row row : rows_where(turn, firm_, [&](Row r) { return performer[r] != 0; })) {
    all.push_back({firms.ids()[row], rd_staff[row], firm_activity_, region[row], theme[row], true,
                   knowledge.subspan(row * std::size_t{knowledge_size}, knowledge_size)});
  }
  const auto researchers = turn.read(researchers_), phds = turn.read(phds_),
             profile = turn.read(institute_knowledge_);
  const auto at = turn.read(institute_region_), field = turn.read(institute_theme_);
  for (const Row row : institutes.by_id()) {
    all.push_back({institutes.ids()[row], researchers[row] + phds[row], institute_activity_, at[row],
                   field[row], false, profile.subspan(row * std::size_t{knowledge_size}, knowledge_size)});
  }
  std::sort(all.begin(), all.end(), [](const Actor& a, const Actor& b) { return a.id < b.id; });
  return all;
}

const Actor* Collaboration::find(const Actors& all, AgentId id) const {
  const auto at = std::partition_point(all.begin(), all.end(), [&](const Actor& a) { return a.id < id; });
  return at != all.end() && at->id == id ? &*at : nullptr;
}

const Actor* Collaboration::known_partner(const Turn& turn, const Actors& all, const Actor& self,
                                          Draws& draws) const {
  const auto ties = turn.ties(network_).of(self.id);
  double total = 0;
  for (const Tie& tie : ties) total += static_cast<double>(tie.strength);
  if (total <= 0) return nullptr;
  double left = draws.one() * total;
  for (const Tie& tie : ties) {
    left -= static_cast<double>(tie.strength);
    if (left <= 0) return find(all, tie.b);
  }
  return find(all, ties.back().b);
}

const Actor* Collaboration::partner_of_partner(const Turn& turn, const Actors& all, const Actor& self,
                                               Draws& draws) const {
  const Actor* between = known_partner(turn, all, self, draws);
  return between == nullptr ? nullptr : known_partner(turn, all, *between, draws);
}

double Collaboration::appeal(const Actor& self, const Actor& other) const {
  if (other.id == self.id) return 0;
  constexpr double decay = 0.6931471805599453;
  const double near = elementary::exp(-decay * map_.distance(self.region, other.region) / half_distance_);
  const double alike =
      learning_by_distance(cognitive_distance(self.knowledge, other.knowledge), best_distance_);
  const bool same_theme = self.theme == other.theme && self.theme != no_theme_;
  return near * (0.05 + alike) * (same_theme ? 3.0 : 1.0);
}

/// The most fitting of a few strangers; established actors are met more often than newcomers.
const Actor* Collaboration::stranger(const Turn& turn, const Actors& all, const Actor& self,
                                     Draws& draws) const {
  constexpr std::size_t most = 8;
  std::array<const Actor*, most> met{};
  std::array<double, most> weight{};
  double total = 0;
  for (std::size_t i = 0; i < most; ++i) {
    const std::uint64_t point = draws.point();
    const auto at =
        std::partition_point(all.begin(), all.end(), [&](const Actor& a) { return raw(a.id) < point; });
    met[i] = at == all.end() ? &all.front() : &*at;
    if (draws.one() < established_) {
      if (const Actor* better_known = known_partner(turn, all, *met[i], draws)) met[i] = better_known;
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

void Collaboration::form(Turn& turn, const Actors& all, const Actor& self, Draws draws) const {
  std::vector<const Actor*> members{&self};
  const int invited = num_invited(draws.one());
  for (int i = 0; i < invited; ++i) {
    const double way = draws.one();
    const Actor* partner = nullptr;
    if (way < known_first_)
      partner = known_partner(turn, all, self, draws);
    else if (way < known_first_ + partners_of_partners_)
      partner = partner_of_partner(turn, all, self, draws);
    if (partner == nullptr) partner = stranger(turn, all, self, draws);
    if (partner == nullptr || std::find(members.begin(), members.end(), partner) != members.end()) continue;
    const Tie* tie = turn.ties(network_).find(self.id, partner->id);
    const double trust = tie == nullptr ? 0.0 : static_cast<double>(tie->strength);
    if (draws.one() < joining_chance(cost_, cognitive_distance(self.knowledge, partner->knowledge), trust)) {
      members.push_back(partner);
    }
  }
  if (members.size() < 2) return;
  const double change = draws.one() < success_ ? gain_ : -loss_;
  for (std::size_t a = 0; a < members.size(); ++a) {
    for (std::size_t b = a + 1; b < members.size(); ++b) {
      const bool known = turn.ties(network_).find(members[a]->id, members[b]->id) != nullptr;
      turn.tie(network_, members[a]->id, members[b]->id,
               static_cast<float>(known ? change : std::max(0.5 * gain_, change)));
    }
  }
  const Row row = self.firm ? turn.table(firm_).find(self.id) : no_row;
  turn.event(alliances_, row == no_row ? 1.0 : turn.table(firm_).weights()[row]);
}

void Collaboration::run(Turn& turn, double months) const {
  const Actors all = actors(turn);
  if (all.empty()) return;
  const DrawKey key = turn.key(months > 1 ? founding_ : purpose_);
  for (const Actor& actor : all) {
    const double activity = actor.activity * (months > 1 && !actor.firm ? past_projects_ : 1.0);
    const double chance = alliance_chance(activity, actor.researchers);
    const int tries = static_cast<int>(months);
    for (int i = 0; i < tries; ++i) {
      const std::uint32_t first = static_cast<std::uint32_t>(i) * 256U;
      if (uniform(key, actor.id, turn.step(), first) < chance)
        form(turn, all, actor, {key, actor.id, turn.step(), first + 1});
    }
  }
  if (months > 1) return;
  count_partners(turn);
  copublish(turn, all);
}

/// The network begins with the strangers' alliances of the last years.
void Collaboration::found(Turn& turn) const {
  run(turn, std::max(2.0, history_));
}

void Collaboration::count_partners(Turn& turn) const {
  const Table& firms = turn.table(firm_);
  const Table& institutes = turn.table(institute_);
  const auto partners = turn.write(partners_), institute_partners = turn.write(institute_partners_);
  std::fill(partners.begin(), partners.end(), 0);
  std::fill(institute_partners.begin(), institute_partners.end(), 0);
  const auto ties = turn.ties(network_).all();
  for (std::size_t first = 0; first < ties.size();) {
    std::size_t last = first;
    while (last < ties.size() && ties[last].a == ties[first].a) ++last;
    const auto count = static_cast<std::int64_t>(last - first);
    if (const Row row = firms.find(ties[first].a); row != no_row)
      partners[row] = count;
    else if (const Row institute = institutes.find(ties[first].a); institute != no_row)
      institute_partners[institute] = count;
    first = last;
  }
}

/// Joint articles come of the ties that an institute has, up to most of its articles.
void Collaboration::copublish(Turn& turn, const Actors& all) const {
  const Table& institutes = turn.table(institute_);
  const auto publications = turn.read(publications_);
  const auto joint = turn.write(copublications_), with_firms = turn.write(with_firms_);
  const DrawKey key = turn.key(publish_);
  for (const Row row : institutes.by_id()) {
    const AgentId id = institutes.ids()[row];
    double firms = 0, others = 0;
    for (const Tie& tie : turn.ties(network_).of(id)) {
      const Actor* partner = find(all, tie.b);
      const Row firm = partner != nullptr && partner->firm ? turn.table(firm_).find(tie.b) : no_row;
      const double strength = static_cast<double>(tie.strength);
      if (firm != no_row)
        firms += strength * turn.table(firm_).weights()[firm];
      else
        others += strength;
    }
    const double articles = publications[row];
    with_firms[row] =
        std::min(0.3 * articles, poisson(articles_with_firms_ * firms, key, id, turn.step(), 0));
    joint[row] = with_firms[row] +
                 std::min(0.6 * articles, poisson(articles_per_tie_ * others, key, id, turn.step(), 1));
  }
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
