// SPDX-License-Identifier: Apache-2.0
#include "tools/document.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace polder::tools {

namespace {

using Json = nlohmann::ordered_json;

/// `Reads and writes` as `reads_and_writes`.
std::string key(std::string_view label) {
  std::string name(label);
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    return c == ' ' ? '_' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return name;
}

Json rows_of(const TextTable& table) {
  Json rows = Json::array();
  for (const auto& row : table.rows()) {
    Json object = Json::object();
    for (std::size_t c = 0; c < row.size(); ++c) object[key(table.columns()[c].title)] = row[c];
    rows.push_back(std::move(object));
  }
  return rows;
}

}  // namespace

void Document::entry(std::string label, std::string text) {
  if (!text.empty()) items_.push_back({std::move(label), std::move(text)});
}

void Document::table(std::string label, TextTable table) {
  if (!table.empty()) items_.push_back({std::move(label), std::move(table)});
}

std::string Document::text() const {
  constexpr std::size_t indent = 2, label_width = 12;
  std::string out = title_ + '\n';
  for (const Item& item : items_) {
    if (const auto* table = std::get_if<TextTable>(&item.content)) {
      out += fmt::format("{}{}\n", std::string(indent, ' '), item.label) + table->text(2 * indent);
      continue;
    }
    std::string body = wrap(std::get<std::string>(item.content), indent + label_width);
    const std::string label = std::string(indent, ' ') + item.label;
    if (width(label) < indent + label_width) {
      body.replace(0, indent + label_width, label + std::string(indent + label_width - width(label), ' '));
    } else {
      body.insert(0, label + '\n');
    }
    out += body;
  }
  return out;
}

std::string Document::markdown() const {
  std::string out = fmt::format("### {}\n", title_);
  for (const Item& item : items_) {
    if (const auto* table = std::get_if<TextTable>(&item.content)) {
      out += fmt::format("\n{}:\n\n{}", item.label, table->markdown());
    } else {
      out += fmt::format("\n{}: {}\n", item.label, std::get<std::string>(item.content));
    }
  }
  return out;
}

std::string Document::json() const {
  Json object = Json::object();
  object["name"] = title_;
  for (const Item& item : items_) {
    if (const auto* table = std::get_if<TextTable>(&item.content)) {
      object[key(item.label)] = rows_of(*table);
    } else {
      object[key(item.label)] = std::get<std::string>(item.content);
    }
  }
  return object.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace polder::tools
