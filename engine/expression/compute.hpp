// SPDX-License-Identifier: Apache-2.0
// Elementwise operations on arrays, by the kernels: the same for folding constants and for evaluating strips.
#pragma once
#include <cstddef>

#include "engine/expression/code.hpp"
#include "engine/kernels/kernels.hpp"

namespace polder::expression {

/// Whether `compute` knows the operation: everything but values, draws and vectors.
bool is_elementwise(Op op);
/// Registers an operation reads: 0 to 3.
int num_operands(Op op);

struct Operands {
  const double* a = nullptr;
  const double* b = nullptr;
  const double* c = nullptr;
  double constant = 0;
};
/// shape: n numbers each; `out` may be one of the operands.
void compute(const kernels::Table& k, Op op, double* out, const Operands& in, std::size_t n);

}  // namespace polder::expression
