// SPDX-License-Identifier: Apache-2.0
// Typed access to the keys of one map: every getter reports what does not fit and returns a neutral value.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/scenario.hpp"
#include "scenarios/keys.hpp"
#include "scenarios/node.hpp"

namespace polder::scenarios {

/// Texts of a title in both languages.
struct Title {
  std::string en, nl;
};

/// The keys of one map of the file, checked against their table when constructed: unknown and missing keys
/// are reported.
class Fields {
 public:
  Fields(const Node& node, std::string path, const KeyTable& table, Mistakes& mistakes);

  bool has(std::string_view key) const { return node(key) != nullptr; }
  /// The value of a key; null when it is absent.
  const Node* node(std::string_view key) const;
  std::string path(std::string_view key) const { return join_path(path_, key); }
  const std::string& path() const { return path_; }
  const Mark& mark() const { return node_.mark; }
  /// Of the value of a key, or of the map when the key is absent.
  const Mark& mark(std::string_view key) const {
    const Node* value = node(key);
    return value ? value->mark : node_.mark;
  }

  std::string text(std::string_view key) const;
  Title title(std::string_view key) const;
  std::string word(std::string_view key) const;
  std::vector<std::string> words(std::string_view key) const;
  std::string unit(std::string_view key) const;
  std::string choice(std::string_view key) const;
  std::optional<Month> month(std::string_view key) const;
  /// unit: months
  std::optional<int> duration(std::string_view key) const;
  /// unit: months
  std::optional<int> cadence(std::string_view key) const;
  std::optional<double> number(std::string_view key) const;
  std::optional<std::uint64_t> integer(std::string_view key) const;
  std::optional<bool> flag(std::string_view key) const;
  FormulaText formula(std::string_view key) const;
  std::vector<NamedFormula> formulas(std::string_view key) const;
  /// Low and high; both empty when absent.
  std::pair<FormulaText, FormulaText> range(std::string_view key) const;

  /// Reports a mistake about the value of a key (or about the map, when the key is absent).
  void refuse(std::string_view key, std::string wanted, std::string suggestion = {}) const;
  /// Of an open table: required keys that are missing although another key nearly has their name. Reports
  /// those that are not in `meant`, the keys that such others were told to be.
  void report_missing(const std::vector<std::string>& meant) const;

 private:
  void check_keys();
  /// The scalar under a key, or null (reported unless absent).
  const Node* scalar(std::string_view key) const;

  const Node& node_;
  std::string path_;
  const KeyTable& table_;
  Mistakes& mistakes_;
  std::vector<const Key*> misspelt_;  ///< by the look of it
};

/// A value as a formula: any non-empty scalar. errors: reported, then empty.
FormulaText read_formula(const Node& node, const std::string& path, Mistakes& mistakes);
/// True for a name of letters, digits, `_` (and with `wide` also `-` and `.`) that starts with a letter or
/// `_`.
bool is_name(std::string_view text, bool wide);
/// Reports a key that must be a name formulas can use.
bool check_name(const std::string& name, const Mark& mark, const std::string& path, Mistakes& mistakes);
/// Reports a unit that does not exist.
bool check_unit(const std::string& unit, const Mark& mark, const std::string& path, Mistakes& mistakes);
/// What is wrong with a number as written (`010`, `1_000`, `0x10`, `0,5`), with the remedy; empty when
/// nothing is.
std::string odd_number(std::string_view text);
/// A finite decimal number. errors: nothing.
std::optional<double> parse_number(std::string_view text);
/// Reports that the value is not of the type, with what is there.
void refuse_type(const Node& node, const std::string& path, const std::string& wanted, Mistakes& mistakes);

}  // namespace polder::scenarios
