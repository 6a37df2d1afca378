// SPDX-License-Identifier: Apache-2.0
#include "agents/market/market.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "agents/kinds/kinds.hpp"
#include "agents/support/labels.hpp"
#include "agents/support/work.hpp"
#include "engine/elementary.hpp"
#include "engine/kernels/kernels.hpp"
#include "engine/parallel.hpp"

namespace polder::agents {

double growth_spread(double spread_of_one, double staff, double exponent) {
  constexpr double largest = 1.2;
  return std::min(largest, spread_of_one * elementary::pow(std::max(1.0, staff), -exponent));
}

double laplace_growth(double u, double spread) {
  const double scale = spread * 0.7071067811865476;
  const double from_centre = u - 0.5;
  const double size = -scale * elementary::log(1.0 - 2.0 * std::abs(from_centre));
  return std::clamp(from_centre < 0 ? -size : size, -3.0, 3.0) + elementary::log(1.0 - scale * scale);
}

double competitive_growth(double selection, double productivity, double mean_productivity,
                          double novelty_premium, double new_product_share) {
  const double advantage =
      productivity * (1.0 + novelty_premium * new_product_share) / mean_productivity - 1.0;
  return selection * std::clamp(advantage, -1.0, 1.0);
}

double growth_of_youth(double at_start, double age) {
  return at_start * std::max(0.0, 1.0 - age / 120.0);
}

double core_staff_needed(double core_share, double value_added, double productivity) {
  return core_share * value_added / (working_time * productivity);
}

double maturity(double trl) {
  if (trl <= 0 || trl >= 9) return 1.0;
  return trl * trl / 81.0;
}

namespace {

constexpr double least_productivity = 1.0 * 730.5;  // EUR/month of an hour: keeps ratios finite
constexpr double least_staff = 0.25;

class Market final : public Mechanism {
 public:
  explicit Market(Setup& setup);
  void found(Turn& turn) const override;
  void step(Turn& turn) const override;

 private:
  struct Sector {
    double demand = 0, growth = 0, mean = least_productivity, mean_before = least_productivity;
    double factor = 1;  ///< that clears the market
    double wage_growth = 0;
  };
  struct Firms;
  enum Quantity : std::uint8_t { sales_now, sales_raw, sales_by_productivity, num_quantities };

  void found_firms(Turn& turn) const;
  std::vector<Sector> industries(Turn& turn) const;
  void draw_luck(Turn& turn, Firms& firms, Block block) const;
  void compete(Turn& turn, Firms& firms, Block block, const std::vector<Sector>& sectors,
               std::span<std::int64_t> sums) const;
  void clear(const Turn& turn, std::vector<Sector>& sectors, const LabelSums& sums) const;
  void adapt(Turn& turn, Firms& firms, Block block, const std::vector<Sector>& sectors) const;
  void begin(Firms& firms, Row row) const;
  void adapt_startup(Firms& firms, Row row, double weight, double needed) const;

  KindId firm_, industry_;
  Handle<double> sales_, value_added_, luck_, staff_, rd_staff_, core_share_, wage_, age_, productivity_,
      new_share_;
  Handle<std::uint8_t> sector_, type_;
  Handle<std::int64_t> trl_, cash_;
  Handle<std::uint8_t> industry_sector_;
  Handle<double> demand_, demand_growth_, mean_productivity_;
  Purpose luck_draw_, enter_;
  double selection_, premium_, spread_, exponent_, elasticity_, staff_speed_, wage_sharing_, rent_sharing_,
      young_growth_, startup_growth_, runway_, hiring_, ramp_up_;
  std::vector<double> growth_, value_share_, labour_share_;
};

struct Market::Firms {
  std::span<double> sales, value_added, luck, staff, core_share, wage, age;
  std::span<const double> rd_staff, productivity, new_share, weight;
  std::span<const std::uint8_t> sector, type, alive;
  std::span<const std::int64_t> trl, cash;
};

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
      sector_(setup.column<std::uint8_t>("firm", "sector")),
      type_(setup.column<std::uint8_t>("firm", "type")),
      trl_(setup.column<std::int64_t>("firm", "trl")),
      cash_(setup.column<std::int64_t>("firm", "cash")),
      industry_sector_(setup.column<std::uint8_t>("industry", "sector")),
      demand_(setup.column<double>("industry", "demand")),
      demand_growth_(setup.column<double>("industry", "demand_growth")),
      mean_productivity_(setup.column<double>("industry", "productivity")),
      luck_draw_(setup.purpose("luck")),
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
      ramp_up_(1.0 / setup.parameter("startup_ramp_up")) {
  growth_ =
      label_numbers(setup, "sectors", "demand_growth", setup.parameter("demand_growth"), dimension::rate);
  value_share_ = label_numbers(setup, "sectors", "value_added_share", setup.parameter("value_added_share"),
                               dimension::none);
  labour_share_ =
      label_numbers(setup, "sectors", "labour_share", setup.parameter("labour_share"), dimension::none);
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
  const Table& table = turn.table(firm_);
  const auto productivity = turn.write(productivity_);
  Firms f{turn.write(sales_),
          turn.write(value_added_),
          turn.write(luck_),
          turn.write(staff_),
          turn.write(core_share_),
          turn.write(wage_),
          turn.write(age_),
          turn.read(rd_staff_),
          productivity,
          turn.read(new_share_),
          table.weights(),
          turn.read(sector_),
          turn.read(type_),
          table.alive(),
          turn.read(trl_),
          turn.read(cash_)};
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

std::vector<Market::Sector> Market::industries(Turn& turn) const {
  std::vector<Sector> sectors(value_share_.size());
  const auto sector = turn.read(industry_sector_);
  const auto demand = turn.write(demand_), mean = turn.write(mean_productivity_);
  for (const Row row : turn.table(industry_).by_id()) {
    if (sector[row] >= sectors.size()) continue;
    sectors[sector[row]].demand = demand[row];
    sectors[sector[row]].mean = sectors[sector[row]].mean_before = std::max(mean[row], least_productivity);
  }
  return sectors;
}

void Market::draw_luck(Turn& turn, Firms& f, Block block) const {
  const auto& kernel = kernels::active();
  const std::uint64_t* ids = turn.table(firm_).id_bits();
  const auto key = static_cast<std::uint64_t>(turn.key(luck_draw_));
  std::array<double, 256> u, spread, size;
  for (Row from = block.first; from < block.last; from += 256) {
    const std::size_t n = std::min<std::size_t>(256, block.last - from);
    kernel.uniform(u.data(), key, turn.step(), 0, ids + from, n);
    kernel.maximum_constant(spread.data(), f.staff.data() + from, 1.0, n);
    kernel.log(spread.data(), spread.data(), n);
    kernel.multiply_constant(spread.data(), spread.data(), -exponent_, n);
    kernel.exp(spread.data(), spread.data(), n);
    for (std::size_t i = 0; i < n; ++i) {
      spread[i] = 0.7071067811865476 * std::min(1.2, spread_ * spread[i]);
      size[i] = 1.0 - 2.0 * std::abs(u[i] - 0.5);
    }
    kernel.log(size.data(), size.data(), n);
    for (std::size_t i = 0; i < n; ++i) {
      const double deviation = std::min(3.0, -spread[i] * size[i]);
      u[i] = u[i] < 0.5 ? -deviation : deviation;
      size[i] = 1.0 - spread[i] * spread[i];
    }
    kernel.log(size.data(), size.data(), n);
    for (std::size_t i = 0; i < n; ++i) f.luck[from + i] = (u[i] + size[i]) / 12.0;
  }
}

void Market::compete(Turn& turn, Firms& f, Block block, const std::vector<Sector>& sectors,
                     std::span<std::int64_t> sums) const {
  const DrawKey key = turn.key(luck_draw_);
  const auto ids = turn.table(firm_).ids();
  for (Row row = block.first; row < block.last; ++row) {
    if (f.alive[row] == 0) continue;
    if (f.age[row] < 0.5 && f.core_share[row] <= 0) {  // entered last month
      begin(f, row);
      f.luck[row] = laplace_growth(uniform(key, ids[row], turn.step()),
                                   growth_spread(spread_, f.staff[row], exponent_)) /
                    12.0;
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
      sector.growth = growth_[s] + elasticity_ * elementary::log(sector.mean / sector.mean_before);
      sector.demand *= elementary::exp(sector.growth);
    }
    sector.factor = sector.demand / raw_sales;
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
  f.sales[row] += (capacity * maturity(static_cast<double>(f.trl[row])) - f.sales[row]) * ramp_up_;
  f.sales[row] = std::max(0.0, f.sales[row]);
}

void Market::adapt(Turn&, Firms& f, Block block, const std::vector<Sector>& sectors) const {
  for (Row row = block.first; row < block.last; ++row) {
    if (f.alive[row] == 0) continue;
    const std::size_t s = f.sector[row];
    const Sector& sector = sectors[s];
    f.sales[row] *= sector.factor;
    f.value_added[row] = value_share_[s] * f.sales[row];
    const double needed = core_staff_needed(f.core_share[row], f.value_added[row],
                                            std::max(f.productivity[row], least_productivity));
    if (f.type[row] == static_cast<std::uint8_t>(ActorType::startup)) {
      adapt_startup(f, row, f.weight[row], needed);
      f.value_added[row] = value_share_[s] * f.sales[row];
    } else {
      const double core = f.staff[row] - f.rd_staff[row];
      f.staff[row] = std::max(least_staff, core + (needed - core) * staff_speed_) + f.rd_staff[row];
    }
    const double own = labour_share_[s] * working_time * f.productivity[row];
    f.wage[row] += f.wage[row] * sector.wage_growth + (own - f.wage[row]) * rent_sharing_;
  }
}

void Market::step(Turn& turn) const {
  const Table& table = turn.table(firm_);
  Firms f{turn.write(sales_),       turn.write(value_added_),
          turn.write(luck_),        turn.write(staff_),
          turn.write(core_share_),  turn.write(wage_),
          turn.write(age_),         turn.read(rd_staff_),
          turn.read(productivity_), turn.read(new_share_),
          table.weights(),          turn.read(sector_),
          turn.read(type_),         table.alive(),
          turn.read(trl_),          turn.read(cash_)};
  auto sectors = industries(turn);
  const bool new_year = turn.month().month() == 1 || turn.step() == 0;
  LabelSums sums(num_blocks(table.num_rows()), sectors.size(), num_quantities);
  turn.for_each_block(firm_, [&](Block block) {
    if (new_year) draw_luck(turn, f, block);
    compete(turn, f, block, sectors, sums.of_block(block.number));
  });
  clear(turn, sectors, sums);
  turn.for_each_block(firm_, [&](Block block) { adapt(turn, f, block, sectors); });
  const auto sector = turn.read(industry_sector_);
  const auto demand = turn.write(demand_), mean = turn.write(mean_productivity_),
             growth = turn.write(demand_growth_);
  for (const Row row : turn.table(industry_).by_id()) {
    if (sector[row] >= sectors.size()) continue;
    demand[row] = sectors[sector[row]].demand;
    mean[row] = sectors[sector[row]].mean;
    growth[row] = sectors[sector[row]].growth;
  }
}

}  // namespace

const MechanismInfo& market_mechanism() {
  using enum Access;
  static const MechanismInfo info{
      "market",
      "market",
      "Firms share the demand of their sector; the more productive win shares, luck does the rest, staff and "
      "wages follow",
      "S_i' = S_i (1 + x_i) D' / sum S_j (1 + x_j), x_i = chi (A_i (1 + psi n_i) / A - 1) + Laplace(0, sigma "
      "L^-beta) / 12",
      "Dosi, Fagiolo & Roventini 2010; Fu et al. 2005; Riccaboni et al. 2008",
      "prices, stocks, capacity limits and trade between sectors; demand grows from outside (partial "
      "equilibrium), labour "
      "outside R&D is not scarce",
      {{"selection", "1/year", "0.01", "0", "1",
        "gain of share a year per unit of relative productivity advantage", "assumption: weak"},
       {"novelty_premium", "1", "0.1", "0", "2", "advantage of a product range that is all new",
        "assumption"},
       {"growth_spread", "1", "0.35", "0", "1.2",
        "standard deviation of log growth a year of a firm of one person",
        "assumption: 5 % of firms of 10 and more persons are scale-ups"},
       {"spread_exponent", "1", "0.2", "0", "0.5", "fall of that standard deviation with size",
        "Riccaboni et al. 2008: 0.14 to 0.25"},
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
       {"firm", "rd_staff", read},
       {"firm", "sector", read},
       {"firm", "type", read},
       {"firm", "trl", read},
       {"firm", "cash", read},
       {"firm", "sales", write},
       {"firm", "value_added", write},
       {"firm", "market_shock", write},
       {"firm", "staff", write},
       {"firm", "core_share", write},
       {"firm", "wage", write},
       {"firm", "age", write},
       {"industry", "sector", read},
       {"industry", "demand", write},
       {"industry", "demand_growth", write},
       {"industry", "productivity", write}},
      {},
      {},
      {},
      {"policy", "instruments"},
      [](Setup& setup) -> std::unique_ptr<Mechanism> { return std::make_unique<Market>(setup); }};
  return info;
}

}  // namespace polder::agents
