// SPDX-License-Identifier: Apache-2.0
#include "tools/analysis/analysis.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/calendar.hpp"
#include "engine/error.hpp"
#include "tools/analysis/decision.hpp"
#include "tools/analysis/outcome_json.hpp"
#include "tools/analysis/sweep_data.hpp"

namespace polder::analysis {

namespace {

using Json = nlohmann::ordered_json;
using Eigen::Index;
using Eigen::MatrixXd;

constexpr std::size_t most_named = 20;
constexpr std::uint64_t analysis_seed = 1;  // of resampling; the same data give the same intervals

/// One time of the sweep with its year.
struct Sample {
  std::size_t time = 0;
  int year = 0;
  std::string date;
};

Sample sample_at(const SweepData& sweep, std::size_t time) {
  // Days stand at the end of a sampled month.
  Month month = Month::of(2020, 1);
  while (days_since_2020(month + 1) <= sweep.times()[time]) month = month + 1;
  while (days_since_2020(month) > sweep.times()[time]) month = month + (-1);
  const int day = sweep.times()[time] - days_since_2020(month) + 1;
  return {time, month.year(), fmt::format("{}-{:02}", to_string(month), day)};
}

std::vector<Sample> samples_of(const SweepData& sweep, const std::vector<int>& years) {
  if (years.empty()) return {sample_at(sweep, sweep.times().size() - 1)};
  std::vector<Sample> chosen;
  std::set<int> known;
  for (const int year : years) {
    bool found = false;
    for (std::size_t t = sweep.times().size(); t-- > 0 && !found;) {
      const Sample sample = sample_at(sweep, t);
      known.insert(sample.year);
      if ((found = sample.year == year)) chosen.push_back(sample);
    }
    if (!found)
      throw InputError(Mistake{{sweep.path(), 0, 0},
                               "year",
                               std::to_string(year),
                               fmt::format("a year with samples: {}", fmt::join(known, ", ")),
                               {}});
  }
  return chosen;
}

std::vector<SweptIndicator> indicators_of(const SweepData& sweep, const std::vector<std::string>& wanted) {
  if (wanted.empty()) return sweep.indicators();
  std::vector<SweptIndicator> chosen;
  std::vector<std::string> names;
  for (const SweptIndicator& indicator : sweep.indicators()) names.push_back(indicator.id);
  Mistakes mistakes;
  for (const std::string& id : wanted) {
    const auto found = std::find(names.begin(), names.end(), id);
    if (found == names.end())
      mistakes.add({sweep.path(), 0, 0}, "indicator", id, "an indicator of this sweep", nearest(id, names));
    else
      chosen.push_back(sweep.indicators()[static_cast<std::size_t>(found - names.begin())]);
  }
  mistakes.throw_if_any();
  return chosen;
}

/// Arms to look at; for an effect the baseline is taken off.
std::vector<std::size_t> arms_of(const SweepData& sweep, const AnalysisRequest& request, bool effect) {
  std::vector<std::size_t> chosen;
  for (const std::string& policy : request.policies) {
    const auto found = std::find(sweep.arms().begin(), sweep.arms().end(), policy);
    if (found == sweep.arms().end() || (effect && found == sweep.arms().begin()))
      throw InputError(Mistake{{sweep.path(), 0, 0},
                               "policy",
                               policy,
                               fmt::format("one of the sweep's arms: {}", fmt::join(sweep.arms(), ", ")),
                               nearest(policy, sweep.arms())});
    chosen.push_back(static_cast<std::size_t>(found - sweep.arms().begin()));
  }
  if (!chosen.empty()) return chosen;
  if (!effect) return {0};
  for (std::size_t arm = 1; arm < sweep.arms().size(); ++arm) chosen.push_back(arm);
  return chosen;
}

Json missing_of(const SweepData& sweep, Json& warnings) {
  std::size_t failed = 0, not_run = 0, points = 0, more = 0;
  Json named = Json::array();
  for (std::size_t p = 0; p < sweep.num_points(); ++p) {
    bool any = false;
    for (std::size_t r = 0; r < sweep.num_replicates(); ++r) {
      const auto status = sweep.status()[p * sweep.num_replicates() + r];
      any = any || status == 1;
      if (status == 1) continue;
      ++(status == 2 ? failed : not_run);
      const std::string error = sweep.error(p, r).substr(0, 200);
      if (named.size() < most_named)
        named.push_back(fmt::format("point {}, replicate {}: {}{}{}", p + 1, r + 1,
                                    status == 2 ? "failed" : "not run", error.empty() ? "" : ", ", error));
      else
        ++more;
    }
    points += any ? 0 : 1;
  }
  if (failed + not_run > 0)
    warnings.push_back(
        fmt::format("{} of {} runs have no values ({} failed, {} not run); {} points have none at all.",
                    failed + not_run, sweep.num_points() * sweep.num_replicates(), failed, not_run, points));
  return {{"runs", failed + not_run}, {"points", points}, {"named", std::move(named)}, {"more", more}};
}

/// Points that were not drawn apart: base rows of Saltelli's design, trajectories of Morris'.
std::vector<std::size_t> clusters_of(const SweepData& sweep) {
  std::size_t block = 1;
  if (sweep.method() == "saltelli") block = sweep.parameters().size() + 2;
  if (sweep.method() == "morris") block = sweep.parameters().size() + 1;
  std::vector<std::size_t> cluster(sweep.num_points());
  for (std::size_t p = 0; p < cluster.size(); ++p) cluster[p] = p / block;
  return cluster;
}

MorrisSteps steps_of(const SweepData& sweep) {
  MorrisSteps steps;
  try {
    const Json& structure = sweep.design().at("structure");
    steps = {structure.at("parameter").get<std::vector<std::vector<std::size_t>>>(),
             structure.at("delta").get<std::vector<std::vector<double>>>()};
  } catch (const Json::exception&) {
    steps.parameter.clear();
  }
  const std::size_t dimension = sweep.parameters().size();
  bool fits = !steps.parameter.empty() && steps.delta.size() == steps.parameter.size() &&
              steps.parameter.size() * (dimension + 1) == sweep.num_points();
  for (std::size_t t = 0; fits && t < steps.parameter.size(); ++t) {
    fits = steps.parameter[t].size() == dimension && steps.delta[t].size() == dimension;
    for (const std::size_t parameter : steps.parameter[t]) fits = fits && parameter < dimension;
  }
  if (!fits)
    throw InputError(
        Mistake{{sweep.path(), 0, 0}, "design/json", "no trajectories", "those of the Morris design", {}});
  return steps;
}

/// The analysis of one sweep; what all its outcomes share.
class Analysis {
 public:
  Analysis(const SweepData& sweep, const AnalysisRequest& request, Json& warnings)
      : sweep_(sweep), request_(request), warnings_(warnings), cluster_(clusters_of(sweep)) {
    u_.resize(sweep.points().rows(), sweep.points().cols());
    for (std::size_t d = 0; d < sweep.parameters().size(); ++d) {
      const SweptParameter& parameter = sweep.parameters()[d];
      marginals_.emplace_back(parameter.range);
      for (Index p = 0; p < u_.rows(); ++p)
        u_(p, static_cast<Index>(d)) =
            marginals_.back().probability(sweep.points()(p, static_cast<Index>(d)) / parameter.factor);
    }
    if (sweep.method() == "morris") steps_ = steps_of(sweep);
  }

  /// Fills everything that can be said about one outcome. values: shape (point, replicate)
  void describe(Json& outcome, const MatrixXd& values, bool effect) {
    const PointVariance variance = split_variance(values);
    outcome["points"] = variance.points;
    outcome["runs"] = variance.runs;
    add_variance(outcome, variance);
    const std::string name =
        fmt::format("{} ({})", outcome["indicator"].get<std::string>(), outcome["arm"].get<std::string>());
    if (variance.points < 2)
      return warn(name + ": fewer than two points have a value, so there is nothing to compare.");
    if (!(variance.of_means > 0)) return warn(name + " is the same at all points.");
    if (variance.noise_known() && variance.parameter <= 0)
      warn(name + ": the points differ no more than replicates make them; indices are not shown.");
    add_indices(outcome, variance);
    add_metamodel(outcome, variance, values, effect);
  }

 private:
  void warn(const std::string& text) { warnings_.push_back(text); }

  void add_indices(Json& outcome, const PointVariance& variance) {
    const std::size_t dimension = sweep_.parameters().size();
    const bool above_noise = !variance.noise_known() || variance.parameter > 0;
    if (sweep_.method() == "saltelli" && above_noise) {
      const auto estimates = sobol_indices(variance.point_means, dimension, variance.reliability());
      if (!estimates.empty())
        outcome["sobol"] = sobol_json(estimates, sweep_.parameters(), variance.noise_known());
      const std::size_t base = sweep_.num_points() / (dimension + 2);
      if (estimates.empty() || estimates.front().rows < base)
        warn(fmt::format("{}: {} of {} base rows are whole and count for Sobol' indices.",
                         outcome["indicator"].get<std::string>(),
                         estimates.empty() ? 0 : estimates.front().rows, base));
    }
    if (sweep_.method() == "morris")
      outcome["morris"] = morris_json(morris_effects(variance, steps_, dimension), sweep_.parameters(),
                                      steps_.parameter.size(), variance.noise_known());
    const Training known = training(variance);
    if (known.y.size() >= static_cast<Index>(dimension) + 3)
      outcome["correlations"] = correlations_json(
          rank_correlations(known.u, known.y, known.cluster, analysis_seed), sweep_.parameters());
  }

  Training training(const PointVariance& variance) const {
    std::vector<Index> known;
    for (Index p = 0; p < variance.point_means.size(); ++p)
      if (!std::isnan(variance.point_means[p])) known.push_back(p);
    return Training{u_, variance.point_means, variance.noise, cluster_}.part(known);
  }

  void add_metamodel(Json& outcome, const PointVariance& variance, const MatrixXd& values, bool effect) {
    Json decision = Json::object();
    if (effect) {
      decision["probability_positive"] = nullptr;
      add_shares(decision, variance, values);
    }
    if (request_.metamodel != "none") {
      const Training points = training(variance);
      std::vector<Surrogate> kinds = usual_surrogates(points);
      if (!request_.metamodel.empty())
        for (const Surrogate kind : {Surrogate::linear, Surrogate::polynomial_chaos, Surrogate::kriging})
          if (request_.metamodel == name_of(kind)) kinds = {kind};
      const Metamodel model = choose_metamodel(points, kinds, variance, analysis_seed);
      if (model.candidates.empty()) {
        warn(outcome["indicator"].get<std::string>() + ": too few points for a metamodel.");
      } else {
        if (model.q2 < 0.5)
          warn(fmt::format(
              "{}: the metamodel predicts {:.0f} % of the variance of left-out points; what is read from "
              "it (tornado, sign, its indices) says little.",
              outcome["indicator"].get<std::string>(), 100 * std::max(0.0, model.q2)));
        add_model(outcome, model, marginals_, sweep_.parameters(), static_cast<std::size_t>(points.y.size()));
        if (effect) add_decision(decision, decide(model.fitted, marginals_), sweep_.parameters());
      }
    }
    if (effect) outcome["decision"] = std::move(decision);
  }

  const SweepData& sweep_;
  const AnalysisRequest& request_;
  Json& warnings_;
  std::vector<std::size_t> cluster_;
  std::vector<Marginal> marginals_;
  MatrixXd u_;
  MorrisSteps steps_;
};

Json outcome_head(const SweptIndicator& indicator, const Sample& sample, const SweepData& sweep,
                  std::size_t arm, bool effect) {
  return {{"indicator", indicator.id}, {"title", indicator.title},
          {"unit", indicator.unit},    {"year", sample.year},
          {"time", sample.date},       {"of", effect ? "effect" : "level"},
          {"arm", sweep.arms()[arm]},  {"against", effect ? Json(sweep.arms()[0]) : Json(nullptr)}};
}

}  // namespace

AnalysisRequest read_analysis_request(const Json& request) try {
  AnalysisRequest analysis;
  analysis.result = request.at("result").get<std::string>();
  analysis.indicators = request.value("indicators", std::vector<std::string>());
  analysis.years = request.value("years", std::vector<int>());
  analysis.of = request.value("of", "");
  analysis.policies = request.value("policies", std::vector<std::string>());
  analysis.metamodel = request.value("metamodel", "");
  const std::vector<std::string> outcomes{"", "level", "effect"},
      models{"", "none", "linear", "polynomial_chaos", "kriging"};
  Mistakes mistakes;
  if (std::find(outcomes.begin(), outcomes.end(), analysis.of) == outcomes.end())
    mistakes.add({}, "of", analysis.of, "level or effect");
  if (std::find(models.begin(), models.end(), analysis.metamodel) == models.end())
    mistakes.add({}, "metamodel", analysis.metamodel, "none, linear, polynomial_chaos or kriging",
                 nearest(analysis.metamodel, models));
  mistakes.throw_if_any();
  return analysis;
} catch (const Json::exception& error) {
  throw InputError(Mistake{{}, "request", error.what(), "an object with `result`, see README.md", {}});
}

Json analyze(const AnalysisRequest& request) {
  const SweepData sweep(request.result);
  const bool effect = request.of == "effect" || (request.of.empty() && sweep.arms().size() > 1);
  if (effect && sweep.arms().size() < 2)
    throw InputError(
        Mistake{{sweep.path(), 0, 0}, "of", "effect", "a sweep with a policy beside the baseline", {}});
  const auto samples = samples_of(sweep, request.years);
  const auto indicators = indicators_of(sweep, request.indicators);
  const auto arms = arms_of(sweep, request, effect);

  Json warnings = Json::array(), outcomes = Json::array(), budgets = Json::array();
  Json missing = missing_of(sweep, warnings);
  if (sweep.num_replicates() < 2)
    warnings.push_back("With one replicate the noise is unknown, and the variance of parameters holds it.");
  Analysis analysis(sweep, request, warnings);
  for (const SweptIndicator& indicator : indicators)
    for (const Sample& sample : samples) {
      const ArmValues values = sweep.values(indicator.id, sample.time);
      for (const std::size_t arm : arms) {
        Json outcome = outcome_head(indicator, sample, sweep, arm, effect);
        analysis.describe(outcome, effect ? MatrixXd(values[arm] - values[0]) : values[arm], effect);
        outcomes.push_back(std::move(outcome));
      }
      budgets.push_back(budget_json(uncertainty_budget(values), indicator, sample.year));
    }
  Json parameters = Json::array();
  for (const SweptParameter& parameter : sweep.parameters())
    parameters.push_back({{"name", parameter.name},
                          {"unit", parameter.unit},
                          {"low", parameter.range.low * parameter.factor},
                          {"high", parameter.range.high * parameter.factor}});
  return {{"format", 1},
          {"design",
           {{"method", sweep.method()},
            {"size", sweep.design().value("size", Json(nullptr))},
            {"seed", sweep.design().value("seed", Json(nullptr))},
            {"points", sweep.num_points()},
            {"replicates", sweep.num_replicates()}}},
          {"arms", sweep.arms()},
          {"parameters", std::move(parameters)},
          {"missing", std::move(missing)},
          {"outcomes", std::move(outcomes)},
          {"budget", std::move(budgets)},
          {"warnings", std::move(warnings)}};
}

}  // namespace polder::analysis
