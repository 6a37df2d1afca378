// SPDX-License-Identifier: Apache-2.0
#include "tools/sweep/vary.hpp"

#include <algorithm>
#include <bit>
#include <cctype>
#include <set>

#include <fmt/format.h>

#include "tools/sweep/study.hpp"

namespace polder::tools {

namespace {

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// Whether a formula has one of the names among its words.
bool mentions(std::string_view text, const std::set<std::string, std::less<>>& names) {
  for (std::size_t begin = 0; begin < text.size();) {
    if (!is_word(text[begin])) {
      ++begin;
      continue;
    }
    std::size_t end = begin;
    while (end < text.size() && is_word(text[end])) ++end;
    if (names.contains(text.substr(begin, end - begin))) return true;
    begin = end;
  }
  return false;
}

/// The names and all parameters computed from them.
std::set<std::string, std::less<>> with_dependents(const Scenario& scenario,
                                                   const std::vector<std::string>& names) {
  std::set<std::string, std::less<>> reached;
  for (const ParameterSpec& parameter : scenario.parameters)
    if (std::find(names.begin(), names.end(), parameter.name) != names.end()) reached.insert(parameter.name);
  for (bool grown = true; grown;) {
    grown = false;
    for (const ParameterSpec& parameter : scenario.parameters)
      if (!reached.contains(parameter.name) && mentions(parameter.value.text, reached))
        grown = reached.insert(parameter.name).second;
  }
  return reached;
}

/// Asks of many formulas whether one mentions the names.
class Search {
 public:
  explicit Search(const std::set<std::string, std::less<>>& names) : names_(names) {}
  bool in(const FormulaText& formula) const { return mentions(formula.text, names_); }
  bool in(const std::vector<NamedFormula>& formulas) const {
    return std::any_of(formulas.begin(), formulas.end(), [&](const auto& f) { return in(f.formula); });
  }
  bool in(const Settings& settings) const {
    return std::any_of(settings.begin(), settings.end(), [&](const Setting& setting) {
      return std::any_of(setting.values.begin(), setting.values.end(), [&](const auto& f) { return in(f); });
    });
  }
  bool in(const Action& action) const { return in(action.assignments) || in(action.amount); }
  bool in(const RuleSpec& rule) const {
    if (in(rule.when) || in(rule.chance) || in(rule.require) || in(rule.let)) return true;
    if (rule.match && (in(rule.match->count) || in(rule.match->weight) || in(rule.match->where) ||
                       in(rule.match->candidates)))
      return true;
    if (rule.fund && (in(rule.fund->request) || in(rule.fund->budget) || in(rule.fund->rank))) return true;
    return std::any_of(rule.actions.begin(), rule.actions.end(), [&](const Action& a) { return in(a); });
  }

 private:
  const std::set<std::string, std::less<>>& names_;
};

bool founds(const Scenario& scenario, const Search& search) {
  for (const KindSpec& kind : scenario.kinds) {
    if (search.in(kind.count)) return true;
    for (const AttributeSpec& attribute : kind.attributes)
      if (search.in(attribute.start)) return true;
  }
  for (const MechanismSpec& mechanism : scenario.mechanisms)
    if (search.in(mechanism.settings)) return true;
  for (const InstrumentSpec& instrument : scenario.instruments)
    if (search.in(instrument.settings)) return true;
  return std::any_of(scenario.networks.begin(), scenario.networks.end(),
                     [&](const NetworkSpec& network) { return search.in(network.decay); });
}

/// The value with its unit, as a formula that reads back to it.
std::string as_formula(const SweptParameter& parameter, double value) {
  if (parameter.percent_rate) return fmt::format("{} % /month", value * 100);
  if (parameter.dimension.is_none()) return fmt::format("{}", value);
  return fmt::format("{} {}", value, to_string(parameter.dimension));
}

}  // namespace

Reach reach(const Scenario& scenario, const std::vector<std::string>& names) {
  const auto reached = with_dependents(scenario, names);
  if (reached.empty()) return Reach::nothing;
  const Search search(reached);
  if (founds(scenario, search)) return Reach::founders;
  if (std::any_of(scenario.rules.begin(), scenario.rules.end(),
                  [&](const auto& rule) { return search.in(rule); }))
    return Reach::rules;
  const bool measured = std::any_of(scenario.indicators.begin(), scenario.indicators.end(),
                                    [&](const auto& indicator) { return search.in(indicator.value); });
  return measured ? Reach::indicators : Reach::nothing;
}

bool Sharing::any() const {
  const auto is_set = [](bool b) { return b; };
  return founders || burn_in || std::any_of(arm_founders.begin(), arm_founders.end(), is_set) ||
         std::any_of(arm_result.begin(), arm_result.end(), is_set);
}

Sharing sharing_of(const Study& study) {
  std::vector<std::string> names;
  for (const SweptParameter& parameter : study.parameters) names.push_back(parameter.name);
  const bool has_burn_in = study.programs.front().burn_in() > 0;
  const Reach baseline = reach(study.arms.front(), names);
  Sharing sharing;
  sharing.founders = has_burn_in && baseline <= Reach::rules;
  sharing.burn_in = has_burn_in && baseline <= Reach::indicators;
  for (std::size_t a = 0; a < study.arms.size(); ++a) {
    const Reach own = reach(study.arms[a], names);
    const bool knows = std::any_of(study.parameters.begin(), study.parameters.end(),
                                   [&](const SweptParameter& parameter) { return parameter.in_arm[a]; });
    sharing.arm_founders.push_back(!has_burn_in && own <= Reach::rules);
    sharing.arm_program.push_back(!knows);
    sharing.arm_result.push_back(own == Reach::nothing && (!has_burn_in || sharing.burn_in));
  }
  return sharing;
}

Scenario at_point(const Study& study, std::size_t arm, std::span<const double> point) {
  Scenario scenario = study.arms[arm];
  for (std::size_t p = 0; p < study.parameters.size(); ++p) {
    const SweptParameter& swept = study.parameters[p];
    if (!swept.in_arm[arm]) continue;
    for (ParameterSpec& parameter : scenario.parameters)
      if (parameter.name == swept.name) parameter.value.text = as_formula(swept, point[p]);
  }
  return scenario;
}

std::uint64_t point_key(std::span<const double> point) {
  std::string bytes;
  for (const double value : point) {
    const auto bits = std::bit_cast<std::uint64_t>(value == 0 ? 0.0 : value);
    for (int b = 0; b < 8; ++b) bytes += static_cast<char>((bits >> (8 * b)) & 0xFFU);
  }
  return hash_name(bytes);
}

}  // namespace polder::tools
