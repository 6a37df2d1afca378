// SPDX-License-Identifier: Apache-2.0
#include "engine/places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>

#include "engine/units.hpp"

namespace polder {

namespace {

constexpr double earth_radius = 6371.0088;  // km, mean radius R1 of GRS 80 (IUGG 1980)
constexpr double steps_per_km = 1e6;        // millimetres, far above the differences between sine routines

using TableColumn = DataTable::Column;

const TableColumn* first_of(const DataTable& table, std::string_view a, std::string_view b) {
  const TableColumn* column = table.find(a);
  return column != nullptr ? column : table.find(b);
}

/// Kilometres of one unit of the column; nothing without a unit of length.
std::optional<double> length_of(const TableColumn* column) {
  const auto unit = column != nullptr && !column->unit.empty() ? parse_unit(column->unit) : std::nullopt;
  if (!unit || unit->dimension != dimension::length) return std::nullopt;
  return unit->factor;
}

std::vector<double> numbers(const DataTable& table, const TableColumn& column, double factor, double most,
                            Mistakes& mistakes) {
  std::vector<double> values;
  for (std::size_t row = 0; row < column.cells.size(); ++row) {
    const std::string& cell = column.cells[row];
    double value = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    const bool good = error == std::errc{} && end == cell.data() + cell.size() && std::isfinite(value);
    if (!good)
      mistakes.add(table.mark(column, row + 1), column.name, cell.empty() ? "an empty cell" : cell,
                   "a number");
    else if (std::abs(value) > most)
      mistakes.add(table.mark(column, row + 1), column.name, cell,
                   fmt::format("degrees from -{0} to {0}", most));
    values.push_back(good ? value * factor : 0);
  }
  return values;
}

template <class Distance>
std::vector<double> all_pairs(std::size_t n, const Distance& distance) {
  std::vector<double> all(n * n, 0.0);
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = a + 1; b < n; ++b) all[a * n + b] = all[b * n + a] = distance(a, b);
  }
  return all;
}

/// Haversine (Sinnott 1984), from radians.
double great_circle(double north_a, double east_a, double north_b, double east_b) {
  const double north = std::sin((north_b - north_a) / 2), east = std::sin((east_b - east_a) / 2);
  const double h = north * north + std::cos(north_a) * std::cos(north_b) * east * east;
  const double km = 2 * earth_radius * std::asin(std::sqrt(std::min(1.0, h)));
  return std::nearbyint(km * steps_per_km) / steps_per_km;
}

}  // namespace

std::vector<double> distances_between(const DataTable& table, Mistakes& mistakes) {
  constexpr double unbounded = std::numeric_limits<double>::infinity();
  constexpr double radians = std::numbers::pi / 180;
  const TableColumn *x = table.find("x"), *y = table.find("y");
  const auto x_unit = length_of(x), y_unit = length_of(y);
  if (x_unit && y_unit) {
    const auto xs = numbers(table, *x, *x_unit, unbounded, mistakes);
    const auto ys = numbers(table, *y, *y_unit, unbounded, mistakes);
    return all_pairs(table.num_rows(), [&](std::size_t a, std::size_t b) {
      const double dx = xs[a] - xs[b], dy = ys[a] - ys[b];
      return std::sqrt(dx * dx + dy * dy);
    });
  }
  const TableColumn *latitude = first_of(table, "lat", "latitude"),
                    *longitude = first_of(table, "lon", "longitude");
  if (latitude == nullptr || longitude == nullptr) return {};
  const auto north = numbers(table, *latitude, radians, 90, mistakes);
  const auto east = numbers(table, *longitude, radians, 360, mistakes);
  return all_pairs(table.num_rows(), [&](std::size_t a, std::size_t b) {
    return great_circle(north[a], east[a], north[b], east[b]);
  });
}

}  // namespace polder
