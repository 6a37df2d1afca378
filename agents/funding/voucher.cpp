// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/voucher.hpp"

#include <algorithm>
#include <cmath>

#include "agents/funding/calls.hpp"
#include "agents/support/meetings.hpp"

namespace polder::agents {

namespace {

std::vector<FieldInfo> voucher_fields() {
  std::vector<FieldInfo> fields = budget_fields();
  const std::vector<FieldInfo> own{
      {"eligible", "formula", "", "", "", "condition on the firm", "scenario"},
      {"request", "formula", "7500 EUR", "", "", "value of the assignment to the institute",
       "knowledge vouchers 2004-05"},
      {"value_at_most", "EUR", "1e9 EUR", "0 EUR", "", "largest value of one voucher", "scenario"},
      {"share", "1", "100 %", "1 %", "100 %", "public part of the value, the rest is paid by the firm",
       "scenario"},
      {"application_rate", "1", "5 %", "0", "1", "share of eligible firms that apply to a round",
       "assumption"},
      {"provider", "formula", "", "", "", "condition on the institutes that take vouchers; default all",
       "scenario"},
      {"unused", "1", "10 %", "0", "1", "share of vouchers that is never turned in",
       "Cornet, Vroomen & van der Steeg 2006"},
      {"contact", "1", "0.05", "0", "1", "strength of the tie that a voucher leaves: it fades in seven years",
       "assumption; the effect is once-only (Cornet, Vroomen & van der Steeg 2006)"},
      {"allocation.method", "label", "lottery", "", "", "lottery or first_come", "scenario"},
      {"allocation.cadence", "month", "6 months", "1 month", "120 months",
       "months between rounds; first_come: 1", "scenario"},
      {"payout.over", "month", "6 months", "1 month", "60 months", "length of the assignment", "assumption"},
  };
  fields.insert(fields.end(), own.begin(), own.end());
  return fields;
}

bool by_lot(const Terms& terms) {
  return terms.word("allocation.method", "lottery|first_come") == "lottery";
}

int voucher_cadence(const Terms& terms) {
  return by_lot(terms) ? static_cast<int>(std::lround(terms.number("allocation.cadence"))) : 1;
}

}  // namespace

const FormInfo& voucher_form() {
  static const FormInfo form{"voucher", "Vouchers for a first contact with a knowledge institute",
                             voucher_fields()};
  return form;
}

VoucherInstrument::VoucherInstrument(const Terms& terms, const Columns& columns, const Geography& map)
    : Instrument(terms, columns, voucher_cadence(terms)),
      rules_(terms, "firm", false),
      providers_(terms, "provider"),
      application_rate_(terms.number("application_rate")),
      share_(terms.number("share")),
      at_most_(terms.number("value_at_most")),
      unused_(terms.number("unused")),
      contact_(terms.number("contact")),
      lottery_(by_lot(terms)),
      own_flow_(terms.setup().flow("own_contribution", "firm.cash", "institute.cash")),
      projects_(columns,
                {static_cast<int>(std::lround(terms.number("payout.over"))), {1.0}, 1 / share_, false},
                {terms.setup().instrument_flow(terms.spec().id, "government.cash", "firm.cash"),
                 terms.setup().instrument_flow(terms.spec().id, "government.cash", "institute.cash")},
                purpose("assignment")),
      map_(&map) {}

bool VoucherInstrument::redeem(Purse& purse, Row firm, const Grant& grant,
                               std::span<const Row> providers) const {
  Turn& turn = purse.turn();
  const AgentId id = turn.table(columns().firm.kind).ids()[firm];
  if (uniform(turn.key(purpose("unused")), id, turn.step()) < unused_) return false;
  const Row institute =
      choose_institute(turn, columns(), *map_, firm, providers, turn.key(purpose("institute")));
  const Cents own = to_cents(to_euros(grant.amount) * (1 - share_) / share_);
  if (institute == no_row || own > std::max<Cents>(0, turn.read(columns().firm_cash)[firm])) return false;
  const Table& institutes = turn.table(columns().institute.kind);
  const AgentId provider = institutes.ids()[institute];
  turn.transfer(own_flow_, firm, institute, own);
  projects_.start(purse, {grant.amount, 1, {provider, id}, {1.0, 0.0}, 0, grant.units},
                  static_cast<std::uint32_t>(combine(raw(id), static_cast<std::uint64_t>(code()))));
  const double weight = turn.table(columns().firm.kind).weights()[firm];
  const bool enough =
      makes_tie(grant.units, weight, 1, uniform(turn.key(purpose("contact")), id, turn.step()));
  if (contact_ > 0 && enough) turn.tie(columns().collaboration, id, provider, static_cast<float>(contact_));
  if (enough) turn.write(columns().firm.newcomer)[firm] = 0;
  return true;
}

void VoucherInstrument::hold_round(Purse& purse) const {
  Turn& turn = purse.turn();
  const Table& table = turn.table(columns().firm.kind);
  const DrawKey order = turn.key(purpose("order"));
  const Attention attention = lottery_ ? Attention::everybody : Attention::once_a_year;
  const auto rows = rules_.eligible(turn, applying(turn, rules_.kind(), application_rate_, attention));
  const auto values = rules_.requests(turn, rows);
  std::vector<Bid> bids;
  double applications = 0, awards = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const AgentId id = table.ids()[rows[i]];
    const double value = share_ * std::min(values[i], at_most_);
    bids.push_back({id, uniform(order, id, turn.step()), table.weights()[rows[i]], to_cents(value)});
    applications += value > 0 ? bids.back().units : 0.0;
  }
  const auto providers = providers_.find(turn);
  const bool reuse = plan().carry_over && plan().open(turn.month());
  for (const Grant& grant : allocate(bids, purse.available())) {
    purse.commit(grant.amount);
    awards += grant.units;
    if (!redeem(purse, rows[grant.bid], grant, providers)) purse.release(grant.amount, reuse);
  }
  purse.count(applications_event(), applications, awards_event(), awards);
}

void VoucherInstrument::step(Purse& purse) const {
  projects_.run(purse, plan().carry_over && plan().open(purse.turn().month()));
  if (plan().call(purse.turn().month()) && purse.available() > 0) hold_round(purse);
}

}  // namespace polder::agents
