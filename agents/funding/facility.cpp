// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/facility.hpp"

#include <algorithm>

#include "agents/kinds/kinds.hpp"

namespace polder::agents {

namespace {

std::vector<FieldInfo> facility_fields() {
  std::vector<FieldInfo> fields = budget_fields();
  const std::vector<FieldInfo> own{
      {"supports", "label", "", "", "",
       "type of existing facilities whose running costs it helps to pay, instead of building one",
       "scenario"},
      {"place", "label", "(required, or supports)", "", "", "region of the facility", "scenario"},
      {"serves.type", "label", "pilot_line", "", "", "fieldlab, research_facility or pilot_line", "scenario"},
      {"serves.theme", "label", "", "", "", "theme of the users it serves; default all", "scenario"},
      {"serves.trl", "list", "3|8", "1", "9", "lowest and highest technology readiness level served",
       "scenario"},
      {"serves.capacity", "1", "20", "0", "", "projects served at a time", "scenario"},
      {"serves.fee", "EUR/month", "20 kEUR/month", "0 EUR/month", "", "fee of one project", "scenario"},
      {"serves.fee_small_firm", "1", "50 %", "0", "1", "part of the fee that micro and small firms pay",
       "scenario"},
      {"serves.reach", "km", "100 km", "1 km", "1000 km", "distance at which a third of the users still come",
       "assumption"},
      {"serves.meeting", "1", "2 %", "0", "1", "chance that one month beside another user leads to a tie",
       "assumption"},
      {"serves.opex", "EUR/month", "", "0 EUR/month", "",
       "running costs; default the part of the budget that does not build, over the window", "scenario"},
      {"serves.host_share", "1", "0 %", "0", "1", "part of running costs that hosts bear in kind",
       "assumption"},
      {"capex_share", "1", "60 %", "0", "1", "share of the budget that builds it, the rest runs it",
       "assumption"},
  };
  fields.insert(fields.end(), own.begin(), own.end());
  return fields;
}

std::uint8_t read_type(const Terms& terms, std::string_view key) {
  const auto types = split_words(facility_types);
  const std::string word = terms.word(key, facility_types);
  return static_cast<std::uint8_t>(std::find(types.begin(), types.end(), word) - types.begin());
}

}  // namespace

const FormInfo& facility_form() {
  static const FormInfo form{"facility", "A research and test facility with slots, a fee and a queue",
                             facility_fields()};
  return form;
}

FacilitySpending divide_spending(Cents available, Cents lacking, Cents unbuilt) {
  FacilitySpending spending;
  spending.upkeep = std::clamp<Cents>(lacking, 0, available);
  spending.build = std::clamp<Cents>(unbuilt, 0, available - spending.upkeep);
  spending.reserve = available - spending.upkeep - spending.build;
  return spending;
}

FacilityInstrument::FacilityInstrument(const Terms& terms, const Columns& columns)
    : Instrument(terms, columns, 1),
      site_{terms.setup().kind("facility"),
            terms.setup().column<std::uint8_t>("facility", "facility_type"),
            terms.setup().column<std::uint8_t>("facility", "region"),
            terms.setup().column<std::uint8_t>("facility", "theme"),
            terms.setup().column<double>("facility", "trl_low"),
            terms.setup().column<double>("facility", "trl_high"),
            terms.setup().column<double>("facility", "capacity"),
            terms.setup().column<double>("facility", "fee"),
            terms.setup().column<double>("facility", "fee_small_firm"),
            terms.setup().column<double>("facility", "reach"),
            terms.setup().column<double>("facility", "meeting"),
            terms.setup().column<double>("facility", "opex"),
            terms.setup().column<double>("facility", "host_share"),
            terms.setup().column<double>("facility", "built"),
            terms.setup().column<double>("facility", "used"),
            terms.setup().column<double>("facility", "waiting"),
            terms.setup().column<std::int64_t>("facility", "cash"),
            terms.setup().column<AgentId>("facility", "owner")},
      capacity_(terms.number("serves.capacity")),
      fee_(terms.number("serves.fee")),
      fee_small_(terms.number("serves.fee_small_firm")),
      capex_share_(terms.number("capex_share")),
      reach_(terms.number("serves.reach")),
      meeting_(terms.number("serves.meeting")),
      host_share_(terms.number("serves.host_share")),
      build_flow_(terms.setup().instrument_flow(terms.spec().id, "government.cash", "suppliers")),
      run_flow_(terms.setup().instrument_flow(terms.spec().id, "government.cash", "facility.cash")) {
  const auto& mechanisms = terms.setup().scenario().mechanisms;
  if (std::none_of(mechanisms.begin(), mechanisms.end(),
                   [](const auto& m) { return m.name == "facilities"; }))
    terms.mistake("form", "facility", "the mechanism `facilities` in the scenario: it gives slots to users");
  if (terms.has("supports")) {
    supports_ = read_type(terms, "supports");
    return;
  }
  type_ = read_type(terms, "serves.type");
  place_ = terms.label("place", "regions");
  theme_ = terms.has("serves.theme") ? terms.label("serves.theme", "themes")
                                     : terms.setup().label("themes", "none");
  const auto trl = terms.numbers("serves.trl");
  if (trl.size() != 2 || trl[0] > trl[1]) {
    terms.mistake("serves.trl", "another range", "two levels, the lowest first, for example [3, 8]");
  } else {
    low_ = trl[0];
    high_ = trl[1];
  }
  const double months = plan().end - plan().start + 1;
  const double running = to_euros(plan().total()) * (1 - capex_share_);
  opex_ = terms.has("serves.opex") ? terms.number("serves.opex") : running / std::max(1.0, months);
}

Row FacilityInstrument::find_site(Turn& turn, AgentId owner) const {
  const auto owners = turn.read(site_.owner);
  for (const Row row : turn.table(site_.kind).by_id()) {
    if (owners[row] == owner) return row;
  }
  return no_row;
}

Cents FacilityInstrument::lacking(Turn& turn, Row site) const {
  const double due = turn.read(site_.opex)[site] * turn.write(site_.built)[site] *
                     std::max(0.0, 1 - turn.read(site_.host_share)[site]);
  return std::max<Cents>(0, to_cents(due) - turn.read(site_.cash)[site]);
}

void FacilityInstrument::found_site(Purse& purse, double built) const {
  Entrant site;
  site.kind = site_.kind;
  site.cause = purse.id();
  const auto number = [&](ColumnId column, double value) {
    site.values.push_back(number_value(column, value));
  };
  number(site_.type.column, type_);
  number(site_.region.column, place_);
  number(site_.theme.column, theme_);
  number(site_.low.column, low_);
  number(site_.high.column, high_);
  number(site_.capacity.column, capacity_);
  number(site_.fee.column, fee_);
  number(site_.fee_small.column, fee_small_);
  number(site_.reach.column, reach_);
  number(site_.meeting.column, meeting_);
  number(site_.opex.column, opex_);
  number(site_.host_share.column, host_share_);
  number(site_.built.column, built);
  site.values.push_back(id_value(site_.owner.column, purse.id()));
  purse.turn().enter(purpose("site"), site);
}

void FacilityInstrument::build(Purse& purse) const {
  Turn& turn = purse.turn();
  const Row site = find_site(turn, purse.id());
  if (site != no_row)
    purse.count(applications_event(), (turn.read(site_.used)[site] + turn.read(site_.waiting)[site]) / 12,
                awards_event(), turn.read(site_.used)[site] / 12);  // project years
  const Cents amount = purse.available();
  if (amount <= 0) return;
  const Cents capex = to_cents(to_euros(plan().total()) * capex_share_);
  if (site == no_row) {
    const Cents first = std::min(amount, capex);
    purse.commit(first);
    purse.pay(build_flow_, 0, first);
    found_site(purse, capex > 0 ? to_euros(first) / to_euros(capex) : 1.0);
    return;
  }
  double& built = turn.write(site_.built)[site];
  const Cents unbuilt = to_cents(to_euros(capex) * (1 - built));
  const FacilitySpending spending = divide_spending(amount, lacking(turn, site), unbuilt);
  purse.commit(amount);
  purse.pay(run_flow_, site, spending.upkeep + spending.reserve);
  purse.pay(build_flow_, 0, spending.build);
  if (spending.build > 0) built = std::min(1.0, built + to_euros(spending.build) / to_euros(capex));
}

void FacilityInstrument::support(Purse& purse) const {
  Turn& turn = purse.turn();
  if (purse.available() <= 0) return;
  std::vector<Row> rows;
  std::vector<double> needs;
  Cents sum = 0;
  for (const Row row : turn.table(site_.kind).by_id()) {
    if (turn.read(site_.type)[row] != *supports_) continue;
    const Cents need = lacking(turn, row);
    if (need <= 0) continue;
    rows.push_back(row);
    needs.push_back(static_cast<double>(need));
    sum += need;
  }
  const Cents amount = std::min(sum, purse.available());
  if (amount <= 0) return;
  std::vector<Cents> parts(rows.size());
  split(amount, needs, parts);
  purse.commit(amount);
  for (std::size_t i = 0; i < rows.size(); ++i) purse.pay(run_flow_, rows[i], parts[i]);
  const auto n = static_cast<double>(rows.size()) / 12;
  purse.count(applications_event(), n, awards_event(), n);
}

void FacilityInstrument::step(Purse& purse) const {
  supports_ ? support(purse) : build(purse);
}

}  // namespace polder::agents
