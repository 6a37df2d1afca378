// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "tools/validate/measures.hpp"

namespace polder::tools::validate {

namespace {

constexpr std::uint32_t follow_up = 48;                        // months, as in the source of the rates
constexpr double late = 15e6, mega = 100e6, scaled_up = 10e6;  // unit: EUR
constexpr std::size_t least_ends = 20;

/// Months from every round of one stage to the next stage's; `closed` says whether it came.
struct Step {
  double months, weight;
  bool reached;
};

std::vector<Step> steps(const Observation& seen, std::string_view from, std::string_view to) {
  std::vector<Step> list;
  for (const VentureLife& life : seen.ventures)
    for (std::size_t r = 0; r < life.rounds.size(); ++r) {
      if (life.rounds[r].stage != from) continue;
      const bool reached = r + 1 < life.rounds.size() && life.rounds[r + 1].stage == to;
      const std::uint32_t end = reached ? life.rounds[r + 1].month : seen.months;
      list.push_back({static_cast<double>(end - life.rounds[r].month), life.weight, reached});
    }
  return list;
}

/// Share that raises again within four years, of rounds that could be followed that long.
double graduation(const Observation& seen, std::string_view from, std::string_view to) {
  double all = 0, reached = 0;
  std::size_t n = 0;
  for (const VentureLife& life : seen.ventures)
    for (std::size_t r = 0; r < life.rounds.size(); ++r) {
      const Round& round = life.rounds[r];
      if (round.stage != from || round.month + follow_up > seen.months) continue;
      ++n;
      all += life.weight;
      if (r + 1 < life.rounds.size() && life.rounds[r + 1].stage == to &&
          life.rounds[r + 1].month - round.month <= follow_up)
        reached += life.weight;
    }
  return n < least_ends ? unknown : reached / all;
}

double median_months(const Observation& seen, std::string_view from, std::string_view to) {
  std::vector<Weighted> sample;
  for (const Step& step : steps(seen, from, to))
    if (step.reached) sample.push_back({step.months, step.weight});
  return sample.size() < least_ends ? unknown : quantile(sample, 0.5);
}

std::vector<Weighted> round_sizes(const Observation& seen, std::string_view stage) {
  std::vector<Weighted> sample;
  for (const VentureLife& life : seen.ventures)
    for (const Round& round : life.rounds)
      if (stage.empty() || round.stage == stage) sample.push_back({round.size, life.weight});
  return sample;
}

double rounds_a_year(const Observation& seen, double least) {
  double rounds = 0;
  const std::vector<Weighted> sizes = round_sizes(seen, {});
  for (const Weighted& one : sizes) rounds += one.value >= least ? one.weight : 0;
  return sizes.empty() ? unknown : rounds * 12 / seen.months;
}

std::vector<Weighted> capital_raised(const Observation& seen) {
  std::vector<Weighted> sample;
  for (const VentureLife& life : seen.ventures)
    if (life.raised > 0) sample.push_back({life.raised, life.weight});
  return sample;
}

/// Proceeds and multiple of investors' money of funded ventures that ended.
struct Outcome {
  double multiple, proceeds, weight;
};
std::vector<Outcome> outcomes(const Observation& seen) {
  std::vector<Outcome> list;
  for (const VentureLife& life : seen.ventures) {
    if (!life.ended || life.raised <= 0) continue;
    list.push_back({life.proceeds / life.raised, life.proceeds, life.weight});
  }
  return list;
}

/// Share of ended ventures whose multiple is in [low, high).
double outcome_share(const Observation& seen, double low, double high) {
  double all = 0, part = 0;
  const std::vector<Outcome> list = outcomes(seen);
  for (const Outcome& one : list) {
    all += one.weight;
    if (one.multiple >= low && one.multiple < high) part += one.weight;
  }
  return list.size() < least_ends ? unknown : part / all;
}

}  // namespace

double seed_to_a(const Observation& seen) {
  return graduation(seen, "seed", "series_a");
}
double a_to_b(const Observation& seen) {
  return graduation(seen, "series_a", "series_b");
}
double b_to_c(const Observation& seen) {
  return graduation(seen, "series_b", "series_c");
}
double months_seed_to_a(const Observation& seen) {
  return median_months(seen, "seed", "series_a");
}
double months_a_to_b(const Observation& seen) {
  return median_months(seen, "series_a", "series_b");
}
double months_b_to_c(const Observation& seen) {
  return median_months(seen, "series_b", "series_c");
}

double series_a_size(const Observation& seen) {
  const std::vector<Weighted> sizes = round_sizes(seen, "series_a");
  return sizes.size() < least_ends ? unknown : quantile(sizes, 0.5) / 1e6;
}

double round_size_spread(const Observation& seen) {
  std::vector<Weighted> sizes = round_sizes(seen, "series_a");
  for (Weighted& one : sizes) one.value = std::log(one.value);
  return sizes.size() < least_ends ? unknown : standard_deviation(sizes);
}

double late_rounds(const Observation& seen) {
  return rounds_a_year(seen, late);
}
double mega_rounds(const Observation& seen) {
  return rounds_a_year(seen, mega);
}

double foreign_late_rounds(const Observation& seen) {
  double all = 0, foreign = 0;
  for (const VentureLife& life : seen.ventures)
    for (const Round& round : life.rounds)
      if (round.size >= late) all += life.weight, foreign += round.foreign_lead ? life.weight : 0;
  return all > 0 ? foreign / all : unknown;
}

double foreign_capital(const Observation& seen) {
  const auto found = seen.indicators.find("foreign_venture_capital");
  if (found == seen.indicators.end()) return unknown;
  std::vector<Weighted> sample;
  for (const auto& [month, value] : found->second)
    if (month < found->second.front().first + 36 && !std::isnan(value)) sample.push_back({value, 1});
  return mean(sample);
}

double capital_tail(const Observation& seen) {
  const std::vector<Weighted> sample = capital_raised(seen);
  return sample.empty() ? unknown : hill_exponent(sample, quantile(sample, 0.95));
}

double capital_gini(const Observation& seen) {
  return gini(capital_raised(seen));
}

double capital_of_top(const Observation& seen) {
  const std::vector<Weighted> sample = capital_raised(seen);
  double ventures = 0;
  for (const Weighted& one : sample) ventures += one.weight;
  return share_of_largest(sample, 0.01 * ventures);
}

double outcomes_at_loss(const Observation& seen) {
  return outcome_share(seen, -1, 1);
}
double outcomes_tenfold(const Observation& seen) {
  return outcome_share(seen, 10, std::numeric_limits<double>::infinity());
}

double proceeds_of_best(const Observation& seen) {
  std::vector<Outcome> list = outcomes(seen);
  if (list.size() < least_ends) return unknown;
  std::stable_sort(list.begin(), list.end(),
                   [](const Outcome& a, const Outcome& b) { return a.multiple > b.multiple; });
  double ventures = 0, proceeds = 0, best = 0;
  for (const Outcome& one : list) ventures += one.weight, proceeds += one.weight * one.proceeds;
  double left = 0.06 * ventures;
  for (const Outcome& one : list) {
    const double part = std::min(left, one.weight);
    best += part * one.proceeds;
    left -= part;
  }
  return proceeds > 0 ? best / proceeds : unknown;
}

double funds_above_three(const Observation& seen) {
  constexpr std::uint32_t whole_life = 120;  // months
  if (seen.months < whole_life) return unknown;
  double all = 0, above = 0;
  for (const FundLife& fund : seen.funds)
    if (fund.invested > 0) all += 1, above += fund.proceeds > 3 * fund.invested ? 1 : 0;
  return all < least_ends ? unknown : above / all;
}

double startups_that_scale(const Observation& seen) {
  double all = 0, scaled = 0;
  for (const Weighted& one : capital_raised(seen))
    all += one.weight, scaled += one.value >= scaled_up ? one.weight : 0;
  return all > 0 ? scaled / all : unknown;
}

}  // namespace polder::tools::validate
