// SPDX-License-Identifier: Apache-2.0
#include "agents/support/labels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>

#include "engine/units.hpp"

namespace polder::agents {

std::vector<double> label_numbers(Setup& setup, std::string_view label_set, std::string_view column,
                                  double missing, Dimension wanted) {
  const Scenario& scenario = setup.scenario();
  const auto set = std::find_if(scenario.label_sets.begin(), scenario.label_sets.end(),
                                [&](const auto& s) { return s.name == label_set; });
  if (set == scenario.label_sets.end()) return {missing};
  std::vector<double> numbers(std::max<std::size_t>(1, set->labels.size()), missing);
  const DataTable* table = scenario.find_data(set->data);
  const auto* cells = table != nullptr ? table->find(column) : nullptr;
  if (cells == nullptr) return numbers;
  const Unit unit = parse_unit(cells->unit).value_or(Unit{});
  if (unit.dimension != wanted) {
    setup.mistakes().add({table->path, 1, 0}, std::string(column),
                         cells->unit.empty() ? "no unit" : cells->unit,
                         fmt::format("a unit of {} in the header", to_string(wanted)));
  }
  for (std::size_t i = 0; i < numbers.size() && i < cells->cells.size(); ++i) {
    const std::string& cell = cells->cells[i];
    double value = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error != std::errc{} || end != cell.data() + cell.size()) {
      setup.mistakes().add({table->path, static_cast<int>(i) + 2, 0}, std::string(column), cell, "a number");
    }
    numbers[i] = value * unit.factor;
  }
  return numbers;
}

std::uint8_t theme_none(Setup& setup, std::string_view kind) {
  return static_cast<std::uint8_t>(setup.labels(kind, "theme").find("none").value_or(255));
}

}  // namespace polder::agents
