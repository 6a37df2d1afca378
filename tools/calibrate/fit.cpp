// SPDX-License-Identifier: Apache-2.0
#include "tools/calibrate/fit.hpp"

#include <cmath>
#include <limits>

#include <Eigen/Dense>
#include <nlopt.hpp>

namespace polder::calibrate {

namespace {

/// Step of the central differences, in widths of a parameter's range.
constexpr double difference_step = 0.1;

/// The problem in the unit cube: all parameters are of one size there.
class Problem {
 public:
  Problem(const std::vector<FreeParameter>& parameters, const std::vector<Target>& targets,
          const Model& model)
      : parameters_(parameters), targets_(targets), model_(model) {}

  std::vector<double> real(const std::vector<double>& unit) const {
    std::vector<double> values(unit.size());
    for (std::size_t j = 0; j < unit.size(); ++j) values[j] = parameters_[j].low + unit[j] * width(j);
    return values;
  }
  double width(std::size_t j) const { return parameters_[j].high - parameters_[j].low; }

  std::vector<double> moments(const std::vector<double>& unit) {
    ++evaluations_;
    return model_(real(unit));
  }
  double loss(const std::vector<double>& moments) const {
    double sum = 0;
    for (std::size_t i = 0; i < targets_.size(); ++i) {
      const double miss = (moments[i] - targets_[i].value) / targets_[i].error;
      sum += miss * miss;
    }
    return sum;
  }
  int evaluations() const { return evaluations_; }

  /// Standard errors in the unit cube.
  std::vector<double> errors_at(const std::vector<double>& unit) {
    Eigen::MatrixXd slopes(targets_.size(), unit.size());
    for (std::size_t j = 0; j < unit.size(); ++j) {
      std::vector<double> up = unit, down = unit;
      up[j] = std::min(1.0, unit[j] + difference_step), down[j] = std::max(0.0, unit[j] - difference_step);
      const std::vector<double> above = moments(up), below = moments(down);
      for (std::size_t i = 0; i < targets_.size(); ++i)
        slopes(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) =
            (above[i] - below[i]) / (up[j] - down[j]) / targets_[i].error;
    }
    const Eigen::MatrixXd information = slopes.transpose() * slopes;
    const Eigen::FullPivLU<Eigen::MatrixXd> decomposed(information);
    std::vector<double> errors(unit.size(), std::numeric_limits<double>::quiet_NaN());
    if (!decomposed.isInvertible()) return errors;
    const Eigen::MatrixXd covariance = decomposed.inverse();
    for (std::size_t j = 0; j < unit.size(); ++j)
      errors[j] = std::sqrt(covariance(static_cast<Eigen::Index>(j), static_cast<Eigen::Index>(j)));
    return errors;
  }

 private:
  const std::vector<FreeParameter>& parameters_;
  const std::vector<Target>& targets_;
  const Model& model_;
  int evaluations_ = 0;
};

}  // namespace

Fit fit(const std::vector<FreeParameter>& parameters, const std::vector<Target>& targets, const Model& model,
        int most_evaluations) {
  Problem problem(parameters, targets, model);
  std::vector<double> unit(parameters.size());
  for (std::size_t j = 0; j < unit.size(); ++j)
    unit[j] = (parameters[j].start - parameters[j].low) / problem.width(j);
  Fit result;
  result.loss_at_start = problem.loss(problem.moments(unit));
  nlopt::opt optimiser(nlopt::LN_BOBYQA, static_cast<unsigned>(unit.size()));
  optimiser.set_lower_bounds(0);
  optimiser.set_upper_bounds(1);
  optimiser.set_initial_step(0.2);
  optimiser.set_maxeval(most_evaluations);
  optimiser.set_xtol_abs(1e-3);
  const auto loss_at = [](const std::vector<double>& at, std::vector<double>&, void* data) {
    auto& asked = *static_cast<Problem*>(data);
    return asked.loss(asked.moments(at));
  };
  optimiser.set_min_objective(loss_at, &problem);
  try {
    optimiser.optimize(unit, result.loss);
  } catch (const nlopt::roundoff_limited&) {  // as good as numbers allow; `unit` holds the best point
  }
  result.parameters = problem.real(unit);
  result.moments = problem.moments(unit);
  result.errors = problem.errors_at(unit);
  for (std::size_t j = 0; j < unit.size(); ++j) result.errors[j] *= problem.width(j);
  result.evaluations = problem.evaluations();
  return result;
}

}  // namespace polder::calibrate
