// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/fund_of_funds.hpp"

#include <algorithm>
#include <cmath>

#include "agents/funding/calls.hpp"

namespace polder::agents {

namespace {

std::vector<FieldInfo> fund_of_funds_fields() {
  std::vector<FieldInfo> fields = budget_fields();
  const std::vector<FieldInfo> own{
      {"eligible", "formula", "vintage < 12 months", "", "", "condition on the fund", "DVI: new funds"},
      {"request", "formula", "fund_size", "", "", "private capital of the fund, which the state may match",
       "scenario"},
      {"share", "1", "30 %", "0 %", "90 %", "largest public part of the fund",
       "assumption: a minority, so that private investors decide"},
      {"per_fund_at_most", "EUR", "25 MEUR", "0 EUR", "", "largest commitment to one fund", "assumption"},
      {"call_period", "month", "60 months", "1 month", "240 months", "months in which capital is called",
       "assumption: investment period of a fund of ten years"},
      {"partners", "1", "0", "0", "10",
       "private money that others commit beside each public euro and would not have committed",
       "assumption: none"},
      {"allocation.cadence", "month", "6 months", "1 month", "120 months", "months between commitments",
       "scenario"},
  };
  fields.insert(fields.end(), own.begin(), own.end());
  return fields;
}

}  // namespace

const FormInfo& fund_of_funds_form() {
  static const FormInfo form{"fund_of_funds", "Commitments to private funds, called as they invest",
                             fund_of_funds_fields()};
  return form;
}

double public_stake(double commitment, double private_capital, double partners) {
  const double all = private_capital + (1 + partners) * commitment;
  return all > 0 ? commitment / all : 0.0;
}

FundOfFundsInstrument::FundOfFundsInstrument(const Terms& terms, const Columns& columns)
    : Instrument(terms, columns, static_cast<int>(std::lround(terms.number("allocation.cadence")))),
      rules_(terms, "financier", false),
      share_(terms.number("share")),
      per_fund_(terms.number("per_fund_at_most")),
      partners_(terms.number("partners")),
      call_period_(static_cast<int>(std::lround(terms.number("call_period")))),
      invested_(terms.setup().column<double>("financier", "invested")),
      call_flow_(terms.setup().instrument_flow(terms.spec().id, "government.cash", "financier.cash")),
      return_flow_(terms.setup().instrument_flow(terms.spec().id, "financier.cash", "government.cash")),
      partner_flow_(terms.setup().flow("co_commitment", "households", "financier.cash")) {}

void FundOfFundsInstrument::call(Purse& purse, Row commitment, Row fund) const {
  Turn& turn = purse.turn();
  const Cents award = to_cents(turn.write(columns().award)[commitment]);
  double& called = turn.write(columns().project_paid)[commitment];
  const double stake = turn.write(columns().quality)[commitment];
  const Cents due = std::min(to_cents(stake * turn.read(invested_)[fund]), award - to_cents(called));
  if (due <= 0) return;
  purse.pay(call_flow_, fund, due);
  turn.transfer(partner_flow_, 0, fund, to_cents(partners_ * to_euros(due)));
  called += to_euros(due);
}

void FundOfFundsInstrument::share_proceeds(Purse& purse, Row commitment, Row fund) const {
  Turn& turn = purse.turn();
  const double called = turn.write(columns().project_paid)[commitment];
  const double capital = turn.write(columns().outstanding)[commitment];
  double& repaid = turn.write(columns().public_repaid)[fund];
  const double left = turn.read(columns().proceeds)[fund] - repaid;
  const Cents part = std::min(to_cents(std::max(0.0, left) * public_stake(called, capital, partners_)),
                              std::max<Cents>(0, turn.read(columns().fund_cash)[fund]));
  if (part <= 0) return;
  purse.receive(return_flow_, fund, part);
  repaid += to_euros(part);
}

bool FundOfFundsInstrument::run(Purse& purse, Row commitment, Row fund) const {
  Turn& turn = purse.turn();
  double& left = turn.write(columns().months_left)[commitment];
  const double unpaid =
      turn.write(columns().award)[commitment] - turn.write(columns().project_paid)[commitment];
  const bool reuse = plan().carry_over && plan().open(turn.month());
  const bool over = fund == no_row || turn.read(columns().vintage)[fund] < 0.5;
  if (over) {  // the fund has ended
    if (left > 0.5) purse.release(to_cents(unpaid), reuse);
    return false;
  }
  share_proceeds(purse, commitment, fund);
  if (left < 0.5) return true;
  call(purse, commitment, fund);
  left -= 1;
  if (left < 0.5) {
    const double rest =
        turn.write(columns().award)[commitment] - turn.write(columns().project_paid)[commitment];
    purse.release(to_cents(rest), reuse);
  }
  return true;
}

void FundOfFundsInstrument::commit(Purse& purse, std::span<const AgentId> busy) const {
  Turn& turn = purse.turn();
  const Table& table = turn.table(columns().financier);
  std::vector<Row> rows;
  for (const Row row : table.by_id()) {
    // One in its first month ended a predecessor this month: it is asked at the next round.
    if (turn.read(columns().vintage)[row] >= 0.5 &&
        std::find(busy.begin(), busy.end(), table.ids()[row]) == busy.end())
      rows.push_back(row);
  }
  rows = rules_.eligible(turn, std::move(rows));
  const auto capital = rules_.requests(turn, rows);
  const DrawKey key = turn.key(purpose("tender"));
  std::vector<Bid> bids;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const AgentId id = table.ids()[rows[i]];
    const double asked = std::min(per_fund_, std::max(0.0, capital[i]) * share_ / (1 - share_));
    bids.push_back({id, uniform(key, id, turn.step()), 1, to_cents(asked)});
  }
  const auto grants = allocate(bids, purse.available());
  for (const auto& grant : grants) {
    purse.commit(grant.amount);
    const double award = to_euros(grant.amount), own = capital[grant.bid];
    Entrant entrant;
    entrant.kind = columns().project;
    entrant.cause = bids[grant.bid].id;
    entrant.values = {id_value(columns().project_instrument.column, purse.id()),
                      id_value(columns().coordinator.column, entrant.cause),
                      number_value(columns().members.column, 1),
                      number_value(columns().award.column, award),
                      number_value(columns().quality.column, public_stake(award, own, partners_)),
                      number_value(columns().outstanding.column, own),
                      number_value(columns().months_left.column, call_period_),
                      number_value(columns().duration.column, call_period_)};
    turn.enter(purpose("commitment"), entrant);
  }
  purse.count(applications_event(), static_cast<double>(bids.size()), awards_event(),
              static_cast<double>(grants.size()));
}

void FundOfFundsInstrument::step(Purse& purse) const {
  Turn& turn = purse.turn();
  std::vector<AgentId> busy;  // funds that may still call a commitment get no other one
  for (const Row row : turn.table(columns().project).by_id()) {
    if (turn.write(columns().project_instrument)[row] != purse.id()) continue;
    const AgentId id = turn.write(columns().coordinator)[row];
    if (!run(purse, row, turn.table(columns().financier).find(id))) {
      turn.exit(columns().project, row);
    } else if (turn.write(columns().months_left)[row] > 0.5) {
      busy.push_back(id);
    }
  }
  if (plan().call(turn.month()) && purse.available() > 0) commit(purse, busy);
}

}  // namespace polder::agents
