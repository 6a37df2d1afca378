// SPDX-License-Identifier: Apache-2.0
// The points of a design. A pure function of the request.
#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include <nlohmann/json.hpp>

#include "tools/analysis/design_request.hpp"
#include "tools/analysis/distribution.hpp"

namespace polder::analysis {

/// Points, and what an analysis must know about how they hang together.
struct Design {
  std::size_t dimension = 0;
  std::vector<double> values;                                           ///< shape: (point, parameter)
  nlohmann::ordered_json structure = nlohmann::ordered_json::object();  ///< by method, see README.md
  std::size_t num_points() const { return dimension == 0 ? 0 : values.size() / dimension; }
  std::span<const double> point(std::size_t p) const { return {values.data() + p * dimension, dimension}; }
};

/// errors: InputError for a size or a number of levels that the method cannot have.
Design make_design(const DesignRequest& request);
/// The answer to a request, as in README.md. errors: as make_design.
nlohmann::ordered_json design_answer(const DesignRequest& request);

/// Every combination of values: `grid` and `factorial`.
Design grid_design(const DesignRequest& request, const std::vector<Marginal>& marginals);
/// A regular two-level fraction, fractional_design.cpp.
Design fractional_design(const DesignRequest& request, const std::vector<Marginal>& marginals);
/// Latin hypercube, Sobol' sequence and Saltelli's design, sampled_designs.cpp.
Design sampled_design(const DesignRequest& request, const std::vector<Marginal>& marginals);
/// Trajectories, morris_design.cpp.
Design morris_design(const DesignRequest& request, const std::vector<Marginal>& marginals);

/// errors: InputError about the field `field` of a request, always.
[[noreturn]] void refuse_request(const char* field, std::size_t found, const std::string& wanted);
/// errors: InputError when the design would have more than `most_points` points.
void limit_points(double points, const char* field, std::size_t found);

}  // namespace polder::analysis
