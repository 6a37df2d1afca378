// SPDX-License-Identifier: Apache-2.0
#include "scenarios/fields.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/units.hpp"

namespace polder::scenarios {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\n") == std::string_view::npos;
}

/// Longest number of months that a duration or cadence may have: the calendar's 700 years.
constexpr int most_months = 8400;

/// `60 months`, `5 years`, `1 month`. errors: nothing.
std::optional<int> parse_months(std::string_view text) {
  int count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc{} || count < 0 || !odd_number(text).empty()) return std::nullopt;
  std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  unit.remove_prefix(std::min(unit.find_first_not_of(' '), unit.size()));
  if (unit == "year" || unit == "years") {
    if (count > most_months / 12) return std::nullopt;
    return count * 12;
  }
  if ((unit != "month" && unit != "months") || count > most_months) return std::nullopt;
  return count;
}

/// The unit with every unknown symbol replaced by the nearest known one; empty when that makes no unit.
std::string near_unit(std::string_view unit) {
  std::string result;
  while (!unit.empty()) {
    const std::size_t end = std::min(unit.find_first_of("/*^ ()"), unit.size());
    const std::string symbol(unit.substr(0, end));
    result += symbol.empty() || parse_unit(symbol) ? symbol : nearest(symbol, known_units());
    if (end < unit.size()) result += unit[end];
    unit.remove_prefix(std::min(end + 1, unit.size()));
  }
  return parse_unit(result) ? result : "";
}

std::string missing(const Key& key) {
  return fmt::format("the key '{}' is missing: {}", key.name, key.meaning);
}

}  // namespace

Fields::Fields(const Node& node, std::string path, const KeyTable& table, Mistakes& mistakes)
    : node_(node), path_(std::move(path)), table_(table), mistakes_(mistakes) {
  check_keys();
}

void Fields::check_keys() {
  if (!node_.is_map()) {
    const char* plain = *table_.shorthand == '\0' ? "" : "a value, or ";
    refuse_type(node_, path_,
                fmt::format("{}a map with the keys {}", plain, fmt::join(key_names(table_), ", ")),
                mistakes_);
    return;
  }
  std::vector<std::string> meant;  // one mistake is told once: a misspelt key is not missing too
  for (const Node::Entry& entry : node_.entries) {
    if (table_.find(entry.key)) continue;
    const auto names = key_names(table_);
    const std::string suggestion = nearest(entry.key, names);
    meant.push_back(suggestion);
    if (table_.open) continue;
    const std::string known =
        suggestion.empty() ? fmt::format("; {} has {}", table_.noun, fmt::join(names, ", ")) : "";
    mistakes_.add(entry.mark, path(shorten(entry.key)), {}, "unknown key" + known, suggestion);
  }
  for (const Key& key : table_.keys) {
    if (!key.required || node_.find(key.name)) continue;
    if (std::find(meant.begin(), meant.end(), key.name) == meant.end()) {
      mistakes_.add(node_.mark, path_, {}, missing(key));
    } else if (table_.open) {
      misspelt_.push_back(&key);
    }
  }
}

void Fields::report_missing(const std::vector<std::string>& meant) const {
  for (const Key* key : misspelt_)
    if (std::find(meant.begin(), meant.end(), key->name) == meant.end())
      mistakes_.add(node_.mark, path_, {}, missing(*key));
}

const Node* Fields::node(std::string_view key) const {
  return node_.is_map() ? node_.find(key) : nullptr;
}

void Fields::refuse(std::string_view key, std::string wanted, std::string suggestion) const {
  const Node* value = node(key);
  const std::string found = value ? describe(*value) : "";
  mistakes_.add(value ? value->mark : node_.mark, value ? path(key) : path_, found, std::move(wanted),
                std::move(suggestion));
}

const Node* Fields::scalar(std::string_view key) const {
  const Node* value = node(key);
  if (!value) return nullptr;
  if (value->is_scalar() && !is_blank(value->text)) return value;
  const Key* info = table_.find(key);
  refuse(key, info ? describe(info->type) : "a value");
  return nullptr;
}

std::string Fields::text(std::string_view key) const {
  const Node* value = scalar(key);
  return value ? value->text : "";
}

Title Fields::title(std::string_view key) const {
  const Node* value = node(key);
  if (value && value->is_map()) {
    const Fields languages(*value, path(key), lesson_keys(), mistakes_);
    return {languages.text("en"), languages.text("nl")};
  }
  return {text(key), {}};
}

std::string Fields::word(std::string_view key) const {
  const Node* value = scalar(key);
  if (!value) return {};
  const Key* info = table_.find(key);
  const bool wide = !info || info->type != KeyType::name;
  if (is_name(value->text, wide)) return value->text;
  refuse(key, describe(wide ? KeyType::word : KeyType::name));
  return {};
}

std::vector<std::string> Fields::words(std::string_view key) const {
  const Node* value = node(key);
  if (!value) return {};
  if (value->is_scalar()) {
    const std::string only = word(key);
    return only.empty() ? std::vector<std::string>{} : std::vector{only};
  }
  if (!value->is_list()) {
    refuse(key, describe(KeyType::words));
    return {};
  }
  std::vector<std::string> result;
  for (std::size_t i = 0; i < value->items.size(); ++i) {
    const Node& item = value->items[i];
    const std::string where = item_path(path(key), i + 1);
    if (!item.is_scalar() || !is_name(item.text, true)) {
      refuse_type(item, where, describe(KeyType::word), mistakes_);
    } else if (std::find(result.begin(), result.end(), item.text) != result.end()) {
      mistakes_.add(item.mark, where, item.text, "listed twice");
    } else {
      result.push_back(item.text);
    }
  }
  return result;
}

std::string Fields::unit(std::string_view key) const {
  const Node* value = scalar(key);
  if (!value || !check_unit(value->text, value->mark, path(key), mistakes_)) return {};
  return value->text;
}

std::string Fields::choice(std::string_view key) const {
  const Node* value = scalar(key);
  const Key* info = table_.find(key);
  if (!value || !info) return {};
  const auto choices = split_choices(info->choices);
  if (std::find(choices.begin(), choices.end(), value->text) != choices.end()) return value->text;
  refuse(key, fmt::format("one of {}", fmt::join(choices, ", ")), nearest(value->text, choices));
  return {};
}

std::optional<Month> Fields::month(std::string_view key) const {
  const Node* value = scalar(key);
  if (!value) return std::nullopt;
  const auto month = parse_month(value->text);
  if (!month) refuse(key, describe(KeyType::month));
  return month;
}

std::optional<int> Fields::duration(std::string_view key) const {
  const Node* value = scalar(key);
  if (!value) return std::nullopt;
  const auto months = parse_months(value->text);
  if (!months) refuse(key, describe(KeyType::duration));
  return months;
}

std::optional<int> Fields::cadence(std::string_view key) const {
  const Node* value = scalar(key);
  if (!value) return std::nullopt;
  if (value->text == "month") return 1;
  if (value->text == "quarter") return 3;
  if (value->text == "year") return 12;
  const auto months = parse_months(value->text);
  if (months && *months >= 1) return months;
  refuse(key, describe(KeyType::cadence), nearest(value->text, {"month", "quarter", "year"}));
  return std::nullopt;
}

std::optional<double> Fields::number(std::string_view key) const {
  const Node* value = scalar(key);
  if (!value) return std::nullopt;
  const std::string odd = odd_number(value->text);
  const auto number = parse_number(value->text);
  if (odd.empty() && !value->quoted && number) return number;
  refuse(key, odd.empty() ? describe(KeyType::number) : odd);
  return std::nullopt;
}

std::optional<std::uint64_t> Fields::integer(std::string_view key) const {
  const Node* value = scalar(key);
  if (!value) return std::nullopt;
  const std::string odd = odd_number(value->text);
  std::uint64_t number = 0;
  const char* last = value->text.data() + value->text.size();
  const auto [end, error] = std::from_chars(value->text.data(), last, number);
  if (odd.empty() && !value->quoted && error == std::errc{} && end == last) return number;
  refuse(key, odd.empty() ? "a whole number, 0 or more" : odd);
  return std::nullopt;
}

std::optional<bool> Fields::flag(std::string_view key) const {
  const Node* value = scalar(key);
  if (!value) return std::nullopt;
  if (!value->quoted && value->text == "true") return true;
  if (!value->quoted && value->text == "false") return false;
  refuse(key, "true or false, without quotes");
  return std::nullopt;
}

FormulaText Fields::formula(std::string_view key) const {
  const Node* value = node(key);
  return value ? read_formula(*value, path(key), mistakes_) : FormulaText{};
}

std::vector<NamedFormula> Fields::formulas(std::string_view key) const {
  const Node* value = node(key);
  if (!value) return {};
  if (!value->is_map() || value->entries.empty()) {
    refuse(key, describe(KeyType::formulas));
    return {};
  }
  std::vector<NamedFormula> result;
  for (const Node::Entry& entry : value->entries) {
    const std::string where = join_path(path(key), shorten(entry.key));
    std::string_view bare = entry.key;
    for (const std::string_view side : {"partner.", "self."})
      if (bare.starts_with(side)) bare.remove_prefix(side.size());
    if (const auto dot = bare.find('.'); dot != std::string_view::npos && dot > 0) {
      const std::string near = nearest(bare.substr(0, dot), {"partner", "self"});
      mistakes_.add(entry.mark, where, {}, "before the dot stands self or partner",
                    near.empty() ? near : near + std::string(bare.substr(dot)));
      continue;
    }
    if (!check_name(std::string(bare), entry.mark, where, mistakes_)) continue;
    result.push_back({entry.key, read_formula(entry.value, where, mistakes_), entry.mark});
  }
  return result;
}

std::pair<FormulaText, FormulaText> Fields::range(std::string_view key) const {
  const Node* value = node(key);
  if (!value) return {};
  if (!value->is_list() || value->items.size() != 2) {
    refuse(key, describe(KeyType::range));
    return {};
  }
  return {read_formula(value->items[0], item_path(path(key), 1), mistakes_),
          read_formula(value->items[1], item_path(path(key), 2), mistakes_)};
}

FormulaText read_formula(const Node& node, const std::string& path, Mistakes& mistakes) {
  if (!node.is_scalar() || is_blank(node.text)) {
    refuse_type(node, path, describe(KeyType::formula), mistakes);
    return {};
  }
  const std::string odd = odd_number(node.text);
  if (!odd.empty()) {
    mistakes.add(node.mark, path, describe(node), odd);
    return {};
  }
  return {node.text, node.mark, path};
}

bool is_name(std::string_view text, bool wide) {
  if (text.empty() || text.size() > 100 || (!is_letter(text.front()) && text.front() != '_')) return false;
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return is_letter(c) || is_digit(c) || c == '_' || (wide && (c == '-' || c == '.'));
  });
}

bool check_name(const std::string& name, const Mark& mark, const std::string& path, Mistakes& mistakes) {
  if (is_name(name, false)) return true;
  mistakes.add(mark, path, {}, describe(KeyType::name));
  return false;
}

bool check_unit(const std::string& unit, const Mark& mark, const std::string& path, Mistakes& mistakes) {
  if (parse_unit(unit)) return true;
  mistakes.add(mark, path, shorten(unit), describe(KeyType::unit), near_unit(unit));
  return false;
}

std::string odd_number(std::string_view text) {
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) text.remove_prefix(1);
  if (text.empty() || !is_digit(text.front())) return {};
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const char next = digits < text.size() ? text[digits] : '\0';
  const char second = digits + 1 < text.size() ? text[digits + 1] : '\0';
  if (digits > 1 && text.front() == '0')
    return "a number without leading zeros: some programs read it as octal";
  if (digits == 1 && text.front() == '0' && (next == 'x' || next == 'o' || next == 'b'))
    return "a decimal number";
  if (next == '_') return "a number without '_'";
  if (next == ',' && is_digit(second))
    return "a number with a decimal point, and without marks between thousands";
  return {};
}

std::optional<double> parse_number(std::string_view text) {
  double number = 0;
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
  return number;
}

void refuse_type(const Node& node, const std::string& path, const std::string& wanted, Mistakes& mistakes) {
  mistakes.add(node.mark, path, describe(node), wanted);
}

}  // namespace polder::scenarios
