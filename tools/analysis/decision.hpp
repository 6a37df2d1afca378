// SPDX-License-Identifier: Apache-2.0
// What a metamodel says about a decision: how far each parameter moves the outcome, and where its sign flips.
#pragma once
#include <vector>

#include "tools/analysis/distribution.hpp"
#include "tools/analysis/metamodel.hpp"

namespace polder::analysis {

/// The prediction along one parameter, the others at their means.
struct Curve {
  std::vector<double> u, x, y;
};
Curve curve_of(const Fitted& model, const std::vector<Marginal>& marginals, std::size_t parameter,
               std::size_t points);

/// What one parameter does between its 5 % and 95 % quantiles, the others at their means.
struct Bar {
  std::size_t parameter = 0;
  double x_low = unknown, x_high = unknown, y_low = unknown, y_high = unknown;
};
/// Sorted, the longest first.
std::vector<Bar> tornado(const Fitted& model, const std::vector<Marginal>& marginals);

/// Where one parameter changes the sign of the predicted outcome.
struct Flip {
  std::vector<double> crossings;  ///< values at which it does, the others at their means
  double y_at_low = unknown, y_at_high = unknown;
  /// Chances of a positive outcome where the parameter is in the lowest and in the highest tenth.
  double positive_low_tenth = unknown, positive_high_tenth = unknown;
};
struct Decision {
  double probability_positive = unknown;  ///< over the distributions of all parameters
  std::vector<Flip> parameters;
};
Decision decide(const Fitted& model, const std::vector<Marginal>& marginals);

}  // namespace polder::analysis
