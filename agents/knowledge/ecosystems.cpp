// SPDX-License-Identifier: Apache-2.0
#include "agents/knowledge/ecosystems.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <span>
#include <vector>

#include "agents/knowledge/proximity.hpp"
#include "agents/support/id_index.hpp"
#include "agents/support/meetings.hpp"
#include "agents/support/work.hpp"
#include "engine/elementary.hpp"

namespace polder::agents {

LifeStage life_stage(const LifeRules& rules, double firms, double growth, double entry) {
  if (firms < rules.critical) return LifeStage::emerging;
  if (growth >= rules.fast) return LifeStage::growing;
  return entry >= rules.renewal ? LifeStage::renewing : LifeStage::mature;
}

double growth_over_lag(double now, double past) {
  constexpr double lag = 36;
  return now > 0 && past > 0 ? elementary::log(now / past) / lag : 0.0;
}

namespace {

constexpr double lag_years = 3;
constexpr double young_months = 60;
constexpr int month_of_look = 12;

struct Member {
  AgentId id;
  Row row;
  bool firm, young;
  std::uint8_t theme, region;
  double weight;
};

/// One ecosystem and what is summed over its members.
struct Scope {
  Row row;
  std::uint8_t theme, region;
  bool national;
  double firms = 0, startups = 0, institutes = 0, young = 0, staff = 0, foreign_staff = 0;
  double abroad = 0;  ///< partners abroad
  double ties = 0, inside = 0, new_or_outside = 0, strength = 0, old_strength = 0;
  double people = 0;  ///< members, for the mean profile
  std::array<double, knowledge_size> profile{};

  bool holds(const Member& m) const { return m.theme == theme && (national || m.region == region); }
};

class Ecosystems final : public Mechanism {
 public:
  explicit Ecosystems(Setup& setup);
  void step(Turn& turn) const override;

 private:
  std::vector<Member> members(Turn& turn) const;
  void count(Turn& turn, const std::vector<Member>& all, std::vector<Scope>& scopes) const;
  void weigh_ties(Turn& turn, const std::vector<Member>& all, std::vector<Scope>& scopes) const;
  double overlap(const Scope& scope, const std::vector<Scope>& scopes) const;
  void write(Turn& turn, const Scope& scope, double overlap) const;

  KindId ecosystem_, firm_, institute_;
  Handle<std::uint8_t> theme_, region_, national_, stage_;
  Handle<double> firms_, startups_, institutes_, rd_staff_, past_, growth_, entry_, inside_, outside_, trust_,
      lock_in_, openness_, foreign_, overlap_, links_abroad_;
  Handle<std::uint8_t> type_, performer_, firm_theme_, firm_region_, foreign_owned_;
  Handle<double> age_, firm_staff_, firm_partners_abroad_, knowledge_;
  Handle<std::uint8_t> institute_theme_, institute_region_;
  Handle<double> institute_knowledge_, researchers_, partners_abroad_;
  std::size_t network_;
  std::uint8_t no_theme_;
  LifeRules rules_;
};

Ecosystems::Ecosystems(Setup& s)
    : ecosystem_(s.kind("ecosystem")),
      firm_(s.kind("firm")),
      institute_(s.kind("institute")),
      theme_(s.column<std::uint8_t>("ecosystem", "theme")),
      region_(s.column<std::uint8_t>("ecosystem", "region")),
      national_(s.column<std::uint8_t>("ecosystem", "national")),
      stage_(s.column<std::uint8_t>("ecosystem", "stage")),
      firms_(s.column<double>("ecosystem", "firms")),
      startups_(s.column<double>("ecosystem", "startups")),
      institutes_(s.column<double>("ecosystem", "institutes")),
      rd_staff_(s.column<double>("ecosystem", "rd_staff")),
      past_(s.column<double>("ecosystem", "past_rd_staff")),
      growth_(s.column<double>("ecosystem", "growth")),
      entry_(s.column<double>("ecosystem", "entry")),
      inside_(s.column<double>("ecosystem", "ties_inside")),
      outside_(s.column<double>("ecosystem", "ties_outside")),
      trust_(s.column<double>("ecosystem", "trust")),
      lock_in_(s.column<double>("ecosystem", "lock_in")),
      openness_(s.column<double>("ecosystem", "openness")),
      foreign_(s.column<double>("ecosystem", "foreign")),
      overlap_(s.column<double>("ecosystem", "overlap")),
      links_abroad_(s.column<double>("ecosystem", "links_abroad")),
      type_(s.column<std::uint8_t>("firm", "type")),
      performer_(s.column<std::uint8_t>("firm", "rd_performer")),
      firm_theme_(s.column<std::uint8_t>("firm", "theme")),
      firm_region_(s.column<std::uint8_t>("firm", "region")),
      foreign_owned_(s.column<std::uint8_t>("firm", "foreign_owned")),
      age_(s.column<double>("firm", "age")),
      firm_staff_(s.column<double>("firm", "rd_staff")),
      firm_partners_abroad_(s.column<double>("firm", "partners_abroad")),
      knowledge_(s.column<double>("firm", "knowledge")),
      institute_theme_(s.column<std::uint8_t>("institute", "theme")),
      institute_region_(s.column<std::uint8_t>("institute", "region")),
      institute_knowledge_(s.column<double>("institute", "knowledge")),
      researchers_(s.column<double>("institute", "researchers")),
      partners_abroad_(s.column<double>("institute", "partners_abroad")),
      network_(s.network("collaboration")),
      no_theme_(s.label("themes", "none")),
      rules_{s.parameter("critical"), s.parameter("fast"), s.parameter("renewal")} {}

/// Firms with R&D, startups and institutes that have a theme, in the order of their ids.
std::vector<Member> Ecosystems::members(Turn& turn) const {
  const Table& firms = turn.table(firm_);
  const Table& institutes = turn.table(institute_);
  const auto theme = turn.read(firm_theme_), type = turn.read(type_), performer = turn.read(performer_);
  std::vector<Member> all;
  for (const Row row : rows_where(turn, firm_, [&](Row r) {
         return theme[r] != no_theme_ &&
                (performer[r] != 0 || type[r] == static_cast<std::uint8_t>(ActorType::startup));
       }))
    all.push_back({firms.ids()[row], row, true, turn.read(age_)[row] < young_months, theme[row],
                   turn.read(firm_region_)[row], firms.weights()[row]});
  for (const Row row : institutes.by_id())
    all.push_back({institutes.ids()[row], row, false, false, turn.read(institute_theme_)[row],
                   turn.read(institute_region_)[row], institutes.weights()[row]});
  std::sort(all.begin(), all.end(), [](const Member& a, const Member& b) { return raw(a.id) < raw(b.id); });
  return all;
}

void Ecosystems::count(Turn& turn, const std::vector<Member>& all, std::vector<Scope>& scopes) const {
  for (const Member& m : all) {
    const auto profiles = turn.read(m.firm ? knowledge_ : institute_knowledge_);
    for (Scope& scope : scopes) {
      if (!scope.holds(m)) continue;
      scope.people += m.weight;
      for (std::size_t k = 0; k < knowledge_size; ++k)
        scope.profile[k] += m.weight * profiles[m.row * std::size_t{knowledge_size} + k];
      if (!m.firm) {
        scope.institutes += m.weight;
        scope.abroad += m.weight * turn.read(partners_abroad_)[m.row] * turn.read(researchers_)[m.row];
        continue;
      }
      const double staff = m.weight * turn.read(firm_staff_)[m.row];
      scope.firms += m.weight;
      scope.young += m.young ? m.weight : 0.0;
      scope.startups +=
          turn.read(type_)[m.row] == static_cast<std::uint8_t>(ActorType::startup) ? m.weight : 0.0;
      scope.staff += staff;
      scope.abroad += m.weight * turn.read(firm_partners_abroad_)[m.row];
      scope.foreign_staff += turn.read(foreign_owned_)[m.row] != 0 ? staff : 0.0;
    }
  }
}

/// Every tie stands in the list once from each side; here it is looked at from the side of the member. It
/// stands for as many as the heavier of its two ends does.
void Ecosystems::weigh_ties(Turn& turn, const std::vector<Member>& all, std::vector<Scope>& scopes) const {
  std::vector<std::uint64_t> ids;
  ids.reserve(all.size());
  for (const Member& m : all) ids.push_back(raw(m.id));
  const IdIndex index(std::move(ids));
  AgentId last = nobody;
  std::vector<Scope*> held;
  const Member* self = nullptr;
  for (const Tie& tie : turn.ties(network_).all()) {
    if (tie.a != last) {
      last = tie.a;
      held.clear();
      const std::size_t at = index.find(tie.a);
      self = at < all.size() ? &all[at] : nullptr;
      for (Scope& scope : scopes)
        if (self != nullptr && scope.holds(*self)) held.push_back(&scope);
    }
    if (held.empty()) continue;
    const std::size_t at = index.find(tie.b);
    const Member* other = at < all.size() ? &all[at] : nullptr;
    const double number =
        std::max(self->weight, other != nullptr ? other->weight : real_agents(turn.table(firm_), tie.b));
    const double strength = number * static_cast<double>(tie.strength);
    for (Scope* scope : held) {
      const bool inside = other != nullptr && scope->holds(*other);
      scope->ties += number;
      scope->inside += inside ? number : 0.0;
      scope->new_or_outside += !inside || other->young ? number : 0.0;
      scope->strength += strength;
      scope->old_strength += inside && !other->young ? strength : 0.0;
    }
  }
}

double Ecosystems::overlap(const Scope& scope, const std::vector<Scope>& scopes) const {
  double most = 0;
  for (const Scope& other : scopes) {
    if (scope.national || other.national || other.theme != scope.theme || other.region == scope.region)
      continue;
    if (scope.people <= 0 || other.people <= 0) continue;
    most = std::max(most, 1 - cognitive_distance(scope.profile, other.profile));
  }
  return most;
}

void Ecosystems::write(Turn& turn, const Scope& s, double overlap) const {
  const auto part = [](double a, double of) { return of > 0 ? a / of : 0.0; };
  const auto set = [&](Handle<double> handle, double value) { turn.write(handle)[s.row] = value; };
  double& past = turn.write(past_)[s.row];
  const double growth = growth_over_lag(s.staff, past), entry = part(s.young, s.firms);
  past = past > 0 ? past + (s.staff - past) / lag_years : s.staff;
  set(firms_, s.firms);
  set(startups_, s.startups);
  set(institutes_, s.institutes);
  set(rd_staff_, s.staff);
  set(growth_, growth);
  set(entry_, entry);
  set(inside_, s.inside / 2);
  set(outside_, s.ties - s.inside);
  set(trust_, part(s.strength, s.ties));
  set(lock_in_, part(s.old_strength, s.strength));
  set(openness_, part(s.new_or_outside, s.ties));
  set(foreign_, part(s.foreign_staff, s.staff));
  set(overlap_, overlap);
  set(links_abroad_, s.abroad);
  turn.write(stage_)[s.row] = static_cast<std::uint8_t>(life_stage(rules_, s.firms, growth, entry));
}

void Ecosystems::step(Turn& turn) const {
  if (turn.month().month() != month_of_look) return;
  std::vector<Scope> scopes;
  for (const Row row : turn.table(ecosystem_).by_id())
    scopes.push_back({row, turn.read(theme_)[row], turn.read(region_)[row], turn.read(national_)[row] != 0});
  if (scopes.empty()) return;
  const std::vector<Member> all = members(turn);
  count(turn, all, scopes);
  weigh_ties(turn, all, scopes);
  for (Scope& scope : scopes)
    for (double& value : scope.profile) value /= std::max(1.0, scope.people);
  for (const Scope& scope : scopes) write(turn, scope, overlap(scope, scopes));
}

}  // namespace

const MechanismInfo& ecosystems_mechanism() {
  using enum Access;
  static const MechanismInfo info{
      .name = "ecosystems",
      .family = "knowledge",
      .sentence =
          "Ecosystems are measured once a year: members, growth, ties, trust, openness and stage of life",
      .equation =
          "emerging below a critical number of firms, else growing by R&D staff, renewing by young firms, "
          "or mature",
      .source =
          "Menzel & Fornahl 2010 (cluster life cycles, recalled); lock-in, openness: the strategy of 2020, "
          "challenges 8 and 9; thresholds: assumption",
      .ignores = "decline: below the critical size an old ecosystem counts as emerging",
      .fields = {{"critical", "1", "30", "1", "100000", "firms below which an ecosystem is emerging",
                  "assumption"},
                 {"fast", "1/year", "0.03 /year", "-1 /year", "1 /year",
                  "growth of R&D staff from which it is growing", "assumption"},
                 {"renewal", "1", "30 %", "0 %", "100 %",
                  "share of firms younger than five years from which it renews itself", "assumption"}},
      .columns = {{"ecosystem", "theme", read},
                  {"ecosystem", "region", read},
                  {"ecosystem", "national", read},
                  {"ecosystem", "stage", write},
                  {"ecosystem", "firms", write},
                  {"ecosystem", "startups", write},
                  {"ecosystem", "institutes", write},
                  {"ecosystem", "rd_staff", write},
                  {"ecosystem", "past_rd_staff", write},
                  {"ecosystem", "growth", write},
                  {"ecosystem", "entry", write},
                  {"ecosystem", "ties_inside", write},
                  {"ecosystem", "ties_outside", write},
                  {"ecosystem", "trust", write},
                  {"ecosystem", "lock_in", write},
                  {"ecosystem", "openness", write},
                  {"ecosystem", "foreign", write},
                  {"ecosystem", "links_abroad", write},
                  {"ecosystem", "overlap", write},
                  {"firm", "type", read},
                  {"firm", "rd_performer", read},
                  {"firm", "theme", read},
                  {"firm", "region", read},
                  {"firm", "foreign_owned", read},
                  {"institute", "researchers", read},
                  {"institute", "partners_abroad", read},
                  {"firm", "age", read},
                  {"firm", "rd_staff", read},
                  {"firm", "partners_abroad", read},
                  {"firm", "knowledge", read},
                  {"institute", "theme", read},
                  {"institute", "region", read},
                  {"institute", "knowledge", read}},
      .flows = {},
      .networks = {"collaboration"},
      .events = {},
      .after = {},
      .make = [](Setup& setup) -> std::unique_ptr<Mechanism> { return std::make_unique<Ecosystems>(setup); }};
  return info;
}

}  // namespace polder::agents
