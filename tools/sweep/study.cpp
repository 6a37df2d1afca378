// SPDX-License-Identifier: Apache-2.0
#include "tools/sweep/study.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>
#include <tuple>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/expression/expression.hpp"
#include "engine/ids.hpp"
#include "tools/job.hpp"
#include "tools/load.hpp"
#include "tools/sweep/vary.hpp"

namespace polder::tools {

namespace {

using scenarios::Variation;

/// Arguments of these distributions that are no values of the parameter: spreads and shapes.
bool is_plain_argument(const std::string& distribution, std::size_t position) {
  if (distribution == "lognormal") return position == 1;
  if (distribution == "beta") return position < 2;
  return false;
}

/// Binds one variation to the parameter of the first arm that has it.
class Binder {
 public:
  Binder(const Study& study, Mistakes& mistakes) : study_(study), mistakes_(mistakes) {}

  void bind(const Variation& variation, std::vector<SweptParameter>& out) {
    SweptParameter swept;
    swept.name = variation.name;
    const Parameter* known = nullptr;
    for (const Program& program : study_.programs) {
      const Parameter* parameter = program.layout().find_parameter(variation.name);
      swept.in_arm.push_back(parameter != nullptr);
      if (parameter != nullptr && known == nullptr) {
        known = parameter;
        layout_ = &program.layout();
      }
    }
    const std::string path = "experiment.parameters." + variation.name;
    if (known == nullptr) {
      mistakes_.add(variation.mark, path, {}, "no scenario of this experiment has such a parameter",
                    nearest(variation.name, parameter_names()));
      return;
    }
    swept.label = known->label;
    swept.source = known->source;
    swept.dimension = known->value.dimension;
    swept.percent_rate = known->value.percent_rate;
    swept.low = known->low;
    swept.high = known->high;
    narrow(variation, *known, path, swept);
    set_distribution(variation, *known, path, swept);
    out.push_back(std::move(swept));
  }

 private:
  std::vector<std::string> parameter_names() const {
    std::set<std::string> names;
    for (const Program& program : study_.programs)
      for (const Parameter& parameter : program.layout().parameters) names.insert(parameter.name);
    return {names.begin(), names.end()};
  }

  /// A value in the unit of the parameter; a bare number is in the parameter's own unit.
  double value(const FormulaText& formula, const Parameter& known, bool plain) {
    const std::size_t before = mistakes_.list().size();
    Constant constant = expression::evaluate_constant(formula, *layout_, std::nullopt, mistakes_);
    if (mistakes_.list().size() != before) return std::nan("");
    const Dimension wanted = plain ? Dimension{} : known.value.dimension;
    if (constant.dimension == wanted) return constant.value;
    if (constant.dimension.is_none() && !plain) return constant.value * known.unit.factor;
    mistakes_.add(formula.mark, formula.path, formula.text,
                  fmt::format("a value in the unit of the parameter, {}", to_string(wanted)));
    return std::nan("");
  }

  void check_inside(const FormulaText& formula, double number, const Parameter& known, const char* what) {
    if (std::isnan(number) || (number >= known.low && number <= known.high)) return;
    mistakes_.add(
        formula.mark, formula.path, formula.text,
        fmt::format("{} within the parameter's own range, {} to {} {}", what, known.low / known.unit.factor,
                    known.high / known.unit.factor, known.unit.text));
  }

  void narrow(const Variation& variation, const Parameter& known, const std::string& path,
              SweptParameter& swept) {
    if (variation.low.empty()) return;
    swept.low = value(variation.low, known, false);
    swept.high = value(variation.high, known, false);
    check_inside(variation.low, swept.low, known, "a lowest value");
    check_inside(variation.high, swept.high, known, "a highest value");
    if (swept.low >= swept.high)
      mistakes_.add(variation.low.mark, path,
                    fmt::format("[{}, {}]", variation.low.text, variation.high.text),
                    "a range whose first value is the lower");
    swept.text = fmt::format("uniform({}, {})", variation.low.text, variation.high.text);
  }

  void set_distribution(const Variation& variation, const Parameter& known, const std::string& path,
                        SweptParameter& swept) {
    swept.distribution = variation.distribution;
    for (std::size_t a = 0; a < variation.arguments.size(); ++a) {
      const FormulaText& formula = variation.arguments[a].value;
      const bool plain = is_plain_argument(variation.distribution, a);
      swept.arguments.push_back(value(formula, known, plain));
      const bool spread =
          a == 1 && (variation.distribution == "normal" || variation.distribution == "truncated_normal");
      if (!plain && !spread) check_inside(formula, swept.arguments.back(), known, "a value");
    }
    if (!variation.text.empty()) swept.text = variation.text;
    if (swept.distribution.empty()) {
      swept.distribution = "uniform";
      swept.arguments = {swept.low, swept.high};
      if (swept.text.empty()) swept.text = fmt::format("uniform({}, {})", swept.low, swept.high);
    } else if (check_order(variation, path, swept)) {
      take_bounds(swept);
    }
    if (study_.spec.design.method == "points" || (std::isfinite(swept.low) && std::isfinite(swept.high)))
      return;
    mistakes_.add(
        variation.mark, path, {},
        "the parameter has no range of its own, so give one: range, levels, or a distribution with bounds");
  }

  /// A parameter without a range of its own has the bounds of its distribution.
  static void take_bounds(SweptParameter& swept) {
    const std::vector<double>& a = swept.arguments;
    const std::string& kind = swept.distribution;
    double low = swept.low, high = swept.high;
    if (kind == "uniform" || kind == "log_uniform") std::tie(low, high) = std::pair(a[0], a[1]);
    if (kind == "triangular") std::tie(low, high) = std::pair(a[0], a[2]);
    if (kind == "truncated_normal" || kind == "beta") std::tie(low, high) = std::pair(a[2], a[3]);
    if (kind == "levels") {
      low = *std::min_element(a.begin(), a.end());
      high = *std::max_element(a.begin(), a.end());
    }
    if (!std::isfinite(swept.low)) swept.low = low;
    if (!std::isfinite(swept.high)) swept.high = high;
  }

  /// False when the arguments make no distribution; reported.
  bool check_order(const Variation& variation, const std::string& path, const SweptParameter& swept) {
    const std::vector<double>& a = swept.arguments;
    const std::string& kind = swept.distribution;
    bool fits = std::none_of(a.begin(), a.end(), [](double x) { return std::isnan(x); });
    if (!fits) return false;  // told already
    if (kind == "uniform" || kind == "log_uniform") fits = a[0] < a[1] && (kind == "uniform" || a[0] > 0);
    if (kind == "triangular") fits = a[0] < a[2] && a[0] <= a[1] && a[1] <= a[2];
    if (kind == "normal") fits = a[1] > 0;
    if (kind == "truncated_normal") fits = a[1] > 0 && a[2] < a[3];
    if (kind == "lognormal") fits = a[0] > 0 && a[1] > 0;
    if (kind == "beta") fits = a[0] > 0 && a[1] > 0 && a[2] < a[3];
    if (!fits)
      mistakes_.add(variation.where, path, variation.text,
                    "values in order and spreads above 0, as in triangular(lowest, likeliest, highest)");
    return fits;
  }

  const Study& study_;
  Mistakes& mistakes_;
  const Layout* layout_ = nullptr;
};

void check_names(const Study& study, Mistakes& mistakes) {
  std::set<std::string> known;
  for (const Program& program : study.programs)
    for (const SeriesInfo& series : program.arm().series) known.insert(series.id);
  for (const std::string& id : study.spec.indicators)
    if (!known.contains(id))
      mistakes.add(study.spec.indicators_mark, "experiment.indicators", id,
                   "an indicator of a scenario of this experiment",
                   nearest(id, {known.begin(), known.end()}));
  for (const int year : study.spec.years) {
    const bool sampled =
        std::any_of(study.programs.begin(), study.programs.end(), [&](const Program& program) {
          const std::vector<Month>& times = program.arm().times;
          return std::any_of(times.begin(), times.end(), [&](Month month) { return month.year() == year; });
        });
    if (!sampled)
      mistakes.add(study.spec.years_mark, "experiment.years", std::to_string(year),
                   "a year in which the scenarios are sampled");
  }
}

/// The samples of an arm that the experiment asks for: of each year the last.
Kept choose(const scenarios::ExperimentSpec& spec, const ArmInfo& arm) {
  Kept kept;
  for (std::size_t s = 0; s < arm.series.size(); ++s)
    if (spec.indicators.empty() ||
        std::find(spec.indicators.begin(), spec.indicators.end(), arm.series[s].id) != spec.indicators.end())
      kept.series.push_back(s);
  for (std::size_t t = 0; t < arm.times.size(); ++t) {
    const int year = arm.times[t].year();
    const bool last_of_year = t + 1 == arm.times.size() || arm.times[t + 1].year() != year;
    const bool wanted = std::binary_search(spec.years.begin(), spec.years.end(), year);
    if (spec.years.empty() || (wanted && last_of_year)) kept.times.push_back(t);
  }
  return kept;
}

/// The arm as if it produced only what is kept.
ArmInfo reduced(const ArmInfo& arm, const Kept& kept) {
  ArmInfo out;
  out.label = arm.label;
  for (const std::size_t t : kept.times) out.times.push_back(arm.times[t]);
  for (const std::size_t s : kept.series) {
    SeriesInfo series = arm.series[s];
    series.by.clear();
    series.samples.clear();
    for (std::size_t t = 0; t < kept.times.size(); ++t) {
      const auto& own = arm.series[s].samples;
      if (std::find(own.begin(), own.end(), static_cast<int>(kept.times[t])) != own.end())
        series.samples.push_back(static_cast<int>(t));
    }
    out.series.push_back(std::move(series));
  }
  return out;
}

void describe(Study& study) {
  const Scenario& baseline = study.arms.front();
  output::ExperimentInfo& info = study.info;
  for (std::size_t a = 0; a < study.programs.size(); ++a) {
    study.kept.push_back(choose(study.spec, study.programs[a].arm()));
    info.arms.push_back(reduced(study.programs[a].arm(), study.kept[a]));
    study.num_values += study.kept[a].series.size() * study.kept[a].times.size();
    info.scenarios.push_back(output::embed(study.arms[a]));
    std::vector<SourceFile>& files = info.scenarios.back().files;
    std::sort(files.begin(), files.end(), [](const auto& x, const auto& y) { return x.path < y.path; });
  }
  info.replicates = study.spec.replicates;
  info.seed = baseline.seed;
  info.scale = baseline.scale;
  info.start = baseline.clock.start;
  info.title = study.spec.title.empty() ? study.spec.name : study.spec.title;
  std::string text = output::fingerprint(info);
  for (const SweptParameter& parameter : study.parameters) text += " " + parameter.name;
  study.fingerprint = fmt::format("{:016x}", hash_name(text));
}

}  // namespace

Study open_study(const std::string& path, const Catalogue& catalogue) {
  Study study;
  study.spec = scenarios::read_experiment(scenarios::DiskSource(),
                                          std::filesystem::path(path).lexically_normal().generic_string());
  std::vector<std::string> paths{study.spec.baseline};
  paths.insert(paths.end(), study.spec.policies.begin(), study.spec.policies.end());
  study.arms = load_arms(paths, study.spec.sets, catalogue);
  study.programs = compile_all(study.arms, catalogue);
  Mistakes mistakes;
  Binder binder(study, mistakes);
  for (const Variation& variation : study.spec.parameters) binder.bind(variation, study.parameters);
  check_names(study, mistakes);
  mistakes.throw_if_any();
  describe(study);
  return study;
}

std::vector<double> kept_values(const Study& study, const ReplicateResult& result) {
  const Kept& kept = study.kept[result.arm];
  std::vector<double> values;
  values.reserve(kept.series.size() * kept.times.size());
  for (const std::size_t s : kept.series)
    for (const std::size_t t : kept.times) values.push_back(result.values[s][t]);
  return values;
}

std::vector<ReplicateResult> results_of(const Study& study, std::uint32_t replicate,
                                        std::span<const double> values) {
  std::vector<ReplicateResult> results;
  std::size_t at = 0;
  for (std::size_t a = 0; a < study.kept.size(); ++a) {
    ReplicateResult result;
    result.arm = a;
    result.replicate = replicate;
    const std::size_t times = study.kept[a].times.size();
    for (std::size_t s = 0; s < study.kept[a].series.size(); ++s, at += times)
      result.values.emplace_back(values.begin() + static_cast<std::ptrdiff_t>(at),
                                 values.begin() + static_cast<std::ptrdiff_t>(at + times));
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace polder::tools
