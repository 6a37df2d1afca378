// SPDX-License-Identifier: Apache-2.0
// The shape of a compiled scenario: kinds and their columns, label sets, parameters. Constant during a run.
#pragma once
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ids.hpp"
#include "engine/scenario.hpp"
#include "engine/units.hpp"

namespace polder {

/// The labels of a category (sectors, regions, themes, types).
struct Labels {
  std::string name;
  std::vector<std::string> items;
  /// Between the places of the labels: item a to item b at a * items.size() + b; empty without coordinates.
  /// unit: km
  std::vector<double> distances = {};
  std::optional<std::size_t> find(std::string_view label) const;
};

struct ColumnInfo {
  std::string name;
  ColumnType type = ColumnType::number;
  Dimension dimension;  ///< of numbers and vectors; money: dimension::money
  std::string unit;     ///< as declared, for reports
  int size = 1;         ///< numbers a row of a vector
  const Labels* labels = nullptr;
  std::string target;    ///< kind an id refers to
  bool account = false;  ///< money column that is an account of the ledger
  std::string meaning;
};

struct KindLayout {
  std::string name;
  bool scaled = false;
  std::vector<ColumnInfo> columns;
  std::optional<ColumnId> find(std::string_view column) const;
};

/// A constant value with its dimension.
struct Constant {
  double value = 0;
  Dimension dimension;
  bool percent_rate = false;  ///< written as `x % /month`: a probability a month, not a hazard
  bool operator==(const Constant&) const = default;
};

struct Parameter {
  std::string name;
  Constant value;
  /// base units; infinite without a range
  double low = -std::numeric_limits<double>::infinity(), high = std::numeric_limits<double>::infinity();
  Unit unit;  ///< for reports
  std::string source, label;
};

struct Layout {
  std::vector<KindLayout> kinds;
  std::vector<std::unique_ptr<Labels>> labels;  ///< addresses are stable
  std::vector<Parameter> parameters;
  std::vector<std::string> networks;
  std::vector<std::string> events;  ///< rules and mechanisms' events that `events(name)` counts
  std::optional<KindId> find_kind(std::string_view name) const;
  const Labels* find_labels(std::string_view name) const;
  const Parameter* find_parameter(std::string_view name) const;
};

}  // namespace polder
