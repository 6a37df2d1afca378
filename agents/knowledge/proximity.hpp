// SPDX-License-Identifier: Apache-2.0
// How near two actors are: in knowledge and on the map.
#pragma once
#include <algorithm>
#include <span>

#include "engine/elementary.hpp"

namespace polder::agents {

/// Mean squared difference of two knowledge profiles.
inline double mean_square(std::span<const double> a, std::span<const double> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return a.empty() ? 0.0 : sum / static_cast<double>(a.size());
}

/// Euclidean distance of two knowledge profiles over the largest possible one. range: 0 to 1 for profiles in
/// [0, 1]
inline double cognitive_distance(std::span<const double> a, std::span<const double> b) {
  return elementary::sqrt(mean_square(a, b));
}

/// What can be learned at cognitive distance d: novelty times understanding, (d / 2o)(1 - d / 2o) 4; 1 at the
/// best distance o, 0 at none and from twice the best on. range: 0 to 1. source: Nooteboom et al. 2007,
/// phi(d) = (a1 - a2 d)(b1 + b2 d)
inline double learning_by_distance(double distance, double best) {
  const double x = distance / (2.0 * best);
  return std::max(0.0, 4.0 * x * (1.0 - x));
}

}  // namespace polder::agents
