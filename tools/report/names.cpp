// SPDX-License-Identifier: Apache-2.0
#include "tools/report/names.hpp"

#include <algorithm>

#include "agents/registry.hpp"
#include "tools/load.hpp"

namespace polder::tools::report {

namespace {

std::vector<Scenario> embedded_scenarios(const output::ResultReader& result) {
  try {
    return load_result(result, {}, agents::catalogue());
  } catch (const InputError&) {  // of another version, or a result without its scenarios
    return {};
  }
}

/// Lists are called in the plural, axes in the singular.
std::string axis_of(const std::string& list) {
  if (list == "bodies") return "body";
  return list.ends_with('s') ? list.substr(0, list.size() - 1) : list;
}

/// `seed-capital` and `national.growth_fund` for readers: words with a capital.
std::string spelled_out(std::string id) {
  const auto dot = id.rfind('.');
  if (dot != std::string::npos) id.erase(0, dot + 1);
  std::replace(id.begin(), id.end(), '_', ' ');
  if (!id.empty() && id[0] >= 'a' && id[0] <= 'z') id[0] = static_cast<char>(id[0] - 'a' + 'A');
  return id;
}

}  // namespace

Names::Names(const output::ResultReader& result) : scenarios_(embedded_scenarios(result)) {
  for (const InstrumentColumn& instrument : result.instruments())
    instruments_[instrument.id] = both(instrument.title.empty() ? instrument.id : instrument.title, {});
  for (const Scenario& scenario : scenarios_) {
    arms_[scenario.name] = both(scenario.title.empty() ? scenario.name : scenario.title, scenario.title_nl);
    for (const InstrumentSpec& instrument : scenario.instruments)
      instruments_[instrument.id] =
          both(instrument.title.empty() ? instrument.id : instrument.title, instrument.title_nl);
    add_labels(scenario);
  }
}

void Names::add_labels(const Scenario& scenario) {
  for (const Scenario::LabelSet& set : scenario.label_sets) {
    const DataTable* table = scenario.find_data(set.data);
    if (table == nullptr || table->columns.empty()) continue;
    const DataTable::Column* english = table->find("name");
    const DataTable::Column* dutch = table->find("name_nl");
    if (english == nullptr) continue;
    for (std::size_t row = 0; row < table->num_rows(); ++row)
      labels_[axis_of(set.name)][table->columns.front().cells[row]] =
          both(english->cells[row], dutch == nullptr ? std::string() : dutch->cells[row]);
  }
}

Json Names::name(const Both& names, const std::string& id) {
  const auto found = names.find(id);
  return found != names.end() ? found->second : both(id, {});
}

Json Names::label(const std::string& axis, const std::string& id) const {
  const auto set = labels_.find(axis);
  if (set != labels_.end() && set->second.contains(id)) return set->second.at(id);
  return both(spelled_out(id), {});
}

Json Names::payer(const std::string& path) const {
  const auto dot = path.find('.');
  return label("body", dot == std::string::npos ? path : path.substr(dot + 1));
}

Json Names::changed_parameters(std::size_t arm) const {
  Json list = Json::array();
  if (scenarios_.empty()) return list;
  const auto& before = scenarios_.front().parameters;
  for (const ParameterSpec& parameter : scenarios_.at(arm).parameters) {
    const auto same = std::find_if(before.begin(), before.end(),
                                   [&](const ParameterSpec& other) { return other.name == parameter.name; });
    if (same != before.end() && *same == parameter) continue;
    list.push_back({{"name", parameter.name},
                    {"label", parameter.label},
                    {"value", parameter.value.text},
                    {"low", parameter.low.text},
                    {"high", parameter.high.text},
                    {"source", parameter.source}});
  }
  return list;
}

Json Names::parameters() const {
  Json labels = Json::object();
  for (const Scenario& scenario : scenarios_)
    for (const ParameterSpec& parameter : scenario.parameters)
      if (!parameter.label.empty()) labels[parameter.name] = parameter.label;
  return labels;
}

std::string Names::description(std::size_t arm) const {
  return scenarios_.empty() ? std::string() : scenarios_.at(arm).description;
}

}  // namespace polder::tools::report
