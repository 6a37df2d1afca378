// SPDX-License-Identifier: Apache-2.0
#include "tools/effects_report.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "engine/units.hpp"

namespace polder::tools {

namespace {

using output::ResultReader;

/// Positions of the replicates that both results hold: (in the baseline's, in the policy's).
using Pairing = std::vector<std::pair<std::size_t, std::size_t>>;

Pairing pair_replicates(const ArmOf& baseline, const ArmOf& policy) {
  Pairing pairing;
  for (std::size_t b = 0; b < baseline.result->num_replicates(); ++b) {
    const std::uint64_t number = baseline.result->first_replicate() + b;
    if (number < policy.result->first_replicate()) continue;
    const std::size_t p = number - policy.result->first_replicate();
    if (p < policy.result->num_replicates() && baseline.result->is_committed(baseline.arm, b) &&
        policy.result->is_committed(policy.arm, p))
      pairing.emplace_back(b, p);
  }
  return pairing;
}

/// Values of one arm: (replicate, time).
class Trajectories {
 public:
  Trajectories(const ArmOf& of, const std::string& id) : Trajectories(of, of.result->series(id)) {}
  double at(std::size_t replicate, std::size_t time) const { return values_[replicate * num_times_ + time]; }
  std::size_t num_times() const { return num_times_; }
  /// Times at which any replicate has a value, ascending.
  std::vector<std::size_t> sampled() const {
    std::vector<std::size_t> times;
    for (std::size_t t = 0; t < num_times_; ++t)
      for (std::size_t i = t; i < values_.size(); i += num_times_)
        if (!std::isnan(values_[i])) {
          times.push_back(t);
          break;
        }
    return times;
  }

 private:
  Trajectories(const ArmOf& of, const output::Array& all) : num_times_(all.shape[2]) {
    const std::size_t size = all.shape[1] * num_times_;
    values_.assign(all.values.begin() + static_cast<std::ptrdiff_t>(of.arm * size),
                   all.values.begin() + static_cast<std::ptrdiff_t>((of.arm + 1) * size));
  }
  std::size_t num_times_;
  std::vector<double> values_;
};

std::optional<std::size_t> position_of(const ResultReader& result, Month month) {
  const auto& times = result.times();
  const auto at = std::find(times.begin(), times.end(), month);
  if (at == times.end()) return {};
  return static_cast<std::size_t>(at - times.begin());
}

const SeriesInfo* find_indicator(const ResultReader& result, const std::string& id) {
  for (const SeriesInfo& series : result.indicators())
    if (series.id == id) return &series;
  return nullptr;
}

/// The last sample of every year, as positions in the result's times.
std::vector<std::size_t> last_samples(const ResultReader& result, const Trajectories& values) {
  std::vector<std::size_t> last;
  for (const std::size_t t : values.sampled()) {
    if (!last.empty() && result.times()[last.back()].year() == result.times()[t].year()) last.pop_back();
    last.push_back(t);
  }
  return last;
}

/// At most three years, spread evenly, the last one among them.
std::vector<int> usual_years(const ResultReader& result) {
  std::vector<int> years;
  for (const Month month : result.times())
    if (years.empty() || years.back() != month.year()) years.push_back(month.year());
  if (years.size() <= 3) return years;
  const std::size_t n = years.size();
  return {years[(n + 2) / 3 - 1], years[(2 * n + 2) / 3 - 1], years.back()};
}

std::vector<std::string> chosen_indicators(const ResultReader& result, const EffectsChoice& choice) {
  if (choice.indicators.empty()) {
    std::vector<std::string> all;
    for (const SeriesInfo& series : result.indicators()) all.push_back(series.id);
    return all;
  }
  for (const std::string& id : choice.indicators)
    result.indicator(id);  // refuses unknown ones, with the nearest
  return choice.indicators;
}

EffectRow make_row(const SeriesInfo& series, Month month, const std::vector<double>& baseline,
                   const std::vector<double>& policy) {
  EffectRow row{series.id, series.title_en, series.unit, series.annex, month, 0, 0, {}, output::not_known};
  std::vector<double> known_baseline, known_policy;
  for (std::size_t i = 0; i < baseline.size(); ++i) {
    if (std::isnan(baseline[i]) || std::isnan(policy[i])) continue;
    known_baseline.push_back(baseline[i]);
    known_policy.push_back(policy[i]);
  }
  row.baseline = output::mean_interval(known_baseline).mean;
  row.policy = output::mean_interval(known_policy).mean;
  row.effect = output::paired_effect(known_baseline, known_policy);
  return row;
}

/// Bits are compared, so that a NaN equals itself.
bool same(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

/// One indicator of one policy: its rows, and how many of all its values differ.
void add_indicator(const ArmOf& baseline, const ArmOf& policy, const Pairing& pairing,
                   const SeriesInfo& series, const std::vector<int>& years, EffectsReport& report,
                   PolicyEffects& effects) {
  const Trajectories before(baseline, series.id), after(policy, series.id);
  const auto& times = baseline.result->times();
  for (std::size_t b = 0; b < before.num_times(); ++b) {
    const auto p = position_of(*policy.result, times[b]);
    if (!p) continue;
    for (const auto& [rb, rp] : pairing) {
      ++report.num_values;
      if (!same(before.at(rb, b), after.at(rp, *p))) ++report.num_different;
    }
  }
  for (const std::size_t b : last_samples(*baseline.result, before)) {
    if (std::find(years.begin(), years.end(), times[b].year()) == years.end()) continue;
    const auto p = position_of(*policy.result, times[b]);
    if (!p) continue;
    std::vector<double> x, y;
    for (const auto& [rb, rp] : pairing) {
      x.push_back(before.at(rb, b));
      y.push_back(after.at(rp, *p));
    }
    effects.rows.push_back(make_row(series, times[b], x, y));
  }
}

/// An indicator in money a time that can be summed over the run.
struct MoneyRate {
  Trajectories values;
  std::vector<std::pair<std::size_t, double>>
      weights;  ///< time, and EUR that one unit of its value stands for
};

/// Nothing when there is no such indicator, or it is no money a time.
std::optional<MoneyRate> money_rate(const ArmOf& of, const std::string& id) {
  const SeriesInfo* series = find_indicator(*of.result, id);
  if (series == nullptr) return {};
  const auto unit = parse_unit(series->unit);
  if (!unit || unit->dimension != dimension::money_rate) return {};
  MoneyRate rate{Trajectories(of, id), {}};
  Month before = of.result->start() + -1;
  for (const std::size_t t : rate.values.sampled()) {
    rate.weights.emplace_back(t, unit->factor * (of.result->times()[t] - before));
    before = of.result->times()[t];
  }
  return rate;
}

/// The same indicator of both arms.
struct MoneyRates {
  MoneyRate baseline, policy;
};

/// Nothing unless both arms hold it.
std::optional<MoneyRates> money_rates(const ArmOf& baseline, const ArmOf& policy, const std::string& id) {
  auto before = money_rate(baseline, id), after = money_rate(policy, id);
  if (!before || !after) return {};
  return MoneyRates{std::move(*before), std::move(*after)};
}

/// Sum over the run of an indicator, by replicate.
/// unit: EUR
std::vector<double> sum_over_run(const ArmOf& of, const MoneyRate& rate) {
  std::vector<double> sums(of.result->num_replicates());
  for (const auto& [t, euros] : rate.weights)
    for (std::size_t r = 0; r < sums.size(); ++r) sums[r] += rate.values.at(r, t) * euros;
  return sums;
}

/// What firms' R&D differs by at the pay of the baseline, by pair: that of the policy is deflated by what the
/// policy did to pay. money: firms' R&D in the baseline. Empty when the results do not hold it at pay of the
/// start.
/// unit: EUR
std::vector<double> difference_at_constant_pay(const ArmOf& baseline, const ArmOf& policy,
                                               const MoneyRate& money, const Pairing& pairing) {
  const auto at_start_pay = money_rates(baseline, policy, real_rd_id);
  if (!at_start_pay) return {};
  const auto& [before, after] = *at_start_pay;
  std::vector<double> sums(pairing.size());
  for (const auto& [t, euros] : before.weights) {
    const auto p = position_of(*policy.result, baseline.result->times()[t]);
    if (!p) continue;
    for (std::size_t i = 0; i < sums.size(); ++i) {
      const double real = before.values.at(pairing[i].first, t);
      const double price = real > 0 ? money.values.at(pairing[i].first, t) / real : 1.0;
      sums[i] += (after.values.at(pairing[i].second, *p) - real) * price * euros;
    }
  }
  return sums;
}

/// Outlay of all instruments over all years, by replicate.
/// unit: EUR
std::vector<double> sum_outlay(const ArmOf& of) {
  const output::Array outlay = of.result->instrument_table("outlay");
  std::vector<double> sums(of.result->num_replicates());
  const std::size_t each = outlay.shape[2] * outlay.shape[3];
  for (std::size_t r = 0; r < sums.size(); ++r)
    for (std::size_t i = 0; i < each; ++i) {
      const double euros = outlay.values[(of.arm * outlay.shape[1] + r) * each + i];
      if (!std::isnan(euros)) sums[r] += euros;
    }
  return sums;
}

/// Differences policy - baseline of the pairs.
std::vector<double> differences(const std::vector<double>& baseline, const std::vector<double>& policy,
                                const Pairing& pairing) {
  std::vector<double> list;
  for (const auto& [b, p] : pairing) list.push_back(policy[p] - baseline[b]);
  return list;
}

std::optional<PerEuro> per_euro(const ArmOf& baseline, const ArmOf& policy, const Pairing& pairing) {
  if (baseline.result->instruments().empty() && policy.result->instruments().empty()) return {};
  PerEuro sums;
  const std::vector<double> outlay = differences(sum_outlay(baseline), sum_outlay(policy), pairing);
  sums.outlay = output::paired_effect(std::vector<double>(outlay.size(), 0.0), outlay);
  const auto rates = [&](const char* id) { return money_rates(baseline, policy, id); };
  const auto change = [&](const std::optional<MoneyRates>& rate) {
    return rate ? differences(sum_over_run(baseline, rate->baseline), sum_over_run(policy, rate->policy),
                              pairing)
                : std::vector<double>{};
  };
  const auto ratio = [&](const std::vector<double>& added, bool& there) {
    there = !added.empty();
    return there ? output::ratio_of_means(added, outlay) : output::Ratio{};
  };
  const auto rd_of_firms = rates(firms_rd_id);
  const std::vector<double> all = change(rates(total_rd_id)), firms = change(rd_of_firms);
  sums.private_rd = ratio(change(rates(private_rd_id)), sums.has_private);
  sums.additionality = ratio(all, sums.has_total);
  if (all.empty() || firms.empty()) return sums;
  std::vector<double> institutes = all,
                      constant = difference_at_constant_pay(baseline, policy, rd_of_firms->baseline, pairing);
  for (std::size_t i = 0; i < all.size(); ++i) institutes[i] -= firms[i];
  for (std::size_t i = 0; i < constant.size(); ++i) constant[i] += institutes[i];
  sums.firms = ratio(firms, sums.has_parts);
  sums.institutes = ratio(institutes, sums.has_parts);
  sums.constant_pay = ratio(constant, sums.has_pay);
  return sums;
}

void control_false_discoveries(EffectsReport& report) {
  std::vector<double> p_values;
  for (const PolicyEffects& policy : report.policies)
    for (const EffectRow& row : policy.rows) p_values.push_back(row.effect.p_value);
  const std::vector<double> adjusted = output::benjamini_hochberg(p_values);
  std::size_t next = 0;
  for (PolicyEffects& policy : report.policies)
    for (EffectRow& row : policy.rows) row.adjusted_p = adjusted[next++];
}

void check_pair(const ResultReader& a, const ResultReader& b) {
  if (&a == &b) return;
  const auto refuse = [&](const char* what, const std::string& found, const std::string& wanted) {
    throw InputError(
        Mistake{{b.path(), 0, 0},
                what,
                found,
                fmt::format("{}, as in {}: only runs that share their draws are compared pair by pair",
                            wanted, a.path()),
                {}});
  };
  if (a.seed() != b.seed()) refuse("seed", std::to_string(b.seed()), std::to_string(a.seed()));
  if (a.scale() != b.scale()) refuse("scale", fmt::format("{}", b.scale()), fmt::format("{}", a.scale()));
}

}  // namespace

EffectsReport compare_arms(const std::vector<std::pair<ArmOf, ArmOf>>& pairs, const EffectsChoice& choice) {
  EffectsReport report;
  for (const auto& [baseline, policy] : pairs) {
    check_pair(*baseline.result, *policy.result);
    report.scale = baseline.result->scale();
    PolicyEffects effects;
    effects.baseline = baseline.result->arms()[baseline.arm];
    effects.policy = policy.result->arms()[policy.arm];
    const Pairing pairing = pair_replicates(baseline, policy);
    effects.pairs = pairing.size();
    const std::vector<int> years = choice.years.empty() ? usual_years(*baseline.result) : choice.years;
    for (const std::string& id : chosen_indicators(*baseline.result, choice)) {
      const SeriesInfo* there = find_indicator(*policy.result, id);
      const SeriesInfo& here = baseline.result->indicator(id);
      if (there == nullptr || there->unit != here.unit) continue;
      add_indicator(baseline, policy, pairing, here, years, report, effects);
    }
    if (effects.rows.empty() && !choice.years.empty())
      throw InputError(Mistake{{}, "--years", {}, "years in which the indicators are sampled", {}});
    effects.per_euro = per_euro(baseline, policy, pairing);
    report.policies.push_back(std::move(effects));
  }
  control_false_discoveries(report);
  return report;
}

}  // namespace polder::tools
