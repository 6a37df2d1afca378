// SPDX-License-Identifier: Apache-2.0
// Kernels for any x86-64 processor. Nothing may be included here whose inline functions the linker
// could share with files for lesser processors: only intrinsics, and our own code in an anonymous namespace.
#include <immintrin.h>

#include "engine/kernels/levels.hpp"

namespace polder::kernels {

namespace {
// The order matters.
// clang-format off
#include "engine/kernels/lanes_sse2.inc"
#include "engine/kernels/functions.inc"
#include "engine/kernels/philox.inc"
#include "engine/kernels/blocks.inc"
#include "engine/kernels/columns.inc"
// clang-format on
}  // namespace

const Table& make_base() {
  return kernels_of_level;
}

}  // namespace polder::kernels
