// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "scenarios/data_table.hpp"
#include "scenarios/sections.hpp"

namespace polder::scenarios {

namespace {

/// A category is one byte.
constexpr std::size_t most_labels = 255;

/// Labels out of a file: none twice or empty, at most 255.
void check_first_column(const DataTable& table, const Node& node, const std::string& path, Reading& reading) {
  const auto& cells = table.columns.front().cells;
  if (cells.size() > most_labels)
    reading.mistakes.add(node.mark, path, fmt::format("{} labels", cells.size()),
                         fmt::format("1 to {}", most_labels));
  std::set<std::string> seen;
  for (std::size_t row = 0; row < cells.size(); ++row) {
    if (!cells[row].empty() && seen.insert(cells[row]).second) continue;
    reading.mistakes.add(table.mark(table.columns.front(), row + 1), path, shorten(cells[row]),
                         cells[row].empty() ? "an empty label" : "listed twice");
  }
}

void add_set(const std::string& name, const Node& node, const std::string& path, Reading& reading) {
  Scenario& scenario = reading.scenario;
  const auto same = [&](const Scenario::LabelSet& set) { return set.name == name; };
  if (std::any_of(scenario.label_sets.begin(), scenario.label_sets.end(), same)) {
    reading.mistakes.add(node.mark, path, {}, "the label set exists already");
    return;
  }
  Scenario::LabelSet set{name, {}, {}};
  if (node.is_list()) {
    set.labels = read_labels(node, path, reading);
  } else {
    set.data = load_data(node, path, reading);
    const DataTable* table = set.data.empty() ? nullptr : scenario.find_data(set.data);
    if (table) {  // else reported; the name is known all the same
      set.labels = table->columns.front().cells;
      check_first_column(*table, node, path, reading);
    }
  }
  scenario.label_sets.push_back(std::move(set));
}

}  // namespace

std::vector<std::string> read_labels(const Node& list, const std::string& path, Reading& reading) {
  std::vector<std::string> labels;
  if (list.items.empty() || list.items.size() > most_labels)
    reading.mistakes.add(list.mark, path, fmt::format("{} labels", list.items.size()),
                         fmt::format("1 to {}", most_labels));
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const Node& item = list.items[i];
    if (!item.is_scalar() || item.text.empty()) {
      refuse_type(item, item_path(path, i + 1), "a label", reading.mistakes);
    } else if (std::find(labels.begin(), labels.end(), item.text) != labels.end()) {
      reading.mistakes.add(item.mark, item_path(path, i + 1), shorten(item.text), "listed twice");
    } else {
      labels.push_back(item.text);
    }
  }
  return labels;
}

void read_label_sets(const Fields& file, Reading& reading) {
  for (const char* name : {"sectors", "regions", "themes"})
    if (const Node* node = file.node(name)) add_set(name, *node, name, reading);
  const Node* others = file.node("labels");
  if (!others) return;
  if (!others->is_map()) {
    refuse_type(*others, "labels", "a map from names to lists of labels or to paths of CSV files",
                reading.mistakes);
    return;
  }
  for (const Node::Entry& entry : others->entries) {
    const std::string path = join_path("labels", shorten(entry.key));
    if (check_name(entry.key, entry.mark, path, reading.mistakes))
      add_set(entry.key, entry.value, path, reading);
  }
}

std::string load_data(const Node& path_node, const std::string& path, Reading& reading) {
  if (!path_node.is_scalar() || path_node.text.empty()) {
    refuse_type(path_node, path, "the path of a CSV file", reading.mistakes);
    return {};
  }
  const std::string file = path_from(reading.main_file, path_node.text);
  const std::string& name = path_node.text;
  if (reading.scenario.find_data(name)) return name;
  std::string text, bytes;
  if (!read_text_file(reading.source, file, path_node.mark, path, text, bytes, reading.mistakes)) return {};
  auto table = parse_table(text, file, name, bytes, reading.mistakes);
  if (!table) return {};
  reading.scenario.data.push_back(std::move(*table));
  return name;
}

}  // namespace polder::scenarios
