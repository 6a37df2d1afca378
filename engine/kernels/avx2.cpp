// SPDX-License-Identifier: Apache-2.0
// Kernels for x86-64-v3: compiled with AVX2 and without fused multiply-add. Nothing may be included here
// whose inline functions the linker could share with files for lesser processors: only intrinsics, and our
// own code in an anonymous namespace.
#include <immintrin.h>

#include "engine/kernels/levels.hpp"

namespace polder::kernels {

namespace {
// The order matters.
// clang-format off
#include "engine/kernels/lanes_avx2.inc"
#include "engine/kernels/functions.inc"
#include "engine/kernels/philox.inc"
#include "engine/kernels/blocks.inc"
#include "engine/kernels/columns.inc"
// clang-format on
}  // namespace

const Table& make_avx2() {
  return kernels_of_level;
}

}  // namespace polder::kernels
