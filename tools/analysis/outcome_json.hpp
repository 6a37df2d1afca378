// SPDX-License-Identifier: Apache-2.0
// The parts of an analysis as JSON (README.md); numbers that are not known become null.
#pragma once
#include <vector>

#include <nlohmann/json.hpp>

#include "tools/analysis/decision.hpp"
#include "tools/analysis/sweep_data.hpp"

namespace polder::analysis {

using Parameters = std::vector<SweptParameter>;

/// Mean, quantiles of the points' means, and `variance`.
void add_variance(nlohmann::ordered_json& outcome, const PointVariance& variance);
nlohmann::ordered_json sobol_json(const std::vector<SobolEstimate>& estimates, const Parameters& parameters,
                                  bool noise_corrected);
nlohmann::ordered_json morris_json(const std::vector<MorrisEffect>& effects, const Parameters& parameters,
                                   std::size_t trajectories, bool noise_known);
nlohmann::ordered_json correlations_json(const std::vector<RankCorrelation>& correlations,
                                         const Parameters& parameters);
/// `metamodel` and `tornado`.
void add_model(nlohmann::ordered_json& outcome, const Metamodel& model,
               const std::vector<Marginal>& marginals, const Parameters& parameters, std::size_t points);
/// Shares of points and runs with a positive value.
void add_shares(nlohmann::ordered_json& decision, const PointVariance& variance,
                const Eigen::MatrixXd& values);
void add_decision(nlohmann::ordered_json& decision, const Decision& found, const Parameters& parameters);
nlohmann::ordered_json budget_json(const Budget& budget, const SweptIndicator& indicator, int year);

}  // namespace polder::analysis
