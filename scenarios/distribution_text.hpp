// SPDX-License-Identifier: Apache-2.0
// `triangular(0.1, mode: 0.2, 0.5)` taken apart: the name of a distribution and its arguments as formulas.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/experiment.hpp"

namespace polder::scenarios {

/// A distribution that parameters of an experiment may have.
struct DistributionInfo {
  const char* name;
  std::vector<const char*> arguments;  ///< names, in order; empty: a list of values
};
const std::vector<DistributionInfo>& distributions();

/// Fills `name` and `arguments`, in the order of the distribution's own list. errors: false; reported.
bool parse_distribution(std::string_view text, const Mark& mark, const std::string& path, std::string& name,
                        std::vector<Variation::Argument>& arguments, Mistakes& mistakes);

}  // namespace polder::scenarios
