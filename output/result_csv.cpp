// SPDX-License-Identifier: Apache-2.0
#include "output/result_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ostream>

namespace polder::output {
namespace {

std::string cell(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

void write_rows(const ResultReader& result, const SeriesInfo& info, const Array& array, const Axis& axis,
                std::ostream& out) {
  const std::uint64_t num_labels = axis.name.empty() ? 1 : axis.labels.size();
  std::size_t position = 0;
  for (std::size_t arm = 0; arm < result.arms().size(); ++arm) {
    for (std::uint64_t r = 0; r < result.num_replicates(); ++r) {
      for (const Month month : result.times()) {
        for (std::uint64_t l = 0; l < num_labels; ++l, ++position) {
          const double value = array.values[position];
          if (std::isnan(value)) continue;
          out << fmt::format("{},{},{},{},{},{},{},{}\n", cell(result.arms()[arm]),
                             r + result.first_replicate() + 1, to_string(month), cell(info.id),
                             cell(info.unit), cell(axis.name), axis.name.empty() ? "" : cell(axis.labels[l]),
                             value);
        }
      }
    }
  }
}

}  // namespace

void write_tidy_csv(const ResultReader& result, std::ostream& out) {
  out << "arm,replicate,month,indicator,unit,axis,label,value\n";
  for (const auto& info : result.indicators()) {
    write_rows(result, info, result.series(info.id), {}, out);
    for (const auto& axis : result.axes()) {
      if (std::find(info.by.begin(), info.by.end(), axis.name) == info.by.end()) continue;
      write_rows(result, info, result.grouped(info.id, axis.name), axis, out);
    }
  }
}

}  // namespace polder::output
