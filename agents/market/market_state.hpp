// SPDX-License-Identifier: Apache-2.0
// The market's columns and numbers, shared by its founding and its step. Private to agents/market/.
#pragma once
#include <span>
#include <vector>

#include "agents/market/market.hpp"
#include "agents/support/work.hpp"

namespace polder::agents {

inline constexpr double least_productivity = 730.5;  ///< unit: EUR/month of an hour; keeps ratios finite
inline constexpr double margin_staff = 10;   ///< unit: person; luck in margins falls with size beyond it
inline constexpr double least_staff = 0.25;  ///< unit: person

/// The mechanism; see market.hpp.
class Market final : public Mechanism {
 public:
  explicit Market(Setup& setup);
  void found(Turn& turn) const override;
  void step(Turn& turn) const override;

 private:
  struct Sector {
    double demand = 0, displaced = 0, work_growth = 0, mean = least_productivity,
           mean_before = least_productivity;
    double factor = 1;  ///< that clears the market
    double wage_growth = 0;
  };
  struct Firms;
  enum Quantity : std::uint8_t { sales_now, sales_raw, sales_by_productivity, num_quantities };

  Firms firms(Turn& turn) const;
  void found_firms(Turn& turn) const;
  std::vector<Sector> industries(Turn& turn) const;
  void draw_luck(Turn& turn, Firms& firms, Block block) const;
  double margin_scale(double staff) const;
  void draw_margins(Turn& turn, Firms& firms, Block block) const;
  void compete(Turn& turn, Firms& firms, Block block, const std::vector<Sector>& sectors,
               std::span<std::int64_t> sums) const;
  void clear(const Turn& turn, std::vector<Sector>& sectors, const LabelSums& sums) const;
  void adapt(Turn& turn, Firms& firms, Block block, const std::vector<Sector>& sectors) const;
  void begin(Firms& firms, Row row) const;
  void adapt_startup(Firms& firms, Row row, double weight, double needed) const;

  KindId firm_, industry_;
  Handle<double> sales_, value_added_, luck_, staff_, rd_staff_, core_share_, wage_, age_, productivity_,
      new_share_, uptake_, margin_;
  Handle<std::uint8_t> sector_, type_;
  Handle<std::int64_t> trl_, cash_;
  Handle<std::uint8_t> industry_sector_;
  Handle<double> demand_, displaced_, work_growth_, mean_productivity_;
  Purpose luck_draw_, margin_draw_, enter_;
  double selection_, premium_, spread_, exponent_, elasticity_, staff_speed_, wage_sharing_, rent_sharing_,
      young_growth_, startup_growth_, runway_, hiring_, ramp_up_, margin_shock_, margin_memory_,
      margin_spread_;
  YearOfLuck year_of_luck_;
  std::vector<double> growth_, value_share_, labour_share_;
};

struct Market::Firms {
  std::span<double> sales, value_added, luck, margin, staff, core_share, wage, age;
  std::span<const double> rd_staff, productivity, new_share, uptake, weight;
  std::span<const std::uint8_t> sector, type, alive;
  std::span<const std::int64_t> trl, cash;
};

}  // namespace polder::agents
