// SPDX-License-Identifier: Apache-2.0
// What each instrument of a package added, as a table for people and as JSON.
#pragma once
#include <string>
#include <vector>

#include "output/result_attribution.hpp"
#include "tools/effects_report.hpp"

namespace polder::tools {

std::string as_text(const output::Attribution& one);
/// The JSON of an effects report with the key `attribution`.
std::string as_json(const EffectsReport& report, const std::vector<output::Attribution>& attribution);

}  // namespace polder::tools
