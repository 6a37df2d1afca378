// SPDX-License-Identifier: Apache-2.0
#include "agents/knowledge/technology_transfer.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "agents/kinds/kinds.hpp"
#include "agents/knowledge/open_science.hpp"
#include "agents/support/meetings.hpp"
#include "agents/support/work.hpp"
#include "engine/elementary.hpp"

namespace polder::agents {

namespace {

constexpr std::uint32_t firms_asked = 8;  // about a licence (assumption)
constexpr double half_interest_km = 50;   // distance at which interest halves (assumption)
constexpr float licence_tie = 0.1F;       // assumption

const std::vector<FieldInfo> transfer_fields{
    {"disclosure_rate", "1/year", "0.03 /year", "0 /year", "10 /year",
     "disclosures a researcher makes; PhD candidates count half",
     "calibrated to 300 licences, 75 spin-offs a year"},
    {"screening", "1/month/person", "0.5", "0", "100", "ideas that an officer screens a month", "assumption"},
    {"licence_chance", "1", "0.28", "0", "1", "chance that a screened idea is licensed",
     "calibrated: 300 licences a year"},
    {"spin_off_chance", "1", "0.05", "0", "1", "chance that a screened idea becomes a spin-off",
     "calibrated: 75 spin-offs a year"},
    {"usual_equity", "1", "10 %", "0", "0.9", "share in a spin-off at which as many are founded as usual",
     "recalled: 5 to 25 % at Dutch universities"},
    {"equity_elasticity", "1", "0.5", "0", "5",
     "elasticity of the chance of a spin-off to the share that is left to founders",
     "assumption; inventors respond to their share: Lach & Schankerman 2008 (licences, recalled)"},
    {"expiry", "1", "0.08", "0", "1", "share of waiting ideas that expire in a month", "assumption"},
    {"usual_openness", "1", "0.5", "0", "1", "openness of science at which licences are as usual",
     "a scenario's baseline"},
    {"open_loss", "1", "0.3", "0", "0.9", "licences lost when all results are open", "assumption"},
    {"licence_fee", "EUR", "40 kEUR", "0 EUR", "", "fee that a firm pays for a licence", "assumption"},
    {"founders", "person", "3 persons", "1 person", "50 persons", "staff of a new spin-off", "assumption"},
    {"start_cash", "EUR", "250 kEUR", "0 EUR", "", "cash of a new spin-off, from households", "assumption"},
    {"spin_off_weight", "1", "10", "1", "1000000",
     "real spin-offs that one simulated spin-off stands for at most",
     "numerical, as startup_weight of firm_demography"},
    {"start_rd", "EUR/month", "15 kEUR/month", "0 EUR/month", "", "R&D of a new spin-off", "assumption"},
};

std::unique_ptr<Mechanism> make_transfer(Setup& setup) {
  return std::make_unique<TechnologyTransfer>(setup);
}

/// Columns of firms that a spin-off takes over from a startup of its field.
constexpr const char* inherited[] = {"productivity", "wage", "exports_share", "core_share", "rd_intensity"};

}  // namespace

const MechanismInfo& technology_transfer_mechanism() {
  using enum Access;
  static const MechanismInfo info{
      .name = "technology_transfer",
      .family = "knowledge",
      .sentence = "Inventions wait for the transfer office and become licences, spin-offs or publications",
      .equation =
          "screened = min(backlog, Poisson(k tto_staff)); spin-off chance = s0 (intent / 0.1) (0.5 + seed "
          "money) ((1 - e) / (1 - e0))^x",
      .source = "Siegel, Waldman & Link 2003 (constant returns); levels: scenarios/data/README.md (recalled)",
      .ignores = "royalties by sales, the wish to publish first",
      .fields = transfer_fields,
      .columns = {{"institute", "theme", read},
                  {"institute", "region", read},
                  {"institute", "researchers", read},
                  {"institute", "phds", read},
                  {"institute", "openness", read},
                  {"institute", "equity_share", read},
                  {"institute", "tto_staff", read},
                  {"institute", "transfer_posts", read},
                  {"institute", "entrepreneurial_intent", read},
                  {"institute", "knowledge", read},
                  {"institute", "backlog", write},
                  {"institute", "disclosures", write},
                  {"institute", "licences", write},
                  {"institute", "spin_offs", write},
                  {"institute", "cash", add},
                  {"firm", "type", read},
                  {"firm", "theme", read},
                  {"firm", "region", read},
                  {"firm", "sector", read},
                  {"firm", "rd_performer", read},
                  {"firm", "cash", read},
                  {"firm", "cash", add},
                  {"firm", "staff", read},
                  {"firm", "size_class", read},
                  {"firm", "age", read},
                  {"firm", "rd_spending", read},
                  {"firm", "origin_institute", read},
                  {"firm", "institute_share", read},
                  {"firm", "productivity", read},
                  {"firm", "wage", read},
                  {"firm", "exports_share", read},
                  {"firm", "core_share", read},
                  {"firm", "rd_intensity", read},
                  {"firm", "knowledge", read},
                  {"financier", "type", read},
                  {"financier", "first_stage", read},
                  {"financier", "cash", read},
                  {"financier", "ticket_min", read}},
      .flows = {{"licence_fee", "firm.cash", "institute.cash"}},
      .networks = {"collaboration"},
      .events = {"licences", "spin_offs"},
      .after = {"policy", "instruments"},
      .make = make_transfer};
  return info;
}

double spin_off_chance(double base, double intent, double availability) {
  return std::clamp(base * intent / 0.1 * (0.5 + availability), 0.0, 1.0);
}

double appeal_of_terms(double equity, double usual, double elasticity) {
  return elementary::pow((1.0 - equity) / (1.0 - usual), elasticity);
}

double backlog_after(double backlog, double disclosures, double screened, double expiry) {
  return std::max(0.0, backlog + disclosures - screened) * (1 - expiry);
}

int thinned(double real, double weight, double draw) {
  return whole_by_lot(real / weight, draw);
}

TechnologyTransfer::TechnologyTransfer(Setup& s)
    : institute_(s.kind("institute")),
      firm_(s.kind("firm")),
      financier_(s.kind("financier")),
      theme_(s.column<std::uint8_t>("institute", "theme")),
      region_(s.column<std::uint8_t>("institute", "region")),
      researchers_(s.column<double>("institute", "researchers")),
      phds_(s.column<double>("institute", "phds")),
      openness_(s.column<double>("institute", "openness")),
      equity_share_(s.column<double>("institute", "equity_share")),
      tto_staff_(s.column<double>("institute", "tto_staff")),
      transfer_posts_(s.column<double>("institute", "transfer_posts")),
      intent_(s.column<double>("institute", "entrepreneurial_intent")),
      backlog_(s.column<double>("institute", "backlog")),
      disclosures_(s.column<double>("institute", "disclosures")),
      licences_(s.column<double>("institute", "licences")),
      spin_offs_(s.column<double>("institute", "spin_offs")),
      institute_knowledge_(s.column<double>("institute", "knowledge")),
      firm_type_(s.column<std::uint8_t>("firm", "type")),
      firm_theme_(s.column<std::uint8_t>("firm", "theme")),
      firm_region_(s.column<std::uint8_t>("firm", "region")),
      firm_sector_(s.column<std::uint8_t>("firm", "sector")),
      performer_(s.column<std::uint8_t>("firm", "rd_performer")),
      firm_cash_(s.column<std::int64_t>("firm", "cash")),
      staff_(s.column<double>("firm", "staff")),
      age_(s.column<double>("firm", "age")),
      rd_spending_(s.column<double>("firm", "rd_spending")),
      firm_knowledge_(s.column<double>("firm", "knowledge")),
      origin_(s.column<AgentId>("firm", "origin_institute")),
      institute_share_(s.column<double>("firm", "institute_share")),
      size_class_(s.column<std::uint8_t>("firm", "size_class")),
      first_stage_(s.column<std::uint8_t>("financier", "first_stage")),
      fund_type_(s.column<std::uint8_t>("financier", "type")),
      fund_cash_(s.column<std::int64_t>("financier", "cash")),
      ticket_min_(s.column<double>("financier", "ticket_min")),
      fee_flow_(s.flow("licence_fee", "firm.cash", "institute.cash")),
      collaboration_(s.network("collaboration")),
      spin_off_event_(s.event("spin_offs")),
      licence_event_(s.event("licences")),
      map_(s.scenario()),
      disclosure_rate_(s.parameter("disclosure_rate")),
      screening_(s.parameter("screening")),
      licence_chance_(s.parameter("licence_chance")),
      spin_off_chance_(s.parameter("spin_off_chance")),
      usual_equity_(s.parameter("usual_equity")),
      equity_elasticity_(s.parameter("equity_elasticity")),
      usual_openness_(s.parameter("usual_openness")),
      open_loss_(s.parameter("open_loss")),
      expiry_(s.parameter("expiry")),
      fee_(s.parameter("licence_fee")),
      founders_(s.parameter("founders")),
      start_cash_(s.parameter("start_cash")),
      start_rd_(s.parameter("start_rd")),
      scale_(s.scenario().scale),
      firm_weight_(std::min(s.parameter("spin_off_weight"), 1 / scale_)),
      disclose_(s.purpose("disclose")),
      screen_(s.purpose("screen")),
      decide_(s.purpose("decide")),
      licence_(s.purpose("licence")),
      entry_(s.purpose("spin_off")),
      thin_(s.purpose("thin")) {
  for (const char* column : inherited) inherited_.push_back(s.column<double>("firm", column));
}

double TechnologyTransfer::seed_availability(Turn& turn) const {
  const auto seed = static_cast<std::uint8_t>(VentureStage::seed);
  double funds = 0, with_money = 0;
  for (const Row row : turn.table(financier_).by_id()) {
    if (turn.read(first_stage_)[row] > seed ||
        turn.read(fund_type_)[row] == static_cast<std::uint8_t>(ActorType::bank))
      continue;
    funds += 1;
    if (to_euros(turn.read(fund_cash_)[row]) >= turn.read(ticket_min_)[row]) with_money += 1;
  }
  return funds > 0 ? with_money / funds : 0.0;
}

TechnologyTransfer::Outcome TechnologyTransfer::screen(Turn& turn, Row institute, double availability) const {
  const AgentId id = turn.table(institute_).ids()[institute];
  const double people = turn.read(researchers_)[institute] + turn.read(phds_)[institute] / 2;
  const double disclosed = poisson(disclosure_rate_ * people, turn.key(disclose_), id, turn.step(), 0);
  const double officers = turn.read(tto_staff_)[institute] + turn.read(transfer_posts_)[institute];
  const double capacity = poisson(screening_ * officers, turn.key(screen_), id, turn.step(), 0);
  double& backlog = turn.write(backlog_)[institute];
  const double screened = std::min(std::floor(backlog + disclosed), capacity);
  const double terms = appeal_of_terms(std::clamp(turn.read(equity_share_)[institute], 0.0, 1.0),
                                       usual_equity_, equity_elasticity_);
  const double s = spin_off_chance(spin_off_chance_ * terms, turn.read(intent_)[institute], availability);
  const double l =
      licence_chance_ * appropriability(turn.read(openness_)[institute], usual_openness_, open_loss_);
  Outcome outcome;
  for (std::uint32_t i = 0; i < static_cast<std::uint32_t>(screened); ++i) {
    const double u = uniform(turn.key(decide_), id, turn.step(), i);
    if (u < s) {
      ++outcome.spin_offs;
    } else if (u < s + l) {
      ++outcome.licences;
    }
  }
  turn.write(disclosures_)[institute] = disclosed;
  turn.write(licences_)[institute] = outcome.licences;
  turn.write(spin_offs_)[institute] = outcome.spin_offs;
  backlog = backlog_after(backlog, disclosed, screened, expiry_);
  return outcome;
}

Row TechnologyTransfer::choose_firm(Turn& turn, Row institute, const std::vector<Row>& firms, DrawKey key,
                                    std::uint32_t n) const {
  const Table& table = turn.table(firm_);
  const AgentId id = turn.table(institute_).ids()[institute];
  const std::uint8_t theme = turn.read(theme_)[institute], region = turn.read(region_)[institute];
  Row best = no_row;
  double best_interest = -1;
  for (std::uint32_t ask = 0; ask < firms_asked && !firms.empty(); ++ask) {
    const Row row = pick_by_point(table, firms, draw_words(key, id, turn.step(), n * firms_asked + ask)[0]);
    const double km = map_.distance(region, turn.read(firm_region_)[row]);
    const double interest = (turn.read(firm_theme_)[row] == theme ? 4 : 1) / (1 + km / half_interest_km);
    if (interest > best_interest) best = row, best_interest = interest;
  }
  return best;
}

void TechnologyTransfer::license(Turn& turn, Row institute, int count, const std::vector<Row>& firms) const {
  const AgentId id = turn.table(institute_).ids()[institute];
  for (int i = 0; i < count; ++i) {
    const Row firm = choose_firm(turn, institute, firms, turn.key(licence_), static_cast<std::uint32_t>(i));
    if (firm == no_row) return;
    const Cents balance = std::max<Cents>(0, turn.read(firm_cash_)[firm]);
    turn.transfer(fee_flow_, firm, institute, std::min(balance, to_cents(fee_)));
    const AgentId licensee = turn.table(firm_).ids()[firm], pair{combine(raw(id), raw(licensee))};
    const double lot = uniform(turn.key(licence_), pair, turn.step(), static_cast<std::uint32_t>(i));
    if (makes_tie(1, 1, turn.table(firm_).weights()[firm], lot))
      turn.tie(collaboration_, id, licensee, licence_tie);
  }
  turn.event(licence_event_, count);
}

void TechnologyTransfer::spin_off(Turn& turn, Row institute, int count,
                                  const std::vector<Row>& startups) const {
  const AgentId id = turn.table(institute_).ids()[institute];
  const double luck = uniform(turn.key(thin_), id, turn.step());
  for (int i = 0; i < thinned(count, firm_weight_, luck); ++i) {
    const Row like = choose_firm(turn, institute, startups, turn.key(entry_), static_cast<std::uint32_t>(i));
    if (like == no_row) return;
    Entrant firm;
    firm.kind = firm_;
    firm.cause = id;
    firm.ordinal = static_cast<std::uint32_t>(i);
    firm.weight = firm_weight_;
    const auto number = [&](ColumnId column, double value) {
      firm.values.push_back(number_value(column, value));
    };
    number(firm_type_.column, static_cast<double>(ActorType::startup));
    number(size_class_.column, static_cast<double>(SizeClass::micro));
    number(firm_sector_.column, turn.read(firm_sector_)[like]);
    number(firm_theme_.column, turn.read(theme_)[institute]);
    number(firm_region_.column, turn.read(region_)[institute]);
    number(performer_.column, 1);
    number(age_.column, 0);
    number(staff_.column, founders_);
    number(institute_share_.column, std::clamp(turn.read(equity_share_)[institute], 0.0, 1.0));
    number(rd_spending_.column, start_rd_);
    for (const auto& column : inherited_) number(column.column, turn.read(column)[like]);
    for (int k = 0; k < knowledge_size; ++k) {
      const double value = turn.read(
          institute_knowledge_)[std::size_t{institute} * knowledge_size + static_cast<std::size_t>(k)];
      firm.values.push_back({firm_knowledge_.column, value, 0, k});
    }
    firm.values.push_back(money_value(firm_cash_.column, to_cents(start_cash_ * firm_weight_)));
    firm.values.push_back(id_value(origin_.column, id));
    turn.tie(collaboration_, id, turn.enter(entry_, firm), 2 * licence_tie);
  }
  turn.event(spin_off_event_, count);
}

void TechnologyTransfer::step(Turn& turn) const {
  const auto performer = turn.read(performer_), type = turn.read(firm_type_);
  const auto ids = turn.table(firm_).ids();
  const auto weights = turn.table(firm_).weights();
  const std::uint64_t phase = mix64(turn.step());
  const auto firms = rows_by_id_where(turn, firm_, [&](Row row) {
    return performer[row] != 0 && on_the_list(ids[row], weights[row] * scale_, phase);
  });
  std::vector<Row> startups;
  for (const Row row : firms)
    if (type[row] == static_cast<std::uint8_t>(ActorType::startup)) startups.push_back(row);
  const double availability = seed_availability(turn);
  for (const Row institute : turn.table(institute_).by_id()) {
    const Outcome outcome = screen(turn, institute, availability);
    if (outcome.licences > 0) license(turn, institute, outcome.licences, firms);
    if (outcome.spin_offs > 0) spin_off(turn, institute, outcome.spin_offs, startups);
  }
}

}  // namespace polder::agents
