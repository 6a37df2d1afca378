// SPDX-License-Identifier: Apache-2.0
#include "engine/expression/compute.hpp"

#include <bit>
#include <cmath>

namespace polder::expression {

namespace {

template <class F>
void each(double* out, std::size_t n, F f) {
  for (std::size_t i = 0; i < n; ++i) out[i] = f(i);
}

/// The operations that keep faults visible; used only where an operand may be one.
void compute_guarded(Op op, double* out, const Operands& in, std::size_t n) {
  const double *a = in.a, *b = in.b, *c = in.c;
  switch (op) {
    case Op::poison:
      return each(out, n, [&](std::size_t i) { return std::isfinite(b[i]) ? a[i] : fault; });
    case Op::guarded_and:
      return each(out, n, [&](std::size_t i) { return a[i] == 0 || b[i] == 0 ? 0.0 : a[i] * b[i]; });
    case Op::guarded_or:
      return each(out, n, [&](std::size_t i) { return a[i] == 1 || b[i] == 1 ? 1.0 : a[i] + b[i]; });
    case Op::guarded_not:
      return each(out, n, [&](std::size_t i) { return 1.0 - a[i]; });
    case Op::guarded_select:
      return each(out, n, [&](std::size_t i) { return a[i] == 1 ? b[i] : a[i] == 0 ? c[i] : fault; });
    case Op::equal_id:
      return each(out, n, [&](std::size_t i) {
        return std::bit_cast<std::uint64_t>(a[i]) == std::bit_cast<std::uint64_t>(b[i]) ? 1.0 : 0.0;
      });
    default:
      return;
  }
}

void compute_constant(const kernels::Table& k, Op op, double* out, const double* a, double b, std::size_t n) {
  switch (op) {
    case Op::add_constant:
      return k.add_constant(out, a, b, n);
    case Op::multiply_constant:
      return k.multiply_constant(out, a, b, n);
    case Op::minimum_constant:
      return k.minimum_constant(out, a, b, n);
    case Op::maximum_constant:
      return k.maximum_constant(out, a, b, n);
    case Op::less_constant:
      return k.less_constant(out, a, b, n);
    case Op::less_equal_constant:
      return k.less_equal_constant(out, a, b, n);
    case Op::greater_constant:
      return k.greater_constant(out, a, b, n);
    case Op::greater_equal_constant:
      return k.greater_equal_constant(out, a, b, n);
    case Op::equal_constant:
      return k.equal_constant(out, a, b, n);
    case Op::not_equal_constant:
      return k.not_equal_constant(out, a, b, n);
    case Op::constant_minus:
      return k.constant_minus(out, a, b, n);
    case Op::constant_divided:
      return k.constant_divided(out, a, b, n);
    default:
      return;
  }
}

}  // namespace

bool is_elementwise(Op op) {
  return op >= Op::add && op <= Op::constant_divided;
}

int num_operands(Op op) {
  switch (op) {
    case Op::select:
    case Op::guarded_select:
      return 3;
    case Op::negate:
    case Op::absolute:
    case Op::square_root:
    case Op::floor:
    case Op::round:
    case Op::exp:
    case Op::log:
    case Op::logical_not:
    case Op::guarded_not:
    case Op::scalar_by:
    case Op::bernoulli:
    case Op::poisson:
    case Op::gamma:
    case Op::second_gamma:
      return 1;
    default:
      break;
  }
  if (op >= Op::add_constant && op <= Op::constant_divided) return 1;
  return is_elementwise(op) ? 2 : 0;
}

void compute(const kernels::Table& k, Op op, double* out, const Operands& in, std::size_t n) {
  const double *a = in.a, *b = in.b;
  switch (op) {
    case Op::add:
      return k.add(out, a, b, n);
    case Op::subtract:
      return k.subtract(out, a, b, n);
    case Op::multiply:
      return k.multiply(out, a, b, n);
    case Op::divide:
      return k.divide(out, a, b, n);
    case Op::minimum:
      return k.minimum(out, a, b, n);
    case Op::maximum:
      return k.maximum(out, a, b, n);
    case Op::power:
      return k.power(out, a, b, n);
    case Op::negate:
      return k.negate(out, a, n);
    case Op::absolute:
      return k.absolute(out, a, n);
    case Op::square_root:
      return k.square_root(out, a, n);
    case Op::floor:
      return k.floor(out, a, n);
    case Op::round:
      return k.round(out, a, n);
    case Op::exp:
      return k.exp(out, a, n);
    case Op::log:
      return k.log(out, a, n);
    case Op::less:
      return k.less(out, a, b, n);
    case Op::less_equal:
      return k.less_equal(out, a, b, n);
    case Op::equal:
      return k.equal(out, a, b, n);
    case Op::not_equal:
      return k.not_equal(out, a, b, n);
    case Op::logical_and:
      return k.logical_and(out, a, b, n);
    case Op::logical_or:
      return k.logical_or(out, a, b, n);
    case Op::logical_not:
      return k.logical_not(out, a, n);
    case Op::select:
      return k.select(out, a, b, in.c, n);
    default:
      break;
  }
  if (op >= Op::add_constant) return compute_constant(k, op, out, a, in.constant, n);
  compute_guarded(op, out, in, n);
}

}  // namespace polder::expression
