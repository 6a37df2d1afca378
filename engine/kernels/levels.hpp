// SPDX-License-Identifier: Apache-2.0
// The tables of the instruction sets this build knows; dispatch.cpp chooses one.
#pragma once
#include "engine/kernels/kernels.hpp"

namespace polder::kernels {

const Table& make_base();    ///< any x86-64 (SSE2)
const Table& make_avx2();    ///< x86-64-v3, without fused multiply-add
const Table& make_avx512();  ///< x86-64-v4

}  // namespace polder::kernels
