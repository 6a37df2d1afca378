// SPDX-License-Identifier: Apache-2.0
// Stages of `compile`: label sets, parameters, kinds.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <limits>

#include "engine/building.hpp"
#include "engine/places.hpp"

namespace polder {

namespace {

/// Whether a formula names `word`; a word right after a number is a unit (`2 years`).
bool mentions(std::string_view text, std::string_view word) {
  const auto is_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool starts = at == 0 || !is_word(text[at - 1]);
    const bool ends = at + word.size() == text.size() || !is_word(text[at + word.size()]);
    const auto before = text.substr(0, at).find_last_not_of(' ');
    const bool is_unit =
        before != std::string_view::npos && std::isdigit(static_cast<unsigned char>(text[before])) != 0;
    if (starts && ends && !is_unit) return true;
  }
  return false;
}

double bound(Building& building, const FormulaText& formula, const Constant& value, const Unit& unit,
             double missing) {
  if (formula.empty()) return missing;
  const std::size_t before = building.mistakes.list().size();
  Constant constant =
      expression::evaluate_constant(formula, building.layout(), std::nullopt, building.mistakes);
  if (building.mistakes.list().size() > before) return missing;
  if (constant.dimension.is_none() && constant.dimension != value.dimension)
    constant.value *= unit.factor;
  else if (constant.dimension != value.dimension) {
    building.mistakes.add(
        formula.mark, formula.path, formula.text,
        value.dimension.is_none()
            ? std::string("a bound without a unit, as the value has none")
            : fmt::format("a bound in the unit of the value, {}", to_string(value.dimension)));
  }
  return constant.value;
}

void compile_parameter(Building& building, const ParameterSpec& spec) {
  Parameter parameter;
  parameter.name = spec.name;
  parameter.source = spec.source;
  parameter.label = spec.label;
  const std::size_t before = building.mistakes.list().size();
  parameter.value =
      expression::evaluate_constant(spec.value, building.layout(), std::nullopt, building.mistakes);
  parameter.unit = Unit{parameter.value.dimension, 1.0, to_string(parameter.value.dimension)};
  if (!spec.unit.empty()) {
    const auto unit = parse_unit(spec.unit);
    if (!unit) {
      building.mistakes.add(spec.mark, spec.value.path, spec.unit, "a unit such as EUR, %, month or EUR/h",
                            nearest(spec.unit, known_units()));
    } else {
      parameter.unit = *unit;
      if (parameter.value.dimension.is_none() && !unit->dimension.is_none()) {
        parameter.value = {parameter.value.value * unit->factor, unit->dimension, false};
      } else if (parameter.value.dimension != unit->dimension) {
        building.mistakes.add(spec.value.mark, spec.value.path, spec.value.text,
                              fmt::format("a value in {}", spec.unit));
      }
    }
  }
  if (building.mistakes.list().size() > before) {  // nothing can be said of bounds without a value
    building.layout().parameters.push_back(std::move(parameter));
    return;
  }
  constexpr double infinity = std::numeric_limits<double>::infinity();
  parameter.low = bound(building, spec.low, parameter.value, parameter.unit, -infinity);
  parameter.high = bound(building, spec.high, parameter.value, parameter.unit, infinity);
  if (parameter.low > parameter.high) {
    building.mistakes.add(spec.low.mark, spec.low.path, spec.low.text + ", " + spec.high.text,
                          "a range whose first bound is the lower");
  }
  building.layout().parameters.push_back(std::move(parameter));
}

const Labels* add_labels(Layout& layout, std::string name, std::vector<std::string> items,
                         std::vector<double> distances = {}) {
  layout.labels.push_back(
      std::make_unique<Labels>(Labels{std::move(name), std::move(items), std::move(distances)}));
  return layout.labels.back().get();
}

/// Distances between labels that a data file places; empty without coordinates.
std::vector<double> places_of(Building& building, const Scenario::LabelSet& set) {
  const DataTable* table = building.scenario.find_data(set.data);
  if (table == nullptr) return {};
  auto distances = distances_between(*table, building.mistakes);
  if (distances.size() != set.labels.size() * set.labels.size()) distances.clear();
  return distances;
}

std::vector<std::string> split_bars(std::string_view text) {
  std::vector<std::string> items;
  for (std::size_t from = 0; from <= text.size();) {
    const auto to = std::min(text.find('|', from), text.size());
    items.emplace_back(text.substr(from, to - from));
    from = to + 1;
  }
  return items;
}

/// The label set `name`, or one made of `a|b|c` and shared by all attributes that list the same.
const Labels* labels_of(Building& building, const std::string& text, const Mark& mark,
                        const std::string& path) {
  if (const auto* known = building.layout().find_labels(text)) return known;
  if (text.find('|') != std::string::npos) return add_labels(building.layout(), text, split_bars(text));
  std::vector<std::string> names;
  for (const auto& l : building.layout().labels) names.push_back(l->name);
  building.mistakes.add(mark, path, text,
                        "a list of labels such as sectors, regions or themes; add it to the scenario",
                        nearest(text, names));
  return nullptr;
}

Dimension dimension_of(Building& building, const AttributeSpec& a, const std::string& path) {
  if (a.type == ColumnType::money) return dimension::money;
  if (a.unit.empty()) return dimension::none;
  if (const auto unit = parse_unit(a.unit)) return unit->dimension;
  building.mistakes.add(a.mark, path + ".unit", a.unit, "a unit such as EUR, %, month or EUR/h",
                        nearest(a.unit, known_units()));
  return dimension::none;
}

AttributeSpec spec_of(const AttributeInfo& info) {
  AttributeSpec spec;
  spec.name = info.name;
  spec.type = info.type;
  spec.unit = info.unit;
  spec.size = info.size;
  spec.label_set = info.labels;
  spec.target = info.target;
  spec.meaning = info.meaning;
  return spec;
}

void add_column(Building& building, KindLayout& kind, const AttributeSpec& spec, bool account) {
  const std::string path = fmt::format("actors.{}.attributes.{}", kind.name, spec.name);
  ColumnInfo info;
  info.name = spec.name;
  info.type = spec.type;
  info.dimension = dimension_of(building, spec, path);
  info.unit = spec.type == ColumnType::money ? "EUR" : spec.unit;
  info.size = spec.type == ColumnType::vector ? spec.size : 1;
  info.target = spec.target;
  info.account = account;
  info.meaning = spec.meaning;
  const bool named = !spec.labels.empty() || !spec.label_set.empty();
  if (spec.type == ColumnType::category || (spec.type == ColumnType::vector && named)) {
    if (!spec.labels.empty())
      info.labels = add_labels(building.layout(), kind.name + "." + spec.name, spec.labels);
    else
      info.labels = labels_of(building, spec.label_set, spec.mark, path);
    if (info.labels != nullptr && info.labels->items.size() > 255) {
      building.mistakes.add(spec.mark, path, std::to_string(info.labels->items.size()) + " labels",
                            "at most 255 labels");
    }
    if (spec.type == ColumnType::vector && info.labels != nullptr)
      info.size = static_cast<int>(info.labels->items.size());
  }
  kind.columns.push_back(std::move(info));
}

KindLayout& kind_layout(Building& building, const std::string& name, bool scaled) {
  auto& kinds = building.layout().kinds;
  const auto at =
      std::find_if(kinds.begin(), kinds.end(), [&](const KindLayout& k) { return k.name == name; });
  if (at != kinds.end()) return *at;
  kinds.push_back({name, scaled, {}});
  return kinds.back();
}

void add_mechanism_columns(Building& building) {
  for (const auto* mechanism : building.chosen) {
    if (mechanism == nullptr) continue;
    for (const ColumnUse& use : mechanism->columns) {
      const auto* info = building.find_kind_info(use.kind);
      const AttributeInfo* attribute = nullptr;
      if (info != nullptr) {
        for (const auto& a : info->attributes)
          if (std::string_view(a.name) == use.column) attribute = &a;
      }
      if (attribute == nullptr) {
        building.mistakes.add({}, fmt::format("mechanisms.{}", mechanism->name),
                              fmt::format("{}.{}", use.kind, use.column),
                              "an attribute of the catalogue (this is a fault of the mechanism's table)");
        continue;
      }
      auto& kind = kind_layout(building, use.kind, info->scaled);
      if (!kind.find(use.column)) add_column(building, kind, spec_of(*attribute), attribute->account);
    }
  }
}

void add_scenario_columns(Building& building, const KindSpec& spec) {
  auto& kind = kind_layout(building, spec.name, spec.scaled);
  kind.scaled = spec.scaled;
  const auto* info = building.find_kind_info(spec.name);
  for (const auto& attribute : spec.attributes) {
    if (kind.find(attribute.name)) continue;  // a mechanism's column: the scenario only gives its start value
    const AttributeInfo* known = nullptr;
    if (info != nullptr && !building.chosen.empty()) {
      for (const auto& a : info->attributes)
        if (attribute.name == a.name) known = &a;
    }
    if (known != nullptr)
      add_column(building, kind, spec_of(*known), known->account);
    else
      add_column(building, kind, attribute, attribute.type == ColumnType::money && attribute.name == "cash");
  }
}

/// `of` must name a kind; it may stand after the kind that refers to it.
void check_targets(Building& building) {
  for (const KindSpec& kind : building.scenario.kinds) {
    for (const AttributeSpec& attribute : kind.attributes) {
      if (attribute.type != ColumnType::id || building.layout().find_kind(attribute.target)) continue;
      const auto family = choose_kind(building.layout(), attribute.target);
      building.mistakes.add(attribute.target_mark,
                            fmt::format("actors.{}.attributes.{}.of", kind.name, attribute.name),
                            attribute.target, "a kind of actor of this scenario",
                            family ? building.layout().kinds[index(family->kind)].name
                                   : nearest(attribute.target, kind_names(building.layout())));
    }
  }
}

/// The ends of a slider in the unit of its parameter.
void check_control(Building& building, const ControlSpec& control) {
  const Parameter* parameter = building.layout().find_parameter(control.parameter);
  if (parameter == nullptr) return;  // reported by the reader, or a parameter with a mistake
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const std::size_t before = building.mistakes.list().size();
  const auto value = [&](const FormulaText& formula, double missing) {
    return bound(building, formula, parameter->value, parameter->unit, missing);
  };
  const double low = value(control.low, -infinity), high = value(control.high, infinity);
  const double step = value(control.step, 1);
  if (building.mistakes.list().size() > before) return;
  if (!(low < high))
    building.mistakes.add(control.low.mark, control.low.path, control.low.text + ", " + control.high.text,
                          "a range whose first end is the lower");
  if (!(step > 0))
    building.mistakes.add(control.step.mark, control.step.path, control.step.text, "a step above 0");
}

}  // namespace

void compile_labels(Building& building) {
  for (const auto& set : building.scenario.label_sets) {
    auto distances = set.data.empty() ? std::vector<double>{} : places_of(building, set);
    add_labels(building.layout(), set.name, set.labels, std::move(distances));
  }
}

void compile_parameters(Building& building) {
  std::vector<const ParameterSpec*> waiting;
  for (const auto& spec : building.scenario.parameters) waiting.push_back(&spec);
  while (!waiting.empty()) {
    const auto ready = std::stable_partition(waiting.begin(), waiting.end(), [&](const ParameterSpec* p) {
      return std::any_of(waiting.begin(), waiting.end(),
                         [&](const ParameterSpec* q) { return mentions(p->value.text, q->name); });
    });
    if (ready == waiting.end()) {
      for (const auto* p : waiting) {
        building.mistakes.add(p->value.mark, p->value.path, p->value.text,
                              "a value that does not depend on itself");
      }
      return;
    }
    for (auto p = ready; p != waiting.end(); ++p) compile_parameter(building, **p);
    waiting.erase(ready, waiting.end());
  }
  for (const ControlSpec& control : building.scenario.controls) check_control(building, control);
}

void check_parameters(Building& building) {
  for (const ParameterSpec& spec : building.scenario.parameters) {
    const auto& all = building.layout().parameters;
    const auto at =
        std::find_if(all.begin(), all.end(), [&](const Parameter& p) { return p.name == spec.name; });
    if (at == all.end() || at->low > at->high) continue;  // said already
    if (at->value.value >= at->low && at->value.value <= at->high) continue;
    building.mistakes.add(spec.value.mark, spec.value.path, spec.value.text,
                          fmt::format("a value within the range [{}, {}]", spec.low.text, spec.high.text));
  }
}

void compile_kinds(Building& building) {
  for (const auto& spec : building.scenario.kinds) kind_layout(building, spec.name, spec.scaled);
  add_mechanism_columns(building);
  for (const auto& spec : building.scenario.kinds) add_scenario_columns(building, spec);
  check_targets(building);
  auto& program = building.program;
  const auto& kinds = program.layout.kinds;
  program.account_columns.resize(kinds.size());
  program.founding_flows.resize(kinds.size());
  program.liquidation_flows.resize(kinds.size());
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    for (std::size_t c = 0; c < kinds[k].columns.size(); ++c) {
      if (!kinds[k].columns[c].account) continue;
      program.account_columns[k] = static_cast<ColumnId>(c);
      const AccountRef own{static_cast<KindId>(k), static_cast<ColumnId>(c), 0, kinds[k].name};
      const AccountRef households = building.account_ref("households");
      program.founding_flows[k] = building.flow({"founding", households, own, false});
      program.liquidation_flows[k] = building.flow({"liquidation", own, households, false});
    }
  }
}

}  // namespace polder
