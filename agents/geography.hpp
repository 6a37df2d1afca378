// SPDX-License-Identifier: Apache-2.0
// Distances between the regions of a scenario, from the coordinates in its data file of regions.
#pragma once
#include <cstdint>
#include <vector>

#include "engine/scenario.hpp"

namespace polder::agents {

/// Straight-line distances between region centres. The file of regions gives them as columns `x` and `y` (a
/// national grid) or as `lat` and `lon` in degrees; without coordinates all regions are 100 km apart
/// (assumption: mean over Dutch provinces).
class Geography {
 public:
  explicit Geography(const Scenario& scenario);
  std::size_t num_regions() const { return num_regions_; }
  /// unit: km; 0 within a region and for positions outside the list.
  double distance(std::uint8_t a, std::uint8_t b) const {
    return a < num_regions_ && b < num_regions_ ? km_[a * num_regions_ + b] : 0.0;
  }

 private:
  std::size_t num_regions_ = 0;
  std::vector<double> km_;
};

}  // namespace polder::agents
