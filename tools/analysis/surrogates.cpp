// SPDX-License-Identifier: Apache-2.0
// The fits themselves; the choice among them is in metamodel.cpp.
#include <openturns/ComposedDistribution.hxx>
#include <openturns/ConstantBasisFactory.hxx>
#include <openturns/CorrectedLeaveOneOut.hxx>
#include <openturns/FixedStrategy.hxx>
#include <openturns/FunctionalChaosAlgorithm.hxx>
#include <openturns/KrigingAlgorithm.hxx>
#include <openturns/LARS.hxx>
#include <openturns/LeastSquaresMetaModelSelectionFactory.hxx>
#include <openturns/LeastSquaresStrategy.hxx>
#include <openturns/LinearEnumerateFunction.hxx>
#include <openturns/Log.hxx>
#include <openturns/LowDiscrepancyExperiment.hxx>
#include <openturns/MaternModel.hxx>
#include <openturns/OrthogonalProductPolynomialFactory.hxx>
#include <openturns/SobolIndicesExperiment.hxx>
#include <openturns/SobolSequence.hxx>
#include <openturns/Uniform.hxx>

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>
#include <stdexcept>

#include "tools/analysis/metamodel.hpp"

namespace polder::analysis {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr std::size_t most_terms = 300;  // among which least angles choose; more take minutes
constexpr Index most_for_choice = 400;   // points from which they are chosen
constexpr unsigned highest_degree = 10;

OT::Sample sample_of(const MatrixXd& matrix) {
  OT::Sample sample(static_cast<std::size_t>(matrix.rows()), static_cast<std::size_t>(matrix.cols()));
  for (Index i = 0; i < matrix.rows(); ++i)
    for (Index j = 0; j < matrix.cols(); ++j)
      sample(static_cast<std::size_t>(i), static_cast<std::size_t>(j)) = matrix(i, j);
  return sample;
}

MatrixXd matrix_of(const OT::Sample& sample) {
  MatrixXd matrix(static_cast<Index>(sample.getSize()), static_cast<Index>(sample.getDimension()));
  for (Index i = 0; i < matrix.rows(); ++i)
    for (Index j = 0; j < matrix.cols(); ++j)
      matrix(i, j) = sample(static_cast<std::size_t>(i), static_cast<std::size_t>(j));
  return matrix;
}

OT::ComposedDistribution cube(std::size_t dimension) {
  return OT::ComposedDistribution(
      OT::ComposedDistribution::DistributionCollection(dimension, OT::Uniform(0, 1)));
}

/// Number of terms up to a total degree: (dimension + degree) over degree.
double num_terms(std::size_t dimension, unsigned degree) {
  double terms = 1;
  for (unsigned k = 1; k <= degree; ++k) terms *= static_cast<double>(dimension + k) / k;
  return terms;
}

/// A parameter that took k values tells polynomials up to degree k - 1 apart.
unsigned degree_of(const Training& training) {
  unsigned degree = highest_degree;
  for (Index d = 0; d < training.u.cols(); ++d) {
    const std::set<double> values(training.u.col(d).begin(), training.u.col(d).end());
    degree = std::min(degree, static_cast<unsigned>(values.size()) - 1);
  }
  while (degree > 1 &&
         num_terms(static_cast<std::size_t>(training.u.cols()), degree) > static_cast<double>(most_terms))
    --degree;
  return degree;
}

/// Mean and size of the outcome; fits work on numbers around 0 of size 1.
struct Scaling {
  double mean = 0, deviation = 1;
};
Scaling scaling_of(const VectorXd& y) {
  const double mean = y.mean();
  const double deviation = std::sqrt((y.array() - mean).square().mean());
  if (!(deviation > 0)) throw std::runtime_error("all points have the same value");
  return {mean, deviation};
}

Polynomial fit_linear(const Training& training) {
  const auto dimension = static_cast<std::size_t>(training.u.cols());
  if (training.y.size() < training.u.cols() + 2) throw std::runtime_error("too few points");
  Polynomial polynomial;
  polynomial.degrees.assign(dimension + 1, std::vector<unsigned>(dimension));
  for (std::size_t d = 0; d < dimension; ++d) polynomial.degrees[d + 1][d] = 1;
  polynomial.coefficients = fit_terms(evaluate_terms(polynomial.degrees, training.u), training.y,
                                      VectorXd::Ones(training.y.size()));
  return polynomial;
}

/// OpenTURNS chooses the terms; the coefficients are least squares on them.
Polynomial fit_chaos(const Training& training) {
  const auto dimension = static_cast<std::size_t>(training.u.cols());
  const unsigned degree = degree_of(training);
  if (degree < 2) throw std::runtime_error("too few values of a parameter");
  // The terms are chosen on evenly spread points, for the time grows fast; the coefficients see all points.
  std::vector<Index> chosen;
  const Index stride = (training.y.size() + most_for_choice - 1) / most_for_choice;
  for (Index p = 0; p < training.y.size(); p += stride) chosen.push_back(p);
  const VectorXd y = training.y(chosen);
  const Scaling scaling = scaling_of(y);
  const OT::Sample input = sample_of(training.u(chosen, Eigen::all));
  const OT::Sample output = sample_of((y.array() - scaling.mean) / scaling.deviation);
  const OT::LinearEnumerateFunction enumerate(dimension);
  const OT::OrthogonalProductPolynomialFactory basis(
      OT::OrthogonalProductPolynomialFactory::DistributionCollection(dimension, OT::Uniform(0, 1)),
      enumerate);
  const auto terms = static_cast<std::size_t>(std::lround(num_terms(dimension, degree)));
  OT::FunctionalChaosAlgorithm algorithm(input, output, cube(dimension), OT::FixedStrategy(basis, terms),
                                         OT::LeastSquaresStrategy(OT::LeastSquaresMetaModelSelectionFactory(
                                             OT::LARS(), OT::CorrectedLeaveOneOut())));
  algorithm.run();
  Polynomial polynomial;
  polynomial.degrees.emplace_back(dimension);
  for (const OT::UnsignedInteger index : algorithm.getResult().getIndices()) {
    const OT::Indices degrees = enumerate(index);
    if (index != 0) polynomial.degrees.emplace_back(degrees.begin(), degrees.end());
  }
  polynomial.coefficients = fit_terms(evaluate_terms(polynomial.degrees, training.u), training.y,
                                      VectorXd::Ones(training.y.size()));
  return polynomial;
}

Fitted fit_kriging(const Training& training) {
  const auto dimension = static_cast<std::size_t>(training.u.cols());
  const Scaling scaling = scaling_of(training.y);
  OT::MaternModel covariance(OT::Point(dimension, 0.5), OT::Point(1, 1.0), 2.5);
  OT::KrigingAlgorithm algorithm(sample_of(training.u),
                                 sample_of((training.y.array() - scaling.mean) / scaling.deviation),
                                 covariance, OT::ConstantBasisFactory(dimension).build());
  if (!training.noise.hasNaN()) {
    OT::Point noise(static_cast<std::size_t>(training.noise.size()));
    for (Index p = 0; p < training.noise.size(); ++p)
      noise[static_cast<std::size_t>(p)] =
          std::max(training.noise[p] / (scaling.deviation * scaling.deviation), 1e-10);
    algorithm.setNoise(noise);
  }
  algorithm.setOptimizationBounds(OT::Interval(OT::Point(dimension, 0.05), OT::Point(dimension, 20.0)));
  algorithm.run();
  const auto model = std::make_shared<OT::Function>(algorithm.getResult().getMetaModel());
  return {
      [model, scaling](const MatrixXd& u) -> VectorXd {
        return (matrix_of((*model)(sample_of(u))).col(0).array() * scaling.deviation + scaling.mean).matrix();
      },
      {}};
}

}  // namespace

Fitted fit_surrogate(Surrogate kind, const Training& training) try {
  OT::Log::Show(OT::Log::NONE);  // standard error is for our own messages
  if (kind == Surrogate::kriging) return fit_kriging(training);
  const Polynomial polynomial = kind == Surrogate::linear ? fit_linear(training) : fit_chaos(training);
  return {polynomial, polynomial};
} catch (const OT::Exception& error) {
  throw std::runtime_error(error.what());
}

MatrixXd unit_sample(std::size_t size, std::size_t dimension) {
  OT::LowDiscrepancyExperiment experiment(OT::SobolSequence(), cube(dimension), size);
  experiment.setRandomize(false);
  return matrix_of(experiment.generate());
}

MatrixXd unit_saltelli(std::size_t base, std::size_t dimension) {
  OT::LowDiscrepancyExperiment experiment(OT::SobolSequence(), cube(dimension), base);
  experiment.setRandomize(false);
  const MatrixXd blocks =
      matrix_of(OT::SobolIndicesExperiment(OT::WeightedExperiment(experiment), false).generate());
  const auto rows = static_cast<Index>(base);
  const Index num_blocks = blocks.rows() / rows;
  MatrixXd by_row(blocks.rows(), blocks.cols());
  for (Index row = 0; row < rows; ++row)
    for (Index block = 0; block < num_blocks; ++block)
      by_row.row(row * num_blocks + block) = blocks.row(block * rows + row);
  return by_row;
}

}  // namespace polder::analysis
