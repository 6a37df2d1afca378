// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/equity.hpp"

#include <algorithm>
#include <cmath>

#include "agents/funding/calls.hpp"

namespace polder::agents {

namespace {

std::vector<FieldInfo> equity_fields() {
  std::vector<FieldInfo> fields = budget_fields();
  const std::vector<FieldInfo> own{
      {"eligible", "formula", "vintage < 12 months", "", "", "condition on the fund",
       "SEED Capital: new closed-end funds"},
      {"request", "formula", "fund_size", "", "", "private capital of the fund, which the state may match",
       "SEED Capital"},
      {"share", "1", "50 %", "0", "0.9", "largest public share of the fund", "SEED Capital"},
      {"per_fund_at_most", "EUR", "10 MEUR", "0 EUR", "", "largest public contribution to one fund",
       "SEED Capital"},
      {"ticket.min", "EUR", "0 EUR", "0 EUR", "", "smallest ticket that eligible funds must be able to write",
       "scenario"},
      {"ticket.max", "EUR", "1e12 EUR", "0 EUR", "", "largest smallest-ticket of eligible funds", "scenario"},
      {"allocation.cadence", "month", "6 months", "1 month", "120 months", "months between tenders",
       "scenario"},
      {"waterfall.first", "1", "20 %", "0", "1",
       "state's part of proceeds until private capital is recovered", "SEED Capital"},
      {"waterfall.second", "1", "50 %", "0", "1", "then, until the public contribution is recovered",
       "SEED Capital"},
      {"waterfall.third", "1", "20 %", "0", "1", "after that", "SEED Capital"},
  };
  fields.insert(fields.end(), own.begin(), own.end());
  return fields;
}

/// Fills one stage: the side that the stage waits for gets at most its claim.
Cents stage(Cents& proceeds, double public_share, Cents claim, bool waits_for_private, Cents& private_paid) {
  const double share = waits_for_private ? 1 - public_share : public_share;
  Cents amount = proceeds;
  if (share > 0)
    amount = std::min(proceeds, static_cast<Cents>(std::ceil(static_cast<double>(claim) / share)));
  const Cents to_public = static_cast<Cents>(std::floor(static_cast<double>(amount) * public_share));
  private_paid = amount - to_public;
  proceeds -= amount;
  return to_public;
}

}  // namespace

const FormInfo& equity_form() {
  static const FormInfo form{"equity", "Co-investment in venture funds with a repayment waterfall",
                             equity_fields()};
  return form;
}

Cents public_part(Cents proceeds, const std::array<double, 3>& shares, Claims& claims) {
  Cents sum = 0, private_paid = 0;
  if (claims.private_side > 0 && proceeds > 0) {
    const Cents part = stage(proceeds, shares[0], claims.private_side, true, private_paid);
    claims.private_side = std::max<Cents>(0, claims.private_side - private_paid);
    claims.public_side = std::max<Cents>(0, claims.public_side - part);
    sum += part;
  }
  if (claims.public_side > 0 && proceeds > 0) {
    const Cents part = stage(proceeds, shares[1], claims.public_side, false, private_paid);
    claims.public_side = std::max<Cents>(0, claims.public_side - part);
    sum += part;
  }
  return sum + static_cast<Cents>(std::floor(static_cast<double>(proceeds) * shares[2]));
}

EquityInstrument::EquityInstrument(const Terms& terms, const Columns& columns)
    : Instrument(terms, columns, static_cast<int>(std::lround(terms.number("allocation.cadence")))),
      rules_(terms, "financier", false),
      share_(terms.number("share")),
      per_fund_(terms.number("per_fund_at_most")),
      ticket_min_(terms.number("ticket.min")),
      ticket_max_(terms.number("ticket.max")),
      waterfall_{terms.number("waterfall.first"), terms.number("waterfall.second"),
                 terms.number("waterfall.third")},
      invest_flow_(terms.setup().instrument_flow(terms.spec().id, "government.cash", "financier.cash")),
      repay_flow_(terms.setup().instrument_flow(terms.spec().id, "financier.cash", "government.cash")) {}

void EquityInstrument::repay(Purse& purse, std::span<const Row> funds) const {
  Turn& turn = purse.turn();
  const auto proceeds = turn.read(columns().proceeds);
  const auto public_claim = turn.write(columns().public_claim),
             private_claim = turn.write(columns().private_claim);
  const auto repaid = turn.write(columns().public_repaid);
  const auto vintage = turn.read(columns().vintage);
  for (const Row fund : funds) {
    if (turn.write(columns().lender)[fund] != purse.id()) continue;
    if (vintage[fund] < 0.5) {  // the old fund has ended: what was not recovered is lost
      public_claim[fund] = private_claim[fund] = 0;
      turn.write(columns().lender)[fund] = nobody;
      continue;
    }
    const Cents came_in = to_cents(proceeds[fund]);
    if (came_in <= 0) continue;
    Claims claims{private_claim[fund], public_claim[fund]};
    const Cents part = std::min(public_part(came_in, waterfall_, claims),
                                std::max<Cents>(0, turn.read(columns().fund_cash)[fund]));
    private_claim[fund] = claims.private_side;
    public_claim[fund] = claims.public_side;
    purse.receive(repay_flow_, fund, part);
    repaid[fund] += to_euros(part);
  }
}

void EquityInstrument::invest(Purse& purse) const {
  Turn& turn = purse.turn();
  const Table& table = turn.table(columns().financier);
  std::vector<Row> rows;
  for (const Row row : table.by_id()) {
    const bool tickets = turn.read(columns().ticket_max)[row] >= ticket_min_ &&
                         turn.read(columns().ticket_min)[row] <= ticket_max_;
    if (tickets && turn.write(columns().lender)[row] == nobody) rows.push_back(row);
  }
  rows = rules_.eligible(turn, std::move(rows));
  const auto capital = rules_.requests(turn, rows);
  const DrawKey key = turn.key(purpose("tender"));
  std::vector<Bid> bids;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const AgentId id = table.ids()[rows[i]];
    const double asked = std::min(per_fund_, capital[i] * share_ / (1 - share_));
    bids.push_back({id, uniform(key, id, turn.step()), 1, to_cents(asked)});
  }
  const auto grants = allocate(bids, purse.available());
  for (const auto& grant : grants) {
    const Row fund = rows[grant.bid];
    purse.commit(grant.amount);
    purse.pay(invest_flow_, fund, grant.amount);
    turn.write(columns().lender)[fund] = purse.id();
    turn.write(columns().public_claim)[fund] = grant.amount;
    turn.write(columns().private_claim)[fund] = to_cents(capital[grant.bid]);
  }
  purse.count(applications_event(), static_cast<double>(bids.size()), awards_event(),
              static_cast<double>(grants.size()));
}

void EquityInstrument::step(Purse& purse) const {
  Turn& turn = purse.turn();
  repay(purse, turn.table(columns().financier).by_id());
  if (plan().call(turn.month()) && purse.available() > 0) invest(purse);
}

}  // namespace polder::agents
