// SPDX-License-Identifier: Apache-2.0
#include "scenarios/overlay.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/yaml_reader.hpp"

namespace polder::scenarios {

namespace {

namespace fs = std::filesystem;

/// Lists in these sections hold things with an id.
bool holds_ids(std::string_view path) {
  const Key* key = scenario_keys().find(path);
  return key && key->type == KeyType::maps;
}

void merge_value(Node& base, Node over, const std::string& path);

void merge_map(Node& base, Node over, const std::string& path) {
  for (const Node::Entry& entry : over.entries) {
    const char* other = alternative_to(path, entry.key);
    if (*other != '\0' && !over.find(other)) base.erase(other);
  }
  for (Node::Entry& entry : over.entries) {
    if (Node* present = base.find(entry.key)) {
      merge_value(*present, std::move(entry.value), join_path(path, entry.key));
    } else {
      base.entries.push_back(std::move(entry));
    }
  }
}

void merge_ids(Node& base, Node over, const std::string& path) {
  for (Node& item : over.items) {
    const Node* id = item.find("id");
    const auto present = find_id(base, id ? id->text : "");
    if (present) {
      merge_value(base.items[*present], std::move(item), item_path(path, *present + 1));
    } else {
      base.items.push_back(std::move(item));
    }
  }
}

void merge_value(Node& base, Node over, const std::string& path) {
  if (base.is_map() && over.is_map()) {
    merge_map(base, std::move(over), path);
  } else if (holds_ids(path) && base.is_list() && over.is_list()) {
    merge_ids(base, std::move(over), path);
  } else {
    base = std::move(over);
  }
}

}  // namespace

const char* alternative_to(std::string_view path, std::string_view key) {
  if (path == "clock") return key == "end" ? "length" : key == "length" ? "end" : "";
  if (path.starts_with("actors.") && path.ends_with(".found"))
    return key == "count" ? "from" : key == "from" ? "count" : "";
  return "";
}

void merge(Node& base, Node over) {
  merge_value(base, std::move(over), {});
}

void remove_things(Node& base, const Node& remove, Mistakes& mistakes) {
  if (!remove.is_map()) {
    mistakes.add(remove.mark, "remove", describe(remove),
                 "a map from sections to lists of names, such as {rules: [name]}");
    return;
  }
  for (const Node::Entry& entry : remove.entries) {
    const std::string path = join_path("remove", shorten(entry.key));
    Node* section = &base;
    for (std::size_t from = 0; section && from <= entry.key.size();) {
      const std::size_t dot = std::min(entry.key.find('.', from), entry.key.size());
      section = section->is_map() ? section->find(entry.key.substr(from, dot - from)) : nullptr;
      from = dot + 1;
    }
    if (!section || !(section->is_map() || section->is_list())) {
      mistakes.add(entry.mark, path, {}, "there is no such section to remove from",
                   nearest(entry.key, names_in(base)));
      continue;
    }
    const std::vector<Node> names = entry.value.is_list() ? entry.value.items : std::vector{entry.value};
    for (const Node& name : names) {
      if (!name.is_scalar()) {
        mistakes.add(name.mark, path, describe(name), "a name");
        continue;
      }
      const bool removed = section->is_map() ? section->erase(name.text)
                                             : std::erase_if(section->items, [&](const Node& item) {
                                                 const Node* id = item.is_map() ? item.find("id") : &item;
                                                 return id && id->is_scalar() && id->text == name.text;
                                               }) > 0;
      if (!removed)
        mistakes.add(name.mark, path, shorten(name.text), "there is nothing of that name to remove",
                     nearest(name.text, names_in(*section)));
    }
  }
}

std::string relative_to(const std::string& main_file, const std::string& path) {
  const fs::path relative = fs::path(path).lexically_relative(directory_of(main_file));
  return relative.empty() ? path : relative.generic_string();
}

void rebase_paths(Node& scenario, const std::string& main_file) {
  const auto rebase = [&](Node* node) {
    if (!node || !node->is_scalar() || node->text.empty() || is_command_line(node->mark)) return;
    node->text = relative_to(main_file, path_from(node->mark.file, node->text));
  };
  for (const char* name : {"sectors", "regions", "themes"}) rebase(scenario.find(name));
  if (Node* sets = scenario.find("labels"))
    for (Node::Entry& entry : sets->entries) rebase(&entry.value);
  Node* actors = scenario.find("actors");
  for (std::size_t i = 0; actors && i < actors->entries.size(); ++i) {
    Node* found = actors->entries[i].value.find("found");
    if (found) rebase(found->find("from"));
  }
}

bool has_named_things(std::string_view section) {
  const Key* key = scenario_keys().find(section);
  if (!key) return false;
  return key->type == KeyType::named || key->type == KeyType::maps || key->type == KeyType::free ||
         section == "labels";
}

std::optional<std::size_t> find_id(const Node& list, std::string_view id) {
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const Node* own = list.items[i].is_map() ? list.items[i].find("id") : nullptr;
    if (own && own->is_scalar() && own->text == id) return i;
  }
  return std::nullopt;
}

std::vector<std::string> names_in(const Node& section) {
  std::vector<std::string> names;
  for (const Node::Entry& entry : section.entries) names.push_back(entry.key);
  for (const Node& item : section.items) {
    const Node* name = item.is_map() ? item.find("id") : &item;
    if (name && name->is_scalar()) names.push_back(name->text);
  }
  return names;
}

}  // namespace polder::scenarios
