// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstring>

#include <fmt/format.h>

#include "engine/expression/code.hpp"
#include "engine/expression/evaluate.hpp"
#include "engine/ids.hpp"

namespace polder::expression {

namespace {

/// One agent's value of a column as text.
std::string text_of(const ReadName& info, const void* column, std::size_t row, double weight) {
  switch (info.type) {
    case ColumnType::number:
      return fmt::format("{}", static_cast<const double*>(column)[row]);
    case ColumnType::integer:
      return fmt::format("{}", static_cast<const std::int64_t*>(column)[row]);
    case ColumnType::money: {
      const auto cents = static_cast<double>(static_cast<const std::int64_t*>(column)[row]);
      return fmt::format("{} EUR", cents / (100 * weight));
    }
    case ColumnType::flag:
      return static_cast<const std::uint8_t*>(column)[row] != 0 ? "true" : "false";
    case ColumnType::category: {
      const std::size_t label = static_cast<const std::uint8_t*>(column)[row];
      return info.labels != nullptr && label < info.labels->items.size() ? info.labels->items[label]
                                                                         : fmt::format("label {}", label);
    }
    case ColumnType::id:
      return fmt::format("{:016x}", static_cast<const std::uint64_t*>(column)[row]);
    case ColumnType::vector:
      break;
  }
  const double* numbers = static_cast<const double*>(column) + row * static_cast<std::size_t>(info.size);
  return fmt::format("[{}]", fmt::join(numbers, numbers + info.size, ", "));
}

}  // namespace

bool finite(const double* values, std::size_t n) {
  double sum = 0;  // 0 * x is 0 for finite x and NaN for all others
  for (std::size_t i = 0; i < n; ++i) sum += 0 * values[i];
  return sum == 0;
}

bool finite(const double* values, const std::uint8_t* alive, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    if (alive[i] != 0 && !std::isfinite(values[i])) return false;
  }
  return true;
}

bool all_chances(const double* values, std::size_t n) {
  bool good = true;
  for (std::size_t i = 0; i < n; ++i) good &= values[i] >= 0 && values[i] <= 1;
  return good;
}

std::size_t first_fault(const double* values, std::size_t n) {
  std::size_t i = 0;
  while (i < n && std::isfinite(values[i])) ++i;
  return i;
}

std::string explain(const Code& code, const Lanes& lanes, std::size_t position) {
  std::string text;
  for (std::size_t r = 0; r < code.reads.size() && r < code.read_names.size(); ++r) {
    const Read& read = code.reads[r];
    const bool of_self = read.side == Side::self;
    const Row* rows = of_self ? lanes.rows : lanes.partner_rows;
    const double* weights = of_self ? lanes.self_weights : lanes.partner_weights;
    const std::size_t row = rows == nullptr ? lanes.first + position : rows[position];
    const auto& columns = of_self ? lanes.self : lanes.partner;
    if (index(read.column) >= columns.size() || columns[index(read.column)] == nullptr) continue;
    const double weight = weights == nullptr ? 1.0 : weights[row];
    if (!text.empty()) text += ", ";
    text += code.read_names[r].name + " = " +
            text_of(code.read_names[r], columns[index(read.column)], row, weight);
  }
  return text;
}

}  // namespace polder::expression
