// SPDX-License-Identifier: Apache-2.0
// The functions of the rule language, as a table: used by the check and by `polder describe`.
#pragma once
#include <string_view>
#include <vector>

#include "engine/expression/expression.hpp"

namespace polder::expression {

/// What `check` does with a call.
enum class Function : std::uint8_t {
  exp,
  log,
  sqrt,
  abs,
  min,
  max,
  pow,
  floor,
  round,
  clamp,
  choose,
  norm,
  distance,
  similarity,
  component,
  uniform,
  normal,
  lognormal,
  bernoulli,
  poisson,
  exponential,
  gamma,
  beta,
  choice,
  sum,
  mean,
  count,
  share,
  minimum,
  maximum,
  quantile,
  gini,
  events
};

struct FunctionEntry {
  Function function;
  std::string_view name;
  std::string_view signature;
  std::string_view meaning;
  std::vector<std::string_view>
      parameters;            ///< names of the arguments; a first name of "..." takes any number
  std::size_t required = 0;  ///< how many of them must be given
};

/// Sorted as in the manual: elementary, vectors, draws, aggregates.
const std::vector<FunctionEntry>& function_table();
/// Null when there is none.
const FunctionEntry* find_function(std::string_view name);
inline bool is_draw(Function f) {
  return f >= Function::uniform && f <= Function::choice;
}
inline bool is_aggregate(Function f) {
  return f >= Function::sum;
}

}  // namespace polder::expression
