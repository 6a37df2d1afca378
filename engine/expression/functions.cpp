// SPDX-License-Identifier: Apache-2.0
#include "engine/expression/functions.hpp"

#include <algorithm>

namespace polder::expression {

const std::vector<FunctionEntry>& function_table() {
  using enum Function;
  static const std::vector<FunctionEntry> table = {
      {exp, "exp", "exp(x)", "e to the power x; x has no unit", {"x"}, 1},
      {log, "log", "log(x)", "natural logarithm; x has no unit and is positive", {"x"}, 1},
      {sqrt, "sqrt", "sqrt(x)", "square root; halves the powers of the unit", {"x"}, 1},
      {abs, "abs", "abs(x)", "size without sign", {"x"}, 1},
      {min, "min", "min(a, b, ...)", "the smallest of two or more values of one unit", {"..."}, 2},
      {max, "max", "max(a, b, ...)", "the largest of two or more values of one unit", {"..."}, 2},
      {pow, "pow", "pow(x, y)", "x to the power y, as x ^ y", {"x", "y"}, 2},
      {floor, "floor", "floor(x)", "the largest whole number that is not above x", {"x"}, 1},
      {round, "round", "round(x)", "the nearest whole number, halves to even", {"x"}, 1},
      {clamp,
       "clamp",
       "clamp(x, low, high)",
       "x, but at least low and at most high",
       {"x", "low", "high"},
       3},
      {choose,
       "if",
       "if(condition, a, b)",
       "a where the condition holds, else b",
       {"condition", "a", "b"},
       3},

      {norm, "norm", "norm(v)", "Euclidean length of a vector", {"v"}, 1},
      {distance,
       "distance",
       "distance(v, w)",
       "Euclidean distance of two vectors, or km between two places (labels of a set with coordinates); "
       "without arguments in a rule with a match: between self and partner",
       {"v", "w"},
       2},
      {similarity,
       "similarity",
       "similarity(v, w)",
       "cosine of the angle between two vectors, 0 for a null vector; without arguments in a rule with a "
       "match: of the vector that self and partner share",
       {"v", "w"},
       2},
      {component,
       "component",
       "component(v, i)",
       "the i-th number of a vector, counted from 1",
       {"v", "i"},
       2},

      {uniform,
       "uniform",
       "uniform(low, high)",
       "a draw between low and high (0 and 1 without them)",
       {"low", "high"},
       0},
      {normal, "normal", "normal(mean: 0, sigma: 1)", "a normal draw", {"mean", "sigma"}, 0},
      {lognormal,
       "lognormal",
       "lognormal(median: m, sigma: s) or lognormal(mean: m, sigma: s)",
       "exp of a normal draw; sigma is that of the logarithm",
       {"median", "mean", "sigma"},
       0},
      {bernoulli, "bernoulli", "bernoulli(p)", "true with chance p", {"p"}, 1},
      {poisson, "poisson", "poisson(mean)", "a whole number with this mean", {"mean"}, 1},
      {exponential, "exponential", "exponential(mean: m)", "a waiting time with this mean", {"mean"}, 1},
      {gamma,
       "gamma",
       "gamma(shape: k, mean: m)",
       "a gamma draw; its variance is m^2 / k",
       {"shape", "mean"},
       2},
      {beta, "beta", "beta(a: x, b: y)", "a beta draw between 0 and 1 with mean x / (x + y)", {"a", "b"}, 2},
      {choice,
       "choice",
       "choice([x, y, ...], [p, q, ...])",
       "one of the values or labels, with chances in proportion to the second list (equal without it)",
       {"values", "weights"},
       1},

      {sum,
       "sum",
       "sum(kind.x where condition)",
       "sum over the agents of a kind, each times its weight",
       {"x"},
       1},
      {mean, "mean", "mean(kind.x where condition)", "weighted mean over the agents of a kind", {"x"}, 1},
      {count, "count", "count(kind where condition)", "number of real agents", {"kind"}, 1},
      {share,
       "share",
       "share(kind where condition, of: condition)",
       "part of the real agents (of those that satisfy `of`) that satisfy the condition",
       {"kind", "of"},
       1},
      {minimum,
       "minimum",
       "minimum(kind.x where condition)",
       "smallest value over the agents of a kind",
       {"x"},
       1},
      {maximum,
       "maximum",
       "maximum(kind.x where condition)",
       "largest value over the agents of a kind",
       {"x"},
       1},
      {quantile,
       "quantile",
       "quantile(kind.x where condition, q)",
       "weighted quantile, 0 <= q <= 1",
       {"x", "q"},
       2},
      {gini, "gini", "gini(kind.x where condition)", "weighted Gini coefficient", {"x"}, 1},
      {events,
       "events",
       "events(name)",
       "weighted number of this month's events of a rule or mechanism",
       {"name"},
       1},
  };
  return table;
}

const FunctionEntry* find_function(std::string_view name) {
  const auto& table = function_table();
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const auto& entry) { return entry.name == name; });
  return found == table.end() ? nullptr : &*found;
}

const std::vector<FunctionInfo>& functions() {
  static const std::vector<FunctionInfo> infos = [] {
    std::vector<FunctionInfo> list;
    for (const FunctionEntry& e : function_table())
      list.push_back({std::string(e.name), std::string(e.signature), std::string(e.meaning)});
    return list;
  }();
  return infos;
}

}  // namespace polder::expression
