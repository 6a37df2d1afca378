// SPDX-License-Identifier: Apache-2.0
// Settings of mechanisms and instruments: free keys, known to the catalogue.
#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/sections.hpp"

namespace polder::scenarios {

namespace {

/// Forms whose instruments pay someone.
constexpr std::array paying_forms{"grant",   "loan",  "equity",      "fund_of_funds", "tax_credit",
                                  "voucher", "block", "procurement", "facility"};

void flatten(const Node& map, const std::string& path, const std::string& prefix, Settings& settings,
             Reading& reading) {
  for (const Node::Entry& entry : map.entries) {
    const std::string key = join_path(prefix, entry.key);
    const std::string where = join_path(path, shorten(entry.key));
    if (entry.value.is_map()) {
      if (entry.value.entries.empty()) refuse_type(entry.value, where, "a value", reading.mistakes);
      flatten(entry.value, where, key, settings, reading);
      continue;
    }
    Setting setting{key, {}, entry.value.is_list(), entry.mark};
    if (setting.is_list) {
      for (std::size_t i = 0; i < entry.value.items.size(); ++i)
        setting.values.push_back(
            read_formula(entry.value.items[i], item_path(where, i + 1), reading.mistakes));
    } else {
      setting.values.push_back(read_formula(entry.value, where, reading.mistakes));
    }
    settings.push_back(std::move(setting));
  }
}

/// `total`, `per_year`, ... for `budget`.
std::vector<std::string> keys_inside(const std::string& key, const std::vector<std::string>& known) {
  std::vector<std::string> inside;
  for (const std::string& name : known)
    if (name.starts_with(key + ".")) inside.push_back(name.substr(key.size() + 1));
  return inside;
}

/// `budget` of `budget.total`.
std::string head_of(std::string_view key) {
  return std::string(key.substr(0, key.find('.')));
}

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Reports the keys that the form cannot do without, except those that were misspelt (`meant`). A field is
/// required when its default reads `(required)`, or `(required, or x)` when the key x will do as well.
void check_required(const Fields& fields, const InstrumentSpec& spec, const FormInfo& form,
                    const std::vector<std::string>& meant, Reading& reading) {
  constexpr std::string_view required = "(required", alternative = ", or ";
  const auto given = [&](const std::string& key) {
    return find_setting(spec.settings, key) || contains(meant, key) || contains(meant, head_of(key));
  };
  for (const FieldInfo& field : form.fields) {
    const std::string_view standard = field.default_value;
    if (!standard.starts_with(required) || given(field.name)) continue;
    std::string other;
    if (const auto at = standard.find(alternative); at != std::string_view::npos)
      other = standard.substr(at + alternative.size(), standard.size() - at - alternative.size() - 1);
    if (!other.empty() && given(other)) continue;
    reading.mistakes.add(fields.mark(), fields.path(), {},
                         fmt::format("the form {} needs the key '{}'{}: {}", form.name, field.name,
                                     other.empty() ? "" : fmt::format(" or '{}'", other), field.meaning));
  }
}

/// The map that settings were read from, with what its messages call it.
struct SettingsPlace {
  const Node& map;
  std::string path, owner;
};

/// Reports settings that the fields do not name; `others` are further keys of the map. Returns the keys that
/// were probably meant.
std::vector<std::string> check_settings(const Settings& settings, const std::vector<FieldInfo>& fields,
                                        const KeyTable* others, const SettingsPlace& place,
                                        Reading& reading) {
  std::vector<std::string> known, heads, meant, told;
  for (const FieldInfo& field : fields) {
    known.emplace_back(field.name);
    heads.push_back(head_of(field.name));
  }
  const auto report = [&](const Mark& mark, const std::string& key, const std::vector<std::string>& names) {
    std::vector<std::string> all = names;
    const auto more = others ? key_names(*others) : std::vector<std::string>{};
    all.insert(all.end(), more.begin(), more.end());
    const std::string suggestion = nearest(key, all);
    const std::string list = known.empty() ? "has none" : fmt::format("has {}", fmt::join(known, ", "));
    reading.mistakes.add(
        mark, join_path(place.path, shorten(key)), {},
        suggestion.empty() ? fmt::format("unknown key; {} {}", place.owner, list) : "unknown key",
        suggestion);
    meant.push_back(suggestion);
  };
  for (const Setting& setting : settings) {
    if (contains(known, setting.key)) continue;
    const std::string head = head_of(setting.key);
    if (const auto inside = keys_inside(setting.key, known); !inside.empty()) {
      reading.mistakes.add(setting.mark, join_path(place.path, shorten(setting.key)), {},
                           fmt::format("a map with the keys {}", fmt::join(inside, ", ")));
    } else if (head == setting.key || contains(heads, head)) {
      report(setting.mark, setting.key, known);
    } else if (!contains(told, head)) {  // a misspelt map is one mistake, whatever is in it
      told.push_back(head);
      const auto entry = std::find_if(place.map.entries.begin(), place.map.entries.end(),
                                      [&](const Node::Entry& e) { return e.key == head; });
      report(entry == place.map.entries.end() ? setting.mark : entry->mark, head, heads);
    }
  }
  return meant;
}

template <class Info>
const Info* find_named(const std::vector<Info>& infos, const std::string& name) {
  const auto it =
      std::find_if(infos.begin(), infos.end(), [&](const Info& info) { return name == info.name; });
  return it == infos.end() ? nullptr : &*it;
}

template <class Info>
std::vector<std::string> names_of(const std::vector<Info>& infos) {
  std::vector<std::string> names;
  names.reserve(infos.size());
  for (const Info& info : infos) names.emplace_back(info.name);
  return names;
}

/// Returns the keys that were misspelt.
std::vector<std::string> check_form(const Node& item, const Fields& fields, const InstrumentSpec& spec,
                                    Reading& reading) {
  const auto& forms = reading.catalogue.forms;
  if (!fields.has("form")) {  // without it no other key can be judged
    for (const Node::Entry& entry : item.entries) {
      if (instrument_keys().find(entry.key) || nearest(entry.key, {"form"}).empty()) continue;
      reading.mistakes.add(entry.mark, fields.path(shorten(entry.key)), {}, "unknown key", "form");
      return {"form"};
    }
  }
  if (spec.form.empty() || forms.empty()) return {};
  const FormInfo* form = find_named(forms, spec.form);
  if (form) {
    auto meant = check_settings(spec.settings, form->fields, &instrument_keys(),
                                {item, fields.path(), fmt::format("the form {}", spec.form)}, reading);
    check_required(fields, spec, *form, meant, reading);
    return meant;
  }
  const auto known = names_of(forms);
  fields.refuse("form", fmt::format("one of {}", fmt::join(known, ", ")), nearest(spec.form, known));
  return {};
}

void check_payer(const Fields& fields, const InstrumentSpec& spec, const std::vector<std::string>& meant,
                 Reading& reading) {
  if (fields.has("payer") || contains(meant, "payer")) return;
  const auto is_budget = [](const Setting& s) { return s.key == "budget" || s.key.starts_with("budget."); };
  const auto budget = std::find_if(spec.settings.begin(), spec.settings.end(), is_budget);
  const bool pays = std::find(paying_forms.begin(), paying_forms.end(), spec.form) != paying_forms.end();
  if (budget != spec.settings.end()) {
    reading.mistakes.add(budget->mark, fields.path("budget"), {},
                         "a budget without a payer; add 'payer: <account>'");
  } else if (pays) {
    reading.mistakes.add(fields.mark(), fields.path(), {},
                         fmt::format("a {} without a payer; add 'payer: <account>'", spec.form));
  }
}

void read_window(const Fields& fields, InstrumentSpec& spec, Reading& reading) {
  const Node* node = fields.node("window");
  if (!node) return;
  const Fields window(*node, fields.path("window"), window_keys(), reading.mistakes);
  const auto start = window.month("start");
  const auto end = window.month("end");
  const auto announced = window.month("announced");
  if (start) spec.start = spec.announced = *start;
  if (end) spec.end = *end;
  if (announced) spec.announced = *announced;
  if (start && end && *end < *start)
    window.refuse("end", fmt::format("not before the start, {}", to_string(*start)));
  if (start && announced && *announced > *start)
    window.refuse("announced", fmt::format("not after the start, {}", to_string(*start)));
}

}  // namespace

Settings read_settings(const Node& map, const std::string& path, const KeyTable* skip, Reading& reading) {
  Node own = Node::map_at(map.mark);
  for (const Node::Entry& entry : map.entries)
    if (!skip || !skip->find(entry.key)) own.entries.push_back(entry);
  Settings settings;
  flatten(own, path, {}, settings, reading);
  return settings;
}

void read_mechanisms(const Fields& file, Reading& reading) {
  const Node* mechanisms = file.node("mechanisms");
  if (!mechanisms) return;
  if (!mechanisms->is_map()) {
    refuse_type(*mechanisms, "mechanisms", describe(KeyType::free), reading.mistakes);
    return;
  }
  const auto known = names_of(reading.catalogue.mechanisms);
  for (const Node::Entry& entry : mechanisms->entries) {
    const std::string path = join_path("mechanisms", shorten(entry.key));
    const MechanismInfo* info = find_named(reading.catalogue.mechanisms, entry.key);
    if (!info) {
      reading.mistakes.add(entry.mark, path, {},
                           "there is no such mechanism ('polder describe mechanism' lists them)",
                           nearest(entry.key, known));
      continue;
    }
    if (!entry.value.is_map()) {
      refuse_type(entry.value, path, "keys of the mechanism, as a map", reading.mistakes);
      continue;
    }
    MechanismSpec spec{entry.key, read_settings(entry.value, path, nullptr, reading), entry.mark};
    check_settings(spec.settings, info->fields, nullptr, {entry.value, path, entry.key}, reading);
    reading.scenario.mechanisms.push_back(std::move(spec));
  }
}

void read_instruments(const Fields& file, Reading& reading) {
  const Node* instruments = file.node("instruments");
  if (!instruments) return;
  if (!instruments->is_list()) {
    refuse_type(*instruments, "instruments", "a list of instruments, each with an id", reading.mistakes);
    return;
  }
  for (std::size_t i = 0; i < instruments->items.size(); ++i) {
    const Node& item = instruments->items[i];
    const Fields fields(item, thing_path("instruments", item, i), instrument_keys(), reading.mistakes);
    InstrumentSpec spec;
    spec.mark = item.mark;
    spec.id = fields.word("id");
    const Title title = fields.title("title");
    spec.title = title.en;
    spec.title_nl = title.nl;
    spec.payer = fields.word("payer");
    spec.form = fields.word("form");
    spec.source = fields.text("source");
    read_window(fields, spec, reading);
    spec.settings = read_settings(item, fields.path(), &instrument_keys(), reading);
    const auto meant = check_form(item, fields, spec, reading);
    fields.report_missing(meant);
    check_payer(fields, spec, meant, reading);
    reading.scenario.instruments.push_back(std::move(spec));
  }
}

std::string thing_path(const std::string& section, const Node& item, std::size_t position) {
  const Node* id = item.is_map() ? item.find("id") : nullptr;
  return id && id->is_scalar() ? join_path(section, shorten(id->text)) : item_path(section, position + 1);
}

}  // namespace polder::scenarios
