// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/overlay.hpp"
#include "scenarios/yaml_reader.hpp"

namespace polder::scenarios {

namespace {

namespace fs = std::filesystem;

/// A policy over a region over a country: more is a mistake, and bounds the work.
constexpr std::size_t longest_chain = 16;
/// Parent directories in which `use` looks for instruments/ and indicators/.
constexpr int highest_parent = 3;
constexpr std::array used_folders{"instruments", "indicators"};

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
    if (own.find("extends") && !own.find("name"))
      mistakes_.add(own.mark, {}, {},
                    "the key 'name' is missing: a scenario that extends another has a name of its own");
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

std::optional<Merged> load_merged(const FileSource& source, const std::string& file, Mistakes& mistakes) {
  Loader loader(source, file, mistakes);
  auto tree = loader.load(file, {}, {});
  if (!tree) return std::nullopt;
  return Merged{std::move(*tree), loader.take_files()};
}

}  // namespace polder::scenarios
