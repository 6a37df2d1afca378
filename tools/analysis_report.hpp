// SPDX-License-Identifier: Apache-2.0
// An analysis (tools/analysis/README.md) for people and for spreadsheets.
#pragma once
#include <string>

#include <nlohmann/json_fwd.hpp>

namespace polder::tools {

enum class Language : unsigned char { english, dutch };

std::string analysis_text(const nlohmann::ordered_json& analysis, Language language);
/// Tidy table: one number a row.
std::string analysis_csv(const nlohmann::ordered_json& analysis);

}  // namespace polder::tools
