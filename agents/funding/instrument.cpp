// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/instrument.hpp"

#include <algorithm>
#include <array>

#include "engine/kernels/kernels.hpp"
#include "engine/parallel.hpp"

namespace polder::agents {

namespace {

RecipientColumns recipient_columns(Setup& setup, std::string_view kind) {
  return {setup.kind(kind),
          setup.column<double>(kind, "rd_plan"),
          setup.column<double>(kind, "rd_funded"),
          setup.column<double>(kind, "newcomer"),
          setup.column<double>(kind, "knowledge"),
          setup.column<double>(kind, "organised"),
          setup.column<double>(kind, "brokered"),
          setup.column<double>(kind, "recruiting"),
          setup.column<std::uint8_t>(kind, "region"),
          setup.column<std::uint8_t>(kind, "theme")};
}

}  // namespace

Columns::Columns(Setup& s)
    : firm(recipient_columns(s, "firm")),
      institute(recipient_columns(s, "institute")),
      firm_cash(s.column<std::int64_t>("firm", "cash")),
      firm_age(s.column<double>("firm", "age")),
      firm_spending(s.column<double>("firm", "rd_spending")),
      firm_hours(s.column<double>("firm", "rd_hours")),
      firm_support_rate(s.column<double>("firm", "tax_credit_rate")),
      firm_tax_credit(s.column<double>("firm", "tax_credit")),
      firm_profit_credit(s.column<double>("firm", "profit_credit")),
      firm_size_class(s.column<std::uint8_t>("firm", "size_class")),
      government(s.kind("government")),
      body(s.column<std::uint8_t>("government", "body")),
      outlays(s.column<double>("government", "outlays")),
      government_cash(s.column<std::int64_t>("government", "cash")),
      financier(s.kind("financier")),
      fund_cash(s.column<std::int64_t>("financier", "cash")),
      public_claim(s.column<std::int64_t>("financier", "public_claim")),
      private_claim(s.column<std::int64_t>("financier", "private_claim")),
      fund_size(s.column<double>("financier", "fund_size")),
      vintage(s.column<double>("financier", "vintage")),
      ticket_min(s.column<double>("financier", "ticket_min")),
      ticket_max(s.column<double>("financier", "ticket_max")),
      proceeds(s.column<double>("financier", "proceeds")),
      public_repaid(s.column<double>("financier", "public_repaid")),
      lender(s.column<AgentId>("financier", "lender")),
      venture(s.kind("venture")),
      trl(s.column<std::int64_t>("venture", "trl")),
      venture_firm(s.column<AgentId>("venture", "firm")),
      project(s.kind("project")),
      project_instrument(s.column<AgentId>("project", "instrument")),
      coordinator(s.column<AgentId>("project", "coordinator")),
      members(s.column<std::int64_t>("project", "members")),
      members_abroad(s.column<std::int64_t>("project", "members_abroad")),
      units(s.column<double>("project", "units")),
      award(s.column<double>("project", "award")),
      project_paid(s.column<double>("project", "paid")),
      quality(s.column<double>("project", "quality")),
      months_left(s.column<double>("project", "months_left")),
      duration(s.column<double>("project", "duration")),
      outstanding(s.column<double>("project", "outstanding")),
      repaying(s.column<std::uint8_t>("project", "repaying")),
      instrument(s.kind("instrument")),
      code(s.column<std::int64_t>("instrument", "code")),
      budget_left(s.column<std::int64_t>("instrument", "budget_left")),
      released(s.column<std::int64_t>("instrument", "released")),
      committed(s.column<std::int64_t>("instrument", "committed")),
      paid(s.column<std::int64_t>("instrument", "paid")),
      applications(s.column<double>("instrument", "applications")),
      awards(s.column<double>("instrument", "awards")),
      outlay(s.column<double>("instrument", "outlay")),
      rate(s.column<double>("instrument", "rate")),
      collaboration(s.network("collaboration")),
      membership(s.network("projects")) {}

void Purse::commit(Cents amount) {
  EXPECTS(amount >= 0 && amount <= available());
  turn_.write(columns_.released)[instrument_] -= amount;
  turn_.write(columns_.budget_left)[instrument_] -= amount;
  turn_.write(columns_.committed)[instrument_] += amount;
}

void Purse::pay(FlowId flow, Row receiver, Cents amount) {
  EXPECTS(amount >= 0 && amount <= turn_.write(columns_.committed)[instrument_]);
  if (amount == 0) return;
  turn_.transfer(flow, payer_, receiver, amount);
  turn_.write(columns_.committed)[instrument_] -= amount;
  turn_.write(columns_.paid)[instrument_] += amount;
  outlay_ += amount;
}

void Purse::receive(FlowId flow, Row from, Cents amount) {
  if (amount <= 0) return;
  turn_.transfer(flow, from, payer_, amount);
  income_ += amount;
}

void Purse::release(Cents amount, bool reuse) {
  EXPECTS(amount >= 0 && amount <= turn_.write(columns_.committed)[instrument_]);
  turn_.write(columns_.committed)[instrument_] -= amount;
  if (!reuse) return;
  turn_.write(columns_.released)[instrument_] += amount;
  turn_.write(columns_.budget_left)[instrument_] += amount;
}

void Purse::count(std::size_t applications_event, double applications, std::size_t awards_event,
                  double awards) {
  if (applications > 0) turn_.event(applications_event, applications);
  if (awards > 0) turn_.event(awards_event, awards);
  turn_.write(columns_.applications)[instrument_] += applications;
  turn_.write(columns_.awards)[instrument_] += awards;
}

std::string payer_body(const std::string& payer) {
  constexpr std::string_view prefix = "government.";
  return payer.starts_with(prefix) ? payer.substr(prefix.size()) : payer;
}

Instrument::Instrument(const Terms& terms, const Columns& columns, int cadence, BudgetNeed need)
    : id_(terms.spec().id),
      code_(static_cast<std::int64_t>(hash_name(id_) >> 12)),
      plan_(read_budget(terms, cadence, need)),
      columns_(&columns),
      applications_event_(terms.setup().event("applications/" + id_)),
      awards_event_(terms.setup().event("awards/" + id_)) {
  const InstrumentSpec& spec = terms.spec();
  if (spec.payer.empty()) {
    terms.mistake("payer", "nothing", "the body of government that pays, for example national.growth_fund");
    return;
  }
  const Labels& bodies = terms.setup().labels("government", "body");
  if (const auto at = bodies.find(payer_body(spec.payer))) {
    payer_ = static_cast<std::uint8_t>(*at);
  } else {
    terms.setup().mistakes().add(spec.mark, "instruments." + id_ + ".payer", spec.payer,
                                 "a label of `bodies`", nearest(payer_body(spec.payer), bodies.items));
  }
}

namespace {

/// Whether this is the month of the year in which somebody looks. `salt` tells instruments apart.
bool looks_at(AgentId id, std::uint64_t salt, std::uint32_t step) {
  constexpr std::uint64_t attention = 12;  // months
  return combine(raw(id), salt) % attention == step % attention;
}

/// Living agents that look and whose draw is below `chance`, in row order.
template <class Looks>
std::vector<Row> draw_applicants(Turn& turn, KindId kind, DrawKey apply, double chance, const Looks& looks) {
  const Table& table = turn.table(kind);
  const auto key = static_cast<std::uint64_t>(apply);
  const std::uint32_t step = turn.step();
  std::vector<std::vector<Row>> parts(num_blocks(table.num_rows()));
  turn.for_each_block(kind, [&, step, looks](Block block) {
    std::array<Row, block_rows> looking;
    std::array<std::uint64_t, block_rows> who;
    std::array<double, block_rows> draws;
    const AgentId* const id = table.ids().data();
    const std::uint8_t* const lives = table.alive().data();
    std::size_t number = 0;
    for (Row row = block.first; row < block.last; ++row) {  // without a branch: nobody can foresee who looks
      looking[number] = row;
      who[number] = raw(id[row]);
      number += std::size_t{lives[row] != 0} & std::size_t{looks(id[row])};
    }
    kernels::active().uniform(draws.data(), key, step, 0, who.data(), number);
    for (std::size_t i = 0; i < number; ++i)
      if (draws[i] < chance) parts[block.number].push_back(looking[i]);
  });
  std::vector<Row> rows;
  for (const auto& part : parts) rows.insert(rows.end(), part.begin(), part.end());
  return rows;
}

}  // namespace

std::vector<Row> Instrument::applying(Turn& turn, KindId kind, double chance, Attention attention) const {
  const DrawKey apply = turn.key(purpose("apply"));
  if (attention == Attention::everybody)
    return draw_applicants(turn, kind, apply, chance, [](AgentId) { return true; });
  const auto salt = static_cast<std::uint64_t>(code());
  return draw_applicants(turn, kind, apply, chance,
                         [salt, step = turn.step()](AgentId id) { return looks_at(id, salt, step); });
}

ApplicantRules::ApplicantRules(const Terms& terms, std::string_view kind, bool scored)
    : kind_(terms.setup().kind(kind)) {
  Setup& setup = terms.setup();
  const std::string& owner = terms.spec().id;
  const FormulaText condition = terms.formula("eligible");
  has_eligible_ = !condition.empty();
  if (has_eligible_) {
    auto compiler = setup.compiler(kind, owner);
    compiler.add(condition,
                 {.type = expression::Type::flag, .dimension = {}, .labels = nullptr, .chance = false});
    eligible_ = compiler.finish();
    setup.reads(eligible_);
  }
  auto compiler = setup.compiler(kind, owner);
  compiler.add(
      terms.formula("request"),
      {.type = expression::Type::number, .dimension = dimension::money, .labels = nullptr, .chance = false});
  if (scored) {
    compiler.add(
        terms.formula("allocation.score"),
        {.type = expression::Type::number, .dimension = dimension::none, .labels = nullptr, .chance = false});
  }
  values_ = compiler.finish();
  setup.reads(values_);
}

std::vector<Row> ApplicantRules::eligible(Turn& turn, std::vector<Row> rows) const {
  if (!has_eligible_ || rows.empty()) return rows;
  std::vector<double> flags(rows.size());
  turn.evaluate(eligible_, kind_, rows, 0, flags);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (flags[i] != 0) rows[kept++] = rows[i];
  }
  rows.resize(kept);
  return rows;
}

std::vector<double> ApplicantRules::requests(Turn& turn, std::span<const Row> rows) const {
  std::vector<double> values(rows.size());
  if (!rows.empty()) turn.evaluate(values_, kind_, rows, 0, values);
  return values;
}

std::vector<double> ApplicantRules::scores(Turn& turn, std::span<const Row> rows) const {
  std::vector<double> values(rows.size());
  if (!rows.empty()) turn.evaluate(values_, kind_, rows, 1, values);
  return values;
}

}  // namespace polder::agents
