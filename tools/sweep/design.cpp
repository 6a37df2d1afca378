// SPDX-License-Identifier: Apache-2.0
#include "tools/sweep/design.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/error.hpp"
#include "scenarios/data_table.hpp"
#include "tools/analysis_program.hpp"

namespace polder::tools {

namespace {

using Json = nlohmann::ordered_json;
using Points = std::vector<std::vector<double>>;

/// More points than a grid may have by mistake.
constexpr double most_points = 10e6;

[[noreturn]] void refuse_design(const Study& study, const std::string& path, const std::string& found,
                                const std::string& wanted) {
  throw InputError(Mistake{study.spec.design.mark, path, found, wanted, {}});
}

/// JSON knows no infinity; only a list of points may go without bounds.
Json bound(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json request_of(const Study& study) {
  Json parameters = Json::array();
  for (const SweptParameter& parameter : study.parameters)
    parameters.push_back(
        {{"name", parameter.name},
         {"distribution", {{"kind", parameter.distribution}, {"arguments", parameter.arguments}}},
         {"low", bound(parameter.low)},
         {"high", bound(parameter.high)}});
  const scenarios::DesignSpec& design = study.spec.design;
  Json request = {{"method", design.method}};
  if (design.size > 0) request["size"] = design.size;
  if (design.levels > 0) request["levels"] = design.levels;
  request["seed"] = design.seed;
  request["parameters"] = std::move(parameters);
  return request;
}

/// A size or a number of levels that the method has no use for is a mistake, not ignored.
void check_request(const Study& study) {
  const scenarios::DesignSpec& design = study.spec.design;
  const std::string& method = design.method;
  const bool grid = method == "grid" || method == "factorial";
  if (design.size > 0 && (grid || method == "points"))
    refuse_design(study, "experiment.design.size", fmt::format("{}", design.size),
                  fmt::format("is not for the method {}: {} say how many points there are", method,
                              grid ? "levels" : "the rows of the file"));
  if (design.levels > 0 && !grid && method != "morris")
    refuse_design(study, "experiment.design.levels", fmt::format("{}", design.levels),
                  fmt::format("is not for the method {}, but for grid, factorial and morris", method));
}

/// Values a parameter takes on a grid.
std::vector<double> levels_of(const Study& study, const SweptParameter& parameter, std::uint64_t count) {
  if (parameter.distribution == "levels") return parameter.arguments;
  if (parameter.distribution != "uniform")
    refuse_design(study, "experiment.parameters." + parameter.name, parameter.text,
                  "levels or a range: a grid takes evenly spaced values");
  std::vector<double> levels;
  const double low = parameter.arguments[0], high = parameter.arguments[1];
  for (std::uint64_t l = 0; l < count; ++l)
    levels.push_back(
        l + 1 == count ? high : low + (high - low) * static_cast<double>(l) / static_cast<double>(count - 1));
  return levels;
}

/// All combinations; the last parameter changes fastest.
Points grid(const Study& study, Json& structure) {
  const bool two = study.spec.design.method == "factorial";
  const std::uint64_t count = study.spec.design.levels > 0 ? study.spec.design.levels : two ? 2 : 0;
  std::vector<std::vector<double>> levels;
  double size = 1;
  for (const SweptParameter& parameter : study.parameters) {
    if (count == 0 && parameter.distribution != "levels")
      refuse_design(study, "experiment.design", {},
                    fmt::format("the key 'levels': how many values {} takes", parameter.name));
    levels.push_back(levels_of(study, parameter, count));
    size *= static_cast<double>(levels.back().size());
  }
  if (size > most_points)
    refuse_design(
        study, "experiment.design", fmt::format("{:.3g} points", size),
        "fewer levels or parameters; a latin_hypercube or sobol_sequence covers many with few points");
  structure = {{"levels", levels}};
  Points points{{}};
  for (const std::vector<double>& values : levels) {
    Points longer;
    longer.reserve(points.size() * values.size());
    for (const std::vector<double>& point : points)
      for (const double value : values) {
        longer.push_back(point);
        longer.back().push_back(value);
      }
    points = std::move(longer);
  }
  return points;
}

/// One point a row; a column's unit stands in its header.
Points from_file(const Study& study) {
  const DataTable& table = study.spec.points;
  const std::string& file = study.spec.design.points;
  Mistakes mistakes;
  std::vector<std::string> names;
  for (const DataTable::Column& column : table.columns) {
    names.push_back(column.name);
    const auto same = [&](const SweptParameter& parameter) { return parameter.name == column.name; };
    if (std::none_of(study.parameters.begin(), study.parameters.end(), same))
      mistakes.add({file, 1, 0}, column.name, {},
                   "a column for each key of experiment.parameters, and no other");
  }
  Points points(table.num_rows(), std::vector<double>(study.parameters.size()));
  for (std::size_t p = 0; p < study.parameters.size(); ++p) {
    const SweptParameter& parameter = study.parameters[p];
    const DataTable::Column* column = table.find(parameter.name);
    if (column == nullptr) {
      mistakes.add({file, 1, 0}, parameter.name, {}, "a column of this name is missing",
                   nearest(parameter.name, names));
      continue;
    }
    const auto unit = column->unit.empty() ? std::optional(Unit{}) : parse_unit(column->unit);
    if (!unit || unit->dimension != parameter.dimension) {
      mistakes.add({file, 1, 0}, parameter.name, column->unit,
                   fmt::format("a unit of {} in the header, as in `{} [{}]`", to_string(parameter.dimension),
                               parameter.name, to_string(parameter.dimension)));
      continue;
    }
    const auto numbers = scenarios::numbers(table, *column, mistakes);
    for (std::size_t i = 0; numbers && i < points.size(); ++i) points[i][p] = (*numbers)[i] * unit->factor;
  }
  mistakes.throw_if_any();
  return points;
}

/// Asks polder-analysis; `answer` becomes what it says beside the points.
Points ask(const Study& study, const Json& request, Json& answer) {
  std::string said;
  try {
    said = ask_analysis_program("design", request.dump());
  } catch (const InputError& error) {
    refuse_design(study, "experiment.design", {}, error.mistakes().front().wanted);
  }
  try {
    answer = Json::parse(said);
    Points points = answer.at("points").get<Points>();
    answer.erase("points");
    return points;
  } catch (const Json::exception& error) {
    throw std::runtime_error(
        fmt::format("polder-analysis design: an answer that makes no sense ({})", error.what()));
  }
}

void check_points(const Study& study, const Points& points) {
  if (points.empty()) refuse_design(study, "experiment.design", {}, "a design with at least one point");
  Mistakes mistakes;
  constexpr std::size_t most_mistakes = 20;
  for (std::size_t i = 0; i < points.size() && mistakes.list().size() < most_mistakes; ++i) {
    if (points[i].size() != study.parameters.size())
      throw std::runtime_error("the design has points of another length than there are parameters");
    for (std::size_t p = 0; p < study.parameters.size(); ++p) {
      const SweptParameter& parameter = study.parameters[p];
      const double value = points[i][p];
      if (std::isfinite(value) && value >= parameter.low && value <= parameter.high) continue;
      mistakes.add(study.spec.parameters[p].where,
                   fmt::format("experiment.parameters.{}, point {}", parameter.name, i + 1),
                   fmt::format("{}", value),
                   fmt::format("a value from {} to {} {}; a distribution without bounds can be cut off by "
                               "truncated_normal(mean, sd, low, high)",
                               parameter.low, parameter.high, to_string(parameter.dimension)));
    }
  }
  mistakes.throw_if_any();
}

}  // namespace

Design make_design(const Study& study) {
  check_request(study);
  const Json request = request_of(study);
  const std::string& method = study.spec.design.method;
  Design design;
  Json answer;
  if (method == "points" || method == "grid" || method == "factorial") {
    Json structure = Json::object();
    design.points = method == "points" ? from_file(study) : grid(study, structure);
    std::vector<std::string> names;
    for (const SweptParameter& parameter : study.parameters) names.push_back(parameter.name);
    answer = {{"method", method},
              {"size", design.points.size()},
              {"seed", study.spec.design.seed},
              {"parameters", names},
              {"structure", structure}};
  } else {
    design.points = ask(study, request, answer);
  }
  check_points(study, design.points);
  answer["request"] = request;
  design.json = answer.dump();
  return design;
}

}  // namespace polder::tools
