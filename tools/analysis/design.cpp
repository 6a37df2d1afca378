// SPDX-License-Identifier: Apache-2.0
#include "tools/analysis/design.hpp"

#include <fmt/format.h>
#include <openturns/Tuples.hxx>

#include "engine/error.hpp"

namespace polder::analysis {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t grid_levels = 5;

}  // namespace

void refuse_request(const char* field, std::size_t found, const std::string& wanted) {
  throw InputError(Mistake{{}, field, std::to_string(found), wanted, {}});
}

void limit_points(double points, const char* field, std::size_t found) {
  if (points > static_cast<double>(most_points))
    refuse_request(field, found,
                   fmt::format("a design of at most {} points (this one has {:.3g})", most_points, points));
}

Design grid_design(const DesignRequest& request, const std::vector<Marginal>& marginals) {
  const std::size_t usual = request.method == Method::grid ? grid_levels : 2;
  const std::size_t levels = request.levels == 0 ? usual : request.levels;
  if (levels < 2) refuse_request("levels", levels, "at least 2 levels");
  std::vector<std::vector<double>> axes;
  OT::Indices counts;
  double points = 1;
  for (const Marginal& marginal : marginals) {
    const std::size_t count = marginal.num_levels() > 0 ? marginal.num_levels() : levels;
    points *= static_cast<double>(count);
    limit_points(points, "levels", levels);
    axes.push_back(marginal.spread(levels));
    counts.add(count);
  }
  const OT::IndicesCollection tuples = OT::Tuples(counts).generate();
  Design design{marginals.size(), {}, {{"levels", std::vector<std::size_t>(counts.begin(), counts.end())}}};
  design.values.reserve(tuples.getSize() * marginals.size());
  for (OT::UnsignedInteger t = 0; t < tuples.getSize(); ++t)
    for (std::size_t p = 0; p < marginals.size(); ++p) design.values.push_back(axes[p][tuples(t, p)]);
  return design;
}

Design make_design(const DesignRequest& request) {
  const std::vector<Marginal> marginals = marginals_of(request.parameters);
  switch (request.method) {
    case Method::grid:
    case Method::factorial:
      return grid_design(request, marginals);
    case Method::fractional_factorial:
      return fractional_design(request, marginals);
    case Method::morris:
      return morris_design(request, marginals);
    case Method::latin_hypercube:
    case Method::sobol_sequence:
    case Method::saltelli:
      break;
  }
  return sampled_design(request, marginals);
}

Json design_answer(const DesignRequest& request) {
  const Design design = make_design(request);
  Json names = Json::array();
  for (const ParameterRange& range : request.parameters) names.push_back(range.name);
  Json points = Json::array();
  for (std::size_t p = 0; p < design.num_points(); ++p) {
    const std::span<const double> point = design.point(p);
    points.push_back(std::vector<double>(point.begin(), point.end()));
  }
  return {
      {"method", name_of(request.method)}, {"size", request.size},        {"seed", request.seed},
      {"parameters", std::move(names)},    {"points", std::move(points)}, {"structure", design.structure}};
}

}  // namespace polder::analysis
