// SPDX-License-Identifier: Apache-2.0
// Draws. They are numbered as they appear in the formulas and never merged.
#include <fmt/format.h>

#include "engine/expression/check.hpp"

namespace polder::expression {

Value Checker::draw(const Expr& expr, Function function, const Arguments& arguments, const Labels* labels) {
  if (!context_.scope.draws) {
    return mistake(expr.where, context_.is_aggregate
                                   ? "an aggregate holds no draws: draw into an attribute first"
                                   : "no draws are possible here: the value must follow from the state");
  }
  switch (function) {
    case Function::uniform:
      return uniform(expr, arguments);
    case Function::normal:
      return normal(expr, arguments);
    case Function::lognormal:
      return lognormal(expr, arguments);
    case Function::bernoulli:
      return counted_draw(expr, Op::bernoulli, arguments[0]->value);
    case Function::poisson:
      return counted_draw(expr, Op::poisson, arguments[0]->value);
    case Function::exponential:
      return scaled_draw(expr, Op::exponential, arguments[0]->value);
    case Function::gamma:
      return gamma(expr, arguments);
    case Function::beta:
      return beta(expr, arguments);
    default:
      return choice(expr, arguments, labels);
  }
}

Value Checker::plain(ExprId id, std::string_view what, bool may_be_zero) {
  const Value value = number(id);
  if (!value.good() || !dimensionless(value, tree_.at(id).where, what)) return {};
  const auto known = context_.lowering.value(value.node);
  if (known && (*known < 0 || (*known == 0 && !may_be_zero)))
    return mistake(tree_.at(id).where,
                   fmt::format("{} must {}", what, may_be_zero ? "not be negative" : "be above 0"));
  return value;
}

/// low + (high - low) * u
Value Checker::uniform(const Expr& expr, const Arguments& arguments) {
  Lowering& low = context_.lowering;
  Value result;
  if (arguments[0] == nullptr && arguments[1] == nullptr) {
    result.node = low.draw(Op::uniform);
    return result;
  }
  if (arguments[0] == nullptr || arguments[1] == nullptr)
    return mistake(expr.where, "write uniform(low, high), or uniform() for a draw between 0 and 1");
  const Value a = number(arguments[0]->value), b = number(arguments[1]->value);
  if (!a.good() || !b.good()) return {};
  const auto type = common(expr.where, "uniform", a, b);
  if (!type) return {};
  const auto least = low.value(a.node), most = low.value(b.node);
  if (least && most && *least > *most) return mistake(expr.where, "low must not be above high");
  result.type = *type;
  const Node width = low.binary(Op::subtract, b.node, a.node);
  result.node = low.binary(Op::add, a.node, low.binary(Op::multiply, width, low.draw(Op::uniform)));
  return result;
}

/// mean + sigma * z
Value Checker::normal(const Expr& expr, const Arguments& arguments) {
  Lowering& low = context_.lowering;
  Value mean, sigma;
  if (arguments[0] != nullptr) mean = number(arguments[0]->value);
  if (arguments[1] != nullptr) sigma = number(arguments[1]->value);
  if ((arguments[0] != nullptr && !mean.good()) || (arguments[1] != nullptr && !sigma.good())) return {};
  Value result;
  result.type = sigma.good() ? sigma.type : ValueType{};
  if (mean.good()) {
    Value one;  // without sigma: 1, a plain number
    const auto type = common(expr.where, "normal", mean, sigma.good() ? sigma : one);
    if (!type) return {};
    result.type = *type;
  }
  if (sigma.good()) {
    if (const auto known = low.value(sigma.node); known && *known < 0)
      return mistake(tree_.at(arguments[1]->value).where, "sigma must not be negative");
  }
  result.node = low.draw(Op::normal);
  if (sigma.good()) result.node = low.binary(Op::multiply, sigma.node, result.node);
  if (mean.good()) result.node = low.binary(Op::add, mean.node, result.node);
  return result;
}

/// exp(log(median) + sigma * z), or exp(log(mean) - sigma * sigma / 2 + sigma * z)
Value Checker::lognormal(const Expr& expr, const Arguments& arguments) {
  const bool by_median = arguments[0] != nullptr;
  const Argument* centre_argument = by_median ? arguments[0] : arguments[1];
  for (const Argument& argument : expr.arguments) {
    if (argument.name.empty())
      return mistake(argument.where,
                     "name the arguments: lognormal(median: m, sigma: s) or lognormal(mean: m, sigma: s)");
  }
  if (centre_argument == nullptr || arguments[2] == nullptr || (by_median && arguments[1] != nullptr))
    return mistake(expr.where, "write lognormal(median: m, sigma: s) or lognormal(mean: m, sigma: s)");
  const Value centre = number(centre_argument->value);
  const Value sigma = plain(arguments[2]->value, "sigma, a spread of logarithms,");
  if (!centre.good() || !sigma.good()) return {};
  Lowering& low = context_.lowering;
  if (const auto known = low.value(centre.node); known && *known <= 0)
    return mistake(tree_.at(centre_argument->value).where, "the centre of a lognormal draw must be above 0");
  Node logarithm = low.unary(Op::log, centre.node);
  if (!by_median) {
    const Node half =
        low.binary(Op::multiply, low.binary(Op::multiply, sigma.node, sigma.node), constant_node(0.5));
    logarithm = low.binary(Op::subtract, logarithm, half);
  }
  Value result;
  result.type.dimension = centre.type.dimension;
  result.node = low.unary(
      Op::exp, low.binary(Op::add, logarithm, low.binary(Op::multiply, sigma.node, low.draw(Op::normal))));
  return result;
}

Value Checker::scaled_draw(const Expr&, Op op, ExprId mean) {
  Value value = number(mean);
  if (!value.good()) return value;
  Lowering& low = context_.lowering;
  if (const auto known = low.value(value.node); known && *known < 0)
    return mistake(tree_.at(mean).where, "the mean must not be negative");
  value.is_zero = false;
  value.node = low.binary(Op::multiply, value.node, low.draw(op));
  return value;
}

/// A gamma variate of scale 1, times mean / shape.
Value Checker::gamma(const Expr&, const Arguments& arguments) {
  const Value shape = plain(arguments[0]->value, "the shape", false);
  Value mean = number(arguments[1]->value);
  if (!shape.good() || !mean.good()) return {};
  Lowering& low = context_.lowering;
  if (const auto known = low.value(mean.node); known && *known < 0)
    return mistake(tree_.at(arguments[1]->value).where, "the mean must not be negative");
  const Node scale = low.binary(Op::divide, mean.node, shape.node);
  mean.is_zero = false;
  mean.node = low.binary(Op::multiply, scale, low.draw(Op::gamma, shape.node));
  return mean;
}

/// X / (X + Y) of two gamma variates.
Value Checker::beta(const Expr&, const Arguments& arguments) {
  const Value a = plain(arguments[0]->value, "a", false), b = plain(arguments[1]->value, "b", false);
  if (!a.good() || !b.good()) return {};
  Lowering& low = context_.lowering;
  const Node x = low.draw(Op::gamma, a.node);
  const Node y = low.second_draw(x, b.node);
  Value result;
  result.node = low.binary(Op::divide, x, low.binary(Op::add, x, y));
  return result;
}

Value Checker::counted_draw(const Expr&, Op op, ExprId argument) {
  const Value value = plain(argument, op == Op::bernoulli ? "a chance" : "the mean");
  if (!value.good()) return value;
  const auto known = context_.lowering.value(value.node);
  if (op == Op::bernoulli && known && *known > 1)
    return mistake(tree_.at(argument).where, "a chance lies between 0 and 1");
  Value result;
  result.type.type = op == Op::bernoulli ? Type::flag : Type::number;
  result.node = context_.lowering.draw(op, value.node);
  return result;
}

/// Item k where the draw, times the sum of the weights, falls between the sums of the first k - 1 and the
/// first k weights.
Value Checker::choice(const Expr& expr, const Arguments& arguments, const Labels* labels) {
  const Expr& values = tree_.at(arguments[0]->value);
  const Expr* weights = arguments[1] != nullptr ? &tree_.at(arguments[1]->value) : nullptr;
  if (values.form != Expr::Form::list || (weights != nullptr && weights->form != Expr::Form::list))
    return mistake(expr.where, "write lists, as in choice([x, y], [0.3, 0.7])");
  if (weights != nullptr && weights->arguments.size() != values.arguments.size())
    return mistake(expr.where, fmt::format("{} values need as many weights, not {}", values.arguments.size(),
                                           weights->arguments.size()));
  Lowering& low = context_.lowering;
  std::vector<Value> items;
  std::vector<Node> sums;
  bool good = true;
  for (std::size_t i = 0; i < values.arguments.size(); ++i) {
    items.push_back(check(values.operand(i).value, labels));
    Value weight;
    weight.node = constant_node(1);
    if (weights != nullptr) weight = plain(weights->operand(i).value, "a weight");
    good &= items.back().good() && weight.good();
    if (good) sums.push_back(sums.empty() ? weight.node : low.binary(Op::add, sums.back(), weight.node));
  }
  if (!good) return {};
  if (low.value(sums.back()) == 0.0) return mistake(expr.where, "one of the weights must be above 0");
  const Node u = low.binary(Op::multiply, low.draw(Op::uniform), sums.back());
  Value result = items.back();
  for (std::size_t i = items.size() - 1; i-- > 0;) {
    const auto type = unify(expr.where, "choice", items[i], result);
    if (!type) return {};
    result.type = *type;
    result.is_zero = result.is_zero && items[i].is_zero;
    result.node = low.select(low.binary(Op::less, u, sums[i]), items[i].node, result.node);
  }
  return result;
}

}  // namespace polder::expression
