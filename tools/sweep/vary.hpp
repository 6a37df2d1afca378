// SPDX-License-Identifier: Apache-2.0
// One point of a design: its scenarios, and how far its parameters reach, which decides what points can
// share.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/program.hpp"
#include "engine/scenario.hpp"

namespace polder::tools {

struct Study;

/// How early in a run a parameter is felt.
enum class Reach : std::uint8_t {
  nothing,     ///< the scenario does not use it
  indicators,  ///< only what is measured
  rules,       ///< the months, not the founders
  founders     ///< everything
};

/// The earliest that any of `names` is felt, parameters that are computed from them included. Names are
/// looked for in the text of formulas, so the answer can be too early, never too late. Settings of mechanisms
/// and instruments count as founders: mechanisms found agents too.
Reach reach(const Scenario& scenario, const std::vector<std::string>& names);

/// What the points of a study have in common, arm by arm.
struct Sharing {
  bool founders = false;           ///< the baseline's founders are the same at every point
  bool burn_in = false;            ///< and so is its burn-in
  std::vector<bool> arm_founders;  ///< without a burn-in: the arm's own founders are
  std::vector<bool> arm_program;   ///< the arm knows none of the parameters: one program serves all points
  std::vector<bool> arm_result;    ///< and its runs are the same at every point
  /// Is anything shared by the points of one replicate? Then runs go replicate by replicate, else point by
  /// point.
  bool any() const;
};
Sharing sharing_of(const Study& study);

/// The scenario of an arm at a point. shape: one value a parameter of the study, base units
Scenario at_point(const Study& study, std::size_t arm, std::span<const double> point);

/// 64-bit hash of the values of a point.
std::uint64_t point_key(std::span<const double> point);

}  // namespace polder::tools
