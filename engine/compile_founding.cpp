// SPDX-License-Identifier: Apache-2.0
// Stage of `compile`: how the founders of each kind are made.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "engine/building.hpp"

namespace polder {

namespace {

constexpr std::array<std::string_view, 5> ignored_columns{"name", "name_nl", "source", "notes", "code"};

std::optional<double> parse_number(const std::string& cell) {
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc{} || end != cell.data() + cell.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

/// The vector that a column `vector.element` sets a number of.
std::optional<ColumnId> vector_of(const KindLayout& kind, const std::string& column) {
  const auto dot = column.find('.');
  if (dot == std::string::npos) return std::nullopt;
  const auto id = kind.find(column.substr(0, dot));
  return id && kind.columns[index(*id)].type == ColumnType::vector ? id : std::nullopt;
}

/// Reads the columns of one data file for one kind.
class CellReader {
 public:
  CellReader(Building& building, const KindLayout& kind, const DataTable& data, Founding& founding)
      : building_(building), kind_(kind), data_(data), founding_(founding) {}

  /// Returns the names of the `cell.x` scalars.
  std::vector<std::pair<std::string, expression::ValueType>> read() {
    const std::size_t n = data_.num_rows();
    founding_.cell_counts.assign(n, 1.0);
    founding_.cell_weights.assign(n, 0.0);
    for (const auto& column : data_.columns) read_column(column);
    return std::move(scalars_);
  }

 private:
  /// The cell of a row (from 0) or the header of a column.
  Mark mark(const DataTable::Column& column, std::size_t row) const { return data_.mark(column, row + 1); }
  Mark header(const DataTable::Column& column) const { return data_.mark(column, 0); }
  void refuse(const DataTable::Column& column, std::size_t row, std::string wanted,
              std::string suggestion = {}) {
    const std::string& cell = column.cells[row];
    building_.mistakes.add(mark(column, row), column.name, cell.empty() ? "an empty cell" : cell,
                           std::move(wanted), std::move(suggestion));
  }

  std::vector<double> numbers(const DataTable::Column& column, Dimension wanted, bool any) {
    double factor = 1;
    Dimension dimension;
    if (!column.unit.empty()) {
      if (const auto unit = parse_unit(column.unit)) {
        factor = unit->factor;
        dimension = unit->dimension;
      } else {
        building_.mistakes.add(header(column), column.name, column.unit,
                               "a unit such as EUR, person or EUR/month",
                               nearest(column.unit, known_units()));
      }
    }
    dimension_ = dimension;
    if (!any && dimension != wanted) {
      building_.mistakes.add(header(column), column.name, column.unit.empty() ? "no unit" : column.unit,
                             wanted.is_none() ? "no unit in the header: it is a plain number"
                                              : fmt::format("a unit of {0} in the header, as in `{1} [{0}]`",
                                                            to_string(wanted), column.name));
    }
    std::vector<double> values;
    for (std::size_t row = 0; row < column.cells.size(); ++row) {
      const auto value = parse_number(column.cells[row]);
      if (!value) refuse(column, row, "a number");
      values.push_back(value.value_or(0) * factor);
    }
    return values;
  }

  std::vector<double> labels(const DataTable::Column& column, const Labels& labels) {
    std::vector<double> values;
    for (std::size_t row = 0; row < column.cells.size(); ++row) {
      const auto at = labels.find(column.cells[row]);
      if (!at)
        refuse(column, row, fmt::format("a label of {}", labels.name),
               nearest(column.cells[row], labels.items));
      values.push_back(static_cast<double>(at.value_or(0)));
    }
    return values;
  }

  std::vector<double> flags(const DataTable::Column& column) {
    std::vector<double> values;
    for (std::size_t row = 0; row < column.cells.size(); ++row) {
      const std::string& cell = column.cells[row];
      const bool yes = cell == "true" || cell == "1";
      if (!yes && cell != "false" && cell != "0") refuse(column, row, "true or false");
      values.push_back(yes ? 1 : 0);
    }
    return values;
  }

  /// Values of an attribute, by its type.
  std::vector<double> values_of(const DataTable::Column& column, const ColumnInfo& info) {
    if (info.type == ColumnType::category && info.labels != nullptr) return labels(column, *info.labels);
    if (info.type == ColumnType::flag) return flags(column);
    if (info.type == ColumnType::id)
      building_.mistakes.add(
          header(column), column.name, {},
          fmt::format("{} of {} is an id: a data file cannot set it, give it a start value", info.name,
                      kind_.name));
    if (info.type == ColumnType::vector)
      building_.mistakes.add(header(column), column.name, {},
                             fmt::format("{0} of {1} is a vector: give each element a column, {0}.{2} "
                                         "and so on, or give it a start value",
                                         info.name, kind_.name, element_names(info).front()));
    return numbers(column, info.dimension, false);
  }

  /// Labels of a vector, or its numbers from 1.
  static std::vector<std::string> element_names(const ColumnInfo& info) {
    if (info.labels != nullptr) return info.labels->items;
    std::vector<std::string> names;
    for (int i = 1; i <= info.size; ++i) names.push_back(std::to_string(i));
    return names;
  }

  /// Reads `vector.element`; false for a column of another name.
  bool read_element(const DataTable::Column& column) {
    const auto id = vector_of(kind_, column.name);
    if (!id) return false;
    const ColumnInfo& info = kind_.columns[index(*id)];
    const auto names = element_names(info);
    const std::string name = column.name.substr(column.name.find('.') + 1);
    const auto at = std::find(names.begin(), names.end(), name);
    if (at == names.end())
      building_.mistakes.add(header(column), column.name, name,
                             fmt::format("an element of {}: {}", info.name, fmt::join(names, ", ")),
                             nearest(name, names));
    else
      founding_.set.push_back(
          {*id, numbers(column, info.dimension, false), static_cast<int>(at - names.begin())});
    return true;
  }

  void read_column(const DataTable::Column& column) {
    const bool is_note =
        std::find(ignored_columns.begin(), ignored_columns.end(), column.name) != ignored_columns.end();
    if (is_note && !kind_.find(column.name)) return;
    if (column.name == "count" || column.name == "weight") {
      auto values = numbers(column, dimension::none, true);
      for (std::size_t row = 0; row < values.size(); ++row) {
        if (values[row] < 0) refuse(column, row, "a number of at least 0");
      }
      (column.name == "count" ? founding_.cell_counts : founding_.cell_weights) = std::move(values);
      return;
    }
    if (read_element(column)) return;
    const bool is_sum = column.name.starts_with("sum.");
    const std::string attribute = is_sum ? column.name.substr(4) : column.name;
    if (const auto id = kind_.find(attribute)) {
      const ColumnInfo& info = kind_.columns[index(*id)];
      if (is_sum && info.type != ColumnType::number)
        building_.mistakes.add(header(column), column.name, {},
                               fmt::format("only numbers have a sum; {} is none", info.name));
      auto values = values_of(column, info);
      (is_sum ? founding_.sums : founding_.set).push_back({*id, std::move(values), 0});
    } else if (is_sum) {
      std::vector<std::string> names;
      for (const auto& c : kind_.columns) names.push_back(c.name);
      building_.mistakes.add(header(column), column.name, attribute,
                             fmt::format("an attribute of {}", kind_.name), nearest(attribute, names));
    } else if (!column.cells.empty() && parse_number(column.cells.front())) {
      founding_.extras.push_back(numbers(column, dimension::none, true));
      scalars_.emplace_back("cell." + column.name,
                            expression::ValueType{expression::Type::number, dimension_});
    }  // other words (a label of a set that no chosen mechanism uses) are notes
  }

  Building& building_;
  const KindLayout& kind_;
  const DataTable& data_;
  Founding& founding_;
  Dimension dimension_;
  std::vector<std::pair<std::string, expression::ValueType>> scalars_;
};

/// The scenario's start formula, else the catalogue's default.
FormulaText start_text(const Building& building, const KindSpec* spec, const KindLayout& kind,
                       const ColumnInfo& column) {
  const std::string path = fmt::format("actors.{}.attributes.{}", kind.name, column.name);
  if (spec != nullptr) {
    for (const auto& a : spec->attributes)
      if (a.name == column.name && !a.start.empty()) return a.start;
  }
  if (const auto* info = building.find_kind_info(kind.name); info != nullptr && !building.chosen.empty()) {
    for (const auto& a : info->attributes)
      if (column.name == a.name) return {a.start, {}, path};
  }
  return {};
}

/// Orders start formulas so that each comes after those whose columns it reads.
void sort_by_dependence(Building& building, const KindLayout& kind, std::vector<StartFormula>& formulas) {
  std::vector<StartFormula> sorted;
  while (!formulas.empty()) {
    const auto ready = std::find_if(formulas.begin(), formulas.end(), [&](const StartFormula& f) {
      return std::none_of(formulas.begin(), formulas.end(), [&](const StartFormula& g) {
        return std::any_of(f.code.reads.begin(), f.code.reads.end(),
                           [&](const auto& r) { return r.column == g.column; });
      });
    });
    if (ready == formulas.end()) {
      building.mistakes.add(
          {}, fmt::format("actors.{}.attributes.{}", kind.name, kind.columns[index(formulas[0].column)].name),
          "", "a start value that does not depend on itself through other start values");
      return;
    }
    sorted.push_back(std::move(*ready));
    formulas.erase(ready);
  }
  formulas = std::move(sorted);
}

void compile_start(Building& building, const KindSpec* spec, KindId kind_id, Founding& founding,
                   const std::vector<std::pair<std::string, expression::ValueType>>& scalars) {
  const auto& kind = building.layout().kinds[index(kind_id)];
  for (std::size_t c = 0; c < kind.columns.size(); ++c) {
    const ColumnInfo& column = kind.columns[c];
    const auto is_set = [&](const Founding::CellColumn& cell) { return index(cell.column) == c; };
    const bool given_by_cell = std::any_of(founding.set.begin(), founding.set.end(), is_set);
    const FormulaText text = start_text(building, spec, kind, column);
    if (text.empty() || given_by_cell) continue;
    expression::Scope scope;
    scope.layout = &building.layout();
    scope.self = kind_id;
    scope.owner = kind.name + "." + column.name;
    scope.aggregates = false;
    scope.scalars = scalars;
    expression::Compiler compiler(scope, building.mistakes);
    compiler.add(text, wanted_of(column));
    founding.start.push_back(
        {static_cast<ColumnId>(c), compiler.finish(), text.text.find("cell.") != std::string::npos});
  }
  sort_by_dependence(building, kind, founding.start);
}

/// Two names that differ at one place only, by at most two letters.
bool is_slip(std::string_view a, std::string_view b) {
  const auto shorter = static_cast<std::ptrdiff_t>(std::min(a.size(), b.size()));
  const auto prefix = std::mismatch(a.begin(), a.begin() + shorter, b.begin()).first - a.begin();
  const auto suffix =
      std::mismatch(a.rbegin(), a.rbegin() + (shorter - prefix), b.rbegin()).first - a.rbegin();
  return prefix + suffix + 2 >= static_cast<std::ptrdiff_t>(std::max(a.size(), b.size()));
}

/// A column that is no attribute and that no start value reads is a note, unless it looks like a misspelt
/// attribute.
void check_unused_columns(Building& building, const KindSpec& spec, const KindLayout& kind,
                          const Founding& founding) {
  std::vector<std::string> names{"count", "weight"};
  for (const auto& c : kind.columns) names.push_back(c.name);
  std::string read;  // all start values
  for (const auto& column : kind.columns) read += start_text(building, &spec, kind, column).text + " ";
  const auto is_note = [&](const std::string& name) {
    return name == "count" || name == "weight" || name.starts_with("sum.") ||
           std::find(ignored_columns.begin(), ignored_columns.end(), name) != ignored_columns.end();
  };
  for (const auto& column : founding.data->columns) {
    if (is_note(column.name) || kind.find(column.name) || vector_of(kind, column.name)) continue;
    if (read.find("cell." + column.name) != std::string::npos) continue;
    const std::string near = nearest(column.name, names);
    if (near.empty() || !is_slip(column.name, near) || founding.data->find(near) != nullptr) continue;
    building.mistakes.add(
        founding.data->mark(column, 0), column.name, {},
        fmt::format("{} has no such attribute, and no start value reads cell.{}", kind.name, column.name),
        near);
  }
}

}  // namespace

void compile_founding(Building& building) {
  auto& program = building.program;
  for (std::size_t k = 0; k < program.layout.kinds.size(); ++k) {
    const KindLayout& kind = program.layout.kinds[k];
    const KindSpec* spec = nullptr;
    for (const auto& s : building.scenario.kinds)
      if (s.name == kind.name) spec = &s;
    Founding founding;
    founding.kind = static_cast<KindId>(k);
    std::vector<std::pair<std::string, expression::ValueType>> scalars;
    if (spec != nullptr && !spec->data.empty()) {
      founding.data = building.scenario.find_data(spec->data);
      if (founding.data != nullptr)
        scalars = CellReader(building, kind, *founding.data, founding).read();
      else
        building.mistakes.add(spec->mark, "actors." + kind.name + ".found.from", spec->data,
                              "a data file of the scenario");
    } else if (spec != nullptr && !spec->count.empty()) {
      const auto count =
          expression::evaluate_constant(spec->count, program.layout, dimension::none, building.mistakes);
      if (count.value < 0 || count.value > 4e9) {
        building.mistakes.add(spec->count.mark, spec->count.path, spec->count.text, "a number from 0 to 4e9");
      }
      founding.count = count.value;
    }
    compile_start(building, spec, founding.kind, founding, scalars);
    if (founding.data != nullptr) check_unused_columns(building, *spec, kind, founding);
    program.founding.push_back(std::move(founding));
  }
}

}  // namespace polder
