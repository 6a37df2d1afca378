// SPDX-License-Identifier: Apache-2.0
// Kernels for x86-64-v4: compiled with AVX-512. Nothing may be included here whose inline functions the
// linker could share with files for lesser processors: only intrinsics, and our own code in an anonymous
// namespace.
#ifndef __clang__
// g++ 12 takes the deliberately undefined operands inside its own intrinsics for mistakes (GCC bug 105593).
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif
#include <immintrin.h>

#include "engine/kernels/levels.hpp"

namespace polder::kernels {

namespace {
// The order matters.
// clang-format off
#include "engine/kernels/lanes_avx512.inc"
#include "engine/kernels/functions.inc"
#include "engine/kernels/philox.inc"
#include "engine/kernels/blocks.inc"
#include "engine/kernels/columns.inc"
// clang-format on
}  // namespace

const Table& make_avx512() {
  return kernels_of_level;
}

}  // namespace polder::kernels
