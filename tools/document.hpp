// SPDX-License-Identifier: Apache-2.0
// A page about one thing (a mechanism, a kind, an indicator), shown as text, Markdown or JSON.
#pragma once
#include <string>
#include <variant>
#include <vector>

#include "tools/text_table.hpp"

namespace polder::tools {

/// A title, then labelled texts and tables in the order in which they were added; empty ones are left out.
class Document {
 public:
  explicit Document(std::string title) : title_(std::move(title)) {}
  void entry(std::string label, std::string text);
  void table(std::string label, TextTable table);
  std::string text() const;
  std::string markdown() const;
  /// An object: the title under `name`, labels as keys, tables as lists of objects.
  std::string json() const;

 private:
  struct Item {
    std::string label;
    std::variant<std::string, TextTable> content;
  };
  std::string title_;
  std::vector<Item> items_;
};

}  // namespace polder::tools
