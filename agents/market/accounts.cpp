// SPDX-License-Identifier: Apache-2.0
#include "agents/market/accounts.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "agents/kinds/kinds.hpp"
#include "agents/support/labels.hpp"
#include "agents/support/work.hpp"
#include "engine/parallel.hpp"

namespace polder::agents {

namespace {

/// x, or 0 when that is more, to the last bit. Without a branch: the sign of a profit is hard to foresee.
double positive(double x) {
  return 0.5 * (x + std::abs(x));
}

}  // namespace

double capital_goods(double value_added, double labour_share, double margin, double other_research_costs) {
  return positive((1.0 - labour_share - margin) * value_added - other_research_costs);
}

double profit_tax(double rate, double profit) {
  return rate * positive(profit);
}

Cents loan_needed(Cents cash, Cents debt, Cents credit_line) {
  return std::clamp<Cents>(-cash, 0, std::max<Cents>(0, credit_line - debt));
}

namespace {

using Amounts = std::array<Cents, block_rows>;

class Accounts final : public Mechanism {
 public:
  explicit Accounts(Setup& setup);
  void found(Turn& turn) const override;
  void step(Turn& turn) const override;

 private:
  struct Firms;
  Firms firms(Turn& turn) const;
  void operate(Turn& turn, const Firms& f, Block block) const;
  void balance(Turn& turn, const Firms& f, Block block) const;

  KindId firm_;
  Handle<double> sales_, value_added_, staff_, rd_staff_, wage_, exports_, spending_, funded_, base_;
  Handle<std::int64_t> cash_, debt_;
  Handle<std::uint8_t> sector_, type_, foreign_;
  FlowId founding_, domestic_, abroad_, inputs_, capital_, wages_, tax_, interest_, loans_, repayments_,
      dividends_, dividends_abroad_;
  double margin_, other_costs_, tax_rate_, lending_rate_, credit_line_, normal_debt_, buffer_, payout_,
      startup_start_;
  std::vector<double> value_share_, labour_share_;
};

struct Accounts::Firms {
  std::span<const double> weight, sales, value_added, staff, rd_staff, wage, exports, spending, funded, base;
  std::span<const std::int64_t> cash;
  std::span<std::int64_t> debt;
  std::span<const std::uint8_t> sector, type, foreign, alive;
  bool startup(Row row) const { return type[row] == static_cast<std::uint8_t>(ActorType::startup); }
};

Accounts::Accounts(Setup& setup)
    : firm_(setup.kind("firm")),
      sales_(setup.column<double>("firm", "sales")),
      value_added_(setup.column<double>("firm", "value_added")),
      staff_(setup.column<double>("firm", "staff")),
      rd_staff_(setup.column<double>("firm", "rd_staff")),
      wage_(setup.column<double>("firm", "wage")),
      exports_(setup.column<double>("firm", "exports_share")),
      spending_(setup.column<double>("firm", "rd_spending")),
      funded_(setup.column<double>("firm", "rd_funded")),
      base_(setup.column<double>("firm", "rd_base")),
      cash_(setup.column<std::int64_t>("firm", "cash")),
      debt_(setup.column<std::int64_t>("firm", "debt")),
      sector_(setup.column<std::uint8_t>("firm", "sector")),
      type_(setup.column<std::uint8_t>("firm", "type")),
      foreign_(setup.column<std::uint8_t>("firm", "foreign_owned")),
      founding_(setup.flow("founding", "households", "firm.cash")),
      domestic_(setup.flow("sales", "customers", "firm.cash")),
      abroad_(setup.flow("exports", "rest_of_world", "firm.cash")),
      inputs_(setup.flow("inputs", "firm.cash", "suppliers")),
      capital_(setup.flow("capital goods", "firm.cash", "suppliers")),
      wages_(setup.flow("wages", "firm.cash", "households")),
      tax_(setup.flow("profit tax", "firm.cash", "treasury")),
      interest_(setup.flow("interest", "firm.cash", "banks")),
      loans_(setup.flow("loans", "banks", "firm.cash")),
      repayments_(setup.flow("repayments", "firm.cash", "banks")),
      dividends_(setup.flow("dividends", "firm.cash", "households")),
      dividends_abroad_(setup.flow("dividends", "firm.cash", "rest_of_world")),
      margin_(setup.parameter("margin")),
      other_costs_(setup.parameter("research_other_costs")),
      tax_rate_(setup.parameter("tax_rate")),
      lending_rate_(setup.parameter("lending_rate")),
      credit_line_(setup.parameter("credit_line")),
      normal_debt_(setup.parameter("normal_debt")),
      buffer_(setup.parameter("buffer")),
      payout_(setup.parameter("payout")),
      startup_start_(setup.parameter("startup_runway")) {
  value_share_ = label_numbers(setup, "sectors", "value_added_share", setup.parameter("value_added_share"),
                               dimension::none);
  labour_share_ =
      label_numbers(setup, "sectors", "labour_share", setup.parameter("labour_share"), dimension::none);
}

Accounts::Firms Accounts::firms(Turn& turn) const {
  const Table& table = turn.table(firm_);
  return {table.weights(),      turn.read(sales_), turn.read(value_added_), turn.read(staff_),
          turn.read(rd_staff_), turn.read(wage_),  turn.read(exports_),     turn.read(spending_),
          turn.read(funded_),   turn.read(base_),  turn.read(cash_),        turn.write(debt_),
          turn.read(sector_),   turn.read(type_),  turn.read(foreign_),     table.alive()};
}

/// Founders start with their normal buffer, startups with the wages of a runway.
void Accounts::found(Turn& turn) const {
  const Firms f = firms(turn);
  turn.for_each_block(firm_, [&](Block block) {
    Amounts start{};
    for (Row row = block.first; row < block.last; ++row) {
      if (f.alive[row] == 0 || f.cash[row] != 0) continue;
      const double euros = f.startup(row) ? startup_start_ * f.wage[row] * f.staff[row]
                                          : buffer_ * (f.value_added[row] + f.base[row]);
      start[row - block.first] = std::max<Cents>(0, whole(f.weight[row] * euros * 100));
    }
    turn.transfer_block(founding_, block, std::span(start).first(block.size()));
  });
}

/// Current income and costs. Holes weigh nothing, so nothing is theirs.
void Accounts::operate(Turn& turn, const Firms& f, Block block) const {
  Amounts domestic, abroad, inputs, capital, wages, interest, tax;
  for (Row row = block.first; row < block.last; ++row) {
    const std::size_t i = row - block.first;
    const double cents = 100 * f.weight[row];
    const double turnover = cents * f.sales[row];
    abroad[i] = whole(turnover * f.exports[row]);
    domestic[i] = whole(turnover) - abroad[i];
    inputs[i] = whole(turnover - cents * f.value_added[row]);
  }
  for (Row row = block.first; row < block.last; ++row) {
    const std::size_t i = row - block.first;
    const double cents = 100 * f.weight[row];
    wages[i] = whole(cents * positive(f.staff[row] - f.rd_staff[row]) * f.wage[row]);
    interest[i] = whole(static_cast<double>(std::max<Cents>(0, f.debt[row])) * lending_rate_);
  }
  for (Row row = block.first; row < block.last; ++row) {
    const std::size_t i = row - block.first, s = f.sector[row];
    const double cents = 100 * f.weight[row];
    const double va = f.value_added[row];
    const Cents line =
        f.startup(row) ? 0 : std::max<Cents>(0, whole(cents * credit_line_ * va) - f.debt[row]);
    const Cents left = f.cash[row] + whole(cents * va) - wages[i] - interest[i] + line;
    capital[i] = std::clamp<Cents>(
        whole(cents * capital_goods(va, labour_share_[s], margin_, other_costs_ * f.base[row])), 0,
        std::max<Cents>(0, left));
  }
  for (Row row = block.first; row < block.last; ++row) {
    const std::size_t i = row - block.first;
    const double cents = 100 * f.weight[row];
    const double research = cents * positive(f.spending[row] - f.funded[row]);
    const double profit =
        cents * f.value_added[row] - static_cast<double>(capital[i] + wages[i] + interest[i]) - research;
    tax[i] = whole(profit_tax(tax_rate_, profit));
  }
  const std::size_t n = block.size();
  turn.transfer_block(domestic_, block, std::span(domestic).first(n));
  turn.transfer_block(abroad_, block, std::span(abroad).first(n));
  turn.transfer_block(inputs_, block, std::span(inputs).first(n));
  turn.transfer_block(capital_, block, std::span(capital).first(n));
  turn.transfer_block(wages_, block, std::span(wages).first(n));
  turn.transfer_block(interest_, block, std::span(interest).first(n));
  turn.transfer_block(tax_, block, std::span(tax).first(n));
}

/// Credit, repayment and dividends, from the balance after current income and costs. Without a branch: who is
/// dry and who has too much is hard to foresee.
void Accounts::balance(Turn& turn, const Firms& f, Block block) const {
  Amounts loans, repayments, dividends, dividends_abroad;
  for (Row row = block.first; row < block.last; ++row) {
    const std::size_t i = row - block.first;
    const double cents = 100 * f.weight[row];
    const Cents own = f.startup(row) ? 0 : 1;  // startups live on their rounds
    loans[i] = own * loan_needed(f.cash[row], f.debt[row], whole(cents * credit_line_ * f.value_added[row]));
    // Grants received in advance stay in the firm: half a year of them counts as needed.
    const double needed = cents * (buffer_ * (f.value_added[row] + f.base[row]) + 6.0 * f.funded[row]);
    const Cents solvent = f.cash[row] >= 0 ? own : 0;
    const Cents excess = solvent * whole(positive(payout_ * (static_cast<double>(f.cash[row]) - needed)));
    const Cents too_much = f.debt[row] - whole(cents * normal_debt_ * f.value_added[row]);
    repayments[i] = std::clamp<Cents>(too_much, 0, excess);
    f.debt[row] += loans[i] - repayments[i];
    const Cents abroad = f.foreign[row] != 0 ? 1 : 0;
    dividends_abroad[i] = abroad * (excess - repayments[i]);
    dividends[i] = excess - repayments[i] - dividends_abroad[i];
  }
  const std::size_t n = block.size();
  turn.transfer_block(loans_, block, std::span(loans).first(n));
  turn.transfer_block(repayments_, block, std::span(repayments).first(n));
  turn.transfer_block(dividends_, block, std::span(dividends).first(n));
  turn.transfer_block(dividends_abroad_, block, std::span(dividends_abroad).first(n));
}

void Accounts::step(Turn& turn) const {
  const Firms f = firms(turn);
  turn.for_each_block(firm_, [&](Block block) {
    operate(turn, f, block);
    balance(turn, f, block);
  });
}

}  // namespace

const MechanismInfo& accounts_mechanism() {
  using enum Access;
  static const MechanismInfo info{
      "accounts",
      "market",
      "Firms sell, pay inputs, capital goods, wages, interest and tax, borrow when dry and pay out what they "
      "do not need",
      "cash' = cash + S - inputs - capital goods - wages - interest - tax + loans - repayments - dividends",
      "Dosi, Fagiolo & Roventini 2010 (order of payments, credit limit)",
      "prices, trade credit, losses carried forward, wealth of banks (one named account), wage bargaining",
      {{"margin", "1", "0.10", "0", "0.5",
        "operating margin before own R&D by value added that is not spent on capital goods", "assumption"},
       {"research_other_costs", "1", "0.30", "0", "1", "share of R&D costs other than labour",
        "Rathenau Instituut 2023: 30 %"},
       {"tax_rate", "1", "0.25", "0", "1", "tax on profits", "Dutch corporate tax 2020, recalled: 25 %"},
       {"lending_rate", "1/year", "0.04", "0", "0.5", "interest on debt",
        "recalled: 3 to 6 % for small firms"},
       {"credit_line", "month", "8 months", "0 months", "36 months", "largest debt in months of value added",
        "assumption"},
       {"normal_debt", "month", "5 months", "0 months", "36 months",
        "debt that firms keep rather than repay, in months of value added", "assumption"},
       {"buffer", "month", "2 months", "0 months", "24 months",
        "cash that firms keep, in months of value added and R&D", "assumption"},
       {"payout", "1", "0.1", "0", "1", "share of cash above the buffer that is repaid or paid out a month",
        "assumption"},
       {"startup_runway", "month", "12 months", "0 months", "60 months",
        "wages that a startup holds in cash when the model is founded", "assumption"},
       {"value_added_share", "1", "0.35", "0.05", "1",
        "value added by sales, where the sectors' data give none", "assumption"},
       {"labour_share", "1", "0.62", "0.05", "1",
        "labour cost by value added, where the sectors' data give none", "assumption"}},
      {{"firm", "sales", read},
       {"firm", "value_added", read},
       {"firm", "staff", read},
       {"firm", "rd_staff", read},
       {"firm", "wage", read},
       {"firm", "exports_share", read},
       {"firm", "rd_spending", read},
       {"firm", "rd_funded", read},
       {"firm", "rd_base", read},
       {"firm", "sector", read},
       {"firm", "type", read},
       {"firm", "foreign_owned", read},
       {"firm", "cash", read},
       {"firm", "cash", add},
       {"firm", "debt", write}},
      {{"founding", "households", "firm.cash"},
       {"sales", "customers", "firm.cash"},
       {"exports", "rest_of_world", "firm.cash"},
       {"inputs", "firm.cash", "suppliers"},
       {"capital goods", "firm.cash", "suppliers"},
       {"wages", "firm.cash", "households"},
       {"profit tax", "firm.cash", "treasury"},
       {"interest", "firm.cash", "banks"},
       {"loans", "banks", "firm.cash"},
       {"repayments", "firm.cash", "banks"},
       {"dividends", "firm.cash", "households"},
       {"dividends", "firm.cash", "rest_of_world"}},
      {},
      {},
      {"policy", "instruments", "market"},
      [](Setup& setup) -> std::unique_ptr<Mechanism> { return std::make_unique<Accounts>(setup); }};
  return info;
}

}  // namespace polder::agents
