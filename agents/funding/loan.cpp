// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/loan.hpp"

#include <algorithm>
#include <cmath>

#include "agents/funding/calls.hpp"
#include "agents/support/work.hpp"
#include "engine/elementary.hpp"

namespace polder::agents {

namespace {

std::vector<FieldInfo> loan_fields() {
  std::vector<FieldInfo> fields = budget_fields();
  const std::vector<FieldInfo> own{
      {"eligible", "formula", "", "", "", "condition on the firm", "scenario"},
      {"request", "formula", "rd_plan * 24 months", "", "", "cost of the project", "scenario"},
      {"application_rate", "1", "5 %", "0", "1", "share of eligible firms that apply in a year",
       "assumption"},
      {"share.micro", "1", "45 %", "0", "1", "share of cost lent to micro firms", "Innovatiekrediet"},
      {"share.small", "1", "45 %", "0", "1", "share of cost lent to small firms", "Innovatiekrediet"},
      {"share.medium", "1", "35 %", "0", "1", "share of cost lent to medium firms", "Innovatiekrediet"},
      {"share.large", "1", "25 %", "0", "1", "share of cost lent to large firms", "Innovatiekrediet"},
      {"rate", "/year", "0.07 /year", "0 /year", "1 /year", "interest", "Innovatiekrediet"},
      {"term", "month", "60 months", "1 month", "240 months", "months of repayment after the development",
       "Innovatiekrediet"},
      {"forgive_if_failed", "label", "true", "", "",
       "is the loan forgiven on technical failure? (true, false)", "Innovatiekrediet"},
      {"failure", "1", "30 %", "0", "1", "chance of technical failure", "assumption"},
      {"cap", "EUR", "10 MEUR", "0 EUR", "", "largest loan", "Innovatiekrediet"},
      {"project_min", "EUR", "150 kEUR", "0 EUR", "", "smallest project cost", "Innovatiekrediet"},
      {"payout.over", "month", "24 months", "1 month", "240 months", "months of development, paid monthly",
       "assumption"},
  };
  fields.insert(fields.end(), own.begin(), own.end());
  return fields;
}

}  // namespace

const FormInfo& loan_form() {
  static const FormInfo form{"loan", "Loans for risky development, forgiven on technical failure",
                             loan_fields()};
  return form;
}

double annuity(double debt, double monthly_rate, int term) {
  if (monthly_rate <= 0) return debt / term;
  return debt * monthly_rate / (1 - elementary::pow(1 + monthly_rate, -term));
}

LoanInstrument::LoanInstrument(const Terms& terms, const Columns& columns)
    : Instrument(terms, columns, 1),
      rules_(terms, "firm", false),
      application_rate_(terms.number("application_rate")),
      rate_(terms.number("rate")),
      failure_(terms.number("failure")),
      cap_(terms.number("cap")),
      project_min_(terms.number("project_min")),
      forgive_(terms.flag("forgive_if_failed")),
      term_(static_cast<int>(whole(terms.number("term")))),
      months_(static_cast<int>(whole(terms.number("payout.over")))),
      shares_{terms.number("share.micro"), terms.number("share.small"), terms.number("share.medium"),
              terms.number("share.large")},
      lend_flow_(terms.setup().instrument_flow(terms.spec().id, "government.cash", "firm.cash")),
      repay_flow_(terms.setup().instrument_flow(terms.spec().id, "firm.cash", "government.cash")) {}

void LoanInstrument::lend(Purse& purse) const {
  Turn& turn = purse.turn();
  const Table& table = turn.table(columns().firm.kind);
  const DrawKey arrival = turn.key(purpose("order"));
  std::vector<Row> rows = applying(turn, columns().firm.kind, application_rate_, Attention::once_a_year);
  rows = rules_.eligible(turn, std::move(rows));
  const auto costs = rules_.requests(turn, rows);
  const auto sizes = turn.read(columns().firm_size_class);
  std::vector<Bid> bids;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const AgentId id = table.ids()[rows[i]];
    const double share = shares_[std::min<std::size_t>(sizes[rows[i]], shares_.size() - 1)];
    const double asked = costs[i] < project_min_ ? 0.0 : std::min(cap_, share * costs[i]);
    bids.push_back({id, uniform(arrival, id, turn.step()), table.weights()[rows[i]], to_cents(asked)});
  }
  double applications = 0, awards = 0;
  for (const Bid& bid : bids) applications += bid.per_unit > 0 ? bid.units : 0.0;
  for (const auto& grant : allocate(bids, purse.available())) {
    purse.commit(grant.amount);
    awards += grant.units;
    Entrant loan;
    loan.kind = columns().project;
    loan.cause = bids[grant.bid].id;
    loan.values = {id_value(columns().project_instrument.column, purse.id()),
                   id_value(columns().coordinator.column, loan.cause),
                   number_value(columns().members.column, 1),
                   number_value(columns().units.column, grant.units),
                   number_value(columns().award.column, to_euros(grant.amount)),
                   number_value(columns().quality.column, 1 - failure_),
                   number_value(columns().months_left.column, months_),
                   number_value(columns().duration.column, months_)};
    turn.enter(purpose("loan"), loan);
  }
  purse.count(applications_event(), applications, awards_event(), awards);
}

void LoanInstrument::develop(Purse& purse, Row project, Row firm) const {
  Turn& turn = purse.turn();
  double& left = turn.write(columns().months_left)[project];
  double& paid = turn.write(columns().project_paid)[project];
  double& debt = turn.write(columns().outstanding)[project];
  const Cents award = to_cents(turn.write(columns().award)[project]);
  const Cents due = (award - to_cents(paid)) / static_cast<Cents>(std::lround(left));
  purse.pay(lend_flow_, firm, due);
  paid += to_euros(due);
  debt = debt * (1 + rate_) + to_euros(due);
  left -= 1;
  if (left > 0.5) return;
  const AgentId id = turn.table(columns().project).ids()[project];
  const bool failed = uniform(turn.key(purpose("failure")), id, turn.step()) < failure_;
  if (failed && forgive_) {
    turn.exit(columns().project, project);
    return;
  }
  turn.write(columns().repaying)[project] = 1;
  left = term_;
}

void LoanInstrument::collect(Purse& purse, Row project, Row firm) const {
  Turn& turn = purse.turn();
  double& left = turn.write(columns().months_left)[project];
  double& debt = turn.write(columns().outstanding)[project];
  const double due = left > 0.5 ? annuity(debt, rate_, static_cast<int>(whole(left))) : debt * (1 + rate_);
  const Cents balance = std::max<Cents>(0, turn.read(columns().firm_cash)[firm]);
  const Cents amount = std::min(balance, to_cents(due));
  purse.receive(repay_flow_, firm, amount);
  debt = debt * (1 + rate_) - to_euros(amount);
  left = std::max(0.0, left - 1);
  if (debt < 0.01) turn.exit(columns().project, project);
}

void LoanInstrument::run(Purse& purse, Row project) const {
  Turn& turn = purse.turn();
  const Row firm = turn.table(columns().firm.kind).find(turn.write(columns().coordinator)[project]);
  const bool repaying = turn.write(columns().repaying)[project] != 0;
  if (firm == no_row) {  // what is not yet paid can be lent again, what is owed is lost
    if (!repaying) {
      const double unpaid =
          turn.write(columns().award)[project] - turn.write(columns().project_paid)[project];
      purse.release(to_cents(unpaid), plan().carry_over && plan().open(turn.month()));
    }
    turn.exit(columns().project, project);
    return;
  }
  if (repaying) {
    collect(purse, project, firm);
  } else {
    develop(purse, project, firm);
  }
}

void LoanInstrument::step(Purse& purse) const {
  Turn& turn = purse.turn();
  const AgentId mine = purse.id();
  for (const Row row : turn.table(columns().project).by_id()) {
    if (turn.write(columns().project_instrument)[row] == mine) run(purse, row);
  }
  if (plan().call(turn.month()) && purse.available() > 0) lend(purse);
}

}  // namespace polder::agents
