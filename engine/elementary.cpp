// SPDX-License-Identifier: Apache-2.0
// One lane of the block kernels' own code: there is no second definition that could drift.
#include "engine/elementary.hpp"

#include <cstddef>
#include <cstdint>

#include <immintrin.h>

namespace polder::elementary {

namespace {

namespace lane {
// The order matters.
// clang-format off
#include "engine/kernels/lanes_sse2.inc"
#include "engine/kernels/functions.inc"
// clang-format on
}  // namespace lane

double first(lane::Real a) {
  return _mm_cvtsd_f64(a);
}

}  // namespace

double exp(double x) {
  return first(lane::exp(lane::real(x)));
}
double log(double x) {
  return first(lane::log(lane::real(x)));
}
double pow(double a, double b) {
  return first(lane::power(lane::real(a), lane::real(b)));
}
double sqrt(double x) {
  return first(lane::square_root(lane::real(x)));
}

double normal_quantile(double p) {
  if (!(p > 0.0 && p < 1.0)) {
    if (p == 0.0) return -lane::infinity;
    return p == 1.0 ? lane::infinity : __builtin_nan("");
  }
  const double q = p - 0.5;
  const bool central = (q < 0 ? -q : q) <= lane::quantile_centre_width;
  return first(central ? lane::normal_quantile_centre(lane::real(p))
                       : lane::normal_quantile_tail(lane::real(p)));
}

}  // namespace polder::elementary
