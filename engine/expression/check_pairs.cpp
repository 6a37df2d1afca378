// SPDX-License-Identifier: Apache-2.0
// Distances between places, and `distance` and `similarity` of a pair without arguments.
#include <algorithm>

#include <fmt/format.h>

#include "engine/expression/check.hpp"

namespace polder::expression {

namespace {

/// An attribute of self and one of partner that can be compared.
struct Pair {
  ColumnId own, other;
  bool same_name;
};

bool is_place(const ColumnInfo& column) {
  return column.type == ColumnType::category && column.labels != nullptr && !column.labels->distances.empty();
}

bool are_comparable(const ColumnInfo& a, const ColumnInfo& b, Function function) {
  if (function == Function::distance) return is_place(a) && is_place(b) && a.labels == b.labels;
  return a.type == ColumnType::vector && b.type == ColumnType::vector && a.size == b.size &&
         a.dimension == b.dimension;
}

/// Attributes of one name on both sides go before others.
std::vector<Pair> pairs_of(const KindLayout& self, const KindLayout& partner, Function function) {
  std::vector<Pair> pairs;
  for (std::size_t a = 0; a < self.columns.size(); ++a) {
    for (std::size_t b = 0; b < partner.columns.size(); ++b) {
      if (are_comparable(self.columns[a], partner.columns[b], function))
        pairs.push_back({static_cast<ColumnId>(a), static_cast<ColumnId>(b),
                         self.columns[a].name == partner.columns[b].name});
    }
  }
  const auto has_name = [](const Pair& pair) { return pair.same_name; };
  if (std::any_of(pairs.begin(), pairs.end(), has_name))
    std::erase_if(pairs, [](const Pair& pair) { return !pair.same_name; });
  return pairs;
}

}  // namespace

Value Checker::of_places(const Expr& expr, ExprId first, ExprId second) {
  const Labels *left = labels_of(first), *right = labels_of(second);
  const Value a = check(first, right), b = check(second, left);
  if (!a.good() || !b.good()) return {};
  for (const auto& [value, id] : {std::pair{a, first}, std::pair{b, second}}) {
    if (value.type.type != Type::category)
      return mistake(tree_.at(id).where, fmt::format("a place is needed, this is {}", describe(value.type)));
  }
  return between(expr.where, a, b);
}

Value Checker::between(Extent where, const Value& a, const Value& b) {
  const Labels& labels = *a.type.labels;
  if (a.type.labels != b.type.labels)
    return mistake(where, fmt::format("both must be labels of one set: this is {} and {}", describe(a.type),
                                      describe(b.type)));
  if (labels.distances.empty())
    return mistake(where, fmt::format("{} has no coordinates: its CSV file needs the columns x [km] and y "
                                      "[km], or lat and lon",
                                      labels.name));
  Value result;
  result.type.dimension = dimension::length;
  result.node = context_.lowering.look_up(a.node, b.node, labels.distances);
  return result;
}

/// `distance` or `similarity` alone: of the one attribute that self and partner share.
Value Checker::of_pair(const Expr& expr) {
  const Function function = expr.text == "distance" ? Function::distance : Function::similarity;
  const KindId self = *context_.scope.self, partner = *context_.scope.partner;
  const auto pairs = pairs_of(context_.kind(self), context_.kind(partner), function);
  const auto name_of = [&](KindId kind, ColumnId column) {
    return context_.kind(kind).columns[index(column)].name;
  };
  if (pairs.empty()) {
    const char* needed = function == Function::distance
                             ? "a category over one label set whose CSV file has the columns x [km] and y "
                               "[km], or lat and lon"
                             : "a vector of one size and unit";
    return mistake(expr.where, fmt::format("{} and {} have nothing to compare: both need {}",
                                           context_.kind(self).name, context_.kind(partner).name, needed));
  }
  if (pairs.size() > 1)
    return mistake(expr.where,
                   fmt::format("more than one attribute could be meant: write {}({}, partner.{})", expr.text,
                               name_of(self, pairs[0].own), name_of(partner, pairs[0].other)));
  const Value a = column(Side::self, self, pairs[0].own);
  const Value b = column(Side::partner, partner, pairs[0].other);
  return function == Function::distance ? between(expr.where, a, b)
                                        : of_two_vectors(expr.where, function, a, b);
}

}  // namespace polder::expression
