// SPDX-License-Identifier: Apache-2.0
#include "tools/analysis/design_request.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "engine/error.hpp"
#include "tools/analysis/distribution.hpp"

namespace polder::analysis {

namespace {

using Json = nlohmann::ordered_json;

std::string shown(const Json& value) {
  const std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  return text.size() <= 60 ? text : text.substr(0, 57) + "...";
}

/// Reads the fields of one object and collects what is wrong with them.
class Fields {
 public:
  Fields(const Json& object, std::string path, Mistakes& mistakes)
      : object_(object), path_(std::move(path)), mistakes_(mistakes) {
    if (!object_.is_object()) mistakes_.add({}, path_, shown(object_), "an object");
  }
  const Json* find(const char* key) const {
    const auto found = object_.is_object() ? object_.find(key) : object_.end();
    return object_.is_object() && found != object_.end() ? &*found : nullptr;
  }
  void only(const std::vector<std::string>& known) const {
    if (!object_.is_object()) return;
    for (const auto& [key, value] : object_.items())
      if (std::find(known.begin(), known.end(), key) == known.end())
        mistakes_.add({}, at(key.c_str()), shown(value), fmt::format("one of {}", fmt::join(known, ", ")),
                      nearest(key, known));
  }
  std::string text(const char* key) const {
    const Json* value = find(key);
    if (value != nullptr && value->is_string() && !value->get<std::string>().empty())
      return value->get<std::string>();
    wrong(key, "a text");
    return {};
  }
  double number(const char* key) const {
    const Json* value = find(key);
    if (value != nullptr && value->is_number() && std::isfinite(value->get<double>()))
      return value->get<double>();
    wrong(key, "a number");
    return std::nan("");
  }
  std::uint64_t count(const char* key, std::uint64_t most) const {
    const Json* value = find(key);
    if (value == nullptr || value->is_null()) return 0;
    if (value->is_number_unsigned() && value->get<std::uint64_t>() <= most)
      return value->get<std::uint64_t>();
    wrong(key, fmt::format("a whole number from 0 to {}", most));
    return 0;
  }
  void wrong(const char* key, const std::string& wanted, const std::string& suggestion = {}) const {
    const Json* value = find(key);
    mistakes_.add({}, at(key), value == nullptr ? "nothing" : shown(*value), wanted, suggestion);
  }
  std::string at(const char* key) const { return path_.empty() ? key : path_ + "." + key; }

 private:
  const Json& object_;
  std::string path_;
  Mistakes& mistakes_;
};

void read_distribution(const Json& json, const std::string& path, ParameterRange& range, Mistakes& mistakes) {
  const Fields fields(json, path, mistakes);
  fields.only({"kind", "arguments"});
  range.kind = fields.text("kind");
  const Json* arguments = fields.find("arguments");
  if (arguments == nullptr) return;
  if (!arguments->is_array()) return fields.wrong("arguments", "a list of numbers");
  for (const Json& argument : *arguments) {
    if (!argument.is_number() || !std::isfinite(argument.get<double>()))
      return fields.wrong("arguments", "a list of numbers");
    range.arguments.push_back(argument.get<double>());
  }
}

ParameterRange read_parameter(const Json& json, const std::string& path, Mistakes& mistakes) {
  const Fields fields(json, path, mistakes);
  fields.only({"name", "distribution", "low", "high"});
  const std::size_t before = mistakes.list().size();
  ParameterRange range;
  range.name = fields.text("name");
  range.low = fields.number("low");
  range.high = fields.number("high");
  if (const Json* distribution = fields.find("distribution"))
    read_distribution(*distribution, fields.at("distribution"), range, mistakes);
  if (mistakes.list().size() > before) return range;
  try {
    const Marginal tried(range);
  } catch (const InputError& error) {
    for (Mistake mistake : error.mistakes()) {
      mistake.path = fields.at(mistake.path.c_str());
      mistakes.add(std::move(mistake));
    }
  }
  return range;
}

}  // namespace

const std::vector<std::string>& method_names() {
  static const std::vector<std::string> names{
      "grid", "factorial", "fractional_factorial", "latin_hypercube", "sobol_sequence", "saltelli", "morris"};
  return names;
}

std::string_view name_of(Method method) {
  return method_names()[static_cast<std::size_t>(method)];
}

DesignRequest read_design_request(const Json& request) {
  Mistakes mistakes;
  const Fields fields(request, {}, mistakes);
  fields.only({"method", "size", "levels", "seed", "parameters"});
  DesignRequest design;
  const std::string method = fields.text("method");
  const auto found = std::find(method_names().begin(), method_names().end(), method);
  if (found != method_names().end())
    design.method = static_cast<Method>(found - method_names().begin());
  else if (!method.empty())
    fields.wrong("method", fmt::format("one of {}", fmt::join(method_names(), ", ")),
                 nearest(method, method_names()));
  design.size = fields.count("size", most_points);
  design.levels = fields.count("levels", most_points);
  design.seed = fields.count("seed", std::numeric_limits<std::uint64_t>::max());
  const Json* parameters = fields.find("parameters");
  if (parameters == nullptr || !parameters->is_array() || parameters->empty())
    fields.wrong("parameters", "a list of at least one parameter");
  else
    for (std::size_t p = 0; p < parameters->size(); ++p)
      design.parameters.push_back(
          read_parameter((*parameters)[p], fmt::format("parameters[{}]", p), mistakes));
  std::set<std::string> names;
  for (const ParameterRange& range : design.parameters)
    if (!range.name.empty() && !names.insert(range.name).second)
      mistakes.add({}, "parameters", range.name, "each parameter once");
  mistakes.throw_if_any();
  return design;
}

Json as_json(const DesignRequest& request) {
  Json parameters = Json::array();
  for (const ParameterRange& range : request.parameters)
    parameters.push_back({{"name", range.name},
                          {"distribution", {{"kind", range.kind}, {"arguments", range.arguments}}},
                          {"low", range.low},
                          {"high", range.high}});
  return {{"method", name_of(request.method)},
          {"size", request.size},
          {"levels", request.levels},
          {"seed", request.seed},
          {"parameters", std::move(parameters)}};
}

}  // namespace polder::analysis
