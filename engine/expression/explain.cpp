// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstring>
#include <numeric>

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

constexpr std::size_t width = 8;  ///< independent sums, so that the compiler can use vectors

}  // namespace

bool finite(const double* values, std::size_t n) {
  double sums[width] = {};  // 0 * x is 0 for finite x and NaN for all others
  std::size_t i = 0;
  for (; i + width <= n; i += width) {
    for (std::size_t l = 0; l < width; ++l) sums[l] += 0 * values[i + l];
  }
  for (; i < n; ++i) sums[0] += 0 * values[i];
  return std::accumulate(sums, sums + width, 0.0) == 0;
}

bool finite(const double* values, const std::uint8_t* alive, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    if (alive[i] != 0 && !std::isfinite(values[i])) return false;
  }
  return true;
}

bool all_chances(const double* values, std::size_t n) {
  const auto misses = [](double x) { return x >= 0 && x <= 1 ? 0.0 : 1.0; };
  double sums[width] = {};
  std::size_t i = 0;
  for (; i + width <= n; i += width) {
    for (std::size_t l = 0; l < width; ++l) sums[l] += misses(values[i + l]);
  }
  for (; i < n; ++i) sums[0] += misses(values[i]);
  return std::accumulate(sums, sums + width, 0.0) == 0;
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
