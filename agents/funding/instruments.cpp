// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/instruments.hpp"

#include <algorithm>

#include "agents/funding/announcements.hpp"
#include "agents/kinds/kinds.hpp"
#include "engine/exact_sum.hpp"

namespace polder::agents {

namespace {

void fill(Turn& turn, KindId kind, std::span<double> column, double value) {
  turn.for_each_block(kind,
                      [&](Block block) { std::fill_n(column.data() + block.first, block.size(), value); });
}

}  // namespace

void Instruments::enter_row(Turn& turn, const Instrument& instrument) const {
  Entrant row;
  row.kind = columns_.instrument;
  row.cause = AgentId{static_cast<std::uint64_t>(instrument.code())};
  row.values = {number_value(columns_.code.column, static_cast<double>(instrument.code())),
                money_value(columns_.budget_left.column, instrument.plan().remaining(turn.month())),
                number_value(columns_.rate.column, -1.0)};
  turn.enter(purpose_, row);
}

/// What the instruments of the scenario before left behind for a month; this scenario's windows and budgets
/// count from now on, and its own instruments appear in time for a call in this very month.
void Instruments::adopted(Turn& turn) const {
  levers_.clear(turn, columns_);
  for (const Entry& entry : entries_) {
    const Row row = find_row(turn, entry.instrument->code());
    if (row == no_row) {
      enter_row(turn, *entry.instrument);
    } else {
      turn.write(columns_.budget_left)[row] =
          turn.write(columns_.released)[row] + entry.instrument->plan().remaining(turn.month());
    }
  }
}

void Instruments::found(Turn& turn) const {
  for (const Entry& entry : entries_) enter_row(turn, *entry.instrument);
}

Row Instruments::find_row(Turn& turn, std::int64_t code) const {
  const auto codes = turn.write(columns_.code);
  for (const Row row : turn.table(columns_.instrument).by_id()) {
    if (codes[row] == code) return row;
  }
  return no_row;
}

Row Instruments::find_payer(Turn& turn, std::uint8_t body) const {
  const auto bodies = turn.read(columns_.body);
  for (const Row row : turn.table(columns_.government).by_id()) {
    if (bodies[row] == body) return row;
  }
  return no_row;
}

void Instruments::open_month(Turn& turn) const {
  fill(turn, columns_.firm.kind, turn.write(columns_.firm_support_rate), 0.0);
  fill(turn, columns_.firm.kind, turn.write(columns_.firm_tax_credit), 0.0);
  fill(turn, columns_.firm.kind, turn.write(columns_.firm_profit_credit), 0.0);
  fill(turn, columns_.financier, turn.write(columns_.public_repaid), 0.0);
  for (const auto handle : {columns_.applications, columns_.awards, columns_.outlay})
    fill(turn, columns_.instrument, turn.write(handle), 0.0);
  if (uses_levers_) levers_.clear(turn, columns_);
  if (turn.month().count % 12 == 0) levers_.forget(turn, training_loss_);
  for (const auto handle : rules_of_others_) {
    for (double& value : turn.write(handle)) value = 0.0;
  }
}

void Instruments::clear_funded(Turn& turn) const {
  fill(turn, columns_.firm.kind, turn.write(columns_.firm.rd_funded), 0.0);
  fill(turn, columns_.institute.kind, turn.write(columns_.institute.rd_funded), 0.0);
}

void Instruments::release(Turn& turn, Row row, const BudgetPlan& plan) const {
  Cents& released = turn.write(columns_.released)[row];
  if (plan.lapses(turn.month())) {
    Cents& left = turn.write(columns_.budget_left)[row];
    left = plan.open(turn.month()) ? left - released : 0;
    released = 0;
  }
  released += plan.released(turn.month());
}

void Instruments::run(Turn& turn, Phase phase) const {
  for (const Entry& entry : entries_) {
    if (entry.phase != phase) continue;
    const Instrument& instrument = *entry.instrument;
    const Row row = find_row(turn, instrument.code());
    EXPECTS(row != no_row);
    const Row payer = find_payer(turn, instrument.payer());
    if (payer == no_row) continue;
    release(turn, row, instrument.plan());
    Purse purse(turn, columns_, row, payer);
    instrument.step(purse);
    const bool eu = turn.read(government_type_)[payer] == static_cast<std::uint8_t>(ActorType::eu);
    turn.transfer(eu ? eu_appropriation_ : appropriation_, 0, payer, purse.outlay());
    turn.transfer(eu ? eu_repayment_ : repayment_, payer, 0, purse.income());
    turn.write(columns_.outlay)[row] = to_euros(purse.outlay());
    turn.write(columns_.outlays)[payer] += to_euros(purse.outlay());
  }
}

/// R&D that these firms plan. unit: EUR/year
double Instruments::research_of(Turn& turn, std::span<const Row> firms) const {
  const auto plan = turn.read(columns_.firm.rd_plan);
  const auto weights = turn.table(columns_.firm.kind).weights();
  ExactSum sum;
  for (const Row row : firms) sum.add(12.0 * weights[row] * plan[row]);
  return sum.value();
}

void Instruments::announce(Turn& turn) const {
  if (turn.month().count % review_months_ != 0) return;
  const Table& firms = turn.table(columns_.firm.kind);
  const auto performs = turn.read(performer_);
  const auto certainty = turn.write(certainty_);
  fill(turn, columns_.firm.kind, certainty, base_certainty_);
  fill(turn, columns_.institute.kind, turn.write(institute_certainty_), base_certainty_);
  std::vector<Row> performers;
  for (Row row = 0; row < firms.num_rows(); ++row) {
    if (performs[row] && firms.alive()[row]) performers.push_back(row);
  }
  for (const Entry& entry : entries_) {
    const BudgetPlan& plan = entry.instrument->plan();
    const int committed = committed_months(plan, entry.announced, turn.month(), end_of_run_, entry.yearly);
    const double h = commitment(committed, needed_months_, plan.years);
    if (!entry.rules || h <= 0) continue;
    const std::vector<Row> eligible = entry.rules->eligible(turn, performers);
    const double budget = to_euros(plan.total()) / static_cast<double>(plan.years.size());
    const double counts = h * reliance(budget, research_of(turn, eligible), relied_on_);
    for (const Row row : eligible) certainty[row] = 1 - (1 - certainty[row]) * (1 - counts);
  }
}

void Instruments::step(Turn& turn) const {
  announce(turn);
  open_month(turn);
  run(turn, Phase::tax);  // on last month's R&D, before this month's funded R&D replaces it
  clear_funded(turn);
  run(turn, Phase::help);  // brokers help with this month's consortia
  run(turn, Phase::money);
}

}  // namespace polder::agents
