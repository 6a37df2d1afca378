// SPDX-License-Identifier: Apache-2.0
// Simulated moments: parameters for which a model's moments lie closest to targets.
//
//   minimise  sum_i ((m_i(p) - t_i) / e_i)^2   over low <= p <= high       (BOBYQA, without derivatives)
//   covariance of p = (J' J)^-1,  J_ij = d m_i / d p_j / e_i               (at the minimum, central
//   differences)
//
// The same seeds in every evaluation, so m is a function. source: McFadden 1989; Powell 2009
#pragma once
#include <functional>
#include <string>
#include <vector>

namespace polder::calibrate {

struct FreeParameter {
  std::string setting, unit;  ///< as after --set; the unit of the numbers
  double start = 0, low = 0, high = 0;
  std::string source;  ///< of the range
};

struct Target {
  std::string indicator;
  int year = 0;
  int since = 0;  ///< the moment is the ratio to this year's value; 0: the value itself
  double value = 0, error = 1;
  std::string source;
};

/// Moments in the order of the targets.
using Model = std::function<std::vector<double>(const std::vector<double>& parameters)>;

struct Fit {
  std::vector<double> parameters;
  std::vector<double> errors;  ///< standard errors; NaN where the targets do not tell
  std::vector<double> moments;
  double loss_at_start = 0, loss = 0;
  int evaluations = 0;
};

/// errors: std::runtime_error when the optimiser fails.
Fit fit(const std::vector<FreeParameter>& parameters, const std::vector<Target>& targets, const Model& model,
        int most_evaluations);

}  // namespace polder::calibrate
