// SPDX-License-Identifier: Apache-2.0
#include "scenarios/node.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace polder::scenarios {

const Node::Entry* Node::find_entry(std::string_view key) const {
  const auto it = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; });
  return it == entries.end() ? nullptr : &*it;
}

const Node* Node::find(std::string_view key) const {
  const Entry* entry = find_entry(key);
  return entry ? &entry->value : nullptr;
}

Node* Node::find(std::string_view key) {
  const auto it = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; });
  return it == entries.end() ? nullptr : &it->value;
}

Node& Node::put(std::string_view key, const Mark& key_mark, Node value) {
  if (Node* present = find(key)) {
    *present = std::move(value);
    return *present;
  }
  entries.push_back({std::string(key), key_mark, std::move(value)});
  return entries.back().value;
}

bool Node::erase(std::string_view key) {
  return std::erase_if(entries, [&](const Entry& e) { return e.key == key; }) > 0;
}

Node Node::map_at(const Mark& mark) {
  Node node;
  node.kind = Kind::map;
  node.mark = mark;
  return node;
}

Node Node::scalar_at(const Mark& mark, std::string text, bool quoted) {
  Node node;
  node.kind = Kind::scalar;
  node.quoted = quoted;
  node.text = std::move(text);
  node.mark = mark;
  return node;
}

std::size_t count_nodes(const Node& node) {
  std::size_t count = 1;
  for (const Node& item : node.items) count += count_nodes(item);
  for (const Node::Entry& entry : node.entries) count += count_nodes(entry.value);
  return count;
}

std::string shorten(std::string_view text) {
  constexpr std::size_t longest = 60;
  std::string result;
  for (const char c : text) {
    const bool starts_character = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    if (result.size() >= longest && starts_character) return result + "...";
    result += static_cast<unsigned char>(c) < 0x20U ? ' ' : c;
  }
  return result;
}

std::string describe(const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      return "nothing";
    case Node::Kind::list:
      return node.items.empty() ? "an empty list" : "a list";
    case Node::Kind::map:
      return node.entries.empty() ? "an empty map" : "a map";
    case Node::Kind::scalar:
      break;
  }
  return node.text.empty() ? "an empty text" : shorten(node.text);
}

std::string join_path(std::string_view path, std::string_view key) {
  return path.empty() ? std::string(key) : fmt::format("{}.{}", path, key);
}

std::string item_path(std::string_view path, std::size_t position) {
  return fmt::format("{}[{}]", path, position);
}

}  // namespace polder::scenarios
