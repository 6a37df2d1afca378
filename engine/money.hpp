// SPDX-License-Identifier: Apache-2.0
// Money is whole euro cents (law 5).
#pragma once
#include <cmath>
#include <cstdint>
#include <span>

namespace polder {

/// unit: euro cent
using Cents = std::int64_t;

/// Rounds euros to the nearest cent, halves to even. range: |euros| < 9e15.
inline Cents to_cents(double euros) {
  return static_cast<Cents>(std::nearbyint(euros * 100.0));
}
/// unit: EUR
inline double to_euros(Cents cents) {
  return static_cast<double>(cents) / 100.0;
}

/// Splits `total` in proportion to `weights` by largest remainder (ties to the lower position); the parts sum
/// to `total`. shape: parts and weights have equal length; weights >= 0, not all zero (else the parts are
/// equal).
void split(Cents total, std::span<const double> weights, std::span<Cents> parts);

}  // namespace polder
