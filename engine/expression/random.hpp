// SPDX-License-Identifier: Apache-2.0
// Draws of a strip of agents: the standard forms of the distributions, block by block (law 2).
#pragma once
#include <cstddef>
#include <cstdint>

#include "engine/expression/code.hpp"
#include "engine/kernels/kernels.hpp"

namespace polder::expression {

/// One draw of n agents: counter (id, step, number).
struct Draw {
  std::uint64_t key = 0;
  std::uint32_t step = 0, number = 0;
  const std::uint64_t* ids = nullptr;
  std::size_t n = 0;
};

/// uniform (0, 1), normal (0, 1), exponential (mean 1); bernoulli with chance a; poisson with mean a; gamma
/// with shape a and scale 1. `out` may be `a`. Not a number where a is no chance, or where the mean or the
/// shape is negative, or for a mean above 2 million. sources: poisson by inversion (Devroye 1986, X.3), in
/// parts of at most 64 that are added; gamma by Marsaglia & Tsang (2000), for shapes below 1 with the boost
/// U^(1/shape). Attempt t uses the counters number + (2t, 2t+1) * draw_stride.
void draw_block(const kernels::Table& k, Op op, const Draw& draw, const double* a, double* out);

}  // namespace polder::expression
