// SPDX-License-Identifier: Apache-2.0
// Calls: binding of arguments, elementary functions, functions of vectors.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/expression/check.hpp"

namespace polder::expression {

Value Checker::call(const Expr& expr, const Labels* labels) {
  const FunctionEntry* function = find_function(expr.text);
  if (function == nullptr) {
    std::vector<std::string> names;
    for (const FunctionEntry& f : function_table()) names.emplace_back(f.name);
    return mistake({expr.where.begin, expr.where.begin + expr.text.size()}, "no function has this name",
                   nearest(expr.text, names));
  }
  if (!is_aggregate(function->function)) {
    for (const Argument& a : expr.arguments) {
      if (a.filter != no_expr || !a.by.empty())
        return mistake(expr.where,
                       fmt::format("'where' and 'by' belong to aggregates; {} is none", function->name));
    }
  }
  if (function->parameters.front() == "...") return extreme(expr, function->function);
  const auto arguments = bind(expr, *function);
  if (!arguments) return {};
  if (is_aggregate(function->function)) return aggregate(expr, *function, *arguments);
  if (is_draw(function->function)) return draw(expr, function->function, *arguments, labels);
  if (function->function == Function::choose) return conditional(expr, *arguments, labels);
  if (function->function >= Function::norm) return of_vectors(expr, function->function, *arguments);
  return elementary(expr, function->function, *arguments);
}

/// Positional arguments in the order of the table, then named ones.
std::optional<Checker::Arguments> Checker::bind(const Expr& expr, const FunctionEntry& function) {
  Arguments bound{};
  const auto& names = function.parameters;
  const auto refuse = [&](Extent where, std::string wanted, std::string suggestion = {}) {
    mistake(where, std::move(wanted), std::move(suggestion));
    return std::nullopt;
  };
  std::size_t position = 0;
  for (const Argument& argument : expr.arguments) {
    std::size_t slot = position++;
    if (!argument.name.empty()) {
      slot = static_cast<std::size_t>(std::find(names.begin(), names.end(), argument.name) - names.begin());
      if (slot == names.size()) {
        return refuse(argument.where, fmt::format("no argument has this name; write {}", function.signature),
                      nearest(argument.name, {names.begin(), names.end()}));
      }
    }
    if (slot >= names.size())
      return refuse(argument.where, fmt::format("too many arguments; write {}", function.signature));
    if (bound[slot] != nullptr)
      return refuse(argument.where,
                    fmt::format("'{}' is given twice; write {}", names[slot], function.signature));
    bound[slot] = &argument;
  }
  for (std::size_t i = 0; i < function.required; ++i) {
    if (bound[i] == nullptr)
      return refuse(expr.where, fmt::format("'{}' is missing; write {}", names[i], function.signature));
  }
  return bound;
}

Value Checker::elementary(const Expr& expr, Function function, const Arguments& arguments) {
  const ExprId first = arguments[0]->value;
  switch (function) {
    case Function::exp:
    case Function::log:
      return logarithm_or_exp(expr, function, first);
    case Function::sqrt:
      return square_root(expr, first);
    case Function::pow:
      return power(expr, first, arguments[1]->value);
    case Function::clamp:
      return clamp(expr, arguments);
    default:
      break;
  }
  Value value = number(first);
  if (!value.good()) return value;
  const Op op = function == Function::abs     ? Op::absolute
                : function == Function::floor ? Op::floor
                                              : Op::round;
  value.node = context_.lowering.unary(op, value.node);
  return value;
}

Value Checker::logarithm_or_exp(const Expr& expr, Function function, ExprId argument) {
  Value value = number(argument);
  if (!value.good() || !dimensionless(value, expr.where, expr.text)) return {};
  value.is_zero = false;
  value.node = context_.lowering.unary(function == Function::exp ? Op::exp : Op::log, value.node);
  return value;
}

Value Checker::square_root(const Expr& expr, ExprId argument) {
  Value value = number(argument);
  if (!value.good()) return value;
  for (auto& exponent : value.type.dimension.exponent) {
    if (exponent % 2 != 0)
      return mistake(expr.where, fmt::format("the root of {} has no unit: its powers must be even",
                                             describe(value.type)));
    exponent = static_cast<std::int8_t>(exponent / 2);
  }
  value.type.percent_rate = false;
  value.node = context_.lowering.unary(Op::square_root, value.node);
  return value;
}

Value Checker::extreme(const Expr& expr, Function function) {
  if (expr.arguments.size() < 2) {
    return mistake(expr.where,
                   fmt::format("{} takes two or more values; over the agents of a kind it is {}", expr.text,
                               function == Function::min ? "minimum(kind.x)" : "maximum(kind.x)"));
  }
  Value result;
  bool is_good = true;
  for (const Argument& argument : expr.arguments) {
    if (!argument.name.empty())
      return mistake(argument.where, fmt::format("{} takes no named arguments", expr.text));
    const Value next = number(argument.value);
    is_good &= next.good();
    if (!is_good) continue;
    if (!result.good()) {
      result = next;
      continue;
    }
    const auto type = common(expr.where, expr.text, result, next);
    if (!type) return {};
    const bool is_zero = result.is_zero && next.is_zero;
    result.type = *type;
    result.is_zero = is_zero;
    result.node = context_.lowering.binary(function == Function::min ? Op::minimum : Op::maximum, result.node,
                                           next.node);
  }
  return is_good ? result : Value{};
}

Value Checker::clamp(const Expr& expr, const Arguments& arguments) {
  const Value x = number(arguments[0]->value), low = number(arguments[1]->value),
              high = number(arguments[2]->value);
  if (!x.good() || !low.good() || !high.good()) return {};
  const auto first = common(expr.where, "clamp", x, low);
  if (!first) return {};
  Value result = x;
  result.type = *first;
  result.is_zero = x.is_zero && low.is_zero;
  const auto type = common(expr.where, "clamp", result, high);
  if (!type) return {};
  Lowering& low_ = context_.lowering;
  const auto least = low_.value(low.node), most = low_.value(high.node);
  if (least && most && *least > *most) return mistake(expr.where, "low must not be above high");
  result.type = *type;
  result.is_zero = false;
  result.node = low_.binary(Op::minimum, low_.binary(Op::maximum, x.node, low.node), high.node);
  return result;
}

/// The type that two branches or items share; flags become numbers beside numbers.
std::optional<ValueType> Checker::unify(Extent where, std::string_view what, Value& a, Value& b) {
  if (a.type.type <= Type::flag && b.type.type <= Type::flag) {
    if (a.type.type == b.type.type && a.type.type == Type::flag) return a.type;
    a = as_number(a, where);
    b = as_number(b, where);
    return common(where, what, a, b);
  }
  const bool fits =
      a.type.type == b.type.type && a.type.labels == b.type.labels && a.type.type != Type::vector;
  const bool same_target = a.target.empty() || b.target.empty() || a.target == b.target;
  if (fits && same_target) return a.type;
  mistake(where, fmt::format("{} needs values of one type: this is {} and {}", what, describe(a.type),
                             describe(b.type)));
  return std::nullopt;
}

Value Checker::conditional(const Expr& expr, const Arguments& arguments, const Labels* labels) {
  if (labels == nullptr) {
    labels = labels_of(arguments[1]->value);
    if (labels == nullptr) labels = labels_of(arguments[2]->value);
  }
  const Value test = condition(arguments[0]->value);
  Value a = check(arguments[1]->value, labels), b = check(arguments[2]->value, labels);
  if (!test.good() || !a.good() || !b.good()) return {};
  const auto type = unify(expr.where, "if", a, b);
  if (!type) return {};
  Value result;
  result.type = *type;
  result.target = a.target.empty() ? b.target : a.target;
  result.node = context_.lowering.select(test.node, a.node, b.node);
  return result;
}

Value Checker::vector(ExprId id) {
  const Value value = check(id);
  if (!value.good() || value.type.type == Type::vector) return value;
  return mistake(tree_.at(id).where, fmt::format("a vector is needed, this is {}", describe(value.type)));
}

std::optional<double> Checker::constant(ExprId id, std::string_view what) {
  const Value value = number(id);
  if (!value.good() || !dimensionless(value, tree_.at(id).where, what)) return std::nullopt;
  const auto known = context_.lowering.value(value.node);
  if (!known)
    mistake(tree_.at(id).where,
            fmt::format("{} must be known before the run: use numbers and parameters", what));
  return known;
}

Value Checker::of_vectors(const Expr& expr, Function function, const Arguments& arguments) {
  if (function == Function::distance) {
    const ExprId first = arguments[0]->value, second = arguments[1]->value;
    if (labels_of(first) != nullptr || labels_of(second) != nullptr) return of_places(expr, first, second);
  }
  const Value v = vector(arguments[0]->value);
  Value result;
  Lowering& low = context_.lowering;
  if (function == Function::component) {
    const auto position = constant(arguments[1]->value, "the position in a vector");
    if (!v.good() || !position) return {};
    if (!(*position >= 1 && *position <= v.type.size) || std::floor(*position) != *position)
      return mistake(tree_.at(arguments[1]->value).where,
                     fmt::format("a whole number from 1 to {}", v.type.size));
    result.type.dimension = v.type.dimension;
    result.node = low.of_vectors(Op::component, v.node, no_node, static_cast<std::uint16_t>(*position - 1));
    return result;
  }
  if (function == Function::norm) {
    if (!v.good()) return {};
    result.type.dimension = v.type.dimension;
    result.node = low.of_vectors(Op::norm, v.node, no_node);
    return result;
  }
  return of_two_vectors(expr.where, function, v, vector(arguments[1]->value));
}

Value Checker::of_two_vectors(Extent where, Function function, const Value& v, const Value& w) {
  if (!v.good() || !w.good()) return {};
  const bool is_distance = function == Function::distance;
  if (v.type.size != w.type.size)
    return mistake(where, fmt::format("vectors of one length are needed: these have {} and {} numbers",
                                      v.type.size, w.type.size));
  if (!common(where, is_distance ? "distance" : "similarity", v, w)) return {};
  Value result;
  if (is_distance) result.type.dimension = v.type.dimension;
  result.node = context_.lowering.of_vectors(is_distance ? Op::distance : Op::similarity, v.node, w.node);
  return result;
}

}  // namespace polder::expression
