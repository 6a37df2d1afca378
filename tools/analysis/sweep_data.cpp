// SPDX-License-Identifier: Apache-2.0
#include "tools/analysis/sweep_data.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/error.hpp"
#include "output/refuse.hpp"
#include "tools/analysis/variance.hpp"

namespace polder::analysis {

namespace {

using Json = nlohmann::ordered_json;
using output::hdf5::Dataset;
using output::hdf5::Group;
using output::hdf5::Shape;

[[noreturn]] void refuse_file(const std::string& path, const std::string& place, const std::string& found) {
  output::refuse(path, place, found, "a merged sweep, as `polder sweep run` writes it");
}

Json read_design(const Group& root, const std::string& path) {
  if (!root.has("design")) refuse_file(path, "design", "nothing");
  const Group design = root.group("design");
  std::string text = design.text_attribute("json");
  if (design.has("json")) text = design.dataset("json").read_text().at(0);
  Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("method") || !json["method"].is_string())
    refuse_file(path, "design/json", "no design");
  return json;
}

/// What the request says of a parameter; what it does not say stays as it is.
void read_range(const Json& design, ParameterRange& range) {
  const Json* request = design.contains("request") ? &design["request"] : nullptr;
  if (request == nullptr || !request->contains("parameters") || !(*request)["parameters"].is_array()) return;
  for (const Json& entry : (*request)["parameters"]) {
    if (!entry.is_object() || entry.value("name", "") != range.name) continue;
    if (entry.contains("low") && entry["low"].is_number()) range.low = entry["low"];
    if (entry.contains("high") && entry["high"].is_number()) range.high = entry["high"];
    if (!entry.contains("distribution") || !entry["distribution"].is_object()) continue;
    const Json& distribution = entry["distribution"];
    ParameterRange named = range;
    named.kind = distribution.value("kind", "uniform");
    if (distribution.contains("arguments") && distribution["arguments"].is_array())
      for (const Json& argument : distribution["arguments"])
        if (argument.is_number()) named.arguments.push_back(argument);
    try {
      const Marginal tried(named);
      range = named;
    } catch (const InputError&) {  // a list of points needs no distribution
    }
  }
}

}  // namespace

SweepData::SweepData(const std::string& path)
    : path_(path), file_(output::hdf5::File::open(path, output::hdf5::File::Access::read)) {
  const Group root = file_.root();
  if (root.text_attribute("kind") != "sweep") refuse_file(path, {}, "no sweep");
  for (const char* part : {"parameters", "indicators", "runs", "arm", "time"})
    if (!root.has(part)) refuse_file(path, part, "nothing");
  design_ = read_design(root, path);
  method_ = design_["method"];
  read_axes(root);
  read_parameters(root);
}

void SweepData::read_axes(const Group& root) {
  arms_ = root.dataset("arm").read_text();
  times_ = root.dataset("time").read<std::int32_t>();
  const Dataset status = root.group("runs").dataset("status");
  const Shape shape = status.shape();
  if (shape.size() != 2 || shape[0] == 0 || shape[1] == 0 || arms_.empty() || times_.empty())
    refuse_file(path_, "runs/status", "no runs");
  num_points_ = shape[0];
  num_replicates_ = shape[1];
  status_ = status.read<std::int8_t>();
  if (root.group("runs").has("error")) errors_ = root.group("runs").dataset("error").read_text();
  const Group indicators = root.group("indicators");
  const Shape wanted{num_points_, arms_.size(), num_replicates_, times_.size()};
  for (const std::string& name : indicators.names()) {
    const Dataset values = indicators.dataset(name);
    if (values.is_scale() || values.shape() != wanted) continue;
    const std::string title = values.text_attribute("long_name");
    indicators_.push_back({name, title.empty() ? name : title, values.text_attribute("units")});
  }
  if (indicators_.empty()) refuse_file(path_, "indicators", "no indicator");
}

void SweepData::read_parameters(const Group& root) {
  const Group group = root.group("parameters");
  std::vector<std::vector<double>> columns;
  for (const std::string& name : group.names()) {
    const Dataset values = group.dataset(name);
    if (values.is_scale() || values.shape() != Shape{num_points_}) continue;
    columns.push_back(values.read<double>());
    SweptParameter parameter{name, values.text_attribute("units"), {}, 1};
    const auto [least, most] = std::minmax_element(columns.back().begin(), columns.back().end());
    const double low = values.has_attribute("low") ? values.attribute<double>("low") : *least;
    const double high = values.has_attribute("high") ? values.attribute<double>("high") : *most;
    // Without any distribution: uniform over the range, or over what was tried.
    parameter.range = {
        name, "uniform", {}, std::isfinite(low) ? low : *least, std::isfinite(high) ? high : *most};
    if (parameter.range.low >= parameter.range.high)
      parameter.range = {name, "levels", {*least}, *least, *most};
    const double span = parameter.range.high - parameter.range.low;
    read_range(design_, parameter.range);
    const double base_span = parameter.range.high - parameter.range.low;
    if (values.has_attribute("low") && values.has_attribute("high") && span > 0 && base_span > 0)
      parameter.factor = span / base_span;
    parameters_.push_back(std::move(parameter));
  }
  if (columns.empty()) refuse_file(path_, "parameters", "no parameter");
  points_.resize(static_cast<Eigen::Index>(num_points_), static_cast<Eigen::Index>(columns.size()));
  for (std::size_t d = 0; d < columns.size(); ++d)
    points_.col(static_cast<Eigen::Index>(d)) =
        Eigen::Map<const Eigen::VectorXd>(columns[d].data(), static_cast<Eigen::Index>(num_points_));
}

std::string SweepData::error(std::size_t point, std::size_t replicate) const {
  const std::size_t at = point * num_replicates_ + replicate;
  return at < errors_.size() ? errors_[at] : std::string();
}

ArmValues SweepData::values(const std::string& indicator, std::size_t time) const {
  const Dataset dataset = file_.root().group("indicators").dataset(indicator);
  const std::vector<double> all =
      dataset.read<double>({{0, 0, 0, time}, {num_points_, arms_.size(), num_replicates_, 1}});
  ArmValues arms(arms_.size(), Eigen::MatrixXd(static_cast<Eigen::Index>(num_points_),
                                               static_cast<Eigen::Index>(num_replicates_)));
  std::size_t next = 0;
  for (std::size_t p = 0; p < num_points_; ++p)
    for (std::size_t a = 0; a < arms_.size(); ++a)
      for (std::size_t r = 0; r < num_replicates_; ++r) {
        const double value = all[next++];
        const bool done = status_[p * num_replicates_ + r] == 1;
        arms[a](static_cast<Eigen::Index>(p), static_cast<Eigen::Index>(r)) =
            done && std::isfinite(value) ? value : unknown;
      }
  return arms;
}

}  // namespace polder::analysis
