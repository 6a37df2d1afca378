// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/terms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace polder::agents {

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = std::min(text.find('|'), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

const FieldInfo& Terms::field(std::string_view key) const {
  const auto at =
      std::find_if(form_.fields.begin(), form_.fields.end(), [&](const auto& f) { return f.name == key; });
  if (at == form_.fields.end()) throw std::logic_error(fmt::format("form {} has no key {}", form_.name, key));
  return *at;
}

void Terms::mistake(std::string_view key, std::string found, std::string wanted) const {
  const Setting* setting = find_setting(spec_.settings, key);
  const Mark& mark = setting ? setting->mark : spec_.mark;
  setup_.mistakes().add(mark, fmt::format("instruments.{}.{}", spec_.id, key), std::move(found),
                        std::move(wanted));
}

double Terms::constant(const FormulaText& text, Dimension wanted) const {
  return expression::evaluate_constant(text, setup_.layout(), wanted, setup_.mistakes()).value;
}

void Terms::check_range(double value, const FormulaText& text, const FieldInfo& info,
                        Dimension wanted) const {
  const auto bound = [&](const char* written) { return constant({written, {}, text.path}, wanted); };
  const bool low = *info.low != '\0' && value < bound(info.low);
  const bool high = *info.high != '\0' && value > bound(info.high);
  if (!low && !high) return;
  setup_.mistakes().add(text.mark, text.path, text.text,
                        low ? fmt::format("at least {} ({})", info.low, info.meaning)
                            : fmt::format("at most {} ({})", info.high, info.meaning));
}

double Terms::number(std::string_view key) const {
  const auto values = numbers(key);
  if (values.size() == 1) return values.front();
  mistake(key, fmt::format("{} values", values.size()), fmt::format("one value: {}", field(key).meaning));
  return 0;
}

std::vector<double> Terms::numbers(std::string_view key, Dimension wanted) const {
  const FieldInfo& info = field(key);
  if (const auto unit = parse_unit(info.unit)) wanted = unit->dimension;
  std::vector<double> values;
  const auto defaults = [&] {
    for (const auto& text : split_words(info.default_value))
      values.push_back(constant({text, {}, {}}, wanted));
    return values;
  };
  const Setting* setting = find_setting(spec_.settings, key);
  if (setting == nullptr) return defaults();
  for (const FormulaText& text : setting->values) {
    const std::size_t mistakes = setup_.mistakes().list().size();
    values.push_back(constant(text, wanted));
    if (setup_.mistakes().list().size() > mistakes) {  // said already: nothing may follow from it
      if (info.default_value[0] == '\0') continue;
      values.clear();
      return defaults();
    }
    check_range(values.back(), text, info, wanted);
  }
  return values;
}

std::vector<std::string> Terms::words(std::string_view key) const {
  const Setting* setting = find_setting(spec_.settings, key);
  if (!setting) return split_words(field(key).default_value);
  std::vector<std::string> words;
  for (const FormulaText& text : setting->values) words.push_back(text.text);
  return words;
}

std::string Terms::word(std::string_view key, std::string_view choices) const {
  const auto found = words(key);
  std::string text = found.empty() ? std::string() : found.front();
  const auto known = split_words(choices);
  if (!known.empty() && std::find(known.begin(), known.end(), text) == known.end()) {
    const Setting* setting = find_setting(spec_.settings, key);
    setup_.mistakes().add(setting ? setting->mark : spec_.mark,
                          fmt::format("instruments.{}.{}", spec_.id, key), text,
                          fmt::format("one of {}", fmt::join(known, ", ")), nearest(text, known));
    return known.front();
  }
  return text;
}

std::uint8_t Terms::label(std::string_view key, std::string_view label_set) const {
  const Labels* labels = setup_.layout().find_labels(label_set);
  const std::string text = word(key);
  const auto at = labels ? labels->find(text) : std::nullopt;
  if (!at) {
    const Setting* setting = find_setting(spec_.settings, key);
    const bool written = setting && !setting->values.empty();
    setup_.mistakes().add(
        written ? setting->values.front().mark : spec_.mark, fmt::format("instruments.{}.{}", spec_.id, key),
        text, fmt::format("a label of {}", label_set), labels ? nearest(text, labels->items) : std::string());
  }
  return static_cast<std::uint8_t>(at.value_or(0));
}

FormulaText Terms::formula(std::string_view key) const {
  const Setting* setting = find_setting(spec_.settings, key);
  if (setting && !setting->values.empty()) return setting->values.front();
  return {field(key).default_value, spec_.mark, fmt::format("instruments.{}.{}", spec_.id, key)};
}

}  // namespace polder::agents
