// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <tuple>

#include "scenarios/sections.hpp"

namespace polder::scenarios {

namespace {

/// The map under a key; null (reported) when it is something else.
const Node* named_things(const Fields& file, std::string_view key, Reading& reading) {
  const Node* node = file.node(key);
  if (!node || node->is_map()) return node;
  refuse_type(*node, std::string(key), "a map from names", reading.mistakes);
  return nullptr;
}

}  // namespace

void read_parameters(const Fields& file, Reading& reading) {
  const Node* parameters = named_things(file, "parameters", reading);
  if (!parameters) return;
  for (const Node::Entry& entry : parameters->entries) {
    const std::string path = join_path("parameters", shorten(entry.key));
    if (!check_name(entry.key, entry.mark, path, reading.mistakes)) continue;
    const Fields fields(entry.value, path, parameter_keys(), reading.mistakes);
    ParameterSpec spec;
    spec.name = entry.key;
    spec.mark = entry.mark;
    spec.value = fields.formula("value");
    spec.unit = fields.unit("unit");
    std::tie(spec.low, spec.high) = fields.range("range");
    spec.source = fields.text("source");
    spec.label = fields.text("label");
    spec.step = fields.formula("step");
    reading.scenario.parameters.push_back(std::move(spec));
  }
}

void read_controls(const Fields& file, Reading& reading) {
  const Node* controls = named_things(file, "controls", reading);
  if (!controls) return;
  std::vector<std::string> known;
  for (const ParameterSpec& parameter : reading.scenario.parameters) known.push_back(parameter.name);
  for (const Node::Entry& entry : controls->entries) {
    const std::string path = join_path("controls", shorten(entry.key));
    const Fields fields(entry.value, path, control_keys(), reading.mistakes);
    if (std::find(known.begin(), known.end(), entry.key) == known.end())
      reading.mistakes.add(entry.mark, path, {}, "there is no such parameter", nearest(entry.key, known));
    ControlSpec spec{entry.key, fields.text("label"), {}, {}, fields.formula("step")};
    std::tie(spec.low, spec.high) = fields.range("range");
    reading.scenario.controls.push_back(std::move(spec));
  }
}

void read_accounts(const Fields& file, Reading& reading) {
  reading.scenario.accounts = file.words("accounts");
}

void read_networks(const Fields& file, Reading& reading) {
  const Node* networks = named_things(file, "networks", reading);
  if (!networks) return;
  for (const Node::Entry& entry : networks->entries) {
    const std::string path = join_path("networks", shorten(entry.key));
    if (!check_name(entry.key, entry.mark, path, reading.mistakes)) continue;
    const Fields fields(entry.value, path, network_keys(), reading.mistakes);
    reading.scenario.networks.push_back({entry.key, fields.formula("decay")});
  }
}

}  // namespace polder::scenarios
