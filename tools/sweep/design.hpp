// SPDX-License-Identifier: Apache-2.0
// The points of a design: grids, factorials and points from a file are made here, all others by the program
// polder-analysis, which knows OpenTURNS.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "tools/sweep/study.hpp"

namespace polder::tools {

struct Design {
  std::vector<std::vector<double>> points;  ///< one value a parameter, base units
  std::string json;  ///< the request and the structure of the design, without the points; for the analysis
};

/// The points of a study's design; the same study gives the same ones. errors: InputError when the design
/// cannot be made, or a point lies outside the range of a parameter; std::runtime_error when polder-analysis
/// cannot be run.
Design make_design(const Study& study);

}  // namespace polder::tools
