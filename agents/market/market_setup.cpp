// SPDX-License-Identifier: Apache-2.0
// The market's table, names and founding.
#include <algorithm>
#include <cmath>

#include "agents/kinds/kinds.hpp"
#include "agents/market/market_state.hpp"
#include "agents/support/labels.hpp"
#include "engine/parallel.hpp"

namespace polder::agents {

Market::Market(Setup& setup)
    : firm_(setup.kind("firm")),
      industry_(setup.kind("industry")),
      sales_(setup.column<double>("firm", "sales")),
      value_added_(setup.column<double>("firm", "value_added")),
      luck_(setup.column<double>("firm", "market_shock")),
      staff_(setup.column<double>("firm", "staff")),
      rd_staff_(setup.column<double>("firm", "rd_staff")),
      core_share_(setup.column<double>("firm", "core_share")),
      wage_(setup.column<double>("firm", "wage")),
      age_(setup.column<double>("firm", "age")),
      productivity_(setup.column<double>("firm", "productivity")),
      new_share_(setup.column<double>("firm", "new_product_share")),
      uptake_(setup.column<double>("firm", "uptake")),
      margin_(setup.column<double>("firm", "margin_luck")),
      sector_(setup.column<std::uint8_t>("firm", "sector")),
      type_(setup.column<std::uint8_t>("firm", "type")),
      trl_(setup.column<std::int64_t>("firm", "trl")),
      cash_(setup.column<std::int64_t>("firm", "cash")),
      industry_sector_(setup.column<std::uint8_t>("industry", "sector")),
      demand_(setup.column<double>("industry", "demand")),
      displaced_(setup.column<double>("industry", "displaced")),
      work_growth_(setup.column<double>("industry", "work_growth")),
      mean_productivity_(setup.column<double>("industry", "productivity")),
      luck_draw_(setup.purpose("luck")),
      margin_draw_(setup.purpose("margin")),
      enter_(setup.purpose("industries")),
      selection_(setup.parameter("selection")),
      premium_(setup.parameter("novelty_premium")),
      spread_(setup.parameter("growth_spread")),
      exponent_(setup.parameter("spread_exponent")),
      elasticity_(setup.parameter("price_elasticity")),
      staff_speed_(1.0 / setup.parameter("staff_delay")),
      wage_sharing_(setup.parameter("wage_sharing")),
      rent_sharing_(1.0 / setup.parameter("rent_sharing_delay")),
      young_growth_(setup.parameter("young_growth")),
      startup_growth_(setup.parameter("startup_growth")),
      runway_(setup.parameter("startup_runway")),
      hiring_(setup.parameter("startup_hiring")),
      ramp_up_(1.0 / setup.parameter("startup_ramp_up")),
      margin_shock_(setup.parameter("margin_shock")),
      margin_memory_(setup.parameter("margin_memory")),
      margin_spread_(margin_shock_ / std::sqrt(1.0 - margin_memory_ * margin_memory_)) {
  growth_ =
      label_numbers(setup, "sectors", "demand_growth", setup.parameter("demand_growth"), dimension::rate);
  value_share_ = label_numbers(setup, "sectors", "value_added_share", setup.parameter("value_added_share"),
                               dimension::none);
  labour_share_ =
      label_numbers(setup, "sectors", "labour_share", setup.parameter("labour_share"), dimension::none);
}

Market::Firms Market::firms(Turn& turn) const {
  const Table& table = turn.table(firm_);
  return {turn.write(sales_),   turn.write(value_added_), turn.write(luck_),     turn.write(margin_),
          turn.write(staff_),   turn.write(core_share_),  turn.write(wage_),     turn.write(age_),
          turn.read(rd_staff_), turn.read(productivity_), turn.read(new_share_), turn.read(uptake_),
          table.weights(),      turn.read(sector_),       turn.read(type_),      table.alive(),
          turn.read(trl_),      turn.read(cash_)};
}

/// Fills what a firm's data leave open, without changing what they say: sales or productivity, core share,
/// wage.
void Market::begin(Firms& f, Row row) const {
  const std::size_t s = std::min<std::size_t>(f.sector[row], value_share_.size() - 1);
  f.staff[row] = std::max(f.staff[row], least_staff);
  if (f.sales[row] <= 0) {
    const double stage = f.type[row] == static_cast<std::uint8_t>(ActorType::startup)
                             ? maturity(static_cast<double>(f.trl[row]))
                             : 1.0;
    f.sales[row] = stage * f.staff[row] * working_time * std::max(f.productivity[row], least_productivity) /
                   value_share_[s];
  }
  f.value_added[row] = value_share_[s] * f.sales[row];
  f.core_share[row] = std::clamp(1.0 - f.rd_staff[row] / f.staff[row], 0.02, 1.0);
  const double own = labour_share_[s] * working_time * std::max(f.productivity[row], least_productivity);
  f.wage[row] = f.wage[row] > 0 ? wage_sharing_ * own + (1.0 - wage_sharing_) * f.wage[row] : own;
}

void Market::found_firms(Turn& turn) const {
  const auto productivity = turn.write(productivity_);
  Firms f = firms(turn);
  turn.for_each_block(firm_, [&](Block block) {
    for (Row row = block.first; row < block.last; ++row) {
      if (f.alive[row] == 0) continue;
      if (f.sales[row] > 0) {
        const std::size_t s = std::min<std::size_t>(f.sector[row], value_share_.size() - 1);
        const double hours = working_time * std::max(f.staff[row], least_staff);
        productivity[row] = std::max(least_productivity, value_share_[s] * f.sales[row] / hours);
      }
      begin(f, row);
    }
  });
}

void Market::found(Turn& turn) const {
  found_firms(turn);
  const Table& table = turn.table(firm_);
  LabelSums sums(num_blocks(table.num_rows()), value_share_.size(), num_quantities);
  const auto sales = turn.read(sales_), productivity = turn.read(productivity_);
  const auto sector = turn.read(sector_);
  turn.for_each_block(firm_, [&](Block block) {
    const auto sum = sums.of_block(block.number);
    for (Row row = block.first; row < block.last; ++row) {
      const std::size_t at = std::min<std::size_t>(sector[row], value_share_.size() - 1) * num_quantities;
      const double turnover = table.weights()[row] * sales[row];
      sum[at + sales_now] += whole(turnover * 100);
      sum[at + sales_by_productivity] += whole(turnover * productivity[row] / 730.5);
    }
  });
  for (std::size_t s = 0; s < value_share_.size(); ++s) {
    const double demand = static_cast<double>(sums.total(s, sales_now)) / 100;
    const double weighted = static_cast<double>(sums.total(s, sales_by_productivity)) * 730.5;
    Entrant row;
    row.kind = industry_;
    row.ordinal = static_cast<std::uint32_t>(s);
    row.values = {{industry_sector_.column, static_cast<double>(s)},
                  {demand_.column, demand},
                  {mean_productivity_.column, demand > 0 ? weighted / demand : least_productivity}};
    turn.enter(enter_, std::move(row));
  }
}

const MechanismInfo& market_mechanism() {
  using enum Access;
  static const MechanismInfo info{
      "market",
      "market",
      "Firms share the demand of their sector; the more productive win shares, luck does the rest, staff and "
      "wages follow",
      "S_i' = S_i (1 + x_i) D' / sum S_j (1 + x_j), x_i = chi (A_i (1 + psi n_i) / A - 1) + g_i / 12, "
      "g_i of Fu et al. with spread s L^-beta",
      "Dosi, Fagiolo & Roventini 2010; Fu et al. 2005; Riccaboni et al. 2008",
      "prices, stocks, capacity limits and trade between sectors; demand grows from outside (partial "
      "equilibrium), labour "
      "outside R&D is not scarce",
      {{"selection", "1/year", "0.01", "0", "1",
        "gain of share a year per unit of relative productivity advantage", "assumption: weak"},
       {"novelty_premium", "1", "0.1", "0", "2", "advantage of a product range that is all new",
        "assumption"},
       {"growth_spread", "1", "0.2", "0", "0.5",
        "spread s of log growth a year of a firm of one person: half of all firms grow or shrink by less "
        "than 0.7 s",
        "assumption: 5 % of firms of 10 and more persons are scale-ups"},
       {"spread_exponent", "1", "0.2", "0", "0.5", "fall of that spread with size",
        "Riccaboni et al. 2008: 0.14 to 0.25"},
       {"margin_shock", "1", "0.18", "0", "0.5",
        "standard deviation of a year's luck in log value added by sales",
        "Guiso, Pistaferri & Schivardi 2001: transitory shocks to value added have variance 0.033"},
       {"margin_memory", "1", "0.39", "0", "0.95",
        "share of last year's luck in value added by sales that stays",
        "Abraham & White 2006: autocorrelation of a plant's productivity shock 0.37 to 0.41"},
       {"demand_growth", "1/year", "0.013", "-0.1", "0.1", "growth of demand of sectors whose data give none",
        "assumption"},
       {"value_added_share", "1", "0.35", "0.05", "1",
        "value added by sales, where the sectors' data give none", "assumption"},
       {"labour_share", "1", "0.62", "0.05", "1",
        "labour cost by value added, where the sectors' data give none", "assumption"},
       {"price_elasticity", "1", "0.3", "0", "2", "growth of demand per growth of the sector's productivity",
        "assumption"},
       {"staff_delay", "month", "4 months", "1 month", "60 months", "time in which staff follows work",
        "assumption"},
       {"wage_sharing", "1", "0.8", "0", "1",
        "share of its own productivity in a firm's first wage, the rest is the level of its data",
        "assumption"},
       {"rent_sharing_delay", "month", "60 months", "12 months", "1200 months",
        "time in which wages follow the firm's own productivity", "assumption"},
       {"young_growth", "1/year", "0.06", "0", "1",
        "growth of a new firm beside all else, falling to 0 at ten years",
        "assumption: survivors grow slower with age"},
       {"startup_growth", "1/year", "0.2", "0", "2", "the same for startups",
        "assumption: startup jobs grow by 7 to 11 % a year"},
       {"startup_runway", "month", "18 months", "3 months", "60 months",
        "months of wages that a startup's cash must cover to hire", "assumption: time between rounds"},
       {"startup_hiring", "1", "0.08", "0", "0.2",
        "largest growth of a startup's staff a month by hiring ahead of sales", "assumption"},
       {"startup_ramp_up", "month", "24 months", "1 month", "120 months",
        "time in which a startup's sales reach its maturity", "assumption"}},
      {{"firm", "productivity", read},
       {"firm", "new_product_share", read},
       {"firm", "uptake", read},
       {"firm", "rd_staff", read},
       {"firm", "sector", read},
       {"firm", "type", read},
       {"firm", "trl", read},
       {"firm", "cash", read},
       {"firm", "sales", write},
       {"firm", "value_added", write},
       {"firm", "market_shock", write},
       {"firm", "margin_luck", write},
       {"firm", "staff", write},
       {"firm", "core_share", write},
       {"firm", "wage", write},
       {"firm", "age", write},
       {"industry", "sector", read},
       {"industry", "demand", write},
       {"industry", "displaced", write},
       {"industry", "work_growth", write},
       {"industry", "productivity", write}},
      {},
      {},
      {},
      {"policy", "instruments"},
      [](Setup& setup) -> std::unique_ptr<Mechanism> { return std::make_unique<Market>(setup); }};
  return info;
}

}  // namespace polder::agents
