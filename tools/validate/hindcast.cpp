// SPDX-License-Identifier: Apache-2.0
#include "tools/validate/hindcast.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/error.hpp"
#include "scenarios/data_table.hpp"
#include "tools/text_table.hpp"
#include "tools/validate/statistics.hpp"

namespace polder::tools::validate {

namespace {

double mean_error(const std::vector<HindcastYear>& years, double HindcastYear::*forecast,
                  bool with_pandemic) {
  std::vector<Weighted> errors;
  for (const HindcastYear& one : years)
    if (with_pandemic || !one.pandemic) errors.push_back({std::abs(one.*forecast / one.actual - 1), 1});
  return mean(errors);
}

/// The straight line through the figures up to the base year.
struct Line {
  double slope = 0, centre = 0, level = 0;
  double at(int year) const { return level + slope * (year - centre); }
};
Line line_through(const std::map<int, double>& actual, int base) {
  std::vector<Point> points;
  std::vector<Weighted> years, values;
  for (const auto& [year, value] : actual)
    if (year <= base) {
      points.push_back({static_cast<double>(year), value, 1});
      years.push_back({static_cast<double>(year), 1}), values.push_back({value, 1});
    }
  return {slope(points), mean(years), mean(values)};
}

std::vector<Weighted> indices(const Simulated& simulated, int year, int base) {
  std::vector<Weighted> list;
  const std::vector<double>&now = simulated.at(year), &then = simulated.at(base);
  for (std::size_t r = 0; r < std::min(now.size(), then.size()); ++r) list.push_back({now[r] / then[r], 1});
  return list;
}

TextTable table_of(std::span<const HindcastSeries> series) {
  TextTable table({{"indicator", Align::left},
                   {"year", Align::left},
                   {"actual", Align::right},
                   {"simulated", Align::right},
                   {"spread", Align::right},
                   {"trend", Align::right}});
  for (const HindcastSeries& one : series)
    for (const HindcastYear& year : one.years)
      table.add({one.indicator, fmt::format("{}{}", year.year, year.pandemic ? " *" : ""),
                 show_digits(year.actual, 3), show_digits(year.simulated, 3), show_digits(year.spread, 2),
                 show_digits(year.trend, 3)});
  return table;
}

TextTable errors_of(std::span<const HindcastSeries> series) {
  TextTable table({{"indicator", Align::left},
                   {"error of the model, %", Align::right},
                   {"of the trend, %", Align::right},
                   {"without 2020-2021: model, %", Align::right},
                   {"trend, %", Align::right},
                   {"source", Align::left}});
  const auto percent = [](double value) { return show_digits(100 * value, 2); };
  for (const HindcastSeries& one : series)
    table.add({one.indicator, percent(one.error), percent(one.error_of_trend),
               percent(one.error_outside_pandemic), percent(one.trend_outside_pandemic), one.source});
  return table;
}

std::string heading(int base) {
  return fmt::format("Indices, {} = 1; * pandemic. Trend: straight line through the years to {}.\n", base,
                     base);
}

}  // namespace

std::vector<Figure> read_figures(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw InputError(Mistake{{path, 0, 0}, {}, "no such file", "a CSV file of figures by year", {}});
  std::ostringstream bytes;
  bytes << file.rdbuf();
  Mistakes mistakes;
  const auto table = scenarios::parse_table(bytes.str(), path, path, bytes.str(), mistakes);
  mistakes.throw_if_any();
  const auto column = [&](const char* name) -> const DataTable::Column& {
    const DataTable::Column* found = table->find(name);
    if (found == nullptr) throw InputError(Mistake{{path, 0, 0}, name, {}, "a column of this name", {}});
    return *found;
  };
  const auto years = scenarios::numbers(*table, column("year"), mistakes);
  const auto values = scenarios::numbers(*table, column("value"), mistakes);
  mistakes.throw_if_any();
  std::vector<Figure> figures;
  for (std::size_t row = 0; row < table->num_rows(); ++row)
    figures.push_back({column("indicator").cells[row], column("unit").cells[row], column("source").cells[row],
                       static_cast<int>((*years)[row]), (*values)[row]});
  return figures;
}

std::vector<HindcastSeries> compare(std::span<const Figure> figures,
                                    const std::map<std::string, Simulated>& simulated, int base) {
  std::map<std::string, std::map<int, double>> actual;
  std::map<std::string, HindcastSeries> found;
  for (const Figure& figure : figures) {
    actual[figure.indicator][figure.year] = figure.value;
    found.try_emplace(figure.indicator, HindcastSeries{figure.indicator, figure.unit, figure.source, {}});
  }
  std::vector<HindcastSeries> list;
  for (auto& [indicator, series] : found) {
    const std::map<int, double>& values = actual[indicator];
    const auto run = simulated.find(indicator);
    if (run == simulated.end() || !run->second.contains(base) || !values.contains(base)) continue;
    const Line line = line_through(values, base);
    if (std::isnan(line.slope)) continue;
    for (const auto& [year, value] : values) {
      if (year <= base || !run->second.contains(year)) continue;
      const std::vector<Weighted> index = indices(run->second, year, base);
      const double spread = index.size() > 1 ? standard_deviation(index) : unknown;
      series.years.push_back({year, value / values.at(base), mean(index), spread,
                              line.at(year) / values.at(base), year == 2020 || year == 2021});
    }
    if (series.years.empty()) continue;
    series.error = mean_error(series.years, &HindcastYear::simulated, true);
    series.error_of_trend = mean_error(series.years, &HindcastYear::trend, true);
    series.error_outside_pandemic = mean_error(series.years, &HindcastYear::simulated, false);
    series.trend_outside_pandemic = mean_error(series.years, &HindcastYear::trend, false);
    list.push_back(std::move(series));
  }
  return list;
}

std::string as_text(std::span<const HindcastSeries> series, int base) {
  return heading(base) + '\n' + table_of(series).text() + '\n' + errors_of(series).text();
}

std::string as_markdown(std::span<const HindcastSeries> series, int base) {
  return heading(base) + '\n' + table_of(series).markdown() + '\n' + errors_of(series).markdown();
}

std::string as_json(std::span<const HindcastSeries> series, int base) {
  using Json = nlohmann::ordered_json;
  const auto number = [](double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); };
  Json list = Json::array();
  for (const HindcastSeries& one : series) {
    Json years = Json::array();
    for (const HindcastYear& year : one.years)
      years.push_back({{"year", year.year},
                       {"actual", number(year.actual)},
                       {"simulated", number(year.simulated)},
                       {"spread", number(year.spread)},
                       {"trend", number(year.trend)},
                       {"pandemic", year.pandemic}});
    list.push_back({{"indicator", one.indicator},
                    {"source", one.source},
                    {"unit_of_source", one.unit},
                    {"error", number(one.error)},
                    {"error_of_trend", number(one.error_of_trend)},
                    {"error_outside_pandemic", number(one.error_outside_pandemic)},
                    {"error_of_trend_outside_pandemic", number(one.trend_outside_pandemic)},
                    {"years", std::move(years)}});
  }
  return Json{{"base", base}, {"series", std::move(list)}}.dump(2) + '\n';
}

}  // namespace polder::tools::validate
