// SPDX-License-Identifier: Apache-2.0
#include "output/result_effects.hpp"

#include <algorithm>
#include <array>

#include "engine/error.hpp"

namespace polder::output {
namespace {

using hdf5::Box;
using hdf5::Element;

/// One statistic: its name, the unit of the indicator or none, and where it comes from.
struct Statistic {
  const char* name;
  const char* long_name;
  bool has_unit;
  double PairedEffect::*value;
};

constexpr std::array<Statistic, 6> statistics = {{
    {"mean", "mean difference to the baseline", true, &PairedEffect::mean},
    {"low", "lower end of the 95 % interval", true, &PairedEffect::low},
    {"high", "upper end of the 95 % interval", true, &PairedEffect::high},
    {"standard_error", "standard error of the mean difference", true, &PairedEffect::standard_error},
    {"p_value", "two-sided t test of no difference", false, &PairedEffect::p_value},
    {"variance_reduction", "variance of unpaired over paired differences", false,
     &PairedEffect::variance_reduction},
}};

std::vector<double> series_of_arm(const hdf5::Dataset& array, std::uint64_t arm, std::uint64_t num_replicates,
                                  std::uint64_t num_times) {
  return array.read<double>(Box{{arm, 0, 0}, {1, num_replicates, num_times}});
}

void add_policy(hdf5::File& file, const AxisTable& axes, const ResultLayout& layout, std::uint64_t arm,
                std::uint64_t num_replicates) {
  const std::size_t num_times = layout.times.size();
  const hdf5::Group indicators = file.root().group("indicators");
  std::vector<std::vector<PairedEffect>> effects;
  std::vector<double> p_values;
  std::vector<const SeriesInfo*> shown;
  for (const auto& series : layout.series) {
    if (series.category == attribution_category) continue;
    shown.push_back(&series);
    const hdf5::Dataset array = indicators.dataset(series.id);
    effects.push_back(effects_over_time(series_of_arm(array, 0, num_replicates, num_times),
                                        series_of_arm(array, arm, num_replicates, num_times), num_times));
    for (const auto& effect : effects.back()) p_values.push_back(effect.p_value);
  }
  const std::vector<double> adjusted = benjamini_hochberg(p_values);

  Shelf shelf(make_group(file, "effects/" + layout.arms[arm]), axes);
  shelf.group().set_attribute("baseline", layout.arms[0]);
  shelf.group().set_attribute("interval", "95 %, Student's t on paired replicates; Monte Carlo error only");
  for (std::size_t s = 0; s < effects.size(); ++s) {
    const SeriesInfo& series = *shown[s];
    const auto add = [&](const std::string& name, const std::string& long_name, const std::string& units,
                         const std::vector<double>& values) {
      shelf
          .add({"",
                series.id + "_" + name,
                Element::f64,
                {"time"},
                {{"long_name", series.id + ": " + long_name}, {"units", units}}})
          .write(std::span<const double>(values));
    };
    for (const auto& statistic : statistics) {
      std::vector<double> values;
      for (const auto& effect : effects[s]) values.push_back(effect.*statistic.value);
      add(statistic.name, statistic.long_name, statistic.has_unit && !series.unit.empty() ? series.unit : "1",
          values);
    }
    const auto first = adjusted.begin() + static_cast<std::ptrdiff_t>(s * num_times);
    add("q_value", "p value adjusted for the false discovery rate over this policy's effects", "1",
        std::vector<double>(first, first + static_cast<std::ptrdiff_t>(num_times)));
    std::vector<std::int32_t> pairs;
    for (const auto& effect : effects[s]) pairs.push_back(static_cast<std::int32_t>(effect.pairs));
    shelf
        .add({"",
              series.id + "_pairs",
              Element::i32,
              {"time"},
              {{"long_name", series.id + ": pairs of replicates"}, {"units", "1"}}})
        .write(std::span<const std::int32_t>(pairs));
  }
  shelf.finish();
}

}  // namespace

std::vector<PairedEffect> effects_over_time(std::span<const double> baseline, std::span<const double> policy,
                                            std::size_t num_times) {
  EXPECTS(baseline.size() == policy.size());
  const std::size_t num_replicates = num_times == 0 ? 0 : baseline.size() / num_times;
  std::vector<PairedEffect> effects;
  std::vector<double> b(num_replicates), p(num_replicates);
  for (std::size_t t = 0; t < num_times; ++t) {
    for (std::size_t r = 0; r < num_replicates; ++r) {
      b[r] = baseline[r * num_times + t];
      p[r] = policy[r * num_times + t];
    }
    effects.push_back(paired_effect(b, p));
  }
  return effects;
}

void add_effects(hdf5::File& file, const ExperimentInfo& info, const ResultLayout& layout,
                 std::uint64_t num_replicates) {
  if (layout.times.empty() || layout.series.empty()) return;
  const AxisTable axes = make_axes(info, layout, num_replicates);
  for (std::uint64_t arm = 1; arm < layout.arms.size(); ++arm)
    if (!is_further_arm(info.packages, arm)) add_policy(file, axes, layout, arm, num_replicates);
}

}  // namespace polder::output
