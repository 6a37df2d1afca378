// SPDX-License-Identifier: Apache-2.0
#include "agents/talent/openings.hpp"

#include <algorithm>
#include <utility>

#include "engine/elementary.hpp"

namespace polder::agents {

namespace {

constexpr int most_points = 32;

}  // namespace

OpeningRing::Points OpeningRing::put_in_order(std::span<const std::uint64_t> points,
                                              std::span<const std::uint32_t> openings) {
  std::vector<std::uint64_t> ring;
  std::vector<std::uint32_t> at_points;
  ring.reserve(points.size());
  at_points.reserve(points.size());
  for (const std::uint32_t at : ring_order(points)) {
    ring.push_back(points[at]);
    at_points.push_back(openings[at]);
  }
  return {IdIndex(std::move(ring)), std::move(at_points)};
}

OpeningRing::OpeningRing(std::span<const Opening> openings, std::size_t num_regions, std::uint64_t salt)
    : num_openings_(openings.size()), all_{IdIndex({}), {}} {
  struct Unordered {
    std::vector<std::uint64_t> points;
    std::vector<std::uint32_t> openings;
    void add(std::uint64_t point, std::uint32_t opening) {
      points.push_back(point);
      openings.push_back(opening);
    }
  };
  Unordered all;
  std::vector<Unordered> regions(std::max<std::size_t>(1, num_regions));
  for (std::size_t i = 0; i < openings.size(); ++i) {
    const Opening& o = openings[i];
    Unordered& region = regions[std::min<std::size_t>(o.region, regions.size() - 1)];
    std::uint64_t point = combine(raw(o.id), salt);
    for (int j = 0; j < std::min(o.open, most_points); ++j) {
      all.add(point, static_cast<std::uint32_t>(i));
      region.add(point, static_cast<std::uint32_t>(i));
      point = mix64(point);
    }
  }
  all_ = put_in_order(all.points, all.openings);
  for (const Unordered& region : regions) by_region_.push_back(put_in_order(region.points, region.openings));
}

std::size_t OpeningRing::find(const Points& points, std::uint64_t point) const {
  if (points.openings.empty()) return num_openings_;
  const std::size_t at = points.ring.not_below(point);
  return points.openings[at < points.openings.size() ? at : 0];
}

std::size_t OpeningRing::look_near(std::uint8_t region, std::uint64_t point) const {
  return find(by_region_[std::min<std::size_t>(region, by_region_.size() - 1)], point);
}

std::size_t OpeningRing::look_anywhere(std::uint64_t point) const {
  return find(all_, point);
}

double distance_cost(double km, double distance_weight) {
  return distance_weight * elementary::log(1 + km / 10);
}

double pay_value(double wage, double wage_weight) {
  return wage > 0 ? wage_weight * elementary::log(wage) : 0.0;
}

double job_value(double distance_cost, double pay_value, double draw) {
  const double luck = -elementary::log(-elementary::log(draw));
  return pay_value - distance_cost + luck;
}

}  // namespace polder::agents
