// SPDX-License-Identifier: Apache-2.0
#include "tools/analysis/metamodel.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <stdexcept>

#include <Eigen/QR>

namespace polder::analysis {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr std::size_t num_groups = 5;
constexpr Index least_points = 8;
constexpr std::size_t num_refits = 100;
constexpr Index most_for_kriging = 200;     // its cost grows with the cube; five more fits for the error
constexpr std::size_t kriging_base = 2048;  // rows of Saltelli's design for its indices

/// Group of every cluster, by a shuffle that the seed fixes.
std::vector<std::size_t> groups_of(const std::vector<std::size_t>& cluster, std::uint64_t seed) {
  const std::size_t clusters = *std::max_element(cluster.begin(), cluster.end()) + 1;
  std::vector<std::size_t> group(clusters);
  for (std::size_t c = 0; c < clusters; ++c) group[c] = c % num_groups;
  std::mt19937_64 engine(seed);
  for (std::size_t c = clusters; c > 1; --c) std::swap(group[c - 1], group[engine() % c]);
  return group;
}

/// errors: std::runtime_error when a fit fails.
Candidate cross_validate(Surrogate kind, const Training& training, const std::vector<std::size_t>& group) {
  double squares = 0;
  for (std::size_t g = 0; g < num_groups; ++g) {
    std::vector<Index> kept, left_out;
    for (Index p = 0; p < training.y.size(); ++p)
      (group[training.cluster[static_cast<std::size_t>(p)]] == g ? left_out : kept).push_back(p);
    if (left_out.empty()) continue;
    const Training test = training.part(left_out);
    const VectorXd predicted = fit_surrogate(kind, training.part(kept)).predict(test.u);
    squares += (predicted - test.y).squaredNorm();
  }
  const double all = (training.y.array() - training.y.mean()).square().sum();
  return {kind, 1 - squares / all, std::sqrt(squares / static_cast<double>(training.y.size()))};
}

std::vector<SobolIndex> sobol_of_polynomial(const Polynomial& polynomial, const Training& training,
                                            std::uint64_t seed) {
  const MatrixXd terms = evaluate_terms(polynomial.degrees, training.u);
  const MatrixXd values = sobol_of(polynomial);
  const auto dimension = static_cast<std::size_t>(values.rows());
  std::vector<std::vector<double>> first(dimension), total(dimension);
  for (const VectorXd& weights : resamples(training.cluster, num_refits, seed)) {
    const MatrixXd drawn = sobol_of({polynomial.degrees, fit_terms(terms, training.y, weights)});
    for (std::size_t d = 0; d < dimension; ++d) {
      first[d].push_back(drawn(static_cast<Index>(d), 0));
      total[d].push_back(drawn(static_cast<Index>(d), 1));
    }
  }
  std::vector<SobolIndex> indices(dimension);
  for (std::size_t d = 0; d < dimension; ++d) {
    const auto i = static_cast<Index>(d);
    indices[d].first = {values(i, 0), percentile(first[d], 0.025), percentile(first[d], 0.975)};
    indices[d].total = {values(i, 1), percentile(total[d], 0.025), percentile(total[d], 0.975)};
  }
  return indices;
}

/// By Martinez' estimator on the predictions, whose own error is not in it.
std::vector<SobolIndex> sobol_of_predictions(const Fitted& fitted, std::size_t dimension) {
  const auto estimates = sobol_indices(fitted.predict(unit_saltelli(kriging_base, dimension)), dimension, 1);
  if (estimates.empty()) return {};
  std::vector<SobolIndex> indices;
  for (const SobolIndex& index : estimates.back().indices)
    indices.push_back(
        {{index.first.value, unknown, unknown}, {index.total.value, unknown, unknown}, unknown, unknown});
  return indices;
}

}  // namespace

const char* name_of(Surrogate kind) {
  switch (kind) {
    case Surrogate::linear:
      return "linear";
    case Surrogate::polynomial_chaos:
      return "polynomial_chaos";
    case Surrogate::kriging:
      break;
  }
  return "kriging";
}

Training Training::part(const std::vector<Index>& points) const {
  Training result{u(points, Eigen::all), y(points), noise(points), {}};
  for (const Index p : points) result.cluster.push_back(cluster[static_cast<std::size_t>(p)]);
  return result;
}

MatrixXd evaluate_terms(const std::vector<std::vector<unsigned>>& degrees, const MatrixXd& u) {
  unsigned highest = 0;
  for (const auto& term : degrees)
    for (const unsigned degree : term) highest = std::max(highest, degree);
  // (k + 1) P(k+1) = (2k + 1) x P(k) - k P(k-1), each with norm sqrt(2k + 1) on [0, 1]
  std::vector<std::vector<VectorXd>> legendre(static_cast<std::size_t>(u.cols()));
  for (std::size_t d = 0; d < legendre.size(); ++d) {
    const VectorXd x = 2 * u.col(static_cast<Index>(d)).array() - 1;
    legendre[d] = {VectorXd::Ones(u.rows()), x};
    for (unsigned k = 1; k < highest; ++k)
      legendre[d].push_back(((2.0 * k + 1) * x.cwiseProduct(legendre[d][k]) - k * legendre[d][k - 1]) /
                            (k + 1.0));
    for (unsigned k = 0; k < legendre[d].size(); ++k) legendre[d][k] *= std::sqrt(2.0 * k + 1);
  }
  MatrixXd terms = MatrixXd::Ones(u.rows(), static_cast<Index>(degrees.size()));
  for (std::size_t t = 0; t < degrees.size(); ++t)
    for (std::size_t d = 0; d < legendre.size(); ++d)
      if (degrees[t][d] > 0) terms.col(static_cast<Index>(t)).array() *= legendre[d][degrees[t][d]].array();
  return terms;
}

VectorXd fit_terms(const MatrixXd& terms, const VectorXd& y, const VectorXd& weights) {
  const VectorXd root = weights.cwiseSqrt();
  return (root.asDiagonal() * terms).colPivHouseholderQr().solve(root.cwiseProduct(y));
}

VectorXd Polynomial::operator()(const MatrixXd& u) const {
  return evaluate_terms(degrees, u) * coefficients;
}

MatrixXd sobol_of(const Polynomial& polynomial) {
  const auto dimension = static_cast<Index>(polynomial.degrees.front().size());
  MatrixXd parts = MatrixXd::Zero(dimension, 2);
  double variance = 0;
  for (std::size_t t = 1; t < polynomial.degrees.size(); ++t) {
    const double part = std::pow(polynomial.coefficients[static_cast<Index>(t)], 2);
    const auto& term = polynomial.degrees[t];
    const auto met = std::count_if(term.begin(), term.end(), [](unsigned degree) { return degree > 0; });
    variance += part;
    for (std::size_t d = 0; d < term.size(); ++d) {
      if (term[d] == 0) continue;
      parts(static_cast<Index>(d), 1) += part;
      if (met == 1) parts(static_cast<Index>(d), 0) += part;
    }
  }
  return variance > 0 ? MatrixXd(parts / variance) : MatrixXd::Constant(dimension, 2, unknown);
}

std::vector<Surrogate> usual_surrogates(const Training& training) {
  std::vector<Surrogate> kinds{Surrogate::linear, Surrogate::polynomial_chaos};
  if (training.y.size() <= most_for_kriging) kinds.push_back(Surrogate::kriging);
  return kinds;
}

Metamodel choose_metamodel(const Training& training, const std::vector<Surrogate>& kinds,
                           const PointVariance& variance, std::uint64_t seed) {
  Metamodel model;
  if (training.y.size() < std::max(training.u.cols() + 2, least_points)) return model;
  const std::vector<std::size_t> group = groups_of(training.cluster, seed);
  for (const Surrogate kind : kinds) {
    try {
      const Candidate candidate = cross_validate(kind, training, group);
      if (!std::isfinite(candidate.q2)) continue;
      if (model.candidates.empty() || candidate.q2 > model.q2) {
        Fitted fitted = fit_surrogate(kind, training);
        model.kind = kind;
        model.fitted = std::move(fitted);
        model.q2 = candidate.q2;
        model.rmse = candidate.rmse;
      }
      model.candidates.push_back(candidate);
    } catch (const std::runtime_error&) {  // this kind needs more or other points
    }
  }
  if (model.candidates.empty()) return model;
  model.q2_without_noise = model.q2;
  if (variance.noise_known() && variance.parameter > 0)
    model.q2_without_noise =
        1 - std::max(0.0, model.rmse * model.rmse - variance.mean_noise) / variance.parameter;
  model.sobol = model.kind == Surrogate::kriging
                    ? sobol_of_predictions(model.fitted, static_cast<std::size_t>(training.u.cols()))
                    : sobol_of_polynomial(model.fitted.polynomial, training, seed);
  return model;
}

}  // namespace polder::analysis
