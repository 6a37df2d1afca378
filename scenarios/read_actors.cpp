// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "scenarios/sections.hpp"

namespace polder::scenarios {

namespace {

const KindInfo* known_kind(const Catalogue& catalogue, const std::string& name) {
  for (const KindInfo& kind : catalogue.kinds)
    if (name == kind.name) return &kind;
  return nullptr;
}

const AttributeInfo* known_attribute(const KindInfo* kind, const std::string& name) {
  if (!kind) return nullptr;
  for (const AttributeInfo& attribute : kind->attributes)
    if (name == attribute.name) return &attribute;
  return nullptr;
}

ColumnType type_of(const std::string& word) {
  if (word == "money") return ColumnType::money;
  if (word == "integer") return ColumnType::integer;
  if (word == "flag") return ColumnType::flag;
  if (word == "category") return ColumnType::category;
  if (word == "id") return ColumnType::id;
  if (word == "vector") return ColumnType::vector;
  return ColumnType::number;
}

/// What a mechanism's kind says of the attribute; a scenario that gives it a start value need not repeat it.
AttributeSpec from_catalogue(const AttributeInfo& info) {
  AttributeSpec spec;
  spec.type = info.type;
  spec.unit = info.unit;
  spec.size = info.size;
  spec.target = info.target;
  spec.meaning = info.meaning;
  const std::string_view labels = info.labels;
  if (labels.find('|') == std::string_view::npos) {
    spec.label_set = labels;
  } else {
    spec.labels = split_choices(labels);
  }
  return spec;
}

void read_labels_of(const Fields& fields, AttributeSpec& spec, Reading& reading) {
  const Node* labels = fields.node("labels");
  if (!labels) return;
  spec.labels.clear();
  spec.label_set.clear();
  if (labels->is_list()) {
    spec.labels = read_labels(*labels, fields.path("labels"), reading);
    return;
  }
  spec.label_set = fields.text("labels");
  std::vector<std::string> known;
  for (const auto& set : reading.scenario.label_sets) known.push_back(set.name);
  if (!spec.label_set.empty() && std::find(known.begin(), known.end(), spec.label_set) == known.end())
    fields.refuse("labels", "a list of labels, or the name of a label set of the scenario",
                  nearest(spec.label_set, known));
}

/// The type that the other keys imply.
ColumnType implied_type(const Fields& fields, const AttributeSpec& spec) {
  if (spec.type == ColumnType::vector) return spec.type;
  if (fields.has("labels")) return ColumnType::category;
  if (fields.has("of")) return ColumnType::id;
  if (fields.has("size") && spec.size > 1) return ColumnType::vector;
  return spec.type;
}

void check_type(const Fields& fields, const AttributeSpec& spec, Reading& reading) {
  const auto only = [&](const char* key, ColumnType type, const char* wanted) {
    if (fields.has(key) && spec.type != type) fields.refuse(key, wanted);
  };
  if (fields.has("labels") && spec.type != ColumnType::category && spec.type != ColumnType::vector)
    fields.refuse("labels", "only a category and a vector have labels");
  if (fields.has("labels") && fields.has("size"))
    fields.refuse("size", "a vector with labels has one number a label");
  only("of", ColumnType::id, "only an id refers to a kind");
  if (spec.size > 1) only("size", ColumnType::vector, "only a vector has a size");
  if (fields.has("unit") && spec.type != ColumnType::number && spec.type != ColumnType::vector)
    fields.refuse("unit", "only numbers and vectors have a unit; money is in EUR");
  const bool named = !spec.labels.empty() || !spec.label_set.empty();
  if (spec.type == ColumnType::category && !named && !fields.has("labels"))
    reading.mistakes.add(fields.mark(), fields.path(), {}, "a category needs 'labels'");
  if (spec.type == ColumnType::id && spec.target.empty() && !fields.has("of"))
    reading.mistakes.add(fields.mark(), fields.path(), {}, "an id needs 'of', the kind it refers to");
}

AttributeSpec read_attribute(const Node::Entry& entry, const std::string& path, const KindInfo* kind,
                             Reading& reading) {
  constexpr std::uint64_t largest_size = 1024;
  const Fields fields(entry.value, path, attribute_keys(), reading.mistakes);
  const AttributeInfo* info = known_attribute(kind, entry.key);
  AttributeSpec spec = info ? from_catalogue(*info) : AttributeSpec{};
  spec.name = entry.key;
  spec.mark = entry.mark;
  spec.start = fields.formula("start");
  if (fields.has("unit")) spec.unit = fields.unit("unit");
  if (const auto size = fields.integer("size")) {
    if (*size >= 1 && *size <= largest_size) {
      spec.size = static_cast<int>(*size);
    } else {
      fields.refuse("size", "1 to 1024");
    }
  }
  read_labels_of(fields, spec, reading);
  if (fields.has("of")) spec.target = fields.word("of");
  spec.target_mark = fields.mark("of");
  if (fields.has("meaning")) spec.meaning = fields.text("meaning");
  const std::string type = fields.choice("type");
  spec.type = type.empty() ? implied_type(fields, spec) : type_of(type);
  check_type(fields, spec, reading);
  return spec;
}

void read_founders(const Fields& kind, KindSpec& spec, Reading& reading) {
  const Node* node = kind.node("found");
  if (!node) return;
  const Fields found(*node, kind.path("found"), found_keys(), reading.mistakes);
  spec.count = found.formula("count");
  if (const Node* from = found.node("from")) spec.data = load_data(*from, found.path("from"), reading);
  if (found.has("count") && found.has("from")) found.refuse("from", "give 'count' or 'from', not both");
  if (node->is_map() && !found.has("count") && !found.has("from"))
    reading.mistakes.add(node->mark, found.path(), {}, "needs 'count' (a number) or 'from' (a CSV file)");
}

}  // namespace

void read_actors(const Fields& file, Reading& reading) {
  const Node* actors = file.node("actors");
  if (!actors) return;
  if (!actors->is_map()) {
    refuse_type(*actors, "actors", "a map from names of kinds", reading.mistakes);
    return;
  }
  // Without mechanisms a kind is all the scenario's own, whatever its name.
  const bool uses_mechanisms = file.node("mechanisms") != nullptr;
  for (const Node::Entry& entry : actors->entries) {
    const std::string path = join_path("actors", shorten(entry.key));
    if (!check_name(entry.key, entry.mark, path, reading.mistakes)) continue;
    const Fields fields(entry.value, path, actor_keys(), reading.mistakes);
    const KindInfo* info = uses_mechanisms ? known_kind(reading.catalogue, entry.key) : nullptr;
    KindSpec spec;
    spec.name = entry.key;
    spec.mark = entry.mark;
    spec.scaled = fields.flag("scaled").value_or(info && info->scaled);
    read_founders(fields, spec, reading);
    const Node* attributes = fields.node("attributes");
    if (attributes && !attributes->is_map())
      refuse_type(*attributes, fields.path("attributes"), "a map from names", reading.mistakes);
    for (std::size_t i = 0; attributes && i < attributes->entries.size(); ++i) {
      const Node::Entry& attribute = attributes->entries[i];
      const std::string where = join_path(fields.path("attributes"), shorten(attribute.key));
      if (!check_name(attribute.key, attribute.mark, where, reading.mistakes)) continue;
      spec.attributes.push_back(read_attribute(attribute, where, info, reading));
    }
    reading.scenario.kinds.push_back(std::move(spec));
  }
}

}  // namespace polder::scenarios
