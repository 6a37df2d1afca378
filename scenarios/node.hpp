// SPDX-License-Identifier: Apache-2.0
// A YAML file as a plain tree in which every value knows its place; what is left of YAML outside
// yaml_reader.cpp.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/error.hpp"

namespace polder::scenarios {

/// One value with its place. Keys of a map are unique and keep the order of the file.
struct Node {
  enum class Kind : std::uint8_t { null, scalar, list, map };
  struct Entry;

  Kind kind = Kind::null;
  bool quoted = false;  ///< a scalar in quotes or a text block: never a number or a flag
  std::string text;     ///< of scalars, as written
  Mark mark;  ///< of the first character of the value (after the quote); the file is where a key was set
  std::vector<Node> items;     ///< of lists
  std::vector<Entry> entries;  ///< of maps

  bool is_null() const { return kind == Kind::null; }
  bool is_scalar() const { return kind == Kind::scalar; }
  bool is_list() const { return kind == Kind::list; }
  bool is_map() const { return kind == Kind::map; }

  const Node* find(std::string_view key) const;
  Node* find(std::string_view key);
  const Entry* find_entry(std::string_view key) const;
  /// Adds or replaces the value of a key. shape: a map.
  Node& put(std::string_view key, const Mark& key_mark, Node value);
  /// True when the key was there.
  bool erase(std::string_view key);

  static Node map_at(const Mark& mark);
  static Node scalar_at(const Mark& mark, std::string text, bool quoted);
};

struct Node::Entry {
  std::string key;
  Mark mark;  ///< of the key
  Node value;
};

/// Number of values in the tree, itself included.
std::size_t count_nodes(const Node& node);
/// What a message calls the value: its text (shortened), `a list`, `a map` or `nothing`.
std::string describe(const Node& node);
/// The text, at most 60 characters of it, on one line.
std::string shorten(std::string_view text);
/// `path.key`, or `key` when the path is empty.
std::string join_path(std::string_view path, std::string_view key);
/// `path[3]`; positions count from 1.
std::string item_path(std::string_view path, std::size_t position);

}  // namespace polder::scenarios
