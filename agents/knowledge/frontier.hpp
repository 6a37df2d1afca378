// SPDX-License-Identifier: Apache-2.0
// Who leads a sector finds less to learn and to improve.
//
//   room = 1 / max(1, A / A_s)^2,  A productivity, A_s its mean in the sector
//
// source: assumption; without it, gains that build on each other let the leader take the market
#pragma once
#include <algorithm>
#include <vector>

#include "engine/mechanism.hpp"

namespace polder::agents {

/// Share of a possible gain that is left at this productivity. range: 0 to 1, 1 up to the mean
inline double room_to_improve(double productivity, double sector_mean) {
  const double lead = std::max(1.0, productivity / sector_mean);
  return 1.0 / (lead * lead);
}

/// Mean productivity of the sectors, as the market left it.
class SectorMeans {
 public:
  /// errors: the mechanism must declare industry.sector and industry.productivity.
  explicit SectorMeans(Setup& setup)
      : industry_(setup.kind("industry")),
        sector_(setup.column<std::uint8_t>("industry", "sector")),
        productivity_(setup.column<double>("industry", "productivity")),
        num_sectors_(setup.labels("industry", "sector").items.size()) {}
  /// One a sector; without a mean nobody leads.
  std::vector<double> read(Turn& turn) const {
    constexpr double nobody_leads = 1e300;
    std::vector<double> means(num_sectors_, nobody_leads);
    const auto sector = turn.read(sector_);
    const auto productivity = turn.read(productivity_);
    for (const Row row : turn.table(industry_).by_id()) {
      if (sector[row] < means.size() && productivity[row] > 0) means[sector[row]] = productivity[row];
    }
    return means;
  }

 private:
  KindId industry_;
  Handle<std::uint8_t> sector_;
  Handle<double> productivity_;
  std::size_t num_sectors_;
};

}  // namespace polder::agents
