// SPDX-License-Identifier: Apache-2.0
#include "agents/knowledge/rd_investment.hpp"

#include <algorithm>
#include <array>

#include "agents/kinds/kinds.hpp"
#include "agents/knowledge/complementarity.hpp"
#include "agents/support/labels.hpp"
#include "agents/support/work.hpp"
#include "agents/talent/technical_wages.hpp"
#include "engine/elementary.hpp"
#include "engine/parallel.hpp"

namespace polder::agents {

double user_cost_response(double support_rate, double elasticity) {
  if (support_rate <= 0) return 1.0;
  return elementary::pow(1.0 - std::min(support_rate, 0.95), -elasticity);
}

double certainty_factor(double certainty, double waiting_share) {
  return 1.0 - waiting_share * (1.0 - std::clamp(certainty, 0.0, 1.0));
}

double research_spending(double goal, const ResearchMeans& means) {
  const double cash = std::max(0.0, means.cash);
  const double money =
      std::max(means.cash - means.reserve + 0.5 * means.credit, std::min(0.9 * means.last, cash));
  const double wanted = std::min(goal, std::max(0.0, money));
  return std::max(wanted, std::min(means.funded, cash));
}

namespace {

using Amounts = std::array<Cents, block_rows>;
constexpr double least_research = 1000;  // EUR/month; a firm that runs down its R&D ends it there
constexpr double small_firm = 40;        // full-time equivalents: 50 persons
constexpr double large_firm = 200;       // full-time equivalents: 250 persons

class RdInvestment final : public Mechanism {
 public:
  explicit RdInvestment(Setup& setup);
  void found(Turn& turn) const override;
  void step(Turn& turn) const override;

 private:
  struct Firms;
  Firms firms(Turn& turn) const;
  double sales_base(const Firms& f, Row row) const;
  double cost_per_fte(const Firms& f, Row row) const;
  void plan(const Firms& f, Row row, bool burn_in) const;
  static bool may_stop(const Firms& f, Row row);
  double invest(const Firms& f, Row row) const;

  KindId firm_, industry_;
  Handle<double> sales_, value_added_, staff_, core_share_, productivity_, intensity_, base_, plan_,
      spending_, rd_staff_, stock_, hours_, funded_, support_, certainty_, unmet_, venture_plan_, price_,
      price_before_;
  Handle<std::int64_t> cash_, debt_;
  Handle<std::uint8_t> performer_, sector_, type_, theme_;
  ThemeOpportunity opportunity_;
  FlowId wages_, costs_;
  double elasticity_, grant_share_, waiting_share_, speed_, labour_share_, cost_per_fte_, cost_per_fte_small_,
      eligible_, keep_, depreciation_, reserve_, credit_line_, default_intensity_, funded_part_, stop_;
  Purpose stop_draw_;
  std::vector<double> value_share_;
};

struct RdInvestment::Firms {
  std::span<const double> weight, sales, value_added, staff, productivity, funded, support, certainty,
      venture_plan;
  std::span<double> intensity, base, plan, spending, rd_staff, stock, hours, unmet;
  std::span<const std::int64_t> cash, debt;
  std::span<std::uint8_t> performer;
  std::span<const std::uint8_t> sector, type, theme, alive;
  double price = 1;    ///< of R&D by its level in the burn-in, as pay of technical staff makes it
  double cheaper = 1;  ///< the price of last month by this one
  double demand = 1;   ///< euros wanted by those wanted at price 1: p^(1 - eta)
  std::vector<double> opportunity;  ///< of each theme: m^eta
};

RdInvestment::RdInvestment(Setup& setup)
    : firm_(setup.kind("firm")),
      industry_(setup.kind("industry")),
      sales_(setup.column<double>("firm", "sales")),
      value_added_(setup.column<double>("firm", "value_added")),
      staff_(setup.column<double>("firm", "staff")),
      core_share_(setup.column<double>("firm", "core_share")),
      productivity_(setup.column<double>("firm", "productivity")),
      intensity_(setup.column<double>("firm", "rd_intensity")),
      base_(setup.column<double>("firm", "rd_base")),
      plan_(setup.column<double>("firm", "rd_plan")),
      spending_(setup.column<double>("firm", "rd_spending")),
      rd_staff_(setup.column<double>("firm", "rd_staff")),
      stock_(setup.column<double>("firm", "rd_stock")),
      hours_(setup.column<double>("firm", "rd_hours")),
      funded_(setup.column<double>("firm", "rd_funded")),
      support_(setup.column<double>("firm", "tax_credit_rate")),
      certainty_(setup.column<double>("firm", "certainty")),
      unmet_(setup.column<double>("firm", "unmet_finance")),
      venture_plan_(setup.column<double>("firm", "venture_plan")),
      price_(setup.column<double>("industry", "research_price")),
      price_before_(setup.column<double>("industry", "research_price_before")),
      cash_(setup.column<std::int64_t>("firm", "cash")),
      debt_(setup.column<std::int64_t>("firm", "debt")),
      performer_(setup.column<std::uint8_t>("firm", "rd_performer")),
      sector_(setup.column<std::uint8_t>("firm", "sector")),
      type_(setup.column<std::uint8_t>("firm", "type")),
      theme_(setup.column<std::uint8_t>("firm", "theme")),
      opportunity_(setup),
      wages_(setup.flow("research wages", "firm.cash", "households")),
      costs_(setup.flow("research costs", "firm.cash", "suppliers")),
      elasticity_(setup.parameter("elasticity")),
      grant_share_(setup.parameter("grant_share")),
      waiting_share_(setup.parameter("waiting_share")),
      speed_(1.0 / setup.parameter("adjustment")),
      labour_share_(setup.parameter("research_labour_share")),
      cost_per_fte_(setup.parameter("cost_per_researcher")),
      cost_per_fte_small_(setup.parameter("cost_per_researcher_small")),
      eligible_(setup.parameter("eligible_hours")),
      depreciation_(setup.parameter("depreciation")),
      reserve_(setup.parameter("reserve")),
      credit_line_(setup.parameter("credit_line")),
      default_intensity_(setup.parameter("intensity")),
      funded_part_(setup.parameter("funded_part")),
      stop_(setup.parameter("stop")),
      stop_draw_(setup.purpose("stop")) {
  keep_ = elementary::exp(-depreciation_);
  value_share_ = label_numbers(setup, "sectors", "value_added_share", setup.parameter("value_added_share"),
                               dimension::none);
}

RdInvestment::Firms RdInvestment::firms(Turn& turn) const {
  const Table& table = turn.table(firm_);
  Firms f;
  f.weight = table.weights();
  f.alive = table.alive();
  f.sales = turn.read(sales_), f.value_added = turn.read(value_added_), f.staff = turn.read(staff_);
  f.productivity = turn.read(productivity_), f.funded = turn.read(funded_), f.support = turn.read(support_);
  f.certainty = turn.read(certainty_), f.venture_plan = turn.read(venture_plan_);
  f.cash = turn.read(cash_), f.debt = turn.read(debt_);
  f.sector = turn.read(sector_), f.type = turn.read(type_), f.theme = turn.read(theme_);
  f.intensity = turn.write(intensity_), f.base = turn.write(base_), f.plan = turn.write(plan_);
  f.spending = turn.write(spending_), f.rd_staff = turn.write(rd_staff_), f.stock = turn.write(stock_);
  f.hours = turn.write(hours_), f.unmet = turn.write(unmet_), f.performer = turn.write(performer_);
  const Table& industries = turn.table(industry_);
  f.price = common(industries, turn.read(price_));
  f.cheaper = common(industries, turn.read(price_before_)) / f.price;
  f.demand = f.price * elementary::pow(f.price, -elasticity_);
  f.opportunity = opportunity_.read(turn, elasticity_);
  return f;
}

/// Sales that the R&D intensity refers to: startups plan for what their staff could sell.
double RdInvestment::sales_base(const Firms& f, Row row) const {
  if (f.type[row] != static_cast<std::uint8_t>(ActorType::startup)) return f.sales[row];
  const std::size_t s = std::min<std::size_t>(f.sector[row], value_share_.size() - 1);
  return std::max(f.sales[row], f.staff[row] * working_time * f.productivity[row] / value_share_[s]);
}

double RdInvestment::cost_per_fte(const Firms& f, Row row) const {
  return f.price * (f.staff[row] < small_firm ? cost_per_fte_small_ : cost_per_fte_);
}

/// Founders keep the R&D that the data give them, of which a part is there for grants and rounds; a
/// performer without figures gets the default intensity.
void RdInvestment::found(Turn& turn) const {
  const Firms f = firms(turn);
  const auto core_share = turn.write(core_share_);
  turn.for_each_block(firm_, [&](Block block) {
    for (Row row = block.first; row < block.last; ++row) {
      if (f.alive[row] == 0 || f.performer[row] == 0) continue;
      const double sales = sales_base(f, row);
      if (f.spending[row] <= 0) f.spending[row] = f.base[row] > 0 ? f.base[row] : default_intensity_ * sales;
      f.base[row] = f.plan[row] = (1.0 - funded_part_) * f.spending[row];
      f.intensity[row] = sales > 0 ? f.plan[row] / sales : default_intensity_;
      if (f.rd_staff[row] <= 0) {
        f.rd_staff[row] = std::min(f.spending[row] / cost_per_fte(f, row), 0.9 * f.staff[row]);
        core_share[row] = std::clamp(1.0 - f.rd_staff[row] / f.staff[row], 0.02, 1.0);
      }
      if (f.stock[row] <= 0) f.stock[row] = f.spending[row] / depreciation_;
      f.hours[row] = eligible_ * working_time * f.rd_staff[row];
    }
  });
}

bool RdInvestment::may_stop(const Firms& f, Row row) {
  return f.rd_staff[row] < small_team && f.staff[row] < large_firm && f.intensity[row] > 0 &&
         f.type[row] != static_cast<std::uint8_t>(ActorType::startup);
}

void RdInvestment::plan(const Firms& f, Row row, bool burn_in) const {
  const double response = f.demand * user_cost_response(f.support[row], elasticity_) *
                          certainty_factor(f.certainty[row], waiting_share_) * f.opportunity[f.theme[row]];
  const double normal = f.intensity[row] * sales_base(f, row);
  if (f.base[row] <= 0 && normal > 0) {  // entered, or began R&D
    f.base[row] = normal;
    f.plan[row] = normal * response;
  }
  if (burn_in && f.base[row] > 0) {
    const double change = f.plan[row] / (f.base[row] * response);
    f.intensity[row] *= change;
    f.base[row] *= change;
  }
  f.base[row] += (f.intensity[row] * sales_base(f, row) - f.base[row]) * speed_;
  f.plan[row] += (f.base[row] * response - f.plan[row]) * speed_;
}

double RdInvestment::invest(const Firms& f, Row row) const {
  const double funded = f.funded[row];
  const double own = std::max(f.plan[row], f.venture_plan[row]);  // a venture spends what its round was for
  const double goal = own + grant_share_ * funded;
  const bool startup = f.type[row] == static_cast<std::uint8_t>(ActorType::startup);
  const double to_firm = f.weight[row] > 0 ? 0.01 / f.weight[row] : 0.0;
  ResearchMeans means;
  means.cash = static_cast<double>(f.cash[row]) * to_firm;
  means.reserve = reserve_ * f.value_added[row];
  means.credit =
      startup ? 0.0
              : std::max(0.0, credit_line_ * f.value_added[row] - static_cast<double>(f.debt[row]) * to_firm);
  means.last = f.spending[row];
  means.funded = funded;
  const double spending = research_spending(goal, means);
  f.unmet[row] = std::max(0.0, goal - spending);
  const double cost = cost_per_fte(f, row);
  const bool staffed =
      f.rd_staff[row] > 0 && f.spending[row] > 0 && f.rd_staff[row] * cost < 5 * f.spending[row];
  f.rd_staff[row] = staffed ? f.rd_staff[row] * f.cheaper * (spending / f.spending[row]) : spending / cost;
  f.spending[row] = spending;
  f.stock[row] = f.stock[row] * keep_ + spending / f.price;
  f.hours[row] = eligible_ * working_time * f.rd_staff[row];
  if (f.intensity[row] <= 0 && funded <= 0 && spending < least_research) {
    f.performer[row] = 0;
    f.base[row] = f.plan[row] = f.spending[row] = f.rd_staff[row] = f.hours[row] = f.unmet[row] = 0;
  } else {
    f.performer[row] = 1;
  }
  return spending;
}

void RdInvestment::step(Turn& turn) const {
  const Firms f = firms(turn);
  const bool burn_in = turn.in_burn_in();
  const DrawKey stop = turn.key(stop_draw_);
  const auto ids = turn.table(firm_).ids();
  turn.for_each_block(firm_, [&](Block block) {
    Amounts wages, costs;
    for (Row row = block.first; row < block.last; ++row) {
      const std::size_t i = row - block.first;
      wages[i] = costs[i] = 0;
      if (f.alive[row] == 0 || (f.performer[row] == 0 && f.funded[row] <= 0)) continue;
      if (may_stop(f, row) && uniform(stop, ids[row], turn.step()) < stop_) f.intensity[row] = 0;
      plan(f, row, burn_in);
      const double cents = 100 * f.weight[row] * invest(f, row);
      wages[i] = whole(cents * labour_share_);
      costs[i] = whole(cents) - wages[i];
    }
    turn.transfer_block(wages_, block, std::span(wages).first(block.size()));
    turn.transfer_block(costs_, block, std::span(costs).first(block.size()));
  });
}

}  // namespace

const MechanismInfo& rd_investment_mechanism() {
  using enum Access;
  static const MechanismInfo info{
      "rd_investment",
      "knowledge",
      "Firms decide on R&D by its user cost, the certainty of support and the money they have",
      "RD = min(R0 (1 - s)^-eta M, money), K' = K (1 - delta) + RD",
      "elasticity of user cost: evaluations of the WBSO 2011-17 and 2018-22; slow adjustment: Lokshin & "
      "Mohnen 2010; liquidity: assumption",
      "the choice to begin R&D (firms begin with grants or as entrants, small ones give up by chance), "
      "patents "
      "as a motive",
      {{"elasticity", "1", "0.8", "0", "2", "elasticity of R&D to its user cost",
        "WBSO evaluations, derived: 0.34 to 0.9"},
       {"grant_share", "1", "0.8", "0", "1",
        "part of a grant that comes on top of what a firm with money plans; the rest takes the place of its "
        "own",
        "assumption, near own R&D added by -0.1 to 0.25 a euro over all recipients (Dimos & Pugh 2016)"},
       {"waiting_share", "1", "0.05", "0", "1",
        "share of R&D that waits while support is not to be relied on",
        "calibrated: own R&D that grants add to recipients, -0.1 to 0.25 a euro (Dimos & Pugh 2016)"},
       {"adjustment", "month", "12 months", "1 month", "120 months",
        "time in which plans follow what is wanted",
        "assumption, between short and long notice of Lokshin & Mohnen 2010"},
       {"research_labour_share", "1", "0.70", "0", "1", "share of labour in R&D costs",
        "Rathenau Instituut 2023"},
       {"cost_per_researcher", "EUR/year/person", "105500", "20000", "500000",
        "R&D costs of one full-time equivalent where none is known, from 50 persons on",
        "CBS 84985NED 2021, derived"},
       {"cost_per_researcher_small", "EUR/year/person", "68600", "20000", "500000",
        "the same in smaller firms", "CBS 84985NED 2021, derived"},
       {"eligible_hours", "1", "0.74", "0", "1", "share of R&D hours that tax credits recognise",
        "WBSO 91,000 of 123,600 fte in 2021, derived"},
       {"depreciation", "1/year", "0.15", "0.01", "1", "loss of value of the R&D stock", "recalled: 0.15"},
       {"reserve", "month", "0.5 months", "0 months", "12 months",
        "cash kept for other payments, in months of value added", "assumption"},
       {"credit_line", "month", "8 months", "0 months", "36 months",
        "largest debt in months of value added; half of what is unused may pay R&D", "assumption"},
       {"funded_part", "1", "0", "0", "0.5",
        "part of the founders' R&D that grants and rounds of ventures brought about: it is in the "
        "statistics, not in their plans",
        "calibrated: R&D of firms in 2020 (CBS)"},
       {"intensity", "1", "0.02", "0", "1", "R&D by sales of performers whose data give none", "assumption"},
       {"stop", "1/year", "0.07", "0", "1",
        "hazard of a firm with fewer than ten researchers and 250 persons to give up R&D",
        "assumption: keeps the number of performers"},
       {"value_added_share", "1", "0.35", "0.05", "1",
        "value added by sales, where the sectors' data give none", "assumption"}},
      {
          {"firm", "sales", read},
          {"firm", "value_added", read},
          {"firm", "staff", read},
          {"firm", "core_share", read},
          {"firm", "productivity", read},
          {"firm", "rd_funded", read},
          {"firm", "tax_credit_rate", read},
          {"firm", "certainty", read},
          {"firm", "venture_plan", read},
          {"firm", "cash", read},
          {"firm", "debt", read},
          {"firm", "sector", read},
          {"firm", "type", read},
          {"firm", "theme", read},
          {"ecosystem", "theme", read},
          {"ecosystem", "national", read},
          {"ecosystem", "opportunity", read},
          {"industry", "research_price", read},
          {"industry", "research_price_before", read},
          {"firm", "rd_intensity", write},
          {"firm", "rd_base", write},
          {"firm", "rd_plan", write},
          {"firm", "rd_spending", write},
          {"firm", "rd_staff", write},
          {"firm", "rd_stock", write},
          {"firm", "rd_hours", write},
          {"firm", "unmet_finance", write},
          {"firm", "rd_performer", write},
          {"firm", "cash", add},
      },
      {
          {"research wages", "firm.cash", "households"},
          {"research costs", "firm.cash", "suppliers"},
      },
      {},
      {},
      {"policy", "instruments", "market", "accounts"},
      [](Setup& setup) -> std::unique_ptr<Mechanism> { return std::make_unique<RdInvestment>(setup); }};
  return info;
}

}  // namespace polder::agents
