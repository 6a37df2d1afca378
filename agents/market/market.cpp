// SPDX-License-Identifier: Apache-2.0
#include "agents/market/market.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "agents/kinds/kinds.hpp"
#include "agents/market/market_state.hpp"
#include "engine/elementary.hpp"
#include "engine/kernels/kernels.hpp"
#include "engine/parallel.hpp"

namespace polder::agents {

double growth_spread(double spread_of_one, double staff, double exponent) {
  return std::min(YearOfLuck::largest_spread,
                  spread_of_one * elementary::pow(std::max(1.0, staff), -exponent));
}

namespace {

/// The u at which s (u^-1/2 - u^1/2) is the largest growth: below it the distribution is cut off.
double smallest_quantile(double spread) {
  const double ratio = YearOfLuck::largest / spread;
  const double root = 2.0 / (std::sqrt(ratio * ratio + 4.0) + ratio);
  return root * root;
}

double size_at(double u, double spread) {
  const double root = std::sqrt(u);
  return spread * (1.0 / root - root);
}

}  // namespace

YearOfLuck::YearOfLuck() {
  for (std::size_t k = 1; k < shift_.size(); ++k) {
    const double spread = largest_spread * static_cast<double>(k) / steps;
    const double least = smallest_quantile(spread);
    // Integrate over log u, by midpoints: mean of cosh(size) over u from `least` to 1.
    constexpr int pieces = 2000;
    const double width = -elementary::log(least) / pieces;
    double sum = 0, weight = 0;
    for (int i = 0; i < pieces; ++i) {
      const double u = elementary::exp(-(i + 0.5) * width);
      const double up = elementary::exp(size_at(u, spread));
      sum += u * 0.5 * (up + 1.0 / up);
      weight += u;
    }
    shift_[k] = -elementary::log(sum / weight);
  }
}

double YearOfLuck::growth(double u, double spread) const {
  if (spread <= 0) return 0;
  const double least = smallest_quantile(spread);
  const double size = size_at(least + (1.0 - least) * (1.0 - 2.0 * std::abs(u - 0.5)), spread);
  const double at = spread * (steps / largest_spread);
  const auto below = std::min(static_cast<std::size_t>(at), steps);
  const double part = at - static_cast<double>(below);
  return (u < 0.5 ? -size : size) + shift_[below] + part * (shift_[below + 1] - shift_[below]);
}

double competitive_growth(double selection, double productivity, double mean_productivity,
                          double novelty_premium, double new_product_share) {
  const double advantage =
      productivity * (1.0 + novelty_premium * new_product_share) / mean_productivity - 1.0;
  return selection * std::clamp(advantage, -1.0, 1.0);
}

double growth_of_youth(double at_start, double age) {
  return age < 120.0 ? at_start * (1.0 - age / 120.0) : 0.0;
}

double core_staff_needed(double core_share, double value_added, double productivity) {
  return core_share * value_added / (working_time * productivity);
}

double maturity(double trl) {
  if (trl <= 0 || trl >= 9) return 1.0;
  return trl * trl / 81.0;
}

std::vector<Market::Sector> Market::industries(Turn& turn) const {
  std::vector<Sector> sectors(value_share_.size());
  const auto sector = turn.read(industry_sector_);
  const auto demand = turn.write(demand_), displaced = turn.write(displaced_),
             mean = turn.write(mean_productivity_);
  for (const Row row : turn.table(industry_).by_id()) {
    if (sector[row] >= sectors.size()) continue;
    sectors[sector[row]].displaced = std::exchange(displaced[row], 0.0);
    sectors[sector[row]].demand = demand[row];
    sectors[sector[row]].mean = sectors[sector[row]].mean_before = std::max(mean[row], least_productivity);
  }
  return sectors;
}

void Market::draw_luck(Turn& turn, Firms& f, Block block) const {
  const auto& kernel = kernels::active();
  const std::uint64_t* ids = turn.table(firm_).id_bits();
  const auto key = static_cast<std::uint64_t>(turn.key(luck_draw_));
  std::array<double, 256> u, spread;
  for (Row from = block.first; from < block.last; from += 256) {
    const std::size_t n = std::min<std::size_t>(256, block.last - from);
    kernel.uniform(u.data(), key, turn.step(), 0, ids + from, n);
    kernel.maximum_constant(spread.data(), f.staff.data() + from, 1.0, n);
    kernel.log(spread.data(), spread.data(), n);
    kernel.multiply_constant(spread.data(), spread.data(), -exponent_, n);
    kernel.exp(spread.data(), spread.data(), n);
    for (std::size_t i = 0; i < n; ++i)
      f.luck[from + i] =
          year_of_luck_.growth(u[i], std::min(YearOfLuck::largest_spread, spread_ * spread[i])) / 12.0;
  }
}

double Market::margin_scale(double staff) const {
  return elementary::pow(std::max(1.0, staff / margin_staff), -exponent_);
}

/// Every firm's luck in its margin this year; the first year draws it afresh. The mean of the factor is 1 as
/// long as the size of the firm stays.
void Market::draw_margins(Turn& turn, Firms& f, Block block) const {
  const auto& kernel = kernels::active();
  const std::uint64_t* ids = turn.table(firm_).id_bits();
  const auto key = static_cast<std::uint64_t>(turn.key(margin_draw_));
  const bool first = turn.step() == 0;
  const double memory = first ? 0.0 : margin_memory_, shock = first ? margin_spread_ : margin_shock_;
  std::array<double, 256> z, scale, before;
  for (Row from = block.first; from < block.last; from += 256) {
    const std::size_t n = std::min<std::size_t>(256, block.last - from);
    double* const margin = f.margin.data() + from;
    kernel.normal(z.data(), key, turn.step(), 0, ids + from, n);
    kernel.log(before.data(), margin, n);
    kernel.multiply_constant(scale.data(), f.staff.data() + from, 1.0 / margin_staff, n);
    kernel.maximum_constant(scale.data(), scale.data(), 1.0, n);
    kernel.log(scale.data(), scale.data(), n);
    kernel.multiply_constant(scale.data(), scale.data(), -exponent_, n);
    kernel.exp(scale.data(), scale.data(), n);
    for (std::size_t i = 0; i < n; ++i) {
      const double spread = margin_spread_ * scale[i], shift = 0.5 * spread * spread;
      const double last = margin[i] > 0 ? before[i] + shift : 0.0;
      z[i] = memory * last + shock * scale[i] * z[i] - shift;
    }
    kernel.exp(margin, z.data(), n);
  }
}

void Market::compete(Turn& turn, Firms& f, Block block, const std::vector<Sector>& sectors,
                     std::span<std::int64_t> sums) const {
  const DrawKey key = turn.key(luck_draw_), margin_key = turn.key(margin_draw_);
  const auto ids = turn.table(firm_).ids();
  for (Row row = block.first; row < block.last; ++row) {
    if (f.alive[row] == 0) continue;
    if (f.age[row] < 0.5 && f.core_share[row] <= 0) {  // entered last month
      begin(f, row);
      f.luck[row] = year_of_luck_.growth(uniform(key, ids[row], turn.step()),
                                         growth_spread(spread_, f.staff[row], exponent_)) /
                    12.0;
      const double spread = margin_spread_ * margin_scale(f.staff[row]);
      const double z = elementary::normal_quantile(uniform(margin_key, ids[row], turn.step()));
      f.margin[row] = elementary::exp(spread * z - 0.5 * spread * spread);
    }
    f.age[row] += 1.0;
    const std::size_t s = f.sector[row];
    const double x = f.luck[row];
    const bool startup = f.type[row] == static_cast<std::uint8_t>(ActorType::startup);
    const double growth =
        competitive_growth(selection_, f.productivity[row], sectors[s].mean, premium_, f.new_share[row]) +
        growth_of_youth(startup ? startup_growth_ : young_growth_, f.age[row]);
    f.sales[row] *= 1.0 + x + 0.5 * x * x + growth;
    const double turnover = f.weight[row] * f.sales[row];
    std::int64_t* sum = sums.data() + s * num_quantities;
    sum[sales_raw] += whole(turnover * 100);
    sum[sales_by_productivity] += whole(turnover * f.productivity[row] / 730.5);
  }
}

void Market::clear(const Turn& turn, std::vector<Sector>& sectors, const LabelSums& sums) const {
  for (std::size_t s = 0; s < sectors.size(); ++s) {
    Sector& sector = sectors[s];
    const double raw_sales = static_cast<double>(sums.total(s, sales_raw)) / 100;
    if (raw_sales <= 0) continue;
    sector.mean = std::max(least_productivity,
                           static_cast<double>(sums.total(s, sales_by_productivity)) * 730.5 / raw_sales);
    sector.wage_growth = sector.mean / sector.mean_before - 1.0;
    if (sector.demand <= 0) sector.demand = raw_sales;
    if (!turn.in_burn_in()) {
      const double gain = elementary::log(sector.mean / sector.mean_before);
      const double growth = growth_[s] + elasticity_ * gain;
      sector.work_growth = growth - gain;
      sector.demand *= elementary::exp(growth);
    }
    sector.factor = std::max(0.0, sector.demand - sector.displaced) / raw_sales;
  }
}

/// Startups hire what their cash pays for a runway, and grow into their capacity as the product matures.
void Market::adapt_startup(Firms& f, Row row, double weight, double needed) const {
  const double euros = weight > 0 ? std::max(0.0, to_euros(f.cash[row]) / weight) : 0.0;
  const double affordable = euros / (runway_ * f.wage[row]);
  const double core = f.staff[row] - f.rd_staff[row];
  const double target = std::max(needed, std::min(affordable, core * (1.0 + hiring_)));
  f.staff[row] =
      std::max(least_staff, core + (target - core) * (target > core ? 1.0 : staff_speed_)) + f.rd_staff[row];
  const std::size_t s = f.sector[row];
  const double capacity = f.staff[row] * working_time * f.productivity[row] / value_share_[s];
  const double accepted = f.trl[row] > 0 ? f.uptake[row] : 1.0;
  f.sales[row] += (capacity * maturity(static_cast<double>(f.trl[row])) * accepted - f.sales[row]) * ramp_up_;
  f.sales[row] = std::max(0.0, f.sales[row]);
}

void Market::adapt(Turn&, Firms& f, Block block, const std::vector<Sector>& sectors) const {
  for (Row row = block.first; row < block.last; ++row) {
    if (f.alive[row] == 0) continue;
    const std::size_t s = f.sector[row];
    const Sector& sector = sectors[s];
    f.sales[row] *= sector.factor;
    const double needed = core_staff_needed(f.core_share[row], value_share_[s] * f.sales[row],
                                            std::max(f.productivity[row], least_productivity));
    if (f.type[row] == static_cast<std::uint8_t>(ActorType::startup)) {
      adapt_startup(f, row, f.weight[row], needed);
    } else {
      const double core = f.staff[row] - f.rd_staff[row];
      f.staff[row] = std::max(least_staff, core + (needed - core) * staff_speed_) + f.rd_staff[row];
    }
    f.value_added[row] = value_share_[s] * f.sales[row] * f.margin[row];
    const double own = labour_share_[s] * working_time * f.productivity[row];
    f.wage[row] += f.wage[row] * sector.wage_growth + (own - f.wage[row]) * rent_sharing_;
  }
}

void Market::step(Turn& turn) const {
  const Table& table = turn.table(firm_);
  Firms f = firms(turn);
  auto sectors = industries(turn);
  const bool new_year = turn.month().month() == 1 || turn.step() == 0;
  LabelSums sums(num_blocks(table.num_rows()), sectors.size(), num_quantities);
  turn.for_each_block(firm_, [&](Block block) {
    if (new_year) {
      draw_luck(turn, f, block);
      draw_margins(turn, f, block);
    }
    compete(turn, f, block, sectors, sums.of_block(block.number));
  });
  clear(turn, sectors, sums);
  turn.for_each_block(firm_, [&](Block block) { adapt(turn, f, block, sectors); });
  const auto sector = turn.read(industry_sector_);
  const auto demand = turn.write(demand_), mean = turn.write(mean_productivity_),
             work_growth = turn.write(work_growth_);
  for (const Row row : turn.table(industry_).by_id()) {
    if (sector[row] >= sectors.size()) continue;
    demand[row] = sectors[sector[row]].demand;
    mean[row] = sectors[sector[row]].mean;
    work_growth[row] = sectors[sector[row]].work_growth;
  }
}

}  // namespace polder::agents
