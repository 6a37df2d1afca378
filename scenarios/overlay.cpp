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

/// A policy over a region over a country: more is a mistake, and bounds the work.
constexpr std::size_t longest_chain = 16;
/// Parent directories in which `use` looks for instruments/ and indicators/.
constexpr int highest_parent = 3;
constexpr std::array used_folders{"instruments", "indicators"};

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

/// Loads files, keeping the chain for cycles and messages.
class Loader {
 public:
  Loader(const FileSource& source, std::string main_file, Mistakes& mistakes)
      : source_(source), main_file_(std::move(main_file)), mistakes_(mistakes) {}

  std::optional<Node> load(const std::string& file, const Mark& named_at, const std::string& key) {
    if (std::find(chain_.begin(), chain_.end(), file) != chain_.end()) {
      mistakes_.add(named_at, key, file, fmt::format("a cycle: {} -> {}", fmt::join(chain_, " -> "), file));
      return std::nullopt;
    }
    if (chain_.size() >= longest_chain) {
      mistakes_.add(named_at, key, file, fmt::format("more than {} files in a chain", longest_chain));
      return std::nullopt;
    }
    auto own = read(file, named_at, key);
    if (!own) return std::nullopt;
    chain_.push_back(file);
    auto merged = resolve(std::move(*own), file);
    chain_.pop_back();
    return merged;
  }

  std::vector<SourceFile> take_files() { return std::move(files_); }

 private:
  std::optional<Node> read(const std::string& file, const Mark& named_at, const std::string& key) {
    std::string text, bytes;
    if (!read_text_file(source_, file, named_at, key, text, bytes, mistakes_)) return std::nullopt;
    auto tree = parse_yaml(text, file, mistakes_);
    if (!tree) return std::nullopt;
    if (!tree->is_map()) {
      const bool empty = tree->is_null();
      mistakes_.add(empty ? Mark{file, 0, 0} : tree->mark, {}, empty ? "" : describe(*tree),
                    empty ? "the file is empty; a scenario starts with 'polder: 1'"
                          : "a map; a scenario starts with 'polder: 1'");
      return std::nullopt;
    }
    const std::string name = relative_to(main_file_, file);
    const auto same = [&](const SourceFile& f) { return f.path == name; };
    if (std::none_of(files_.begin(), files_.end(), same)) files_.push_back({name, checksum(bytes), bytes});
    write_out(*tree, mistakes_);
    return tree;
  }

  std::optional<Node> resolve(Node own, const std::string& file) {
    Node base = Node::map_at(own.mark);
    bool complete = true, changes_others = false;
    if (const Node* extends = own.find("extends")) {
      changes_others = true;
      auto extended = load_extended(*extends, file);
      complete = extended.has_value();
      if (extended) base = std::move(*extended);
    }
    if (const Node* use = own.find("use")) {
      changes_others = true;
      complete = take_in(base, *use, file) && complete;
    }
    if (const Node* remove = own.find("remove")) {
      if (!changes_others) {
        mistakes_.add(remove->mark, "remove", {},
                      "there is nothing to remove from without 'extends' or 'use'");
      } else if (complete) {
        remove_things(base, *remove, mistakes_);
      }
    }
    if (!complete) return std::nullopt;
    for (const char* key : {"extends", "use", "remove"}) own.erase(key);
    merge(base, std::move(own));
    return base;
  }

  std::optional<Node> load_extended(const Node& extends, const std::string& file) {
    if (!extends.is_scalar() || extends.text.empty()) {
      mistakes_.add(extends.mark, "extends", describe(extends),
                    "the path of one scenario; chains go through its own 'extends'");
      return std::nullopt;
    }
    return load(path_from(file, extends.text), extends.mark, "extends");
  }

  bool take_in(Node& base, const Node& use, const std::string& file) {
    std::vector<Node> names = use.is_list() ? use.items : std::vector{use};
    bool complete = true;
    for (const Node& name : names) {
      if (!name.is_scalar() || name.text.empty()) {
        mistakes_.add(name.mark, "use", describe(name),
                      "a list of names of files in instruments/ and indicators/");
        complete = false;
        continue;
      }
      const auto path = find_used(name, file);
      if (!path) {
        complete = false;
      } else if (used_.insert(*path).second) {
        auto part = load(*path, name.mark, "use");
        complete = complete && part.has_value();
        if (part) merge(base, fragment(std::move(*part)));
      }
    }
    return complete;
  }

  /// The nearest instruments/<name>.yaml or indicators/<name>.yaml, from the file's directory upwards.
  std::optional<std::string> find_used(const Node& name, const std::string& file) {
    std::vector<std::string> known;
    std::string directory = directory_of(file);
    for (int level = 0; level <= highest_parent; ++level) {
      for (const char* folder : used_folders) {
        const std::string place = (fs::path(directory) / folder).lexically_normal().generic_string();
        for (const std::string& entry : source_.list(place)) {
          if (!entry.ends_with(".yaml")) continue;
          const std::string stem = entry.substr(0, entry.size() - 5);
          if (stem == name.text) return (fs::path(place) / entry).generic_string();
          known.push_back(stem);
        }
      }
      if (directory == "/") break;
      directory = (fs::path(directory) / "..").lexically_normal().generic_string();
    }
    const std::string there =
        known.empty() ? "there is none" : fmt::format("there are {}", fmt::join(known, ", "));
    mistakes_.add(name.mark, "use", shorten(name.text),
                  fmt::format("a file of that name in instruments/ or indicators/; {}", there),
                  nearest(name.text, known));
    return std::nullopt;
  }

  /// What a used file adds: its own name and title stay outside, and the frame of the run is not its
  /// business.
  Node fragment(Node part) {
    for (const char* key : {"polder", "name", "title", "description"}) part.erase(key);
    for (const char* key : {"clock", "scale", "seed", "lesson"}) {
      const Node::Entry* entry = part.find_entry(key);
      if (!entry) continue;
      mistakes_.add(entry->mark, key, {}, "is not allowed in a file taken in by 'use'");
      part.erase(key);
    }
    return part;
  }

  const FileSource& source_;
  std::string main_file_;
  Mistakes& mistakes_;
  std::vector<std::string> chain_;
  std::set<std::string> used_;
  std::vector<SourceFile> files_;
};

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

std::optional<Merged> load_merged(const FileSource& source, const std::string& file, Mistakes& mistakes) {
  Loader loader(source, file, mistakes);
  auto tree = loader.load(file, {}, {});
  if (!tree) return std::nullopt;
  return Merged{std::move(*tree), loader.take_files()};
}

std::string relative_to(const std::string& main_file, const std::string& path) {
  const fs::path relative = fs::path(path).lexically_relative(directory_of(main_file));
  return relative.empty() ? path : relative.generic_string();
}

void rebase_paths(Node& scenario, const std::string& main_file) {
  const auto rebase = [&](Node* node) {
    if (!node || !node->is_scalar() || node->text.empty() || node->mark.file == "--set") return;
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
