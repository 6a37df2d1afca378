// SPDX-License-Identifier: Apache-2.0
#include "tools/report/moments.hpp"

#include <algorithm>
#include <cmath>

namespace polder::tools::report {

std::vector<double> Trajectories::at_time(std::size_t arm, std::size_t time) const {
  std::vector<double> values;
  for (std::size_t r = 0; r < num_replicates(); ++r) values.push_back(at(arm, r, time));
  return values;
}

std::vector<double> Trajectories::average(std::size_t arm, const std::vector<std::size_t>& times) const {
  std::vector<double> means;
  for (std::size_t r = 0; r < num_replicates(); ++r) {
    double sum = 0;
    int count = 0;
    for (const std::size_t t : times) {
      const double value = at(arm, r, t);
      if (std::isnan(value)) continue;
      sum += value;
      ++count;
    }
    means.push_back(count > 0 ? sum / count : output::not_known);
  }
  return means;
}

std::vector<std::size_t> year_ends(const std::vector<Month>& times) {
  std::vector<std::size_t> last;
  for (std::size_t t = 0; t < times.size(); ++t) {
    if (!last.empty() && times[last.back()].year() == times[t].year()) last.pop_back();
    last.push_back(t);
  }
  return last;
}

namespace {

/// The first position at which any indicator of any replicate of any policy is not the baseline's.
std::size_t first_difference(const Source& source) {
  std::size_t first = source.times.size();
  for (const SeriesInfo& series : source.indicators) {
    const output::Array array = source.series(series.id);
    const Trajectories values(array);
    const auto differs = [&](std::size_t t) {
      for (std::size_t arm = 1; arm < source.arms.size(); ++arm)
        for (std::size_t r = 0; r < values.num_replicates(); ++r) {
          const double a = values.at(0, r, t), b = values.at(arm, r, t);
          if (!std::isnan(a) && !std::isnan(b) && a != b) return true;
        }
      return false;
    };
    for (std::size_t t = 0; t < first; ++t)
      if (differs(t)) first = t;
  }
  return first;
}

}  // namespace

std::vector<Moment> moments_of(const Source& source) {
  const std::vector<std::size_t> ends = year_ends(source.times);
  if (ends.empty() || source.arms.size() < 2) return {};
  const auto year = [&](std::size_t t) { return source.times[t].year(); };
  std::size_t first = first_difference(source);
  if (first == source.times.size()) first = ends.front();
  Moment average{true, year(first), year(ends.back()), {}};
  for (const std::size_t t : ends)
    if (t >= first) average.times.push_back(t);
  std::vector<Moment> moments{average};
  const std::size_t n = ends.size();
  std::vector<std::size_t> chosen{(n + 2) / 3 - 1, (2 * n + 2) / 3 - 1, n - 1};
  chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
  for (const std::size_t i : chosen) moments.push_back({false, year(ends[i]), year(ends[i]), {ends[i]}});
  return moments;
}

double quantile(std::vector<double> values, double share) {
  std::erase_if(values, [](double value) { return std::isnan(value); });
  if (values.empty()) return output::not_known;
  std::sort(values.begin(), values.end());
  const double place = share * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

Comparison compare(const Trajectories& values, std::size_t arm, const Moment& moment,
                   Uncertainty uncertainty) {
  const std::vector<double> all_before = values.average(0, moment.times);
  const std::vector<double> all_after = values.average(arm, moment.times);
  std::vector<double> before, after, difference;
  for (std::size_t r = 0; r < all_before.size(); ++r) {
    if (std::isnan(all_before[r]) || std::isnan(all_after[r])) continue;
    before.push_back(all_before[r]);
    after.push_back(all_after[r]);
    difference.push_back(all_after[r] - all_before[r]);
  }
  Comparison result{output::mean_interval(before).mean, output::mean_interval(after).mean,
                    output::paired_effect(before, after)};
  if (uncertainty == Uncertainty::range_of_runs) {
    result.effect.low = quantile(difference, 0.1);
    result.effect.high = quantile(difference, 0.9);
    result.effect.standard_error = result.effect.p_value = output::not_known;
  }
  return result;
}

Json as_json(const Moment& moment) {
  return {{"average", moment.average}, {"from", moment.from}, {"to", moment.to}};
}

}  // namespace polder::tools::report
