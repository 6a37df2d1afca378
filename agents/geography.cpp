// SPDX-License-Identifier: Apache-2.0
#include "agents/geography.hpp"

#include <charconv>
#include <cmath>
#include <string_view>

#include "engine/units.hpp"

namespace polder::agents {

namespace {

constexpr double default_distance = 100.0;  // km, see the header
constexpr double km_per_degree = 111.2;
constexpr double cosine_of_52_degrees = 0.6157;  // of the latitude of the Netherlands

struct Point {
  double x = 0, y = 0;  // km
};

std::vector<double> read_cells(const DataTable::Column& column, std::size_t rows) {
  const auto unit = parse_unit(column.unit);
  const double factor = unit ? unit->factor : 1.0;
  std::vector<double> values(rows, 0.0);
  for (std::size_t i = 0; i < rows && i < column.cells.size(); ++i) {
    const std::string& cell = column.cells[i];
    double value = 0;
    std::from_chars(cell.data(), cell.data() + cell.size(), value);
    values[i] = value * factor;
  }
  return values;
}

const DataTable::Column* first_of(const DataTable& table, std::string_view a, std::string_view b) {
  const auto* column = table.find(a);
  return column ? column : table.find(b);
}

std::vector<Point> read_points(const DataTable& table, std::size_t regions) {
  std::vector<Point> points(regions);
  const auto* x = table.find("x");
  const auto* y = table.find("y");
  const auto* latitude = first_of(table, "lat", "latitude");
  const auto* longitude = first_of(table, "lon", "longitude");
  if (x && y) {
    const auto xs = read_cells(*x, regions), ys = read_cells(*y, regions);
    for (std::size_t i = 0; i < regions; ++i) points[i] = {xs[i], ys[i]};
  } else if (latitude && longitude) {
    const auto north = read_cells(*latitude, regions), east = read_cells(*longitude, regions);
    for (std::size_t i = 0; i < regions; ++i)
      points[i] = {east[i] * km_per_degree * cosine_of_52_degrees, north[i] * km_per_degree};
  } else {
    points.clear();
  }
  return points;
}

}  // namespace

Geography::Geography(const Scenario& scenario) {
  std::vector<Point> points;
  for (const auto& set : scenario.label_sets) {
    if (set.name != "regions") continue;
    num_regions_ = set.labels.size();
    if (const auto* table = scenario.find_data(set.data)) points = read_points(*table, num_regions_);
  }
  km_.assign(num_regions_ * num_regions_, 0.0);
  for (std::size_t a = 0; a < num_regions_; ++a) {
    for (std::size_t b = 0; b < num_regions_; ++b) {
      if (a == b) continue;
      const double dx = points.empty() ? default_distance : points[a].x - points[b].x;
      const double dy = points.empty() ? 0.0 : points[a].y - points[b].y;
      km_[a * num_regions_ + b] = std::sqrt(dx * dx + dy * dy);
    }
  }
}

}  // namespace polder::agents
