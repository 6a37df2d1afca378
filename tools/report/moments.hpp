// SPDX-License-Identifier: Apache-2.0
// The moments at which a report compares arms: the average over the years in which a policy makes any
// difference, and single years.
#pragma once
#include <vector>

#include "output/effects.hpp"
#include "tools/report/source.hpp"

namespace polder::tools::report {

/// One trajectory of every replicate of every arm: an indicator, or one label of an indicator that is split.
class Trajectories {
 public:
  /// shape: (arm, replicate, time) or (arm, replicate, time, label). `array` must outlive this.
  explicit Trajectories(const output::Array& array, std::size_t label = 0)
      : array_(&array), label_(label), labels_(array.shape.size() > 3 ? array.shape[3] : 1) {}
  std::size_t num_replicates() const { return array_->shape[1]; }
  std::size_t num_times() const { return array_->shape[2]; }
  double at(std::size_t arm, std::size_t replicate, std::size_t time) const {
    return array_->values[((arm * num_replicates() + replicate) * num_times() + time) * labels_ + label_];
  }
  /// One value a replicate; shape: num_replicates().
  std::vector<double> at_time(std::size_t arm, std::size_t time) const;
  /// Mean over the times that have a value, one a replicate.
  std::vector<double> average(std::size_t arm, const std::vector<std::size_t>& times) const;

 private:
  const output::Array* array_;
  std::size_t label_, labels_;
};

struct Moment {
  bool average = false;
  int from = 0, to = 0;            ///< years; equal for a single one
  std::vector<std::size_t> times;  ///< positions of the samples, never empty
};

/// The last sample of every year, as positions in the times.
std::vector<std::size_t> year_ends(const std::vector<Month>& times);

/// The average from the first year in which any policy differs from the baseline, then at most three years,
/// the last one among them. Without any difference the average is over all years.
std::vector<Moment> moments_of(const Source& source);

/// Linear interpolation between order statistics (Hyndman & Fan 1996, type 7); NaN left out.
/// range: 0 <= share <= 1.
double quantile(std::vector<double> values, double share);

/// Baseline, policy and their paired difference at a moment.
struct Comparison {
  double baseline = output::not_known, policy = output::not_known;  ///< means over the pairs
  /// A range of runs stands in `low` and `high`, and there is no standard error and no p value then.
  output::PairedEffect effect;
};
Comparison compare(const Trajectories& values, std::size_t arm, const Moment& moment,
                   Uncertainty uncertainty = Uncertainty::interval_of_mean);

Json as_json(const Moment& moment);

}  // namespace polder::tools::report
