// SPDX-License-Identifier: Apache-2.0
// The text and the JSON of an effects report.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "tools/effects_report.hpp"
#include "tools/json_number.hpp"
#include "tools/text_table.hpp"

namespace polder::tools {

namespace {

using Json = nlohmann::ordered_json;

std::string interval(double low, double high, const NumberFormat& format) {
  if (std::isnan(low) || std::isnan(high)) return "-";
  return fmt::format("{} to {}", show(low, format, Sign::always), show(high, format, Sign::always));
}

/// The same in every pair, to the last bit.
bool unchanged(const EffectRow& row) {
  return row.effect.mean == 0 && row.effect.low == 0 && row.effect.high == 0;
}

std::string reduction(double times) {
  constexpr double most_shown_times = 1e6;  // beyond, it says only that hardly any luck is left
  return times > most_shown_times && std::isfinite(times) ? "> 1 000 000" : show_digits(times, 2);
}

/// size: the largest value of the indicator, so that all its years are shown in one unit.
std::vector<std::string> cells(const EffectRow& row, double size, bool repeats) {
  const output::PairedEffect& effect = row.effect;
  const bool same =
      effect.mean == 0 && effect.low == 0 && effect.high == 0;  // in every pair, to the last bit
  const NumberFormat format = choose_format(size, (effect.high - effect.low) / 2, row.unit);
  return {repeats ? "" : row.indicator,
          repeats || format.unit == "1" ? "" : format.unit,
          std::to_string(row.month.year()),
          show(row.baseline, format),
          show(row.policy, format),
          same ? "0" : show(effect.mean, format, Sign::always),
          same ? "" : interval(effect.low, effect.high, format),
          same ? "" : reduction(effect.variance_reduction),
          row.marked() ? "*" : ""};
}

std::string per_euro_text(const PerEuro& sums) {
  TextTable table({{"Over the whole run"}, {"", Align::right}, {"95 % interval", Align::right}, {}});
  const NumberFormat money = choose_format(sums.outlay.mean, (sums.outlay.high - sums.outlay.low) / 2, "EUR");
  table.add({"extra public outlay", show(sums.outlay.mean, money),
             interval(sums.outlay.low, sums.outlay.high, money), money.unit});
  const bool saves = sums.outlay.high < 0;  // the ratio is then of two losses
  const auto add = [&](const char* name, const output::Ratio& ratio) {
    const NumberFormat format = choose_format(ratio.value, (ratio.high - ratio.low) / 2,
                                              saves ? "EUR per public EUR saved" : "EUR per public EUR");
    const bool blank = std::isnan(ratio.value);
    table.add({name, blank ? "" : show(ratio.value, format, Sign::always),
               blank ? "(outlay too near zero)" : interval(ratio.low, ratio.high, format), format.unit});
  };
  if (sums.has_private) add(saves ? "private R&D lost" : "private R&D added", sums.private_rd);
  if (sums.has_total) add(saves ? "all R&D lost" : "additionality", sums.additionality);
  if (sums.has_parts) {
    add("  of it at firms", sums.firms);
    add("  of it at institutes", sums.institutes);
  }
  if (sums.has_pay) add("  all, at constant pay", sums.constant_pay);
  return table.text();
}

/// Shown of a policy that changes more, unless all are asked for.
constexpr std::size_t most_shown = 12;

/// Ids of the indicators to show: all that change when they are few, else R&D and those whose differences
/// stand out most clearly from the luck (smallest p-value in any of the years).
std::set<std::string> clearest(const PolicyEffects& policy) {
  std::map<std::string, double> p_values;
  for (const EffectRow& row : policy.rows) {
    if (unchanged(row)) continue;
    const double p = std::isnan(row.effect.p_value) ? 1 : row.effect.p_value;
    const auto [at, is_new] = p_values.try_emplace(row.indicator, p);
    if (!is_new) at->second = std::min(at->second, p);
  }
  for (const char* id : {private_rd_id, total_rd_id})
    if (const auto at = p_values.find(id); at != p_values.end()) at->second = -1;  // always among them
  std::vector<std::pair<double, std::string>> order;
  for (const auto& [id, p] : p_values) order.emplace_back(p, id);
  std::sort(order.begin(), order.end());
  std::set<std::string> ids;
  for (std::size_t i = 0; i < std::min(order.size(), most_shown); ++i) ids.insert(order[i].second);
  return ids;
}

std::string policy_text(const PolicyEffects& policy, double scale, const std::string& all_command) {
  std::string out = fmt::format("{} against {}: {} of runs, scale {}\n\n", policy.policy, policy.baseline,
                                counted(policy.pairs, "pair"), scale);
  TextTable table({{"Indicator"},
                   {"Unit"},
                   {"Year"},
                   {"Baseline", Align::right},
                   {"Policy", Align::right},
                   {"Difference", Align::right},
                   {"95 % interval", Align::right},
                   {"Var. red.", Align::right},
                   {""}});
  std::map<std::string, double> sizes;
  std::map<std::string, bool> changes;
  for (const EffectRow& row : policy.rows) {
    sizes[row.indicator] = std::max({sizes[row.indicator], std::abs(row.baseline), std::abs(row.policy)});
    changes[row.indicator] = changes[row.indicator] || !unchanged(row);
  }
  const auto num_changed = static_cast<std::size_t>(
      std::count_if(changes.begin(), changes.end(), [](const auto& one) { return one.second; }));
  const bool brief = !all_command.empty() && num_changed > most_shown;
  const std::set<std::string> chosen = brief ? clearest(policy) : std::set<std::string>{};
  std::string before;
  std::vector<std::string> same;
  for (const EffectRow& row : policy.rows) {
    const bool repeats = row.indicator == before;
    before = row.indicator;
    if (changes[row.indicator] && (!brief || chosen.contains(row.indicator)))
      table.add(cells(row, sizes[row.indicator], repeats));
    if (!changes[row.indicator] && !repeats) same.push_back(row.indicator);
  }
  if (!table.empty()) out += table.text();
  if (brief) {
    const std::string rest =
        same.empty() ? "" : fmt::format(", {} the same in every pair to the last bit", same.size());
    out += '\n' + wrap(fmt::format("These {} of {} indicators are R&D and what stands out most clearly{}. "
                                   "All of them: {}",
                                   chosen.size(), changes.size(), rest, all_command),
                       0);
  } else if (!same.empty()) {
    if (!table.empty()) out += '\n';
    out += wrap(fmt::format("The same in every pair, to the last bit: {}.", fmt::join(same, ", ")), 0);
  }
  if (policy.per_euro) out += '\n' + per_euro_text(*policy.per_euro);
  return out;
}

Json ratio_json(const output::Ratio& ratio) {
  return {{"value", json_number(ratio.value)},
          {"low", json_number(ratio.low)},
          {"high", json_number(ratio.high)}};
}

Json row_json(const EffectRow& row) {
  const output::PairedEffect& effect = row.effect;
  return {{"indicator", row.indicator},
          {"annex", row.annex},
          {"title", row.title},
          {"unit", row.unit},
          {"month", to_string(row.month)},
          {"baseline", json_number(row.baseline)},
          {"policy", json_number(row.policy)},
          {"difference", json_number(effect.mean)},
          {"standard_error", json_number(effect.standard_error)},
          {"low", json_number(effect.low)},
          {"high", json_number(effect.high)},
          {"pairs", effect.pairs},
          {"variance_reduction", json_number(effect.variance_reduction)},
          {"p_value", json_number(effect.p_value)},
          {"adjusted_p_value", json_number(row.adjusted_p)},
          {"significant", row.marked()}};
}

}  // namespace

std::string as_text(const EffectsReport& report, const std::string& all_command) {
  std::string out;
  std::size_t rows = 0;
  for (const PolicyEffects& policy : report.policies) {
    if (!out.empty()) out += '\n';
    out += policy_text(policy, report.scale, all_command);
    rows += policy.rows.size();
  }
  out += '\n';
  out += wrap(
      fmt::format(
          "95 % interval: of the mean paired difference. It holds Monte Carlo error only, not the "
          "uncertainty of "
          "parameters. Var. red.: how many times smaller the variance is than with unpaired runs. *: stays "
          "significant with the false-discovery rate over all {} held at {:.0f} %.",
          counted(rows, "compared effect"), 100 * false_discovery_rate),
      0);
  if (!report.rule.empty())
    out += wrap("Replicates were added until the interval was narrow enough: " + report.rule + ".", 0);
  if (report.num_different == 0) out += fmt::format("All {} values are identical.\n", report.num_values);
  return out;
}

std::string as_json(const EffectsReport& report) {
  Json policies = Json::array();
  for (const PolicyEffects& policy : report.policies) {
    Json rows = Json::array();
    for (const EffectRow& row : policy.rows) rows.push_back(row_json(row));
    Json object = {{"policy", policy.policy},
                   {"baseline", policy.baseline},
                   {"pairs", policy.pairs},
                   {"effects", std::move(rows)}};
    if (policy.per_euro) {
      const PerEuro& sums = *policy.per_euro;
      object["per_public_euro"] = {
          {"outlay", json_number(sums.outlay.mean)},         {"outlay_low", json_number(sums.outlay.low)},
          {"outlay_high", json_number(sums.outlay.high)},    {"private_rd", ratio_json(sums.private_rd)},
          {"additionality", ratio_json(sums.additionality)}, {"firms", ratio_json(sums.firms)},
          {"institutes", ratio_json(sums.institutes)},       {"constant_pay", ratio_json(sums.constant_pay)}};
    }
    policies.push_back(std::move(object));
  }
  const Json object = {{"scale", report.scale},
                       {"interval", "95 % of the mean paired difference, Monte Carlo error only"},
                       {"false_discovery_rate", false_discovery_rate},
                       {"sequential_rule", report.rule.empty() ? Json(nullptr) : Json(report.rule)},
                       {"values", report.num_values},
                       {"different", report.num_different},
                       {"policies", std::move(policies)}};
  return object.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace polder::tools
