// SPDX-License-Identifier: Apache-2.0
// A small ecosystem for tests: firms of two sectors in two regions and a few institutes, without public
// money.
#pragma once
#include <string>
#include <vector>

#include "agents/registry.hpp"
#include "engine/program.hpp"
#include "engine/turn.hpp"
#include "tests/support/mini.hpp"

namespace polder::agents::test {

using polder::test::formula;

inline AttributeSpec starts(const std::string& name, const std::string& start) {
  AttributeSpec a;
  a.name = name;
  a.start = formula(start);
  return a;
}

inline MechanismSpec mechanism(const std::string& name,
                               const std::vector<std::pair<std::string, std::string>>& settings = {}) {
  MechanismSpec spec;
  spec.name = name;
  for (const auto& [key, value] : settings) {
    Setting s;
    s.key = key;
    s.values = {formula(value)};
    spec.settings.push_back(s);
  }
  return spec;
}

/// Firms, a tenth of which perform R&D, under the mechanisms named.
inline Scenario small_world(int firms, int months, const std::vector<std::string>& mechanisms) {
  Scenario s = polder::test::empty(months);
  s.label_sets = {{"sectors", {"industry", "services"}, ""},
                  {"regions", {"east", "west"}, ""},
                  {"themes", {"none", "ai"}, ""},
                  {"bodies", {"national.ezk"}, ""},
                  {"fields", {"ict"}, ""}};
  KindSpec firm =
      polder::test::kind("firm", std::to_string(firms),
                         {starts("type", "sme"), starts("size_class", "micro"),
                          starts("sector", "if(uniform() < 0.3, industry, services)"),
                          starts("region", "if(uniform() < 0.5, east, west)"), starts("theme", "none"),
                          starts("staff", "2 persons + exponential(mean: 8 persons)"),
                          starts("exports_share", "0.3"), starts("rd_performer", "bernoulli(0.1)")});
  firm.scaled = true;
  KindSpec institute =
      polder::test::kind("institute", "4",
                         {starts("type", "university"), starts("region", "east"), starts("theme", "ai"),
                          starts("researchers", "100 persons"), starts("phds", "50 persons")});
  s.kinds = {firm, institute};
  s.networks = {{"collaboration", formula("2 % /month")}};
  for (const auto& name : mechanisms) s.mechanisms.push_back(mechanism(name));
  return s;
}

inline const std::vector<std::string>& all_of_the_economy() {
  static const std::vector<std::string> names{"market",        "accounts",       "rd_investment",
                                              "research",      "absorption",     "knowledge_spillover",
                                              "collaboration", "firm_demography"};
  return names;
}

/// Weighted sum of a numeric column over the living agents of a kind, in id order.
inline double total(const Program& program, const State& state, const std::string& kind,
                    const std::string& column) {
  const auto k = *program.layout().find_kind(kind);
  const auto c = *program.layout().kinds[index(k)].find(column);
  const Table& table = state.tables[index(k)];
  double sum = 0;
  for (const Row row : table.by_id()) sum += table.weights()[row] * table.column<double>(c)[row];
  return sum;
}

inline std::span<double> numbers(const Program& program, State& state, const std::string& kind,
                                 const std::string& column) {
  const auto k = *program.layout().find_kind(kind);
  return state.tables[index(k)].column<double>(*program.layout().kinds[index(k)].find(column));
}

inline Setting setting(const std::string& key, const std::vector<std::string>& values) {
  Setting s;
  s.key = key;
  s.is_list = values.size() > 1;
  for (const auto& value : values) s.values.push_back(polder::test::formula(value));
  return s;
}

inline InstrumentSpec instrument(const std::string& id, const std::string& form,
                                 std::vector<Setting> settings) {
  InstrumentSpec spec;
  spec.id = id;
  spec.form = form;
  spec.payer = "government.national.ezk";
  spec.settings = std::move(settings);
  return spec;
}

}  // namespace polder::agents::test
