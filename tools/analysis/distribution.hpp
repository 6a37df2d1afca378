// SPDX-License-Identifier: Apache-2.0
// The distribution of one parameter, cut at its range.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "tools/analysis/design_request.hpp"

namespace polder::analysis {

/// Names of the distributions in requests.
const std::vector<std::string>& distribution_kinds();

/// A distribution within `[low, high]` and what a design and an analysis ask of it. Everything that leaves
/// the range is cut off and the rest scaled up to 1.
class Marginal {
 public:
  /// errors: InputError for an unknown kind, arguments it cannot have, or nothing left within the range.
  explicit Marginal(const ParameterRange& range);
  Marginal(Marginal&&) noexcept;
  Marginal& operator=(Marginal&&) noexcept;
  ~Marginal();

  /// Value at a probability. range: u in [0, 1]
  double quantile(double u) const;
  /// Value at a level of a design, u in [0, 1]: the quantile, but distributions with tails end at their
  /// quantiles `tail` and 1 - `tail`, for no design should stand on values that hardly occur.
  double level(double u) const;
  static constexpr double tail = 0.005;
  /// Probability of at most x; for `levels` the middle of the level's step, so that it undoes `quantile`.
  double probability(double x) const;
  double mean() const;
  /// `count` values from the least to the largest, evenly, or by equal factors for the logarithmic kinds. All
  /// values of `levels`, whatever the count. range: count >= 2
  std::vector<double> spread(std::size_t count) const;
  /// 0 unless the kind is `levels`.
  std::size_t num_levels() const { return levels_.size(); }

 private:
  struct Law;
  std::unique_ptr<Law> law_;    ///< empty for `levels`
  std::vector<double> levels_;  ///< ascending
  double low_ = 0, high_ = 1;
  double tail_ = 0;  ///< 0 for distributions that end
  bool by_factors_ = false;
};

std::vector<Marginal> marginals_of(const std::vector<ParameterRange>& parameters);

}  // namespace polder::analysis
