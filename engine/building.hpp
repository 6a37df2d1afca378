// SPDX-License-Identifier: Apache-2.0
// What the stages of `compile` share. Private to engine/.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/program_impl.hpp"

namespace polder {

/// What a value for the column must be.
inline expression::Wanted wanted_of(const ColumnInfo& info) {
  using expression::Type;
  switch (info.type) {
    case ColumnType::category:
      return {Type::category, std::nullopt, info.labels};
    case ColumnType::flag:
      return {Type::flag};
    case ColumnType::id:
      return {Type::id, std::nullopt, nullptr, false, info.target};
    default:
      return {Type::number, info.dimension};
  }
}

/// A scenario on its way to a Program: stages fill `program` and collect mistakes.
struct Building {
  const Scenario& scenario;
  const Catalogue& catalogue;
  Program::Impl& program;
  Mistakes& mistakes;
  std::vector<const MechanismInfo*> chosen;  ///< one a mechanism of the scenario, null when unknown

  Layout& layout() { return program.layout; }
  std::string column_name(KindId kind, ColumnId column) const {
    const auto& k = program.layout.kinds[index(kind)];
    return k.name + "." + k.columns[index(column)].name;
  }
  const KindInfo* find_kind_info(std::string_view name) const;
  const MechanismInfo* find_mechanism_info(std::string_view name) const;
  std::size_t event(const std::string& name);    ///< position, added when new
  std::size_t account(const std::string& name);  ///< named account, added when new
  std::size_t network(const std::string& name);  ///< added when new
  FlowId flow(const FlowInfo& info);             ///< added when new
  /// "kind.column" of an account, a kind with an account, or a named account.
  AccountRef account_ref(const std::string& text);
};

// The stages, in order.
void compile_labels(Building& building);
void compile_parameters(Building& building);
/// Are values within their ranges? Apart, since a value that is not hides no mistake elsewhere.
void check_parameters(Building& building);
void compile_kinds(Building& building);
void compile_founding(Building& building);
void compile_rules(Building& building);
void compile_mechanisms(Building& building);
void compile_schedule(Building& building);
void compile_probes(Building& building);

/// Touches of a code: reads of its columns and of its aggregates' columns. self, partner: kinds of the sides.
void add_reads(const expression::Code& code, std::vector<ColumnTouch>& touches);

/// A kind by its name, or by the name of a type that one kind has: `university` -> institute with type ==
/// university.
struct KindChoice {
  KindId kind{};
  std::optional<ColumnId> type_column;
  std::uint8_t type_label = 0;
};
std::optional<KindChoice> choose_kind(const Layout& layout, std::string_view name);
std::vector<std::string> kind_names(const Layout& layout);

}  // namespace polder
