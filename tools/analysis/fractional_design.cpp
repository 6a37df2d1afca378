// SPDX-License-Identifier: Apache-2.0
// Regular two-level fractions 2^(d-p): the first k parameters run through all corners, each further one
// follows the product of some of them. A product is a set of base parameters, here the bits of a number;
// products multiply by exclusive or. A set of numbers that multiply to 1 is a word; the shortest word's
// length is the resolution, so:
//
//   resolution V:   no 2 to 4 columns multiply to 1, chosen greedily
//   resolution IV:  products of an odd number of parameters (three odd ones never multiply to 1)
//   resolution III: whatever columns are left
//
// source: Box, G. E. P. and Hunter, J. S. (1961), The 2^(k-p) fractional factorial designs, Technometrics
// 3(3).
#include <algorithm>
#include <bit>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tools/analysis/design.hpp"

namespace polder::analysis {

namespace {

using Json = nlohmann::ordered_json;
using Columns = std::vector<std::size_t>;

constexpr std::size_t most_base = 22;        // 4 million runs
constexpr std::size_t most_confounded = 50;  // sentences that a person would still read

Columns base_columns(std::size_t base) {
  Columns columns;
  for (std::size_t b = 0; b < base; ++b) columns.push_back(std::size_t{1} << b);
  return columns;
}

/// Products of many parameters first: they make the longest words.
Columns candidates(std::size_t base) {
  Columns masks;
  for (std::size_t mask = (std::size_t{1} << base) - 1; mask > 0; --mask)
    if (std::popcount(mask) > 1) masks.push_back(mask);
  std::stable_sort(masks.begin(), masks.end(),
                   [](std::size_t a, std::size_t b) { return std::popcount(a) > std::popcount(b); });
  return masks;
}

/// order: the products in the order in which they are tried.
std::optional<Columns> of_resolution_five(std::size_t base, std::size_t dimension, const Columns& order) {
  Columns columns, sums{0};                         // sums: products of at most two columns
  std::vector<bool> taken(std::size_t{1} << base);  // products of at most three
  const auto add = [&](std::size_t column) {
    for (const std::size_t sum : sums) taken[sum ^ column] = true;
    for (const std::size_t other : columns) sums.push_back(other ^ column);
    sums.push_back(column);
    for (const std::size_t other : columns)
      for (const std::size_t sum : sums) taken[sum ^ other] = true;
    columns.push_back(column);
  };
  for (const std::size_t column : base_columns(base)) add(column);
  for (const std::size_t mask : order) {
    if (columns.size() == dimension) break;
    if (!taken[mask]) add(mask);
  }
  return columns.size() == dimension ? std::optional(columns) : std::nullopt;
}

Columns choose_columns(std::size_t base, std::size_t dimension) {
  const Columns masks = candidates(base);
  Columns ascending = masks;
  std::sort(ascending.begin(), ascending.end());
  if (dimension <= 2 * base)  // more columns of resolution V than this do not fit for any base up to 8
    for (const Columns& order : {masks, ascending})
      if (const auto columns = of_resolution_five(base, dimension, order)) return *columns;
  Columns columns = base_columns(base);
  for (const bool odd : {true, false})
    for (const std::size_t mask : masks)
      if (columns.size() < dimension && (std::popcount(mask) % 2 == 1) == odd) columns.push_back(mask);
  return columns;
}

/// Which effects cannot be told apart: pairs of parameters with each other, or with a third parameter.
struct Confounding {
  int resolution = 5;  ///< 3, 4, or 5 for more than 4
  Json sentences = Json::array();
};

Confounding confounding(const Columns& columns, const DesignRequest& request) {
  Confounding found;
  std::map<std::size_t, std::vector<std::string>> same;
  const auto name = [&](std::size_t p) { return request.parameters[p].name; };
  for (std::size_t p = 0; p < columns.size(); ++p) same[columns[p]].push_back(name(p));
  for (std::size_t p = 0; p < columns.size(); ++p)
    for (std::size_t q = p + 1; q < columns.size(); ++q) {
      auto& names = same[columns[p] ^ columns[q]];
      const bool with_parameter =
          std::find(columns.begin(), columns.end(), columns[p] ^ columns[q]) != columns.end();
      if (with_parameter)
        found.resolution = 3;
      else if (!names.empty())
        found.resolution = std::min(found.resolution, 4);
      names.push_back(name(p) + "*" + name(q));
    }
  for (const auto& [mask, names] : same)
    if (names.size() > 1 && found.sentences.size() < most_confounded)
      found.sentences.push_back(fmt::format("{}", fmt::join(names, " = ")));
  return found;
}

std::size_t base_of(const DesignRequest& request) {
  const std::size_t dimension = request.parameters.size();
  if (request.size == 0) {
    std::size_t base = 1;
    while (base < dimension && (std::size_t{1} << (base - 1)) < dimension) ++base;
    return base;
  }
  if (request.size < 2 || !std::has_single_bit(request.size) || request.size > (std::size_t{1} << most_base))
    refuse_request("size", request.size,
                   fmt::format("a power of 2, from 2 to {}", std::size_t{1} << most_base));
  const auto base = static_cast<std::size_t>(std::countr_zero(request.size));
  if (base > dimension)
    refuse_request("size", request.size,
                   fmt::format("at most {} (all corners)", std::size_t{1} << dimension));
  if (dimension >= request.size)
    refuse_request("size", request.size,
                   fmt::format("at least {} for {} parameters", std::bit_ceil(dimension + 1), dimension));
  return base;
}

}  // namespace

Design fractional_design(const DesignRequest& request, const std::vector<Marginal>& marginals) {
  if (request.levels != 0 && request.levels != 2)
    refuse_request("levels", request.levels, "2 levels: low and high");
  const std::size_t dimension = marginals.size();
  const std::size_t base = base_of(request);
  const std::size_t runs = std::size_t{1} << base;
  limit_points(static_cast<double>(runs), "size", request.size);
  const Columns columns = choose_columns(base, dimension);

  Design design{dimension, {}, Json::object()};
  design.values.reserve(runs * dimension);
  for (std::size_t run = 0; run < runs; ++run)
    for (std::size_t p = 0; p < dimension; ++p) {
      // The product of the base parameters' signs, -1 where the bit is off.
      const int minus = std::popcount(columns[p] & ~run);
      design.values.push_back(marginals[p].level(minus % 2 == 0 ? 1 : 0));
    }
  Json generators = Json::array();
  for (std::size_t p = base; p < dimension; ++p) {
    std::vector<std::string> factors;
    for (std::size_t b = 0; b < base; ++b)
      if ((columns[p] >> b & 1) != 0) factors.push_back(request.parameters[b].name);
    generators.push_back(fmt::format("{} = {}", request.parameters[p].name, fmt::join(factors, "*")));
  }
  const Confounding found = confounding(columns, request);
  const bool full = base == dimension;
  design.structure = {{"generators", std::move(generators)},
                      {"resolution", full ? Json(nullptr) : Json(found.resolution)},
                      {"confounded", full ? Json::array() : found.sentences}};
  return design;
}

}  // namespace polder::analysis
