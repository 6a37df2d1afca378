// SPDX-License-Identifier: Apache-2.0
#include "engine/expression/lower.hpp"

#include <algorithm>
#include <cmath>

#include "engine/expression/compute.hpp"

namespace polder::expression {

namespace {

bool is_power_of_two(double x) {
  int exponent = 0;
  return std::abs(std::frexp(x, &exponent)) == 0.5 && std::abs(exponent) < 1000;
}

bool commutes(Op op) {
  return op == Op::add || op == Op::multiply || op == Op::equal || op == Op::not_equal;
}

/// Operations whose result can look sound although an operand is a fault.
bool can_hide(Op op) {
  switch (op) {
    case Op::minimum:
    case Op::maximum:
    case Op::power:
    case Op::less:
    case Op::less_equal:
    case Op::equal:
    case Op::not_equal:
    case Op::exp:
    case Op::bernoulli:
    case Op::poisson:
    case Op::gamma:
    case Op::second_gamma:
      return true;
    default:
      return false;
  }
}

bool is_never_negative(Op op) {
  switch (op) {
    case Op::small:
    case Op::look_up:
    case Op::exp:
    case Op::absolute:
    case Op::square_root:
    case Op::norm:
    case Op::distance:
    case Op::bernoulli:
    case Op::poisson:
    case Op::gamma:
    case Op::second_gamma:
      return true;
    default:
      break;
  }
  return (op >= Op::less && op <= Op::logical_not) || (op >= Op::guarded_and && op <= Op::guarded_not);
}

}  // namespace

Node Lowering::constant(double value) {
  Entry entry;
  entry.constant = value;
  return add(entry);
}

Node Lowering::load(Op op, Side side, KindId kind, ColumnId column) {
  Entry entry;
  entry.op = op;
  entry.aux = place_of(side, column);
  entry.kind = kind;
  return add(entry);
}

Node Lowering::vector(Side side, KindId kind, ColumnId column, int size) {
  Entry entry;
  entry.op = Op::vector;
  entry.aux = place_of(side, column);
  entry.kind = kind;
  entry.constant = size;
  return add(entry);
}

Node Lowering::scalar(std::uint32_t position, Origin origin) {
  Entry entry;
  entry.op = Op::scalar;
  entry.aux = position;
  entry.origin = origin;
  return add(entry);
}

Node Lowering::scalar_by(Node label, std::uint32_t position, Origin origin) {
  Entry entry;
  entry.op = Op::scalar_by;
  entry.a = label;
  entry.aux = position;
  entry.origin = origin;
  return add(entry);
}

Node Lowering::draw(Op op, Node a) {
  Entry entry;
  entry.op = op;
  entry.a = a;
  entry.aux = num_draws_++;
  const Node result = add(entry);
  return a == no_node ? result : poisoned(result, a, no_node);
}

Node Lowering::second_draw(Node first, Node shape) {
  Entry entry;
  entry.op = Op::second_gamma;
  entry.a = shape;
  while (at(first).op == Op::poison) first = at(first).a;
  entry.aux = at(first).aux;
  return poisoned(add(entry), shape, no_node);
}

Node Lowering::of_vectors(Op op, Node a, Node b, std::uint16_t position) {
  Entry entry;
  entry.op = op;
  entry.a = a;
  entry.b = b;
  entry.aux = position;
  return add(entry);
}

Node Lowering::look_up(Node a, Node b, const std::vector<double>& table) {
  const auto side = static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(table.size()))));
  if (value(a) && value(b))
    return constant(table[static_cast<std::size_t>(*value(a)) * side + static_cast<std::size_t>(*value(b))]);
  const auto known = std::find(tables_.begin(), tables_.end(), &table);
  Entry entry;
  entry.op = Op::look_up;
  entry.a = a;
  entry.b = b;
  entry.aux = static_cast<std::uint32_t>(known - tables_.begin());
  entry.constant = static_cast<double>(side);
  if (known == tables_.end()) tables_.push_back(&table);
  return add(entry);
}

Node Lowering::unary(Op op, Node a) {
  if (op == Op::logical_not && may_fault(a)) op = Op::guarded_not;
  if (value(a)) return fold(op, a, no_node, no_node);
  Entry entry;
  entry.op = op;
  entry.a = a;
  return poisoned(add(entry), a, no_node);
}

Node Lowering::binary(Op op, Node a, Node b) {
  const auto left = value(a), right = value(b);
  if (op == Op::logical_and || op == Op::logical_or) {
    const double decides = op == Op::logical_or ? 1 : 0;
    if (left) return *left == decides ? a : b;
    if (right) return *right == decides ? b : a;
    if (may_fault(a) || may_fault(b)) op = op == Op::logical_and ? Op::guarded_and : Op::guarded_or;
  }
  if (left && right) return fold(op, a, b, no_node);
  if (op == Op::subtract && right) return binary(Op::add, a, constant(-*right));
  if (op == Op::divide && right && is_power_of_two(*right))
    return binary(Op::multiply, a, constant(1 / *right));
  if (op == Op::multiply && right == 1.0) return a;
  if (op == Op::multiply && left == 1.0) return b;
  if (op == Op::power && right == 1.0) return a;
  if (op == Op::power && right == 2.0) return binary(Op::multiply, a, a);
  if (commutes(op) && b < a) std::swap(a, b);
  Entry entry;
  entry.op = op;
  entry.a = a;
  entry.b = b;
  const Node result = add(entry);
  return op == Op::divide ? poisoned(result, b, no_node) : poisoned(result, a, b);
}

Node Lowering::select(Node condition, Node a, Node b) {
  if (const auto known = value(condition)) return *known != 0 ? a : b;
  if (a == b && !may_fault(condition)) return a;
  Entry entry;
  entry.op = may_fault(condition) ? Op::guarded_select : Op::select;
  entry.a = condition;
  entry.b = a;
  entry.c = b;
  return add(entry);
}

/// Keeps a fault of the operands visible in the result of an operation that would hide it.
Node Lowering::poisoned(Node result, Node a, Node b) {
  const Op op = at(result).op;
  const bool hides = can_hide(op) || op == Op::divide;
  for (const Node operand : {a, b}) {
    if (!hides || operand == no_node || !may_fault(operand)) continue;
    Entry entry;
    entry.op = Op::poison;
    entry.a = result;
    entry.b = operand;
    result = add(entry);
  }
  return result;
}

Node Lowering::fold(Op op, Node a, Node b, Node c) {
  const double x = value(a).value_or(0);
  const double y = b == no_node ? 0 : value(b).value_or(0);
  const double z = c == no_node ? 0 : value(c).value_or(0);
  double result = 0;
  compute(kernels::active(), op, &result, {&x, &y, &z, 0}, 1);
  return constant(result);
}

Node Lowering::add(Entry entry) {
  entry.may_fault = can_fault(entry);
  for (const Node operand : {entry.a, entry.b, entry.c})
    entry.may_fault |= operand != no_node && at(operand).may_fault;
  entry.sign = sign_of(entry);
  const Key key{entry.op,   entry.a,     entry.b,
                entry.c,    entry.aux,   std::bit_cast<std::uint64_t>(entry.constant),
                entry.kind, entry.origin};
  const auto next = static_cast<Node>(nodes_.size());
  const auto [known, is_new] = known_.try_emplace(key, next);
  if (is_new) nodes_.push_back(entry);
  return known->second;
}

bool Lowering::division_is_safe(Node denominator) const {
  if (const auto known = value(denominator)) return *known != 0;
  return at(denominator).sign == Sign::positive;
}

Lowering::Sign Lowering::sign_of(const Entry& e) const {
  const auto of = [&](Node n) { return n == no_node ? Sign::any : at(n).sign; };
  const Sign a = of(e.a), b = of(e.b), c = of(e.c);
  switch (e.op) {
    case Op::constant:
      return e.constant > 0 ? Sign::positive : e.constant == 0 ? Sign::nonnegative : Sign::any;
    case Op::weight:
    case Op::uniform:
    case Op::exponential:
      return Sign::positive;
    case Op::add:
      return a != Sign::any && b != Sign::any ? std::max(a, b) : Sign::any;
    case Op::multiply: {
      const bool grows = value(e.a).value_or(0) >= 1 || value(e.b).value_or(0) >= 1;  // cannot fall to 0
      return std::min({a, b, grows ? Sign::positive : Sign::nonnegative});
    }
    case Op::divide:
      return b == Sign::positive ? std::min(a, Sign::nonnegative) : Sign::any;
    case Op::minimum:
      return std::min(a, b);
    case Op::maximum:
      return std::max(a, b);
    case Op::select:
    case Op::guarded_select:
      return std::min(b, c);
    case Op::poison:
      return a;
    case Op::power:
      return std::min(a, Sign::nonnegative);
    default:
      return is_never_negative(e.op) ? Sign::nonnegative : Sign::any;
  }
}

/// Whether the operation itself can make a fault of sound operands.
bool Lowering::can_fault(const Entry& e) const {
  const auto of = [&](Node n) { return n == no_node ? Sign::any : at(n).sign; };
  switch (e.op) {
    case Op::constant:
      return !std::isfinite(e.constant);
    case Op::scalar:
    case Op::scalar_by:
      return e.origin == Origin::average;
    case Op::divide:
      return !division_is_safe(e.b);
    case Op::square_root:
      return of(e.a) == Sign::any;
    case Op::log:
      return of(e.a) != Sign::positive;
    case Op::power: {
      const auto exponent = value(e.b);
      const bool is_whole = exponent && std::floor(*exponent) == *exponent;
      return !((is_whole && *exponent >= 0) || of(e.a) == Sign::positive ||
               (of(e.a) == Sign::nonnegative && of(e.b) != Sign::any));
    }
    case Op::bernoulli: {
      const auto chance = value(e.a);
      return !chance || !(*chance >= 0 && *chance <= 1);
    }
    case Op::poisson:
    case Op::gamma:
    case Op::second_gamma:
      return true;
    default:
      return false;
  }
}

std::optional<double> Lowering::value(Node node) const {
  return at(node).op == Op::constant ? std::optional(at(node).constant) : std::nullopt;
}

bool Lowering::is_fault(Node node) const {
  return at(node).op == Op::constant && !std::isfinite(at(node).constant);
}

}  // namespace polder::expression
