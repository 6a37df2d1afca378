// SPDX-License-Identifier: Apache-2.0
// An analysis (tools/analysis/README.md) for people and for spreadsheets.
#pragma once
#include <string>

#include <nlohmann/json_fwd.hpp>

namespace polder::tools {

enum class Language : unsigned char { english, dutch };

/// Which estimators of Sobol' indices the text shows: the one that is best behaved, or all three side by
/// side.
enum class Estimators : unsigned char { best, all };

std::string analysis_text(const nlohmann::ordered_json& analysis, Language language,
                          Estimators estimators = Estimators::best);
/// Tidy table: one number a row.
std::string analysis_csv(const nlohmann::ordered_json& analysis);

}  // namespace polder::tools
