// SPDX-License-Identifier: Apache-2.0
#include "tools/precision.hpp"

#include <algorithm>
#include <optional>

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
  constexpr const char* wanted = "INDICATOR:YEAR:SHARE, such as labour_productivity:2035:0.1 %";
  const std::size_t first = text.find(':'), second = text.find(':', first + 1);
  if (first == std::string::npos || second == std::string::npos || first == 0) refuse(text, wanted);
  Precision precision;
  precision.indicator = text.substr(0, first);
  const std::vector<int> years = parse_years(text.substr(first + 1, second - first - 1), "--until-precise");
  if (years.size() != 1) refuse(text, wanted);
  precision.year = years.front();
  std::string share = text.substr(second + 1);
  share.erase(share.find_last_not_of(' ') + 1);
  double factor = 1;
  if (share.ends_with('%')) {
    share.pop_back();
    factor = 0.01;
  }
  try {
    std::size_t used = 0;
    precision.share = std::stod(share, &used) * factor;
    if (share.find_first_not_of(' ', used) != std::string::npos) refuse(text, wanted);
  } catch (const std::logic_error&) {  // stod: no number, or none that fits
    refuse(text, wanted);
  }
  if (!(precision.share > 0 && precision.share < 1)) refuse(text, wanted);
  return precision;
}

PrecisionRule::PrecisionRule(Precision wanted, std::span<const Program> arms)
    : wanted_(std::move(wanted)), values_(arms.size()) {
  for (const Program& arm : arms) places_.push_back(find(arm.arm()));
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
    if (!output::precise_enough(differences, mean, wanted_.share)) return false;
  }
  return true;
}

}  // namespace polder::tools
