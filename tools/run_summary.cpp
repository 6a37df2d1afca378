// SPDX-License-Identifier: Apache-2.0
#include "tools/run_summary.hpp"

#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "output/effects.hpp"
#include "tools/effects_report.hpp"
#include "tools/json_number.hpp"
#include "tools/text_table.hpp"

namespace polder::tools {

namespace {

using Json = nlohmann::ordered_json;

/// Calls body(arm, series, month, interval) for each arm and indicator.
template <class Body>
void for_each_last(const output::ResultReader& result, const Body& body) {
  for (const SeriesInfo& series : result.indicators()) {
    const output::Array all = result.series(series.id);
    const std::size_t num_times = all.shape[2];
    std::size_t last = num_times;
    for (std::size_t i = 0; i < all.values.size(); ++i)
      if (!std::isnan(all.values[i]) && (last == num_times || i % num_times > last)) last = i % num_times;
    if (last == num_times) continue;
    for (std::size_t arm = 0; arm < result.arms().size(); ++arm)
      body(arm, series, result.times()[last], output::mean_interval(result.replicates(series.id, arm, last)));
  }
}

}  // namespace

std::string summary_text(const output::ResultReader& result) {
  const bool many_arms = result.arms().size() > 1, many_replicates = result.num_replicates() > 1;
  std::vector<TextTable::Column> columns{{"Indicator"}, {"Unit"}, {"Month"}};
  if (many_arms) columns.push_back({"Scenario"});
  columns.push_back({many_replicates ? "Mean" : "Value", Align::right});
  if (many_replicates) columns.push_back({"95 % interval", Align::right});
  TextTable table(columns);
  for_each_last(
      result, [&](std::size_t arm, const SeriesInfo& series, Month month, const output::MeanInterval& value) {
        const NumberFormat format = choose_format(value.mean, (value.high - value.low) / 2, series.unit);
        std::vector<std::string> cells{series.id, format.unit == "1" ? "" : format.unit, to_string(month)};
        if (many_arms) cells.push_back(result.arms()[arm]);
        cells.push_back(show(value.mean, format));
        if (many_replicates)
          cells.push_back(std::isnan(value.low)
                              ? "-"
                              : fmt::format("{} to {}", show(value.low, format), show(value.high, format)));
        table.add(std::move(cells));
      });
  return fmt::format("{}: {} {}, scale {}\n\n{}\n", result.title(), result.num_replicates(),
                     many_replicates ? "runs" : "run", result.scale(), table.text());
}

std::string summary_json(const output::ResultReader& result) {
  Json rows = Json::array();
  for_each_last(
      result, [&](std::size_t arm, const SeriesInfo& series, Month month, const output::MeanInterval& value) {
        rows.push_back({{"indicator", series.id},
                        {"unit", series.unit},
                        {"month", to_string(month)},
                        {"arm", result.arms()[arm]},
                        {"mean", json_number(value.mean)},
                        {"low", json_number(value.low)},
                        {"high", json_number(value.high)},
                        {"replicates", value.count}});
      });
  const Json object = {
      {"result", result.path()}, {"complete", result.complete()},         {"seed", result.seed()},
      {"scale", result.scale()}, {"replicates", result.num_replicates()}, {"indicators", std::move(rows)}};
  return object.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string difference_text(const output::ResultReader& before, const output::ResultReader& after) {
  std::vector<std::pair<ArmOf, ArmOf>> pairs;
  for (std::size_t a = 0; a < before.arms().size(); ++a)
    for (std::size_t b = 0; b < after.arms().size(); ++b)
      if (before.arms()[a] == after.arms()[b]) pairs.push_back({ArmOf{&before, a}, ArmOf{&after, b}});
  const EffectsReport report = compare_arms(pairs, {});
  if (report.num_different == 0)
    return fmt::format("All {} values are identical to those of {}.\n", report.num_values, before.path());
  return fmt::format("{} of {} values differ from those of {}.\n", report.num_different, report.num_values,
                     before.path());
}

}  // namespace polder::tools
