// SPDX-License-Identifier: Apache-2.0
#include "tools/report/source.hpp"

namespace polder::tools::report {

Source source_of(const output::ResultReader& result) {
  Source source;
  source.arms = result.arms();
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
