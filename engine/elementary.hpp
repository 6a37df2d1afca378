// SPDX-License-Identifier: Apache-2.0
// Elementary functions of one number, for events and single values: exactly the bits of the block kernels
// (engine/kernels/kernels.hpp), on every processor and with every library (law 4).
#pragma once

namespace polder::elementary {

/// e^x. errors: none; error below 1 ulp, overflows to infinity, underflows gradually to 0.
double exp(double x);
/// Natural logarithm, error below 1 ulp; -infinity at 0, NaN below.
double log(double x);
/// a^b: by multiplication for whole |b| <= 8, else exp(b log a), NaN for a < 0. 0^0 = 1.
double pow(double a, double b);
/// Correctly rounded square root; NaN below 0.
double sqrt(double x);
/// Inverse of the standard normal distribution function; -infinity at 0, infinity at 1, NaN outside.
/// source: Wichura (1988), Algorithm AS 241 (PPND16), relative error about 1e-16.
double normal_quantile(double p);

}  // namespace polder::elementary
