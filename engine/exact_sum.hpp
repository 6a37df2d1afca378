// SPDX-License-Identifier: Apache-2.0
// A sum of doubles that does not depend on the order of its terms (law 4).
#pragma once
#include <cstddef>
#include <span>

namespace polder {

/// Fixed-point sum: every term is split into multiples of 2^0, 2^-40 and 2^-80 (the rest is dropped, term by
/// term, so the result is a function of the multiset of terms). Each level is a 128-bit integer. range: terms
/// finite with |term| < 2^100; absolute error below 2^-80 a term.
class ExactSum {
 public:
  void add(double term);
  void add(std::span<const double> terms);
  /// Adds terms[i] * factors[i], each product rounded once to double.
  void add_products(std::span<const double> terms, std::span<const double> factors);
  void add(const ExactSum& other);
  /// Adds sums of parts as the kernels `exact_split` and `add_by_label` make them: multiples of 1, 2^-40 and
  /// 2^-80.
  void add_parts(std::span<const double, 3> sums);
  /// The nearest double of the sum.
  double value() const;
  bool operator==(const ExactSum&) const = default;

 private:
  __extension__ using Int128 = __int128;
  Int128 ones_ = 0, middle_ = 0, low_ = 0;  // units 1, 2^-40, 2^-80
  Int128 huge_ = 0;                         // unit 2^40, for terms of 2^40 and more
};

}  // namespace polder
