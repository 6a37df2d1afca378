// SPDX-License-Identifier: Apache-2.0
#include "tools/analysis/outcome_json.hpp"
#include "tools/json_number.hpp"

#include <cmath>

namespace polder::analysis {

namespace {

using Json = nlohmann::ordered_json;
using tools::json_number;

constexpr std::size_t curve_points = 21;

Json numbers(const std::vector<double>& values, double factor = 1) {
  Json list = Json::array();
  for (const double value : values) list.push_back(json_number(value * factor));
  return list;
}

Json interval(const Estimate& estimate) {
  return {{"value", json_number(estimate.value)},
          {"low", json_number(estimate.low)},
          {"high", json_number(estimate.high)}};
}

Json interval(const Estimate& estimate, double uncorrected) {
  Json json = interval(estimate);
  json["uncorrected"] = json_number(uncorrected);
  return json;
}

}  // namespace

void add_variance(Json& outcome, const PointVariance& variance) {
  const std::vector<double> means(variance.point_means.begin(), variance.point_means.end());
  const double total = variance.parameter + variance.replicate();
  outcome["mean"] = json_number(variance.mean);
  outcome["quantiles"] = {{"p05", json_number(percentile(means, 0.05))},
                          {"p50", json_number(percentile(means, 0.5))},
                          {"p95", json_number(percentile(means, 0.95))}};
  outcome["variance"] = {
      {"parameter", json_number(variance.parameter)},
      {"replicate", json_number(variance.replicate())},
      {"replicate_shared", json_number(variance.replicate_shared)},
      {"replicate_own", json_number(variance.replicate_own)},
      {"total", json_number(total)},
      {"share_parameter", json_number(variance.parameter / total)},
      {"share_replicate", json_number(variance.replicate() / total)},
      {"noise_of_point_mean", json_number(variance.mean_noise)},
      {"reliability", variance.noise_known() ? json_number(variance.reliability()) : Json(nullptr)}};
}

Json sobol_json(const std::vector<SobolEstimate>& estimates, const Parameters& parameters,
                bool noise_corrected) {
  Json list = Json::array();
  for (const SobolEstimate& estimate : estimates) {
    Json indices = Json::array();
    for (std::size_t d = 0; d < parameters.size(); ++d) {
      const SobolIndex& index = estimate.indices[d];
      indices.push_back({{"parameter", parameters[d].name},
                         {"first", interval(index.first, index.first_uncorrected)},
                         {"total", interval(index.total, index.total_uncorrected)}});
    }
    list.push_back({{"estimator", estimate.estimator},
                    {"rows", estimate.rows},
                    {"noise_corrected", noise_corrected},
                    {"indices", std::move(indices)}});
  }
  return list;
}

Json morris_json(const std::vector<MorrisEffect>& effects, const Parameters& parameters,
                 std::size_t trajectories, bool noise_known) {
  Json list = Json::array();
  for (std::size_t d = 0; d < parameters.size(); ++d)
    list.push_back({{"parameter", parameters[d].name},
                    {"effects", effects[d].effects},
                    {"mu", interval(effects[d].mu)},
                    {"mu_star", interval(effects[d].mu_star)},
                    {"sigma", json_number(effects[d].sigma)},
                    {"sigma_uncorrected", json_number(effects[d].sigma_uncorrected)},
                    {"noise_floor", json_number(effects[d].noise_floor)},
                    {"above_noise", noise_known ? Json(effects[d].above_noise) : Json(nullptr)}});
  return {{"trajectories", trajectories}, {"effects", std::move(list)}};
}

Json correlations_json(const std::vector<RankCorrelation>& correlations, const Parameters& parameters) {
  Json list = Json::array();
  for (std::size_t d = 0; d < parameters.size(); ++d)
    list.push_back({{"parameter", parameters[d].name},
                    {"spearman", interval(correlations[d].spearman)},
                    {"prcc", interval(correlations[d].prcc)}});
  return list;
}

void add_model(Json& outcome, const Metamodel& model, const std::vector<Marginal>& marginals,
               const Parameters& parameters, std::size_t points) {
  Json candidates = Json::array(), sobol = Json::array(), curves = Json::array(), bars = Json::array();
  for (const Candidate& candidate : model.candidates)
    candidates.push_back({{"kind", name_of(candidate.kind)}, {"q2", json_number(candidate.q2)}});
  for (std::size_t d = 0; d < model.sobol.size(); ++d)
    sobol.push_back({{"parameter", parameters[d].name},
                     {"first", interval(model.sobol[d].first)},
                     {"total", interval(model.sobol[d].total)}});
  for (std::size_t d = 0; d < parameters.size(); ++d) {
    const Curve curve = curve_of(model.fitted, marginals, d, curve_points);
    curves.push_back({{"parameter", parameters[d].name},
                      {"x", numbers(curve.x, parameters[d].factor)},
                      {"y", numbers(curve.y)}});
  }
  for (const Bar& bar : tornado(model.fitted, marginals)) {
    const SweptParameter& parameter = parameters[bar.parameter];
    bars.push_back({{"parameter", parameter.name},
                    {"x_low", json_number(bar.x_low * parameter.factor)},
                    {"x_high", json_number(bar.x_high * parameter.factor)},
                    {"y_low", json_number(bar.y_low)},
                    {"y_high", json_number(bar.y_high)}});
  }
  outcome["metamodel"] = {
      {"kind", name_of(model.kind)},     {"points", points},
      {"q2", json_number(model.q2)},     {"q2_without_noise", json_number(model.q2_without_noise)},
      {"rmse", json_number(model.rmse)}, {"candidates", std::move(candidates)},
      {"sobol", std::move(sobol)},       {"curves", std::move(curves)}};
  outcome["tornado"] = std::move(bars);
}

void add_shares(Json& decision, const PointVariance& variance, const Eigen::MatrixXd& values) {
  const auto positive = [](const auto& numbers) {
    double known = 0, above = 0;
    for (const double value : numbers) {
      known += std::isnan(value) ? 0 : 1;
      above += value > 0 ? 1 : 0;
    }
    return json_number(above / known);
  };
  decision["points_positive"] = positive(variance.point_means);
  decision["runs_positive"] = positive(values.reshaped());
}

void add_decision(Json& decision, const Decision& found, const Parameters& parameters) {
  decision["probability_positive"] = json_number(found.probability_positive);
  Json list = Json::array();
  for (std::size_t d = 0; d < parameters.size(); ++d) {
    const Flip& flip = found.parameters[d];
    list.push_back({{"parameter", parameters[d].name},
                    {"changes_sign", !flip.crossings.empty()},
                    {"crossings", numbers(flip.crossings, parameters[d].factor)},
                    {"y_at_low", json_number(flip.y_at_low)},
                    {"y_at_high", json_number(flip.y_at_high)},
                    {"probability_positive_low_tenth", json_number(flip.positive_low_tenth)},
                    {"probability_positive_high_tenth", json_number(flip.positive_high_tenth)}});
  }
  decision["parameters"] = std::move(list);
}

Json budget_json(const Budget& budget, const SweptIndicator& indicator, int year) {
  Json rows = Json::array();
  const auto add = [&](const char* source, double variance) {
    rows.push_back({{"source", source},
                    {"variance", json_number(variance)},
                    {"share", json_number(variance / budget.total)}});
  };
  add("parameter", budget.parameter);
  add("scenario", budget.scenario);
  add("scenario_by_parameter", budget.scenario_by_parameter);
  add("replicate", budget.replicate);
  return {{"indicator", indicator.id},
          {"title", indicator.title},
          {"unit", indicator.unit},
          {"year", year},
          {"points", budget.points},
          {"mean", json_number(budget.mean)},
          {"total", json_number(budget.total)},
          {"standard_deviation", json_number(std::sqrt(budget.total))},
          {"rows", std::move(rows)}};
}

}  // namespace polder::analysis
