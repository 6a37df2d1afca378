// SPDX-License-Identifier: Apache-2.0
#include "tools/report/indicators.hpp"

#include <algorithm>
#include <cmath>

namespace polder::tools::report {

namespace {

using Moments = std::vector<Moment>;

Json description(const SeriesInfo& series) {
  return {{"id", series.id},
          {"annex", series.annex},
          {"category", series.category},
          {"class", series.indicator_class},
          {"unit", series.unit},
          {"title", both(series.title_en.empty() ? series.id : series.title_en, series.title_nl)},
          {"definition", series.definition},
          {"formula", series.formula},
          {"source", series.source}};
}

/// Mean and the middle 80 % of the runs of every arm over time.
Json levels(const Trajectories& values, std::size_t num_arms) {
  Json arms = Json::array();
  for (std::size_t arm = 0; arm < num_arms; ++arm) {
    Json mean = Json::array(), low = Json::array(), high = Json::array();
    for (std::size_t t = 0; t < values.num_times(); ++t) {
      const std::vector<double> runs = values.at_time(arm, t);
      mean.push_back(number(output::mean_interval(runs).mean));
      low.push_back(number(quantile(runs, 0.1)));
      high.push_back(number(quantile(runs, 0.9)));
    }
    arms.push_back({{"mean", std::move(mean)}, {"low", std::move(low)}, {"high", std::move(high)}});
  }
  return arms;
}

/// Paired difference of every policy over time.
Json effects(const Trajectories& values, const Source& source) {
  Json policies = Json::array();
  for (std::size_t arm = 1; arm < source.arms.size(); ++arm) {
    Json mean = Json::array(), low = Json::array(), high = Json::array();
    for (std::size_t t = 0; t < values.num_times(); ++t) {
      const output::PairedEffect effect = compare(values, arm, {false, 0, 0, {t}}, source.uncertainty).effect;
      mean.push_back(number(effect.mean));
      low.push_back(number(effect.low));
      high.push_back(number(effect.high));
    }
    policies.push_back({{"mean", std::move(mean)}, {"low", std::move(low)}, {"high", std::move(high)}});
  }
  return policies;
}

Json as_json(const Comparison& at) {
  return {{"baseline", number(at.baseline)}, {"policy", number(at.policy)},
          {"mean", number(at.effect.mean)},  {"low", number(at.effect.low)},
          {"high", number(at.effect.high)},  {"p", number(at.effect.p_value)},
          {"pairs", at.effect.pairs}};
}

/// By policy, then by moment.
Json at_moments(const Trajectories& values, const Source& source, const Moments& moments) {
  Json policies = Json::array();
  for (std::size_t arm = 1; arm < source.arms.size(); ++arm) {
    Json list = Json::array();
    for (const Moment& moment : moments)
      list.push_back(as_json(compare(values, arm, moment, source.uncertainty)));
    policies.push_back(std::move(list));
  }
  return policies;
}

/// The same for a part of the whole, of which there are many: the difference alone.
Json differences_at_moments(const Trajectories& values, const Source& source, const Moments& moments) {
  Json policies = Json::array();
  for (std::size_t arm = 1; arm < source.arms.size(); ++arm) {
    Json list = Json::array();
    for (const Moment& moment : moments) {
      const output::PairedEffect effect = compare(values, arm, moment, source.uncertainty).effect;
      list.push_back(
          {{"mean", number(effect.mean)}, {"low", number(effect.low)}, {"high", number(effect.high)}});
    }
    policies.push_back(std::move(list));
  }
  return policies;
}

/// Has this label any value? Axes are shared by indicators of several kinds.
bool is_used(const Trajectories& values) {
  for (std::size_t r = 0; r < values.num_replicates(); ++r)
    for (std::size_t t = 0; t < values.num_times(); ++t)
      if (!std::isnan(values.at(0, r, t))) return true;
  return false;
}

/// Effects by the labels of every axis that the indicator is split by.
Json groups(const Source& source, const SeriesInfo& series, const Moments& moments) {
  Json axes = Json::object();
  for (const Axis& axis : source.axes) {
    if (std::find(series.by.begin(), series.by.end(), axis.name) == series.by.end()) continue;
    const output::Array array = source.grouped(series.id, axis.name);
    Json labels = Json::object();
    for (std::size_t l = 0; l < axis.labels.size(); ++l) {
      const Trajectories values(array, l);
      if (is_used(values)) labels[axis.labels[l]] = differences_at_moments(values, source, moments);
    }
    if (!labels.empty()) axes[axis.name] = std::move(labels);
  }
  return axes;
}

/// Adds `q`, the p value adjusted over all indicators and policies at the same moment.
void control_false_discoveries(Json& list, std::size_t num_moments) {
  for (std::size_t m = 0; m < num_moments; ++m) {
    std::vector<Json*> entries;
    std::vector<double> p_values;
    for (Json& indicator : list)
      for (Json& policy : indicator["moments"]) {
        entries.push_back(&policy[m]);
        const Json& p = policy[m]["p"];
        p_values.push_back(p.is_null() ? output::not_known : p.get<double>());
      }
    const std::vector<double> adjusted = output::benjamini_hochberg(p_values);
    for (std::size_t e = 0; e < entries.size(); ++e) (*entries[e])["q"] = number(adjusted[e]);
  }
}

}  // namespace

Json indicators(const Source& source, const Moments& moments) {
  Json list = Json::array();
  for (const SeriesInfo& series : source.indicators) {
    const output::Array array = source.series(series.id);
    const Trajectories values(array);
    Json entry = description(series);
    entry["levels"] = levels(values, source.arms.size());
    entry["effects"] = effects(values, source);
    entry["moments"] = at_moments(values, source, moments);
    entry["groups"] = groups(source, series, moments);
    list.push_back(std::move(entry));
  }
  control_false_discoveries(list, moments.size());
  return list;
}

}  // namespace polder::tools::report
