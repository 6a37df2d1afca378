// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/talent.hpp"

#include <algorithm>
#include <cmath>

#include "agents/support/meetings.hpp"
#include "agents/talent/training.hpp"

namespace polder::agents {

namespace {

std::vector<FieldInfo> talent_fields() {
  std::vector<FieldInfo> fields = budget_fields();
  const std::vector<FieldInfo> own{
      {"lever", "label", "training", "", "", "training, dual or recruitment", "scenario"},
      {"eligible", "formula", "", "", "", "condition on the employer", "scenario"},
      {"request", "formula", "1 kEUR", "", "",
       "cost: of a firm's training; of an appointment a year; of help for one vacancy a month", "scenario"},
      {"applicants", "label", "firm", "", "", "kinds that are helped to recruit: firm, institute",
       "scenario"},
      {"application_rate", "1", "5 %", "0", "1", "share of eligible firms that apply to a round",
       "assumption"},
      {"share", "1", "50 %", "1 %", "100 %", "public part of the cost, the rest is paid by the firm",
       "scenario"},
      {"replaces", "1", "60 %", "0 %", "100 %",
       "part of training paid for that takes the place of courses the firm would have paid",
       "training vouchers: some 60 % deadweight (Hidalgo, Oosterbeek & Webbink 2014, recalled)"},
      {"provider", "formula", "", "", "", "condition on the institutes of dual appointments; default all",
       "scenario"},
      {"help", "1", "10 %", "0 %", "100 %", "extra chance a month that a vacancy is filled from abroad",
       "assumption"},
      {"contact", "1", "0.05", "0", "1", "strength a month that an appointment adds to the tie",
       "assumption"},
      {"allocation.cadence", "month", "6 months", "1 month", "120 months", "months between rounds",
       "scenario"},
      {"payout.over", "month", "36 months", "1 month", "240 months", "length of an appointment",
       "assumption"},
  };
  fields.insert(fields.end(), own.begin(), own.end());
  return fields;
}

std::optional<ApplicantRules> talent_rules(const Terms& terms, const std::string& kind) {
  const auto kinds = terms.words("applicants");
  const bool only_firms = terms.word("lever") != "recruitment";
  for (const auto& word : kinds) {
    if (word != "firm" && (only_firms || word != "institute"))
      terms.mistake("applicants", word, only_firms ? "firm, for this lever" : "firm or institute");
  }
  if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) return std::nullopt;
  return ApplicantRules(terms, kind, false);
}

/// One a year, so that a firm that leaves has had no more than a year in advance.
std::vector<double> equal_tranches(int months) {
  const auto years = static_cast<std::size_t>((months + 11) / 12);
  return std::vector<double>(years, 1.0 / static_cast<double>(years));
}

}  // namespace

const FormInfo& talent_form() {
  static const FormInfo form{"talent", "Training, dual appointments, or help to recruit abroad",
                             talent_fields()};
  return form;
}

TalentInstrument::Lever TalentInstrument::read_lever(const Terms& terms) {
  const std::string word = terms.word("lever", "training|dual|recruitment");
  return word == "dual" ? Lever::dual : word == "recruitment" ? Lever::recruitment : Lever::training;
}

int TalentInstrument::read_cadence(const Terms& terms) {
  return terms.word("lever") == "recruitment"
             ? 1
             : static_cast<int>(std::lround(terms.number("allocation.cadence")));
}

TalentInstrument::TalentInstrument(const Terms& terms, const Columns& columns, const Geography& map)
    : Instrument(terms, columns, read_cadence(terms)),
      lever_(read_lever(terms)),
      firm_rules_(talent_rules(terms, "firm")),
      institute_rules_(talent_rules(terms, "institute")),
      providers_(terms, "provider"),
      application_rate_(terms.number("application_rate")),
      share_(terms.number("share")),
      help_(terms.number("help")),
      contact_(terms.number("contact")),
      replaces_(terms.number("replaces")),
      months_(static_cast<int>(std::lround(terms.number("payout.over")))),
      levers_(terms.setup()),
      firm_vacancies_(terms.setup().column<std::int64_t>("firm", "vacancies")),
      institute_vacancies_(terms.setup().column<std::int64_t>("institute", "vacancies")),
      employer_(terms.setup().column<AgentId>("person", "employer")),
      second_employer_(terms.setup().column<AgentId>("person", "second_employer")),
      appointed_by_(terms.setup().column<AgentId>("person", "appointed_by")),
      at_institute_(terms.setup().column<std::uint8_t>("person", "at_institute")),
      person_(terms.setup().kind("person")),
      firm_flow_(terms.setup().instrument_flow(terms.spec().id, "government.cash", "firm.cash")),
      service_flow_(terms.setup().instrument_flow(terms.spec().id, "government.cash", "households")),
      training_flow_(terms.setup().flow("training", "firm.cash", "suppliers")),
      own_flow_(terms.setup().flow("own_contribution", "firm.cash", "institute.cash")),
      projects_(
          columns, {months_, equal_tranches(months_)},
          {firm_flow_, terms.setup().instrument_flow(terms.spec().id, "government.cash", "institute.cash")},
          purpose("appointment")),
      map_(&map) {}

TalentInstrument::Applicants TalentInstrument::applicants(Turn& turn) const {
  const Table& table = turn.table(columns().firm.kind);
  const DrawKey apply = turn.key(purpose("apply")), order = turn.key(purpose("order"));
  Applicants list;
  for (Row row = 0; row < table.num_rows(); ++row) {
    if (table.alive()[row] && uniform(apply, table.ids()[row], turn.step()) < application_rate_)
      list.rows.push_back(row);
  }
  list.rows = firm_rules_->eligible(turn, std::move(list.rows));
  list.requests = firm_rules_->requests(turn, list.rows);
  const double years = lever_ == Lever::dual ? months_ / 12.0 : 1.0;
  for (std::size_t i = 0; i < list.rows.size(); ++i) {
    const AgentId id = table.ids()[list.rows[i]];
    const double weight = table.weights()[list.rows[i]], cost = list.requests[i];
    const double own = (1 - share_) * cost * weight;  // of a training, or of an appointment's first year
    const bool can_pay = to_euros(turn.read(columns().firm_cash)[list.rows[i]]) >= own;
    const Cents asked = cost > 0 && can_pay ? to_cents(share_ * cost * years) : 0;
    list.bids.push_back({id, uniform(order, id, turn.step()), weight, asked});
    list.number += asked > 0 ? weight : 0.0;
  }
  return list;
}

bool TalentInstrument::train(Purse& purse, Row firm, double cost, Cents amount) const {
  Turn& turn = purse.turn();
  const double weight = turn.table(columns().firm.kind).weights()[firm];
  const Cents whole = to_cents(to_euros(amount) / share_);
  const double part = std::min(1.0, to_euros(whole) / (cost * weight));  // of the real firms it stands for
  double& courses = turn.write(levers_.courses)[firm];
  const double replaced = replaced_courses(part * cost, replaces_, 12 * courses);
  courses -= replaced / 12;
  purse.pay(firm_flow_, firm, amount);
  turn.transfer(training_flow_, firm, 0, whole - std::min(whole, to_cents(replaced * weight)));
  turn.write(levers_.training)[firm] +=
      training_per_person(part * cost - replaced, turn.read(levers_.staff)[firm]);
  return true;
}

bool TalentInstrument::appoint(Purse& purse, Row firm, const Grant& grant,
                               std::span<const Row> providers) const {
  Turn& turn = purse.turn();
  const Row institute =
      choose_institute(turn, columns(), *map_, firm, providers, turn.key(purpose("institute")));
  if (institute == no_row) return false;
  const AgentId id = turn.table(columns().firm.kind).ids()[firm];
  projects_.start(
      purse,
      {grant.amount, 1, {id, turn.table(columns().institute.kind).ids()[institute]}, {0, 1}, 0, grant.units},
      static_cast<std::uint32_t>(code()));
  return true;
}

void TalentInstrument::hold_round(Purse& purse) const {
  Turn& turn = purse.turn();
  const Applicants list = applicants(turn);
  const auto providers = lever_ == Lever::dual ? providers_.find(turn) : std::vector<Row>();
  double awards = 0;
  for (const Grant& grant : allocate(list.bids, purse.available())) {
    const Row firm = list.rows[grant.bid];
    purse.commit(grant.amount);
    const bool done = lever_ == Lever::training ? train(purse, firm, list.requests[grant.bid], grant.amount)
                                                : appoint(purse, firm, grant, providers);
    if (!done) purse.release(grant.amount, plan().carry_over && plan().open(turn.month()));
    awards += done ? grant.units : 0.0;
  }
  purse.count(applications_event(), list.number, awards_event(), awards);
}

void TalentInstrument::run_appointments(Purse& purse) const {
  Turn& turn = purse.turn();
  const Table& projects = turn.table(columns().project);
  const Table& firms = turn.table(columns().firm.kind);
  const Table& institutes = turn.table(columns().institute.kind);
  for (const Row row : projects.by_id()) {
    if (turn.write(columns().project_instrument)[row] != purse.id()) continue;
    const Row firm = firms.find(turn.write(columns().coordinator)[row]);
    if (firm == no_row) continue;  // Projects gives the rest back
    const double monthly = turn.write(columns().award)[row] / months_ / share_;
    const Cents own =
        std::min(to_cents(monthly * (1 - share_)), std::max<Cents>(0, turn.read(columns().firm_cash)[firm]));
    for (const Tie& tie : turn.ties(columns().membership).of(projects.ids()[row])) {
      const Row institute = institutes.find(tie.b);
      if (institute == no_row) continue;
      turn.transfer(own_flow_, firm, institute, own);
      turn.write(columns().institute.rd_funded)[institute] += to_euros(own) / institutes.weights()[institute];
      const double lot = uniform(turn.key(purpose("contact")), projects.ids()[row], 0);
      if (makes_tie(turn.write(columns().units)[row], firms.weights()[firm], 1, lot))
        turn.tie(columns().collaboration, firms.ids()[firm], tie.b, static_cast<float>(contact_));
    }
    turn.write(levers_.training)[firm] +=
        training_per_person(monthly / firms.weights()[firm], turn.read(levers_.staff)[firm]);
  }
  projects_.run(purse, plan().carry_over && plan().open(turn.month()));
}

void TalentInstrument::help(Purse& purse, const RecipientColumns& recipient, const ApplicantRules& rules,
                            Handle<std::int64_t> vacancies, double& waiting, double& helped) const {
  Turn& turn = purse.turn();
  const Table& table = turn.table(recipient.kind);
  const auto open = turn.read(vacancies);
  std::vector<Row> rows;
  for (Row row = 0; row < table.num_rows(); ++row)
    if (table.alive()[row] && open[row] > 0) rows.push_back(row);
  rows = rules.eligible(turn, std::move(rows));
  const auto costs = rules.requests(turn, rows);
  const DrawKey order = turn.key(purpose("order"));
  std::vector<Bid> bids;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const AgentId id = table.ids()[rows[i]];
    const double number = static_cast<double>(open[rows[i]]) * table.weights()[rows[i]];
    bids.push_back({id, uniform(order, id, turn.step()), number, to_cents(std::max(0.0, costs[i]))});
    waiting += bids.back().per_unit > 0 ? number : 0.0;
  }
  for (const Grant& grant : allocate(bids, purse.available())) {
    purse.commit(grant.amount);
    purse.pay(service_flow_, 0, grant.amount);
    double& chance = turn.write(recipient.recruiting)[rows[grant.bid]];
    const double own = help_ * grant.units / bids[grant.bid].units;
    chance += (1 - chance) * own;
    helped += grant.units;
  }
}

void TalentInstrument::recruit(Purse& purse) const {
  double waiting = 0, helped = 0;
  if (institute_rules_)
    help(purse, columns().institute, *institute_rules_, institute_vacancies_, waiting, helped);
  if (firm_rules_) help(purse, columns().firm, *firm_rules_, firm_vacancies_, waiting, helped);
  purse.count(applications_event(), waiting / 12, awards_event(), helped / 12);  // vacancy years
}

void TalentInstrument::step(Purse& purse) const {
  const Month now = purse.turn().month();
  if (lever_ == Lever::dual) {
    run_appointments(purse);
    if ((now - plan().start) % plan().cadence == 0) name_appointees(purse);
  }
  if (!plan().call(now) || purse.available() <= 0) return;
  if (lever_ == Lever::recruitment) {
    recruit(purse);
  } else if (firm_rules_) {
    hold_round(purse);
  }
}

}  // namespace polder::agents
