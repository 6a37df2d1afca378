// SPDX-License-Identifier: Apache-2.0
// The terms of one policy instrument: its settings read against the table of its form, with units and ranges
// checked.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/mechanism.hpp"

namespace polder::agents {

/// Reads the settings of one instrument. Keys must stand in the form's table; values without a setting take
/// its default.
class Terms {
 public:
  Terms(const InstrumentSpec& spec, const FormInfo& form, Setup& setup)
      : spec_(spec), form_(form), setup_(setup) {}

  const InstrumentSpec& spec() const { return spec_; }
  Setup& setup() const { return setup_; }
  bool has(std::string_view key) const { return find_setting(spec_.settings, key) != nullptr; }
  /// unit: base units of the key's unit. errors: mistakes for a wrong unit or a value outside the key's
  /// range.
  double number(std::string_view key) const;
  /// unit: base units of the key's unit, or of `wanted` for keys of unit `list`. Empty when neither set nor
  /// defaulted.
  std::vector<double> numbers(std::string_view key, Dimension wanted = dimension::none) const;
  /// errors: a mistake when the word is not one of `choices` (separated by `|`; empty: any).
  std::string word(std::string_view key, std::string_view choices = {}) const;
  std::vector<std::string> words(std::string_view key) const;
  /// Position of the key's word in a label set. errors: a mistake at the key when it is none.
  std::uint8_t label(std::string_view key, std::string_view label_set) const;
  /// `true` or `false`.
  bool flag(std::string_view key) const { return word(key, "true|false") == "true"; }
  /// The formula of a key, or its default; may be empty.
  FormulaText formula(std::string_view key) const;
  void mistake(std::string_view key, std::string found, std::string wanted) const;

 private:
  const FieldInfo& field(std::string_view key) const;
  double constant(const FormulaText& text, Dimension wanted) const;
  void check_range(double value, const FormulaText& text, const FieldInfo& info, Dimension wanted) const;

  const InstrumentSpec& spec_;
  const FormInfo& form_;
  Setup& setup_;
};

/// Parts of "a|b|c".
std::vector<std::string> split_words(std::string_view text);

}  // namespace polder::agents
