// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "scenarios/overlay.hpp"

namespace polder::scenarios {

namespace {

bool needs_nothing(const KeyTable* table) {
  return !table ||
         std::none_of(table->keys.begin(), table->keys.end(), [](const Key& key) { return key.required; });
}

/// `- name` and `- name: {...}` as one map by name.
Node by_name(Node list, const std::string& path, Mistakes& mistakes) {
  Node map = Node::map_at(list.mark);
  std::set<std::string> names;
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    Node& item = list.items[i];
    Node value = Node::map_at(item.mark);
    std::string name;
    if (item.is_scalar() && !item.text.empty()) {
      name = item.text;
    } else if (item.is_map() && item.entries.size() == 1) {
      name = item.entries.front().key;
      value = std::move(item.entries.front().value);
    } else {
      mistakes.add(item.mark, item_path(path, i + 1), describe(item),
                   "a name, or one name with its keys ('- name: {key: value}'); check the indentation");
      continue;
    }
    if (!names.insert(name).second) {
      mistakes.add(item.mark, join_path(path, shorten(name)), {}, "listed twice");
      continue;
    }
    map.entries.push_back({std::move(name), item.mark, std::move(value)});
  }
  return map;
}

/// A list of controls as a map by parameter.
Node by_parameter(Node list, const std::string& path, Mistakes& mistakes) {
  Node map = Node::map_at(list.mark);
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    Node& item = list.items[i];
    const Node* parameter = item.is_map() ? item.find("parameter") : nullptr;
    if (!parameter || !parameter->is_scalar()) {
      mistakes.add(item.mark, item_path(path, i + 1), describe(item), "a map with the key 'parameter'");
      continue;
    }
    const std::string name = parameter->text;
    const Mark mark = parameter->mark;
    if (map.find(name)) {
      mistakes.add(mark, join_path(path, shorten(name)), {}, "listed twice");
      continue;
    }
    item.erase("parameter");
    map.entries.push_back({name, mark, std::move(item)});
  }
  return map;
}

void write_out_map(Node& map, const KeyTable& table, const std::string& path, Mistakes& mistakes);

void write_out_named(Node& map, const Key& key, const std::string& path, Mistakes& mistakes) {
  const std::string_view shorthand = key.inside ? key.inside->shorthand : "";
  for (Node::Entry& entry : map.entries) {
    Node& value = entry.value;
    if (value.is_scalar() && !shorthand.empty()) {
      Node full = Node::map_at(value.mark);
      full.entries.push_back({std::string(shorthand), value.mark, std::move(value)});
      value = std::move(full);
    } else if (value.is_null() && needs_nothing(key.inside)) {
      value = Node::map_at(value.mark);
    }
    if (key.inside) write_out_map(value, *key.inside, join_path(path, shorten(entry.key)), mistakes);
  }
}

/// Drops what cannot be told apart: things without an id, and second ones.
void check_ids(Node& list, const std::string& path, const char* noun, Mistakes& mistakes) {
  std::vector<Node> kept;
  std::set<std::string> ids;
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    Node& item = list.items[i];
    const Node* id = item.is_map() ? item.find("id") : nullptr;
    const std::string where = item_path(path, i + 1);
    if (!id || !id->is_scalar() || id->text.empty()) {
      const std::string found = item.is_map() ? "" : describe(item);
      mistakes.add(item.mark, where, found, fmt::format("{} has an id; begin it with '- id: name'", noun));
    } else if (!ids.insert(id->text).second) {
      mistakes.add(id->mark, where + ".id", shorten(id->text), "duplicate id");
    } else {
      kept.push_back(std::move(item));
    }
  }
  list.items = std::move(kept);
}

void write_out_value(Node& value, const Key& key, const std::string& path, Mistakes& mistakes) {
  const std::string_view name = key.name;
  if (value.is_list() && (key.type == KeyType::named || key.type == KeyType::free)) {
    value = name == "controls" ? by_parameter(std::move(value), path, mistakes)
                               : by_name(std::move(value), path, mistakes);
  }
  if (value.is_map() && key.type == KeyType::named) write_out_named(value, key, path, mistakes);
  if (value.is_map() && key.type == KeyType::free)
    for (Node::Entry& entry : value.entries)
      if (entry.value.is_null()) entry.value = Node::map_at(entry.value.mark);
  if (value.is_map() && key.type == KeyType::map && key.inside)
    write_out_map(value, *key.inside, path, mistakes);
  if (value.is_list() && key.type == KeyType::maps && key.inside && key.inside->find("id"))
    check_ids(value, path, key.inside->noun, mistakes);
}

void write_out_map(Node& map, const KeyTable& table, const std::string& path, Mistakes& mistakes) {
  if (!map.is_map()) return;
  for (Node::Entry& entry : map.entries)
    if (const Key* key = table.find(entry.key))
      write_out_value(entry.value, *key, join_path(path, key->name), mistakes);
}

}  // namespace

void write_out(Node& scenario, Mistakes& mistakes) {
  write_out_map(scenario, scenario_keys(), {}, mistakes);
}

}  // namespace polder::scenarios
