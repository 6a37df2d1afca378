// SPDX-License-Identifier: Apache-2.0
// The syntax tree of a formula. Texts point into the formula; nodes refer to each other by position.
#pragma once
#include <string_view>
#include <vector>

#include "engine/expression/token.hpp"
#include "engine/units.hpp"

namespace polder::expression {

/// Position in Tree::nodes; no_expr for none.
using ExprId = std::size_t;
inline constexpr ExprId no_expr = static_cast<ExprId>(-1);

struct Argument {
  ExprId value = no_expr;
  std::string_view name;  ///< of `name: value`, else empty
  Extent where;           ///< of the name, or of the value
  ExprId filter = no_expr;
  std::string_view by;  ///< category after `by`, else empty
  Extent by_where;
};

struct Expr {
  enum class Form { number, truth, name, parameter, quoted, member, negate, binary, logical_not, call, list };
  Form form = Form::number;
  Extent where;
  std::string_view text;  ///< name, operator, function, label, or member after the dot
  double number = 0;      ///< in base units; of truth: 1 or 0
  Dimension dimension;
  bool percent_rate = false;
  bool has_unit = false;
  std::vector<Argument> arguments;  ///< operands, arguments, items, or the one before the dot

  const Argument& operand(std::size_t i) const { return arguments[i]; }
};

struct Tree {
  std::vector<Expr> nodes;
  ExprId root = no_expr;
  const Expr& at(ExprId id) const { return nodes[id]; }
};

}  // namespace polder::expression
