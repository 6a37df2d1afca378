// SPDX-License-Identifier: Apache-2.0
#include "tools/report/json.hpp"

#include <cstdlib>

#include <fmt/format.h>

namespace polder::tools::report {

Json number(double value) {
  if (!std::isfinite(value)) return nullptr;
  return std::strtod(fmt::format("{:.6g}", value).c_str(), nullptr);
}

Json both(const std::string& english, const std::string& dutch) {
  const std::string& en = english.empty() ? dutch : english;
  return {{"en", en}, {"nl", dutch.empty() ? en : dutch}};
}

}  // namespace polder::tools::report
