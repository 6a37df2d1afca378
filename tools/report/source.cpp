// SPDX-License-Identifier: Apache-2.0
#include "tools/report/source.hpp"

#include <algorithm>

namespace polder::tools::report {

std::size_t num_arms_shown(const output::ResultReader& result) {
  std::size_t shown = result.arms().size();
  for (const output::Package& package : result.packages())
    for (const std::size_t arm : package.arms) shown = std::min(shown, arm);
  return shown;
}

Source source_of(const output::ResultReader& result) {
  Source source;
  source.arms = result.arms();
  source.arms.resize(num_arms_shown(result));
  source.times = result.times();
  source.indicators = result.indicators();
  source.axes = result.axes();
  source.series = [&result](const std::string& id) { return result.series(id); };
  source.grouped = [&result](const std::string& id, const std::string& axis) {
    return result.grouped(id, axis);
  };
  return source;
}

}  // namespace polder::tools::report
