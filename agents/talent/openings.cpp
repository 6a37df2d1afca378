// SPDX-License-Identifier: Apache-2.0
#include "agents/talent/openings.hpp"

#include <algorithm>

#include "engine/elementary.hpp"

namespace polder::agents {

namespace {

constexpr int most_points = 32;

}  // namespace

OpeningRing::OpeningRing(std::span<const Opening> openings, std::size_t num_regions, std::uint64_t salt)
    : num_openings_(openings.size()), by_region_(std::max<std::size_t>(1, num_regions)) {
  for (std::size_t i = 0; i < openings.size(); ++i) {
    const Opening& o = openings[i];
    std::uint64_t point = combine(raw(o.id), salt);
    for (int j = 0; j < std::min(o.open, most_points); ++j) {
      all_.emplace_back(point, static_cast<std::uint32_t>(i));
      by_region_[std::min<std::size_t>(o.region, by_region_.size() - 1)].push_back(all_.back());
      point = mix64(point);
    }
  }
  std::sort(all_.begin(), all_.end());
  for (auto& points : by_region_) std::sort(points.begin(), points.end());
}

std::size_t OpeningRing::find(std::span<const Point> points, std::uint64_t point) const {
  if (points.empty()) return num_openings_;
  const auto at = std::lower_bound(points.begin(), points.end(), Point{point, 0});
  return at == points.end() ? points.front().second : at->second;
}

std::size_t OpeningRing::look_near(std::uint8_t region, std::uint64_t point) const {
  return find(by_region_[std::min<std::size_t>(region, by_region_.size() - 1)], point);
}

std::size_t OpeningRing::look_anywhere(std::uint64_t point) const {
  return find(all_, point);
}

double job_value(double wage, double km, double distance_weight, double wage_weight, double draw) {
  const double luck = -elementary::log(-elementary::log(draw));
  const double pay = wage > 0 ? wage_weight * elementary::log(wage) : 0.0;
  return pay - distance_weight * elementary::log(1 + km / 10) + luck;
}

}  // namespace polder::agents
