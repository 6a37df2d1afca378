// SPDX-License-Identifier: Apache-2.0
// Numbers of a report as JSON: short, and null where unknown.
#pragma once
#include <cmath>
#include <string>

#include <nlohmann/json.hpp>

namespace polder::tools::report {

using Json = nlohmann::ordered_json;

/// Six significant digits, more than a page shows; null for what is not a finite number.
Json number(double value);

/// A text in the page's languages; Dutch falls back to English.
Json both(const std::string& english, const std::string& dutch);

}  // namespace polder::tools::report
