// SPDX-License-Identifier: Apache-2.0
// One reader a section of the merged file; each fills its part of the scenario and reports what does not fit.
#pragma once
#include <string>

#include "engine/mechanism.hpp"
#include "engine/scenario.hpp"
#include "scenarios/fields.hpp"
#include "scenarios/file_source.hpp"

namespace polder::scenarios {

/// What the section readers share.
struct Reading {
  const Catalogue& catalogue;
  const FileSource& source;
  std::string main_file;
  Mistakes& mistakes;
  Scenario& scenario;
};

void read_head(const Fields& file,
               Reading& reading);  ///< polder, name, title, description, scale, seed, lesson
void read_clock(const Fields& file, Reading& reading);
void read_label_sets(const Fields& file, Reading& reading);
void read_parameters(const Fields& file, Reading& reading);
void read_controls(const Fields& file, Reading& reading);
void read_actors(const Fields& file, Reading& reading);  ///< after the label sets
void read_accounts(const Fields& file, Reading& reading);
void read_networks(const Fields& file, Reading& reading);
void read_mechanisms(const Fields& file, Reading& reading);
void read_instruments(const Fields& file, Reading& reading);
void read_rules(const Fields& file, Reading& reading);
void read_indicators(const Fields& file, Reading& reading);

/// The `do` of a rule.
std::vector<Action> read_actions(const Node& list, const std::string& path, Reading& reading);
/// A tree of settings with dotted keys; `skip` are keys read elsewhere.
Settings read_settings(const Node& map, const std::string& path, const KeyTable* skip, Reading& reading);
/// A list of labels: texts, each once, at most 255.
std::vector<std::string> read_labels(const Node& list, const std::string& path, Reading& reading);
/// Loads a data file once. errors: reported, then an empty name.
std::string load_data(const Node& path_node, const std::string& path, Reading& reading);
/// Paths of things in a list with ids: `rules.open-science`, or `rules[2]`.
std::string thing_path(const std::string& section, const Node& item, std::size_t position);

}  // namespace polder::scenarios
