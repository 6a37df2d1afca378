// SPDX-License-Identifier: Apache-2.0
// The keys of the scenario file as tables: the reader, its messages, the JSON schema and the README all
// follow them.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polder::scenarios {

/// What a key's value looks like in the file.
enum class KeyType : std::uint8_t {
  text,      ///< any scalar
  title,     ///< a text, or {en: text, nl: text}
  word,      ///< a name: letters, digits, `_`, `-`, `.`
  words,     ///< a list of names, or one
  name,      ///< a name that formulas can use: letters, digits, `_`
  path,      ///< a file, looked up from the file that names it
  month,     ///< 2020-01
  duration,  ///< 60 months
  cadence,   ///< month, quarter, year or `6 months`
  number,    ///< a plain decimal number
  integer,   ///< a plain whole number
  flag,      ///< true or false
  unit,      ///< kEUR/month
  choice,    ///< one of Key::choices
  formula,   ///< a number with unit, or a formula
  range,     ///< [low, high], formulas
  map,       ///< keys of Key::inside
  maps,      ///< a list of maps with the keys of Key::inside, each with an id
  named,     ///< a map from names to maps with the keys of Key::inside (or to a plain value, with
             ///< KeyTable::shorthand)
  formulas,  ///< a map from names to formulas
  labels,    ///< a list of labels, or a path to a CSV file whose first column holds them
  free,      ///< any keys: those of the catalogue
  other      ///< described in `meaning`
};

struct KeyTable;

struct Key {
  const char* name;
  KeyType type;
  bool required;
  const char* meaning;
  const char* choices = "";          ///< of a choice: "a|b|c"
  const KeyTable* inside = nullptr;  ///< of map, maps and named
};

/// One section of the file.
struct KeyTable {
  const char* noun;  ///< `a parameter`: for messages
  std::span<const Key> keys;
  bool open = false;           ///< other keys are allowed too (settings)
  const char* shorthand = "";  ///< a plain value in place of the map means this key
  const Key* find(std::string_view name) const;
};

const KeyTable& scenario_keys();
const KeyTable& clock_keys();
const KeyTable& parameter_keys();
const KeyTable& actor_keys();
const KeyTable& found_keys();
const KeyTable& attribute_keys();
const KeyTable& network_keys();
const KeyTable& instrument_keys();
const KeyTable& window_keys();
const KeyTable& rule_keys();
const KeyTable& match_keys();
const KeyTable& fund_keys();
const KeyTable& action_keys();
const KeyTable& learn_keys();
const KeyTable& tie_keys();
const KeyTable& transfer_keys();
const KeyTable& enter_keys();
const KeyTable& indicator_keys();
const KeyTable& control_keys();
const KeyTable& lesson_keys();

/// What messages and documentation call the type, for example `a month such as 2020-01`.
const char* describe(KeyType type);
/// Parts of "a|b|c".
std::vector<std::string> split_choices(std::string_view choices);
/// Names of the keys, for suggestions.
std::vector<std::string> key_names(const KeyTable& table);

}  // namespace polder::scenarios
