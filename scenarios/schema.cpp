// SPDX-License-Identifier: Apache-2.0
#include "scenarios/schema.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "scenarios/keys.hpp"

namespace polder::scenarios {

namespace {

std::string quote(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (static_cast<unsigned char>(c) < 0x20U) {
      result += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      result += c;
    }
  }
  return result + '"';
}

/// A JSON object under construction; values are JSON texts.
class Object {
 public:
  Object& add(std::string_view key, std::string_view json) {
    text_ += fmt::format("{}{}: {}", text_.empty() ? "" : ", ", quote(key), json);
    return *this;
  }
  Object& text(std::string_view key, std::string_view value) { return add(key, quote(value)); }
  std::string json() const { return "{" + text_ + "}"; }

 private:
  std::string text_;
};

std::string array(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : ", ") + item;
  return "[" + text + "]";
}

std::string reference(std::string_view definition) {
  return Object().text("$ref", fmt::format("#/definitions/{}", definition)).json();
}

std::string list_of(const std::string& item) {
  return Object().text("type", "array").add("items", item).json();
}

std::string map_of(const std::string& value) {
  return Object().text("type", "object").add("additionalProperties", value).json();
}

std::string any_of(const std::vector<std::string>& schemas) {
  return Object().add("anyOf", array(schemas)).json();
}

std::string one_word_of(const std::vector<std::string>& words) {
  std::vector<std::string> quoted;
  quoted.reserve(words.size());
  for (const std::string& word : words) quoted.push_back(quote(word));
  return Object().add("enum", array(quoted)).json();
}

/// Whether missing keys are an error here: not where overlays may give parts.
enum class Parts : std::uint8_t { allowed, refused };

std::string table_schema(const KeyTable& table, Parts parts);

std::string value_schema(const Key& key, Parts parts) {
  switch (key.type) {
    case KeyType::text:
      return reference("text");
    case KeyType::title:
      return reference("title");
    case KeyType::word:
    case KeyType::name:
    case KeyType::path:
      return Object().text("type", "string").json();
    case KeyType::words:
      return any_of(
          {list_of(Object().text("type", "string").json()), Object().text("type", "string").json()});
    case KeyType::month:
      return reference("month");
    case KeyType::duration:
      return Object().text("type", "string").text("pattern", "^[0-9]+ *(months?|years?)$").json();
    case KeyType::cadence:
      return Object()
          .text("type", "string")
          .text("pattern", "^(month|quarter|year|[0-9]+ *(months?|years?))$")
          .json();
    case KeyType::number:
      return Object().text("type", "number").json();
    case KeyType::integer:
      return Object().text("type", "integer").add("minimum", "0").json();
    case KeyType::flag:
      return Object().text("type", "boolean").json();
    case KeyType::unit:
      return reference("text");
    case KeyType::choice:
      return one_word_of(split_choices(key.choices));
    case KeyType::formula:
      return reference("formula");
    case KeyType::range:
      return Object()
          .text("type", "array")
          .add("items", reference("formula"))
          .add("minItems", "2")
          .add("maxItems", "2")
          .json();
    case KeyType::map:
      return table_schema(*key.inside, parts);
    case KeyType::formulas:
      return map_of(reference("formula"));
    case KeyType::labels:
      return reference("labels");
    case KeyType::maps:
      return list_of(table_schema(*key.inside, key.inside == &action_keys() ? Parts::refused : parts));
    case KeyType::named: {
      const std::string full = table_schema(*key.inside, parts);
      if (*key.inside->shorthand != '\0') return map_of(any_of({reference("formula"), full}));
      const std::string names =
          list_of(any_of({Object().text("type", "string").json(), Object().text("type", "object").json()}));
      return any_of({map_of(any_of({Object().text("type", "null").json(), full})), names});
    }
    case KeyType::free:
    case KeyType::other:
      break;
  }
  return Object().text("type", "object").json();
}

std::string described(std::string schema, std::string_view meaning) {
  schema.pop_back();
  return schema + (schema.size() > 1 ? ", " : "") + "\"description\": " + quote(meaning) + "}";
}

std::string table_schema(const KeyTable& table, Parts parts) {
  Object properties;
  std::vector<std::string> required;
  for (const Key& key : table.keys) {
    properties.add(key.name, described(value_schema(key, parts), key.meaning));
    const bool identifies = std::string_view(key.name) == "id";
    if (key.required && (parts == Parts::refused || identifies)) required.push_back(quote(key.name));
  }
  Object object;
  object.text("type", "object").add("properties", properties.json());
  if (!table.open) object.add("additionalProperties", "false");
  if (!required.empty()) object.add("required", array(required));
  if (&table == &action_keys()) object.add("maxProperties", "1");
  return object.json();
}

std::string field_meaning(const FieldInfo& field) {
  std::string text = field.meaning;
  const auto add = [&](std::string_view label, std::string_view value) {
    if (!value.empty()) text += fmt::format("; {} {}", label, value);
  };
  if (std::string_view(field.unit) != "1") add("unit", field.unit);
  add("default", field.default_value);
  add("from", field.low);
  add("to", field.high);
  add("source:", field.source);
  return text;
}

/// Fields with dotted names as nested objects. `fields` share `prefix`.
std::string fields_schema(const std::vector<FieldInfo>& fields, const std::string& prefix,
                          Object properties) {
  std::vector<std::string> done;
  for (const FieldInfo& field : fields) {
    const std::string_view name = field.name;
    if (!name.starts_with(prefix)) continue;
    const std::string_view rest = name.substr(prefix.size());
    const std::string head(rest.substr(0, rest.find('.')));
    if (std::find(done.begin(), done.end(), head) != done.end()) continue;
    done.push_back(head);
    if (head.size() == rest.size()) {
      properties.add(head, described(any_of({reference("formula"), list_of(reference("formula"))}),
                                     field_meaning(field)));
    } else {
      properties.add(head, fields_schema(fields, prefix + head + ".", Object()));
    }
  }
  return Object()
      .text("type", "object")
      .add("properties", properties.json())
      .add("additionalProperties", "false")
      .json();
}

std::string mechanisms_schema(const Catalogue& catalogue) {
  std::vector<std::string> names;
  Object properties;
  for (const MechanismInfo& mechanism : catalogue.mechanisms) {
    names.emplace_back(mechanism.name);
    const std::string fields = fields_schema(mechanism.fields, "", Object());
    properties.add(mechanism.name,
                   described(any_of({Object().text("type", "null").json(), fields}), mechanism.sentence));
  }
  Object map;
  map.text("type", "object").add("properties", properties.json()).add("additionalProperties", "false");
  return any_of({list_of(any_of({one_word_of(names), map.json()})), map.json()});
}

/// The common keys and, by form, those of the form alone.
std::string instruments_schema(const Catalogue& catalogue) {
  const KeyTable& table = instrument_keys();
  if (catalogue.forms.empty()) return list_of(table_schema(table, Parts::allowed));
  std::vector<std::string> forms, rules;
  Object common;
  for (const Key& key : table.keys)
    common.add(key.name, described(value_schema(key, Parts::allowed), key.meaning));
  for (const FormInfo& form : catalogue.forms) {
    forms.emplace_back(form.name);
    const std::string is_form = Object().add("const", quote(form.name)).json();
    const std::string condition =
        Object().add("properties", Object().add("form", is_form).json()).add("required", "[\"form\"]").json();
    rules.push_back(Object().add("if", condition).add("then", fields_schema(form.fields, "", common)).json());
  }
  Object properties = common;
  Object item;
  item.text("type", "object")
      .add("properties", properties.json())
      .add("required", "[\"id\"]")
      .add("allOf", array(rules));
  return list_of(item.json());
}

std::string definitions() {
  const std::string scalar = Object().add("type", R"(["string", "number", "boolean"])").json();
  const std::string month = Object()
                                .add("type", R"(["string", "integer"])")
                                .text("pattern", "^[0-9]{4}(-(0[1-9]|1[0-2]))?$")
                                .json();
  const std::string languages = Object().add("en", scalar).add("nl", scalar).json();
  const std::string title_map = Object()
                                    .text("type", "object")
                                    .add("properties", languages)
                                    .add("additionalProperties", "false")
                                    .json();
  return Object()
      .add("text", scalar)
      .add("title", any_of({scalar, title_map}))
      .add("month", month)
      .add("labels", any_of({list_of(scalar), Object().text("type", "string").json()}))
      .add("formula",
           described(
               scalar,
               "a number with unit, or a formula; quote it when it holds ': ' or stands in { } with a comma"))
      .json();
}

/// Line breaks and indentation, for people and for differences between versions.
std::string pretty(std::string_view json) {
  std::string text;
  std::size_t depth = 0;
  bool in_text = false;
  const auto new_line = [&] { text += '\n' + std::string(2 * depth, ' '); };
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_text) {
      text += c;
      if (c == '\\') text += json[++i];
      in_text = c != '"';
    } else if (c == '{' || c == '[') {
      text += c;
      const bool empty = i + 1 < json.size() && (json[i + 1] == '}' || json[i + 1] == ']');
      ++depth;
      if (!empty) new_line();
    } else if (c == '}' || c == ']') {
      --depth;
      if (text.back() != '{' && text.back() != '[') new_line();
      text += c;
    } else if (c == ',') {
      text += c;
      new_line();
      ++i;  // the space behind the comma
    } else {
      in_text = c == '"';
      text += c;
    }
  }
  return text;
}

}  // namespace

std::string json_schema(const Catalogue& catalogue) {
  Object properties;
  for (const Key& key : scenario_keys().keys) {
    const std::string_view name = key.name;
    std::string schema;
    if (name == "mechanisms") {
      schema = mechanisms_schema(catalogue);
    } else if (name == "instruments") {
      schema = instruments_schema(catalogue);
    } else if (name == "labels") {
      schema = map_of(reference("labels"));
    } else if (name == "remove") {
      schema = map_of(any_of({list_of(reference("text")), reference("text")}));
    } else {
      schema = value_schema(key, Parts::allowed);
    }
    properties.add(name, described(std::move(schema), key.meaning));
  }
  return pretty(Object()
                    .text("$schema", "http://json-schema.org/draft-07/schema#")
                    .text("title", "Polder scenario")
                    .text("description",
                          "A scenario, an overlay (extends), or a file of instruments or indicators (use)")
                    .text("type", "object")
                    .add("properties", properties.json())
                    .add("additionalProperties", "false")
                    .add("definitions", definitions())
                    .json());
}

}  // namespace polder::scenarios
