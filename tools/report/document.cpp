// SPDX-License-Identifier: Apache-2.0
#include "tools/report/document.hpp"

#include <filesystem>

#include "engine/error.hpp"
#include "output/hdf5_file.hpp"
#include "tools/report/indicators.hpp"
#include "tools/report/money.hpp"
#include "tools/report/network.hpp"
#include "tools/report/source.hpp"

namespace polder::tools::report {

namespace {

Json arms(const output::ResultReader& result, const Names& names) {
  Json list = Json::array();
  const std::size_t arms_shown = num_arms_shown(result);
  for (std::size_t arm = 0; arm < arms_shown; ++arm)
    list.push_back({{"id", result.arms()[arm]},
                    {"title", names.arm(result.arms()[arm])},
                    {"description", names.description(arm)},
                    {"parameters", names.changed_parameters(arm)}});
  return list;
}

Json axes(const output::ResultReader& result, const Names& names) {
  Json all = Json::object();
  for (const Axis& axis : result.axes())
    for (const std::string& label : axis.labels) all[axis.name][label] = names.label(axis.name, label);
  return all;
}

Json times(const output::ResultReader& result) {
  Json list = Json::array();
  for (const Month month : result.times()) list.push_back(to_string(month));
  return list;
}

Json provenance(const output::ResultReader& result) {
  const output::Provenance made = result.provenance();
  Json fields = Json::object(), data = Json::array();
  for (const auto& [name, value] : output::fields(made)) fields[name] = value;
  for (const auto& [path, checksum] : made.data) data.push_back({path, checksum});
  return {{"file", std::filesystem::path(result.path()).filename().string()},
          {"fields", std::move(fields)},
          {"data", std::move(data)}};
}

/// Simulated and real numbers of agents by kind, in the baseline; means over replicates.
Json counts(const output::ResultReader& result) {
  const output::Array founded = result.counts("founded"), simulated = result.counts("simulated");
  Json list = Json::array();
  const std::size_t kinds = result.kinds().size();
  for (std::size_t k = 0; k < kinds; ++k) {
    const auto mean = [&](const output::Array& table) {
      std::vector<double> values;
      for (std::size_t r = 0; r < result.num_replicates(); ++r) values.push_back(table.values[r * kinds + k]);
      return number(output::mean_interval(values).mean);
    };
    list.push_back({{"kind", result.kinds()[k]}, {"founded", mean(founded)}, {"simulated", mean(simulated)}});
  }
  return list;
}

std::size_t num_pairs(const output::ResultReader& result) {
  std::size_t pairs = 0;
  const std::size_t arms_shown = num_arms_shown(result);
  for (std::size_t r = 0; r < result.num_replicates(); ++r) {
    bool all = true;
    for (std::size_t arm = 0; arm < arms_shown; ++arm) all = all && result.is_committed(arm, r);
    if (all) ++pairs;
  }
  return pairs;
}

}  // namespace

Json left_in(const std::string& path, const char* group) {
  const output::hdf5::File file = output::hdf5::File::open(path, output::hdf5::File::Access::read);
  const output::hdf5::Group root = file.root();
  if (!root.has(group) || !root.group(group).has("json")) return nullptr;
  const std::vector<std::string> texts = root.group(group).dataset("json").read_text();
  if (texts.empty()) return nullptr;
  Json parsed = Json::parse(texts.front(), nullptr, false);
  return parsed.is_discarded() ? Json(nullptr) : parsed;
}

Json document(const output::ResultReader& result) {
  const std::size_t pairs = num_pairs(result);
  if (result.indicators().empty() || result.times().empty() || pairs == 0)
    throw InputError(Mistake{
        {result.path(), 0, 0}, {}, "no finished run with indicators", "a result with at least one", {}});
  const Names names(result);
  const Source source = source_of(result);
  const std::vector<Moment> moments = moments_of(source);
  Json moments_json = Json::array();
  for (const Moment& moment : moments) moments_json.push_back(as_json(moment));
  return {{"report", document_format},
          {"kind", "result"},
          {"title", result.title()},
          {"complete", result.complete()},
          {"pairs", pairs},
          {"scale", result.scale()},
          {"seed", result.seed()},
          {"start", to_string(result.start())},
          {"times", times(result)},
          {"years", result.years()},
          {"arms", arms(result, names)},
          {"axes", axes(result, names)},
          {"moments", std::move(moments_json)},
          {"indicators", indicators(source, moments)},
          {"flows", instrument_flows(result, names)},
          {"instruments", instrument_tables(result, names)},
          {"per_euro", effects_per_euro(result)},
          {"attribution", accounts_of_instruments(result)},
          {"network", network(result, names)},
          {"counts", counts(result)},
          {"provenance", provenance(result)},
          {"parameters", names.parameters()},
          {"analysis", left_in(result.path(), "analysis")},
          {"validation", left_in(result.path(), "validation")}};
}

}  // namespace polder::tools::report
