// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/tax_credit.hpp"

#include <algorithm>
#include <cmath>

#include "engine/parallel.hpp"

namespace polder::agents {

namespace {

constexpr double months_a_year = 12;

std::vector<FieldInfo> tax_credit_fields() {
  std::vector<FieldInfo> fields = budget_fields();
  const std::vector<FieldInfo> own{
      {"eligible", "formula", "", "", "", "condition on the firm; default all that report R&D hours",
       "scenario"},
      {"on", "label", "rd", "", "",
       "rd: credit on own R&D; request: on the yearly base that `request` gives, such as profit from "
       "innovations, which leaves the user cost of R&D as it is",
       "scenario"},
      {"request", "formula", "0 EUR", "", "", "yearly base of the credit when `on: request`", "scenario"},
      {"brackets.limit", "list", "350 kEUR", "", "",
       "upper limits of the brackets but the last, in EUR a year", "WBSO 2020"},
      {"brackets.rate", "list", "32 %|16 %", "0", "1", "rates of the brackets", "WBSO 2020"},
      {"starter_rate", "1", "40 %", "0", "1", "rate of the first bracket for starters", "WBSO 2020"},
      {"starter_age", "month", "36 months", "0 months", "", "age below which a firm is a starter",
       "WBSO 2020"},
      {"base", "1", "70 %", "0", "1", "share of own R&D spending that counts (labour cost)", "assumption"},
      {"per_hour", "EUR/h", "0 EUR/h", "0 EUR/h", "",
       "wages and costs recognised by hour of R&D, at most what was spent; above 0 it takes the place of "
       "`base`",
       "WBSO: hours times hourly wage, and costs"},
      {"cap", "EUR", "0 EUR", "0 EUR", "", "largest credit of one firm a year; 0: none", "scenario"},
      {"second_rate", "label", "given", "", "",
       "given, or solve: the last rate is set so that claims cost the same", "rulings"},
      {"reference.rate", "list", "", "0", "1", "rates whose cost `solve` keeps; default: the yearly budget",
       "scenario"},
      {"reference.starter_rate", "1", "40 %", "0", "1", "starters' rate whose cost `solve` keeps",
       "WBSO 2020"},
  };
  fields.insert(fields.end(), own.begin(), own.end());
  return fields;
}

Brackets read_brackets(const Terms& terms) {
  Brackets brackets{terms.numbers("brackets.limit", dimension::money), terms.numbers("brackets.rate")};
  if (brackets.rates.size() != brackets.limits.size() + 1 ||
      !std::is_sorted(brackets.limits.begin(), brackets.limits.end())) {
    terms.mistake("brackets", "other numbers of limits and rates",
                  "ascending limits and one rate more than limits");
    brackets = {{}, {0.0}};
  }
  return brackets;
}

}  // namespace

const FormInfo& tax_credit_form() {
  static const FormInfo form{"tax_credit", "A tax credit on R&D cost with brackets, settled monthly",
                             tax_credit_fields()};
  return form;
}

double credit(const Brackets& brackets, double yearly_cost) {
  double sum = 0, below = 0;
  for (std::size_t k = 0; k < brackets.rates.size(); ++k) {
    const double limit = k < brackets.limits.size() ? brackets.limits[k] : yearly_cost;
    sum += brackets.rates[k] * std::max(0.0, std::min(yearly_cost, limit) - below);
    below = limit;
  }
  return sum;
}

double marginal_rate(const Brackets& brackets, double yearly_cost) {
  std::size_t k = 0;
  while (k < brackets.limits.size() && yearly_cost >= brackets.limits[k]) ++k;
  return brackets.rates[k];
}

double solve_last_rate(double target, double cost_of_lower_brackets, double cost_above, double rate_below) {
  if (cost_above <= 0) return rate_below;
  return std::clamp((target - cost_of_lower_brackets) / cost_above, 0.0, rate_below);
}

TaxCreditInstrument::TaxCreditInstrument(const Terms& terms, const Columns& columns)
    : Instrument(terms, columns, 1),
      brackets_(read_brackets(terms)),
      starter_rate_(terms.number("starter_rate")),
      starter_age_(terms.number("starter_age")),
      base_(terms.number("base")),
      per_hour_(terms.number("per_hour")),
      cap_(terms.number("cap")),
      on_request_(terms.word("on", "rd|request") == "request"),
      solve_(terms.word("second_rate", "given|solve") == "solve"),
      reference_rates_(terms.numbers("reference.rate")),
      reference_starter_rate_(terms.number("reference.starter_rate")),
      flow_(terms.setup().instrument_flow(terms.spec().id, "government.cash", "firm.cash")) {
  if (terms.has("eligible") || on_request_) rules_.emplace(terms, "firm", false);
  if (on_request_ && solve_) terms.mistake("second_rate", "solve", "given, for a credit on a request");
  if (!reference_rates_.empty() && reference_rates_.size() != brackets_.rates.size())
    terms.mistake("reference.rate", "another number of rates", "as many rates as brackets.rate");
}

std::vector<TaxCreditInstrument::Claim> TaxCreditInstrument::claims(Turn& turn) const {
  const Table& table = turn.table(columns().firm.kind);
  const auto spending = turn.read(columns().firm_spending), hours = turn.read(columns().firm_hours);
  const auto age = turn.read(columns().firm_age);
  const auto funded = turn.read(columns().firm.rd_funded);  // still of last month, see the mechanism
  std::vector<std::vector<Row>> blocks(num_blocks(table.num_rows()));
  turn.for_each_block(columns().firm.kind, [&](Block block) {
    for (Row row = block.first; row < block.last; ++row) {
      if (hours[row] > 0 && table.weights()[row] > 0) blocks[block.number].push_back(row);
    }
  });
  std::vector<Row> rows;
  for (const auto& block : blocks) rows.insert(rows.end(), block.begin(), block.end());
  if (rules_) rows = rules_->eligible(turn, std::move(rows));
  const auto bases = on_request_ ? rules_->requests(turn, rows) : std::vector<double>();
  std::vector<Claim> list;
  list.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row row = rows[i];
    const double own = std::max(0.0, spending[row] - funded[row]);
    // Hours are those of all R&D, also that which others paid.
    const double recognised =
        per_hour_ > 0 && spending[row] > 0 ? std::min(1.0, per_hour_ * hours[row] / spending[row]) : base_;
    const double base = on_request_ ? std::max(0.0, bases[i]) : recognised * months_a_year * own;
    if (on_request_ && base <= 0) continue;
    list.push_back({row, base, table.weights()[row], !on_request_ && age[row] < starter_age_, recognised, 0});
  }
  return list;
}

Brackets TaxCreditInstrument::brackets_for(bool starter, double last_rate) const {
  Brackets result = brackets_;
  if (result.rates.size() > 1) result.rates.back() = last_rate;
  if (starter) result.rates.front() = starter_rate_;
  return result;
}

double TaxCreditInstrument::solve(const std::vector<Claim>& claims) const {
  if (!solve_ || brackets_.rates.size() < 2) return brackets_.rates.back();
  const double limit = brackets_.limits.back();
  Cents lower = 0, reference = 0, above = 0;  // cents, so that the sums do not depend on row order
  for (const Claim& claim : claims) {
    const Brackets own = brackets_for(claim.starter, 0.0);
    lower += to_cents(credit(own, claim.base) * claim.weight);
    above += to_cents(std::max(0.0, claim.base - limit) * claim.weight);
    if (reference_rates_.empty()) continue;
    Brackets before{brackets_.limits, reference_rates_};
    if (claim.starter) before.rates.front() = reference_starter_rate_;
    reference += to_cents(credit(before, claim.base) * claim.weight);
  }
  const Cents target = reference_rates_.empty() ? plan().years.front() : reference;
  return solve_last_rate(to_euros(target), to_euros(lower), to_euros(above),
                         brackets_.rates[brackets_.rates.size() - 2]);
}

void TaxCreditInstrument::settle(Purse& purse, std::vector<Claim>& claims, double last_rate) const {
  Turn& turn = purse.turn();
  const Brackets normal = brackets_for(false, last_rate), starters = brackets_for(true, last_rate);
  Cents total = 0;
  for (Claim& claim : claims) {
    double yearly = credit(claim.starter ? starters : normal, claim.base);
    if (cap_ > 0) yearly = std::min(yearly, cap_);
    claim.amount = to_cents(yearly / months_a_year * claim.weight);
    total += claim.amount;
  }
  const Cents limit = purse.available();
  const double factor = total > limit ? to_euros(limit) / to_euros(total) : 1.0;
  const auto rates = turn.write(columns().firm_support_rate),
             received = turn.write(on_request_ ? columns().firm_profit_credit : columns().firm_tax_credit);
  for (const Claim& claim : claims) {
    const auto amount = total > limit
                            ? static_cast<Cents>(std::floor(static_cast<double>(claim.amount) * factor))
                            : claim.amount;
    purse.commit(amount);
    purse.pay(flow_, claim.row, amount);
    received[claim.row] += to_euros(amount) / claim.weight;
    const Brackets& brackets = claim.starter ? starters : normal;
    const bool capped = cap_ > 0 && credit(brackets, claim.base) >= cap_;
    rates[claim.row] +=
        capped || on_request_ ? 0.0 : claim.recognised * factor * marginal_rate(brackets, claim.base);
  }
}

void TaxCreditInstrument::step(Purse& purse) const {
  Turn& turn = purse.turn();
  if (!plan().open(turn.month())) return;
  auto list = claims(turn);
  double& last_rate = turn.write(columns().rate)[purse.row()];
  if (last_rate < 0) last_rate = solve(list);
  settle(purse, list, last_rate);
  double firms = 0;
  for (const Claim& claim : list) firms += claim.weight;
  purse.count(applications_event(), firms / months_a_year, awards_event(), firms / months_a_year);
}

}  // namespace polder::agents
