// SPDX-License-Identifier: Apache-2.0
#include "agents/demography/firm_births.hpp"

#include "agents/kinds/kinds.hpp"
#include "agents/support/labels.hpp"
#include "agents/support/work.hpp"
#include "engine/elementary.hpp"

namespace polder::agents {

FirmBirths::FirmBirths(Setup& setup)
    : firm_(setup.kind("firm")),
      industry_(setup.kind("industry")),
      age_(setup.column<double>("firm", "age")),
      staff_(setup.column<double>("firm", "staff")),
      productivity_(setup.column<double>("firm", "productivity")),
      wage_(setup.column<double>("firm", "wage")),
      exports_(setup.column<double>("firm", "exports_share")),
      intensity_(setup.column<double>("firm", "rd_intensity")),
      cash_(setup.column<std::int64_t>("firm", "cash")),
      type_(setup.column<std::uint8_t>("firm", "type")),
      size_class_(setup.column<std::uint8_t>("firm", "size_class")),
      sector_(setup.column<std::uint8_t>("firm", "sector")),
      region_(setup.column<std::uint8_t>("firm", "region")),
      theme_(setup.column<std::uint8_t>("firm", "theme")),
      performer_(setup.column<std::uint8_t>("firm", "rd_performer")),
      industry_sector_(setup.column<std::uint8_t>("industry", "sector")),
      births_(setup.column<double>("industry", "births")),
      work_growth_(setup.column<double>("industry", "work_growth")),
      births_event_(setup.event("births")),
      birth_(setup.purpose("birth")),
      startup_(setup.purpose("startup")),
      birth_rate_(setup.parameter("birth_rate")),
      from_one_person_(setup.parameter("from_one_person")),
      entrant_staff_(setup.parameter("entrant_staff")),
      spread_(setup.parameter("entrant_spread")),
      startups_(setup.parameter("startups")),
      startup_research_(setup.parameter("startup_research")),
      startup_cash_(setup.parameter("startup_cash")),
      startup_weight_(setup.parameter("startup_weight")),
      start_cash_(setup.parameter("start_cash")),
      scale_(setup.scenario().scale),
      birth_counts_(label_numbers(setup, "sectors", "births", -1.0, dimension::rate)) {}

/// Possible parents by sector, in the order of their ids: this month's sixteenth of all firms, another one
/// every month. A row that stands for fewer firms than others is on the list as much less often, so that the
/// large R&D firms, at 1:1 in every scale, have as many children as at full scale. Startups are of any
/// sector.
FirmBirths::Parents FirmBirths::parents(Turn& turn) const {
  const Table& table = turn.table(firm_);
  const auto ids = table.ids();
  const auto sector = turn.read(sector_);
  const auto type = turn.read(type_), performer = turn.read(performer_);
  const auto weights = table.weights();
  const std::uint64_t phase = mix64(turn.step());
  const auto rows = rows_by_id_where(turn, firm_, [&](Row row) {
    const std::uint64_t lot = raw(ids[row]) ^ phase;
    const int startup = int{type[row] == code(ActorType::startup)};
    const int chosen = int{(lot & 15) == 0} | (int{(lot & 3) == 0} & startup);  // lots cannot be foreseen
    return chosen != 0 && on_the_list(ids[row], weights[row] * scale_, phase);
  });
  Parents lists;
  lists.by_sector.resize(birth_counts_.size());
  for (const Row row : rows) {
    const bool startup = type[row] == code(ActorType::startup);
    (!startup              ? lists.by_sector[sector[row]]
     : performer[row] != 0 ? lists.startups_with_research
                           : lists.other_startups)
        .push_back(row);
  }
  return lists;
}

/// Entrants begin small, with the sector, region and ways of an existing firm and a productivity around its
/// own.
Entrant FirmBirths::child(Turn& turn, Row parent, AgentId cause, std::uint32_t ordinal, bool startup) const {
  const DrawKey key = turn.key(startup ? startup_ : birth_);
  const auto draw = [&](std::uint32_t n) { return uniform(key, cause, turn.step(), 16 * (ordinal + 1) + n); };
  const double staff = 1.6 - (entrant_staff_ - 1.6) * elementary::log(draw(1));
  const double productivity =
      turn.read(productivity_)[parent] *
      elementary::exp(spread_ * elementary::normal_quantile(draw(2)) - 0.5 * spread_ * spread_);
  const double wage = turn.read(wage_)[parent];
  const double weight = weight_of(startup);
  const double cash = startup ? startup_cash_ : start_cash_ * wage * staff;
  Entrant entrant;
  entrant.kind = firm_;
  entrant.cause = cause;
  entrant.ordinal = ordinal;
  entrant.weight = weight;
  const auto set = [&](auto handle, double value) {
    entrant.values.push_back(number_value(handle.column, value));
  };
  set(type_, startup ? code(ActorType::startup) : code(ActorType::sme));
  set(size_class_, 0);
  set(sector_, turn.read(sector_)[parent]);
  set(region_, turn.read(region_)[parent]);
  set(theme_, turn.read(theme_)[parent]);
  set(age_, 0);
  set(staff_, staff);
  set(productivity_, productivity);
  set(wage_, wage);
  set(exports_, turn.read(exports_)[parent]);
  set(performer_, turn.read(performer_)[parent]);
  set(intensity_, turn.read(intensity_)[parent]);
  entrant.values.push_back(money_value(cash_.column, whole(100 * weight * cash)));
  return entrant;
}

/// Raises the births of every industry with the work that its demand asks for.
std::vector<FirmBirths::Plan> FirmBirths::plan(Turn& turn, const Parents& parents) const {
  const Table& industries = turn.table(industry_);
  const auto sector = turn.read(industry_sector_);
  const auto growth = turn.read(work_growth_);
  const auto births = turn.write(births_);
  std::vector<Plan> plans;
  for (const Row row : industries.by_id()) {
    const std::size_t s = sector[row];
    if (s >= birth_counts_.size()) continue;
    if (births[row] <= 0) {
      const double given = birth_counts_[s];
      births[row] = given >= 0
                        ? given * (1.0 + from_one_person_)
                        : birth_rate_ * 16.0 * static_cast<double>(parents.by_sector[s].size()) / scale_;
    }
    births[row] *= elementary::exp(growth[row]);
    plans.push_back({industries.ids()[row], s, births[row]});
  }
  return plans;
}

void FirmBirths::bear_family(Turn& turn, const Family& family, double& born) const {
  if (family.parents.empty()) return;
  const Purpose purpose = family.startup ? startup_ : birth_;
  const DrawKey draws = turn.key(purpose);
  const double weight = weight_of(family.startup);
  const double lot = uniform(draws, family.cause, turn.step(), 16 * family.first);
  const auto count = static_cast<std::uint32_t>(whole_by_lot(family.expected / weight, lot));
  for (std::uint32_t n = family.first; n < family.first + count; ++n) {
    const std::uint64_t point = draw_words(draws, family.cause, turn.step(), 16 * (n + 1))[0];
    const Row parent = pick_by_point(turn.table(firm_), family.parents, point);
    turn.enter(purpose, child(turn, parent, family.cause, n, family.startup));
    born += weight;
  }
}

void FirmBirths::bear(Turn& turn, double left) const {
  const Parents from = parents(turn);
  const std::vector<Plan> plans = plan(turn, from);
  double planned = 0, born = 0;
  for (const Plan& p : plans) planned += p.births;
  const double part = turn.in_burn_in() && planned > 0 ? left / planned : 1.0;
  for (const Plan& p : plans)
    bear_family(turn, {from.by_sector[p.sector], p.industry, part * p.births, false}, born);
  const AgentId first = plans.empty() ? nobody : plans.front().industry;
  const double research = startup_research_ * startups_, others = (1.0 - startup_research_) * startups_;
  constexpr std::uint32_t first_of_others = 1U << 20U;
  bear_family(turn, {from.startups_with_research, first, research, true}, born);
  bear_family(turn, {from.other_startups, first, others, true, first_of_others}, born);
  turn.event(births_event_, born);
}

}  // namespace polder::agents
