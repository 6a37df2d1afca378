// SPDX-License-Identifier: Apache-2.0
#include "scenarios/resolved.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "scenarios/overlay.hpp"

namespace polder::scenarios {

namespace {

/// Characters inside of { } and [ ] end a plain text there.
enum class Context : std::uint8_t { block, flow };

bool is_plain(std::string_view text, Context context) {
  constexpr std::array nulls{"~", "null", "Null", "NULL", "<<"};
  if (text.empty() || std::find(nulls.begin(), nulls.end(), text) != nulls.end()) return false;
  const char first = text.front();
  const bool letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
  const bool digit = first >= '0' && first <= '9';
  if (!letter && !digit && std::string_view("_./+($").find(first) == std::string_view::npos) return false;
  if (text.back() == ' ' || text.back() == ':' || text.starts_with("...")) return false;
  if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos) return false;
  if (context == Context::flow && text.find_first_of(",[]{}:\"'") != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

std::string in_quotes(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (c == '\n') {
      result += "\\n";
    } else if (c == '\t') {
      result += "\\t";
    } else {
      result += c;
    }
  }
  return result + '"';
}

std::string scalar(std::string_view text, bool quoted, Context context) {
  return !quoted && is_plain(text, context) ? std::string(text) : in_quotes(text);
}

std::string flow(const Node& node) {
  if (node.is_null()) return "~";
  if (node.is_scalar()) return scalar(node.text, node.quoted, Context::flow);
  std::string text;
  for (const Node& item : node.items) text += (text.empty() ? "" : ", ") + flow(item);
  for (const Node::Entry& entry : node.entries)
    text += (text.empty() ? "" : ", ") + scalar(entry.key, false, Context::flow) + ": " + flow(entry.value);
  return node.is_list() ? "[" + text + "]" : "{" + text + "}";
}

bool all_simple(const Node& node) {
  const auto simple = [](const Node& value) { return value.is_scalar() || value.is_null(); };
  return std::all_of(node.items.begin(), node.items.end(), simple) &&
         std::all_of(node.entries.begin(), node.entries.end(),
                     [&](const Node::Entry& e) { return simple(e.value); });
}

/// One line will do: lists of plain values, and empty maps.
bool fits_one_line(const Node& node) {
  if (node.is_map()) return node.entries.empty();
  return !node.is_list() || all_simple(node) ||
         std::any_of(node.items.begin(), node.items.end(), [](const Node& item) {
           return item.is_list() || (item.is_map() && item.entries.empty());
         });
}

class Writer {
 public:
  explicit Writer(Origins origins) : origins_(origins) {}

  void map(const Node& node, int indent, std::string lead) {
    for (const Node::Entry& entry : node.entries) {
      const std::string key = lead + scalar(entry.key, false, Context::block) + ":";
      lead = std::string(static_cast<std::size_t>(indent), ' ');
      value(key, entry.value, entry.mark, indent);
    }
  }

  std::string take() { return std::move(text_); }

 private:
  void value(const std::string& key, const Node& node, const Mark& key_mark, int indent) {
    if (fits_one_line(node)) {
      const std::string one_line =
          node.is_scalar() ? scalar(node.text, node.quoted, Context::block) : flow(node);
      line(key + " " + one_line, node.mark.file.empty() ? key_mark : node.mark);
      return;
    }
    line(key, key_mark);
    if (node.is_map()) {
      map(node, indent + 2, std::string(static_cast<std::size_t>(indent) + 2, ' '));
    } else {
      list(node, indent + 2);
    }
  }

  void list(const Node& node, int indent) {
    const std::string lead = std::string(static_cast<std::size_t>(indent), ' ') + "- ";
    for (const Node& item : node.items) {
      if (item.is_map()) {
        map(item, indent + 2, lead);
      } else {
        line(lead + scalar(item.text, item.quoted, Context::block), item.mark);
      }
    }
  }

  void line(const std::string& content, const Mark& mark) {
    text_ += content;
    if (origins_ == Origins::shown && !mark.file.empty()) {
      constexpr std::size_t comment_column = 60;
      if (content.size() < comment_column) text_.append(comment_column - content.size(), ' ');
      text_ += is_command_line(mark) ? "  # " + mark.file : fmt::format("  # {}:{}", mark.file, mark.line);
    }
    text_ += '\n';
  }

  Origins origins_;
  std::string text_;
};

}  // namespace

std::string write_yaml(const Node& tree, Origins origins) {
  Writer writer(origins);
  writer.map(tree, 0, {});
  return writer.take();
}

}  // namespace polder::scenarios
