// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/procurement.hpp"

#include <algorithm>
#include <cmath>

#include "agents/funding/calls.hpp"
#include "agents/kinds/kinds.hpp"
#include "agents/support/work.hpp"
#include "engine/elementary.hpp"

namespace polder::agents {

namespace {

std::vector<FieldInfo> procurement_fields() {
  std::vector<FieldInfo> fields = budget_fields();
  const std::vector<FieldInfo> own{
      {"eligible", "formula", "staff >= 2 persons", "", "", "condition on the bidder", "scenario"},
      {"request", "formula", "max(50 kEUR, 6 months * sales)", "", "",
       "value of the contract that a bidder can take on", "assumption"},
      {"application_rate", "1", "5 %", "0", "1", "share of eligible firms that bid in a tender",
       "assumption"},
      {"innovation_share", "1", "100 %", "0", "1", "part of the budget that asks for new products",
       "scenario"},
      {"novelty_weight", "1", "60 %", "0", "1", "weight of novelty against price in that part", "assumption"},
      {"reserved_sme", "1", "0 %", "0", "1", "part of the budget for micro, small and medium firms first",
       "scenario"},
      {"ticket_max", "EUR", "500 kEUR", "0 EUR", "", "largest contract", "scenario"},
      {"ready_from", "1", "6", "1", "9", "readiness level from which a venture can deliver", "assumption"},
      {"markup", "1", "10 %", "0", "1", "what bids add to estimated cost", "assumption"},
      {"estimate_error", "1", "12 %", "0", "1", "standard deviation of errors in estimates of cost",
       "assumption"},
      {"development", "1", "30 %", "0", "1", "part of the payment for a new product that is R&D",
       "assumption"},
      {"displaces", "1", "100 %", "0 %", "100 %",
       "part of a contract that takes the place of other purchases in the winner's sector",
       "public purchases are 73 GEUR a year whoever wins (strategy): assumption"},
      {"allocation.cadence", "month", "12 months", "1 month", "120 months", "months between tenders",
       "scenario"},
      {"payout.over", "month", "18 months", "1 month", "240 months", "length of a contract", "assumption"},
  };
  fields.insert(fields.end(), own.begin(), own.end());
  return fields;
}

}  // namespace

const FormInfo& procurement_form() {
  static const FormInfo form{"procurement", "Public tenders, weighed on novelty or on price",
                             procurement_fields()};
  return form;
}

double unit_cost(double productivity, double mean, double markup) {
  return std::clamp(mean / std::max(productivity, 1e-9 * mean), 0.6, 1.6) / (1 + markup);
}

double bid_price(double cost, double spread, double error, double markup) {
  return cost * elementary::exp(spread * error - spread * spread / 2) * (1 + markup);
}

double tender_score(double novelty, double price, double weight) {
  return weight * novelty + (1 - weight) * (1 - price);
}

ProcurementInstrument::ProcurementInstrument(const Terms& terms, const Columns& columns)
    : Instrument(terms, columns, static_cast<int>(std::lround(terms.number("allocation.cadence")))),
      rules_(terms, "firm", false),
      contract_{terms.setup().column<double>("firm", "contract"),
                terms.setup().column<double>("firm", "contract_cost"),
                terms.setup().column<double>("firm", "contract_left"),
                terms.setup().column<std::uint8_t>("firm", "contract_new"),
                terms.setup().column<AgentId>("firm", "contract_from")},
      industry_(terms.setup().kind("industry")),
      num_sectors_(terms.setup().labels("firm", "sector").items.size()),
      sector_(terms.setup().column<std::uint8_t>("firm", "sector")),
      industry_sector_(terms.setup().column<std::uint8_t>("industry", "sector")),
      displaced_(terms.setup().column<double>("industry", "displaced")),
      productivity_(terms.setup().column<double>("firm", "productivity")),
      new_share_(terms.setup().column<double>("firm", "new_product_share")),
      match_(terms.setup().column<double>("venture", "user_match")),
      innovation_share_(terms.number("innovation_share")),
      novelty_weight_(terms.number("novelty_weight")),
      reserved_sme_(terms.number("reserved_sme")),
      ticket_max_(terms.number("ticket_max")),
      application_rate_(terms.number("application_rate")),
      markup_(terms.number("markup")),
      spread_(terms.number("estimate_error")),
      development_(terms.number("development")),
      displaces_(terms.number("displaces")),
      ready_from_(terms.number("ready_from")),
      months_(std::max(1, static_cast<int>(std::lround(terms.number("payout.over"))))),
      pay_flow_(terms.setup().instrument_flow(terms.spec().id, "government.cash", "firm.cash")),
      cost_flow_(terms.setup().flow("contract_cost", "firm.cash", "suppliers")) {}

/// Takes what contracts paid this month off the demand of their sectors. paid: cents by sector, whole
/// numbers, so that the order of rows does not matter
void ProcurementInstrument::displace(Turn& turn, const std::vector<Cents>& paid) const {
  const auto sector = turn.read(industry_sector_);
  const auto displaced = turn.write(displaced_);
  for (const Row row : turn.table(industry_).by_id())
    if (sector[row] < paid.size()) displaced[row] += displaces_ * to_euros(paid[sector[row]]);
}

/// Pays and delivers a month of every running contract; money of firms that left can be tendered again.
void ProcurementInstrument::deliver(Purse& purse) const {
  Turn& turn = purse.turn();
  const AgentId mine = purse.id();
  const auto from = turn.write(contract_.from);
  const auto left = turn.write(contract_.left), payment = turn.write(contract_.payment),
             cost = turn.write(contract_.cost);
  const auto for_new = turn.write(contract_.for_new);
  const Table& firms = turn.table(columns().firm.kind);
  Cents committed = turn.write(columns().committed)[purse.row()];
  if (committed == 0) return;
  const auto sector = turn.read(sector_);
  std::vector<Cents> paid(num_sectors_);
  Cents owed = 0;
  for (const Row row : rows_where(turn, columns().firm.kind, [&](Row r) { return from[r] == mine; })) {
    const double weight = firms.weights()[row];
    const Cents amount = std::min(committed, to_cents(payment[row] * weight));
    purse.pay(pay_flow_, row, amount);
    committed -= amount;
    paid[sector[row]] += amount;
    const double development = for_new[row] != 0 ? development_ : 0.0;
    turn.write(columns().firm.rd_funded)[row] += development * to_euros(amount) / weight;
    turn.transfer(cost_flow_, row, 0, to_cents(cost[row] * weight * (1 - development)));
    left[row] -= 1;
    if (left[row] > 0.5) {
      owed += to_cents(payment[row] * left[row] * weight);
    } else {
      payment[row] = cost[row] = left[row] = 0;
      for_new[row] = 0;
      from[row] = nobody;
    }
  }
  displace(turn, paid);
  const Cents lapsed = committed - owed;
  if (lapsed > 0) purse.release(lapsed, plan().carry_over && plan().open(turn.month()));
}

std::vector<double> ProcurementInstrument::novelties(Turn& turn, std::span<const Row> rows) const {
  const Table& firms = turn.table(columns().firm.kind);
  const auto new_share = turn.read(new_share_);
  std::vector<double> of_venture(firms.num_rows(), -1);
  for (const Row venture : turn.table(columns().venture).by_id()) {
    const Row firm = firms.find(turn.read(columns().venture_firm)[venture]);
    if (firm == no_row) continue;
    const bool ready = static_cast<double>(turn.read(columns().trl)[venture]) >= ready_from_;
    of_venture[firm] = ready ? turn.read(match_)[venture] : -2;
  }
  std::vector<double> novelty;
  for (const Row row : rows) {
    const double venture = of_venture[row];
    novelty.push_back(venture < -1 ? -1 : venture < 0 ? new_share[row] : venture);
  }
  return novelty;
}

std::vector<ProcurementInstrument::Bidder> ProcurementInstrument::bidders(Turn& turn) const {
  const KindId kind = columns().firm.kind;
  const Table& firms = turn.table(kind);
  const auto ids = firms.ids();
  const DrawKey interest = turn.key(purpose("apply")), error = turn.key(purpose("estimate"));
  const auto left = turn.write(contract_.left);
  std::vector<Row> rows = rows_where(turn, kind, [&](Row row) {
    return left[row] <= 0 && uniform(interest, ids[row], turn.step()) < application_rate_;
  });
  rows = rules_.eligible(turn, std::move(rows));
  std::sort(rows.begin(), rows.end(), [&](Row a, Row b) { return raw(ids[a]) < raw(ids[b]); });
  const auto values = rules_.requests(turn, rows);
  const auto novelty = novelties(turn, rows);
  const auto productivity = turn.read(productivity_);
  double sum = 0, weights = 0;
  for (const Row row : rows) {
    sum += firms.weights()[row] * productivity[row];
    weights += firms.weights()[row];
  }
  std::vector<Bidder> list;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row row = rows[i];
    if (novelty[i] < 0) continue;  // a venture that has no product yet
    const double cost = unit_cost(productivity[row], sum / weights, markup_);
    const bool small =
        turn.read(columns().firm_size_class)[row] <= static_cast<std::uint8_t>(SizeClass::medium);
    list.push_back({row, ids[row], firms.weights()[row], std::min(ticket_max_, values[i]), cost,
                    bid_price(cost, spread_, normal(error, ids[row], turn.step()), markup_), novelty[i],
                    small});
  }
  return list;
}

void ProcurementInstrument::award(Purse& purse, const Bidder& bidder, Cents amount, bool for_new) const {
  Turn& turn = purse.turn();
  purse.commit(amount);
  const double payment = to_euros(amount) / bidder.weight / months_;
  turn.write(contract_.payment)[bidder.row] = payment;
  turn.write(contract_.cost)[bidder.row] = payment * bidder.cost / bidder.price;
  turn.write(contract_.left)[bidder.row] = months_;
  turn.write(contract_.for_new)[bidder.row] = for_new ? 1 : 0;
  turn.write(contract_.from)[bidder.row] = purse.id();
  turn.write(columns().firm.newcomer)[bidder.row] = 0;
}

Cents ProcurementInstrument::lot(Purse& purse, const std::vector<Bidder>& bidders, Cents money, double weight,
                                 bool small_only, std::vector<std::uint8_t>& busy) const {
  std::vector<Bid> bids;
  std::vector<std::size_t> of;
  for (std::size_t i = 0; i < bidders.size(); ++i) {
    const Bidder& b = bidders[i];
    if (busy[i] != 0 || (small_only && !b.small)) continue;
    bids.push_back({b.id, tender_score(b.novelty, b.price, weight), b.weight, to_cents(b.value * b.price)});
    of.push_back(i);
  }
  Cents spent = 0;
  double awards = 0;
  for (const Grant& grant : allocate(bids, money)) {
    const std::size_t at = of[grant.bid];
    busy[at] = 1;
    spent += grant.amount;
    awards += grant.units;
    award(purse, bidders[at], grant.amount, weight > 0);
  }
  purse.count(applications_event(), 0, awards_event(), awards);
  return spent;
}

void ProcurementInstrument::step(Purse& purse) const {
  deliver(purse);
  Turn& turn = purse.turn();
  if (!plan().call(turn.month()) || purse.available() <= 0) return;
  const auto list = bidders(turn);
  double applications = 0;
  for (const Bidder& b : list) applications += b.weight;
  purse.count(applications_event(), applications, awards_event(), 0);
  std::vector<std::uint8_t> busy(list.size(), 0);
  const Cents budget = purse.available();
  const Cents novel = to_cents(to_euros(budget) * innovation_share_);
  for (const auto& [money, weight] : {std::pair{novel, novelty_weight_}, std::pair{budget - novel, 0.0}}) {
    const Cents reserved = to_cents(to_euros(money) * reserved_sme_);
    const Cents spent = reserved > 0 ? lot(purse, list, reserved, weight, true, busy) : 0;
    if (money > spent) lot(purse, list, money - spent, weight, false, busy);
  }
}

}  // namespace polder::agents
