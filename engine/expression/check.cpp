// SPDX-License-Identifier: Apache-2.0
#include "engine/expression/check.hpp"

#include <cmath>

#include <fmt/format.h>

namespace polder::expression {

namespace {

Value number_value(Node node, Dimension dimension = {}, bool percent_rate = false) {
  Value value;
  value.node = node;
  value.type.dimension = dimension;
  value.type.percent_rate = percent_rate;
  return value;
}

Value flag_value(Node node) {
  Value value;
  value.node = node;
  value.type.type = Type::flag;
  return value;
}

constexpr int largest_power = 8;

}  // namespace

std::string describe(const ValueType& type) {
  switch (type.type) {
    case Type::number:
      return type.dimension.is_none() ? "a plain number" : "a number in " + to_string(type.dimension);
    case Type::flag:
      return "a condition";
    case Type::category:
      return type.labels == nullptr ? "a label" : "a label of " + type.labels->name;
    case Type::id:
      return "an id";
    case Type::vector:
      return "a vector";
  }
  return {};
}

Value Checker::mistake(Extent where, std::string wanted, std::string suggestion) {
  report_.add(where, std::move(wanted), std::move(suggestion));
  return {};
}

/// A value that is known before the run must be finite.
Value Checker::finished(Extent where, Value value) {
  if (!value.good() || !context_.lowering.is_fault(value.node)) return value;
  return mistake(
      where,
      "no finite number comes out: a division by zero, an overflow, or a root or logarithm of a negative "
      "number");
}

Value Checker::check(ExprId id, const Labels* labels) {
  const Expr& expr = tree_.at(id);
  switch (expr.form) {
    case Expr::Form::number:
      if (labels != nullptr) {
        if (const auto found = label(expr, *labels)) return *found;
      }
      return literal(expr);
    case Expr::Form::truth:
      return flag_value(constant_node(expr.number));
    case Expr::Form::name:
      return name(expr, labels);
    case Expr::Form::parameter:
      return parameter(expr);
    case Expr::Form::member:
      return member(expr);
    case Expr::Form::quoted:
      if (labels == nullptr)
        return mistake(expr.where, "a quoted label stands only beside == or != or in a list of a category");
      if (const auto found = label(expr, *labels)) return *found;
      return unknown_label(expr, *labels);
    case Expr::Form::negate:
      return finished(expr.where, negate(expr));
    case Expr::Form::binary:
      if (labels != nullptr) {
        if (const auto found = label(expr, *labels)) return *found;
        if (expr.text == "-") return unknown_label(expr, *labels);
      }
      return finished(expr.where, binary(expr));
    case Expr::Form::logical_not: {
      const Value inner = condition(expr.operand(0).value);
      return inner.good() ? flag_value(context_.lowering.unary(Op::logical_not, inner.node)) : inner;
    }
    case Expr::Form::call:
      return finished(expr.where, call(expr, labels));
    case Expr::Form::list:
      break;
  }
  return mistake(expr.where, "a list stands only after 'in' and in choice(...)");
}

Value Checker::as_number(Value value, Extent where) {
  if (!value.good() || value.type.type == Type::number) return value;
  if (value.type.type == Type::flag) return number_value(value.node);
  return mistake(where, fmt::format("a number is needed, this is {}", describe(value.type)));
}

Value Checker::number(ExprId id) {
  return as_number(check(id), tree_.at(id).where);
}

Value Checker::condition(ExprId id) {
  const Value value = check(id);
  if (!value.good() || value.type.type == Type::flag) return value;
  const bool is_number = value.type.type == Type::number;
  return mistake(tree_.at(id).where, fmt::format("a condition is needed, this is {}{}", describe(value.type),
                                                 is_number ? ": compare it, for example x > 0" : ""));
}

Value Checker::literal(const Expr& expr) {
  Value value = number_value(constant_node(expr.number), expr.dimension, expr.percent_rate);
  value.is_zero = expr.number == 0 && !expr.has_unit;
  return value;
}

Value Checker::negate(const Expr& expr) {
  Value value = number(expr.operand(0).value);
  if (value.good()) value.node = context_.lowering.unary(Op::negate, value.node);
  return value;
}

Value Checker::binary(const Expr& expr) {
  if (expr.text == "and" || expr.text == "or") return logical(expr);
  if (expr.text == "^") return power(expr, expr.operand(0).value, expr.operand(1).value);
  if (expr.text == "in") return membership(expr);
  if (expr.text == "+" || expr.text == "-" || expr.text == "*" || expr.text == "/") return arithmetic(expr);
  return comparison(expr);
}

std::optional<ValueType> Checker::common(Extent where, std::string_view what, const Value& a,
                                         const Value& b) {
  if (a.is_zero) return b.type;
  if (b.is_zero) return a.type;
  if (a.type.dimension != b.type.dimension) {
    mistake(where,
            fmt::format("{} needs equal units: here {} meets {}", what, describe(a.type), describe(b.type)));
    return std::nullopt;
  }
  if (a.type.percent_rate != b.type.percent_rate) {
    mistake(
        where,
        fmt::format("{} cannot mix a probability (% /month) and a rate (/month): write both one way", what));
    return std::nullopt;
  }
  return a.type;
}

bool Checker::dimensionless(const Value& value, Extent where, std::string_view what) {
  if (value.type.dimension.is_none()) return true;
  mistake(where, fmt::format("{} needs a plain number, this is {}: divide by a value of that unit", what,
                             describe(value.type)));
  return false;
}

Value Checker::arithmetic(const Expr& expr) {
  const Value a = number(expr.operand(0).value), b = number(expr.operand(1).value);
  if (!a.good() || !b.good()) return {};
  if (expr.text == "*" || expr.text == "/") return product(expr, a, b);
  const auto type = common(expr.where, expr.text, a, b);
  if (!type) return {};
  const Op op = expr.text == "+" ? Op::add : Op::subtract;
  return number_value(context_.lowering.binary(op, a.node, b.node), type->dimension, type->percent_rate);
}

/// A probability a month stays one when it is multiplied or divided by a plain number.
Value Checker::product(const Expr& expr, Value a, Value b) {
  const bool multiply = expr.text == "*";
  if (!multiply && context_.lowering.value(b.node) == 0.0) return mistake(expr.where, "this divides by 0");
  const Dimension result =
      multiply ? a.type.dimension * b.type.dimension : a.type.dimension / b.type.dimension;
  const bool left = a.type.percent_rate && b.type.dimension.is_none();
  const bool right = multiply && b.type.percent_rate && a.type.dimension.is_none();
  return number_value(context_.lowering.binary(multiply ? Op::multiply : Op::divide, a.node, b.node), result,
                      left || right);
}

Value Checker::power(const Expr& expr, ExprId base_id, ExprId exponent_id) {
  const Value base = number(base_id), exponent = number(exponent_id);
  if (!base.good() || !exponent.good()) return {};
  if (!dimensionless(exponent, tree_.at(exponent_id).where, "an exponent")) return {};
  Dimension dimension;
  if (!base.type.dimension.is_none()) {
    const auto n = context_.lowering.value(exponent.node);
    if (!n || std::floor(*n) != *n || std::abs(*n) > largest_power) {
      return mistake(
          expr.where,
          fmt::format("a value with a unit needs a constant whole exponent from -{0} to {0}", largest_power));
    }
    dimension = polder::power(base.type.dimension, static_cast<int>(*n));
  }
  return number_value(context_.lowering.binary(Op::power, base.node, exponent.node), dimension);
}

Value Checker::logical(const Expr& expr) {
  const Value a = condition(expr.operand(0).value), b = condition(expr.operand(1).value);
  if (!a.good() || !b.good()) return {};
  return flag_value(
      context_.lowering.binary(expr.text == "and" ? Op::logical_and : Op::logical_or, a.node, b.node));
}

Value Checker::comparison(const Expr& expr) {
  const ExprId left = expr.operand(0).value, right = expr.operand(1).value;
  const Labels* left_labels = labels_of(left);
  const Labels* right_labels = left_labels == nullptr ? labels_of(right) : nullptr;
  const Value a = check(left, right_labels);
  if (!a.good()) return {};  // what the other side means may hang on this one
  const Value b = check(right, left_labels);
  if (!b.good()) return {};
  const bool is_equality = expr.text == "==" || expr.text == "!=";
  for (const Value& side : {a, b}) {
    if (!is_equality && side.type.type > Type::flag)
      return mistake(expr.where, fmt::format("{} has no order: compare with == or !=", describe(side.type)));
  }
  const bool plain = a.type.type <= Type::flag && b.type.type <= Type::flag;
  if (is_equality && !plain) return equality(expr, a, b);
  const Value x = as_number(a, tree_.at(left).where), y = as_number(b, tree_.at(right).where);
  if (!x.good() || !y.good()) return {};
  Value x_rate = x;
  x_rate.type.percent_rate = y.type.percent_rate;  // comparing a probability with a rate is harmless
  if (!common(expr.where, expr.text, x_rate, y)) return {};
  Lowering& low = context_.lowering;
  if (expr.text == "<") return flag_value(low.binary(Op::less, x.node, y.node));
  if (expr.text == "<=") return flag_value(low.binary(Op::less_equal, x.node, y.node));
  if (expr.text == ">") return flag_value(low.binary(Op::less, y.node, x.node));
  if (expr.text == ">=") return flag_value(low.binary(Op::less_equal, y.node, x.node));
  return flag_value(low.binary(expr.text == "==" ? Op::equal : Op::not_equal, x.node, y.node));
}

Value Checker::equality(const Expr& expr, const Value& a, const Value& b) {
  const bool same_type = a.type.type == b.type.type;
  const auto refuse = [&](std::string_view why) {
    return mistake(expr.where,
                   fmt::format("{} cannot be compared with {}{}", describe(a.type), describe(b.type), why));
  };
  if (!same_type) return refuse("");
  if (a.type.type == Type::vector) return refuse(": compare their distance");
  Lowering& low = context_.lowering;
  if (a.type.type == Type::id) {
    const bool fits = a.target.empty() || b.target.empty() || a.target == b.target;
    if (!fits) return refuse(fmt::format(": one means a {}, the other a {}", a.target, b.target));
    const Value equal = flag_value(low.binary(Op::equal_id, a.node, b.node));
    return expr.text == "==" ? equal : flag_value(low.unary(Op::logical_not, equal.node));
  }
  const bool same_labels =
      a.type.labels == b.type.labels ||
      (a.type.labels != nullptr && b.type.labels != nullptr && a.type.labels->items == b.type.labels->items);
  if (!same_labels) return refuse("");
  return flag_value(low.binary(expr.text == "==" ? Op::equal : Op::not_equal, a.node, b.node));
}

Value Checker::membership(const Expr& expr) {
  const ExprId left = expr.operand(0).value;
  const Expr& list = tree_.at(expr.operand(1).value);
  const Labels* labels = labels_of(left);
  if (labels == nullptr) return range(expr, list);
  const Value value = check(left);
  Node any = no_node;
  bool good = value.good();
  for (const Argument& item : list.arguments) {
    const Value one = check(item.value, labels);
    good &= one.good();
    if (!good) continue;
    const Value equal =
        equality(Expr{Expr::Form::binary, item.where, "==", 0, {}, false, false, {}}, value, one);
    good &= equal.good();
    if (good) any = any == no_node ? equal.node : context_.lowering.binary(Op::logical_or, any, equal.node);
  }
  return good ? flag_value(any) : Value{};
}

/// `x in [low, high]`: both ends belong to it.
Value Checker::range(const Expr& expr, const Expr& list) {
  const Value value = number(expr.operand(0).value);
  if (!value.good()) return {};
  if (list.arguments.size() != 2) {
    return mistake(
        list.where,
        "a number lies 'in' a range of two ends, for example [0, 1]; compare with == for single values");
  }
  const Value low = number(list.operand(0).value), high = number(list.operand(1).value);
  if (!low.good() || !high.good()) return {};
  if (!common(expr.where, "in", value, low) || !common(expr.where, "in", value, high)) return {};
  Lowering& lowering = context_.lowering;
  const Node above = lowering.binary(Op::less_equal, low.node, value.node);
  const Node below = lowering.binary(Op::less_equal, value.node, high.node);
  return flag_value(lowering.binary(Op::logical_and, above, below));
}

}  // namespace polder::expression
