// SPDX-License-Identifier: Apache-2.0
#include "tools/precision.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "engine/units.hpp"
#include "output/effects.hpp"
#include "tools/options.hpp"

namespace polder::tools {

namespace {

/// Last sample of a year; nothing when there is none.
std::optional<std::size_t> sample_of_year(const ArmInfo& arm, const SeriesInfo& series, int year) {
  std::optional<std::size_t> found;
  for (const int sample : series.samples)
    if (arm.times[static_cast<std::size_t>(sample)].year() == year) found = static_cast<std::size_t>(sample);
  return found;
}

[[noreturn]] void refuse(std::string found, std::string wanted, std::string suggestion = {}) {
  throw InputError(
      Mistake{{}, "--until-precise", std::move(found), std::move(wanted), std::move(suggestion)});
}

}  // namespace

Precision parse_precision(const std::string& text) {
  constexpr const char* wanted =
      "INDICATOR:YEAR:HALF-WIDTH, such as labour_productivity:2035:0.1 % (of the baseline's mean) or "
      "total_rd:2030:50 MEUR/year";
  const std::size_t first = text.find(':'), second = text.find(':', first + 1);
  if (first == std::string::npos || second == std::string::npos || first == 0) refuse(text, wanted);
  Precision precision;
  precision.indicator = text.substr(0, first);
  const std::vector<int> years = parse_years(text.substr(first + 1, second - first - 1), "--until-precise");
  if (years.size() != 1) refuse(text, wanted);
  precision.year = years.front();
  const std::string amount = text.substr(second + 1);
  std::size_t used = 0;
  try {
    precision.half_width = std::stod(amount, &used);
  } catch (const std::logic_error&) {  // stod: no number, or none that fits
    refuse(text, wanted);
  }
  if (const std::size_t unit = amount.find_first_not_of(' ', used); unit != std::string::npos)
    precision.unit = amount.substr(unit, amount.find_last_not_of(' ') + 1 - unit);
  precision.is_relative = precision.unit == "%";
  if (precision.is_relative) {
    precision.unit.clear();
    precision.half_width /= 100;
  } else if (!precision.unit.empty() && !parse_unit(precision.unit)) {
    refuse(text, wanted, nearest(precision.unit, known_units()));
  }
  const bool fits = precision.half_width > 0 && std::isfinite(precision.half_width) &&
                    !(precision.is_relative && precision.half_width >= 1);
  if (!fits) refuse(text, wanted);
  return precision;
}

PrecisionRule::PrecisionRule(Precision wanted, std::span<const Program> arms)
    : wanted_(std::move(wanted)), values_(arms.size()) {
  for (const Program& arm : arms) places_.push_back(find(arm.arm()));
  const std::vector<SeriesInfo>& series = arms.front().arm().series;
  if (!wanted_.unit.empty()) wanted_.half_width = in_unit_of(series[places_.front().series]);
}

double PrecisionRule::in_unit_of(const SeriesInfo& series) const {
  const auto from = parse_unit(wanted_.unit), to = parse_unit(series.unit);
  if (!from || !to || from->dimension != to->dimension)
    refuse(wanted_.unit, fmt::format("a half-width in {}, the unit of {}, or in % of the baseline's mean",
                                     series.unit.empty() ? "1" : series.unit, series.id));
  return wanted_.half_width * from->factor / to->factor;
}

PrecisionRule::Place PrecisionRule::find(const ArmInfo& arm) const {
  std::vector<std::string> ids;
  for (std::size_t s = 0; s < arm.series.size(); ++s) {
    ids.push_back(arm.series[s].id);
    if (arm.series[s].id != wanted_.indicator) continue;
    const auto time = sample_of_year(arm, arm.series[s], wanted_.year);
    if (!time) refuse(std::to_string(wanted_.year), "a year in which the indicator is sampled");
    return {s, *time, arm.times[*time]};
  }
  refuse(wanted_.indicator, "an indicator of every arm", nearest(wanted_.indicator, ids));
}

void PrecisionRule::add(const ReplicateResult& result) {
  const Place& place = places_[result.arm];
  values_[result.arm][result.replicate] = result.values[place.series][place.time];
}

void PrecisionRule::add(const output::ResultReader& result) {
  const auto& times = result.times();
  for (std::size_t arm = 0; arm < values_.size(); ++arm) {
    const auto time = std::find(times.begin(), times.end(), places_[arm].month) - times.begin();
    const std::vector<double> all = result.replicates(wanted_.indicator, arm, static_cast<std::size_t>(time));
    for (std::uint32_t r = 0; r < all.size(); ++r)
      if (result.is_committed(arm, r)) values_[arm][result.first_replicate() + r] = all[r];
  }
}

bool PrecisionRule::enough() const {
  std::vector<double> baseline;
  for (const auto& [replicate, value] : values_.front()) baseline.push_back(value);
  const double mean = output::mean_interval(baseline).mean;
  for (std::size_t arm = 1; arm < values_.size(); ++arm) {
    std::vector<double> differences;
    for (const auto& [replicate, value] : values_[arm])
      if (const auto other = values_.front().find(replicate); other != values_.front().end())
        differences.push_back(value - other->second);
    if (!output::precise_enough(differences, wanted_.is_relative ? mean : 1, wanted_.half_width))
      return false;
  }
  return true;
}

}  // namespace polder::tools
