// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cmath>
#include <nlohmann/json.hpp>

namespace polder::tools {

/// NaN and infinity have no place in JSON: null.
inline nlohmann::ordered_json json_number(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}

}  // namespace polder::tools
