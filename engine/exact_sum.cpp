// SPDX-License-Identifier: Apache-2.0
#include "engine/exact_sum.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "engine/error.hpp"
#include "engine/kernels/kernels.hpp"

namespace polder {

namespace {

constexpr std::size_t kernel_terms = 4096;  // as many as a kernel adds without rounding
constexpr double largest_small = 0x1p40;
constexpr double largest = 0x1p100;

__extension__ using Int128 = __int128;
__extension__ using UInt128 = unsigned __int128;

/// Moves what exceeds 40 bits of `low` up to `high`, leaving low in [0, 2^40).
void carry(Int128& high, Int128& low) {
  high += low >> 40;
  low &= (Int128{1} << 40) - 1;
}

}  // namespace

void ExactSum::add(double term) {
  if (!(std::fabs(term) < largest)) throw RunError("a sum met a term that is not finite or exceeds 2^100");
  double rest = term;
  if (std::fabs(term) >= largest_small) {
    const double huge = std::nearbyint(term * 0x1p-40);
    huge_ += static_cast<Int128>(huge);
    rest = term - huge * 0x1p40;
  }
  const double whole = std::nearbyint(rest);
  const double fraction = (rest - whole) * 0x1p40;
  const double middle = std::nearbyint(fraction);
  ones_ += static_cast<std::int64_t>(whole);
  middle_ += static_cast<std::int64_t>(middle);
  low_ += static_cast<std::int64_t>(std::nearbyint((fraction - middle) * 0x1p40));
}

void ExactSum::add(std::span<const double> terms) {
  const kernels::Table& table = kernels::active();
  for (std::size_t i = 0; i < terms.size(); i += kernel_terms) {
    const auto part = terms.subspan(i, std::min(kernel_terms, terms.size() - i));
    double partial[3];
    if (!table.exact_sum(partial, part.data(), part.size())) {
      for (const double term : part) add(term);
      continue;
    }
    add_parts(partial);
  }
}

void ExactSum::add_products(std::span<const double> terms, std::span<const double> factors) {
  EXPECTS(terms.size() == factors.size());
  const kernels::Table& table = kernels::active();
  for (std::size_t i = 0; i < terms.size(); i += kernel_terms) {
    const std::size_t n = std::min(kernel_terms, terms.size() - i);
    double partial[3];
    if (!table.exact_dot(partial, terms.data() + i, factors.data() + i, n)) {
      for (std::size_t j = i; j < i + n; ++j) add(terms[j] * factors[j]);
      continue;
    }
    add_parts(partial);
  }
}

void ExactSum::add_parts(std::span<const double, 3> sums) {
  ones_ += static_cast<std::int64_t>(sums[0]);
  middle_ += static_cast<std::int64_t>(sums[1] * 0x1p40);
  low_ += static_cast<std::int64_t>(sums[2] * 0x1p80);
}

void ExactSum::add(const ExactSum& other) {
  ones_ += other.ones_;
  middle_ += other.middle_;
  low_ += other.low_;
  huge_ += other.huge_;
}

double ExactSum::value() const {
  ExactSum s = *this;
  carry(s.middle_, s.low_);
  carry(s.ones_, s.middle_);
  carry(s.huge_, s.ones_);
  const bool negative = s.huge_ < 0;
  if (negative) {  // the same carries on the opposite numbers
    s = {};
    s.low_ = -low_, s.middle_ = -middle_, s.ones_ = -ones_, s.huge_ = -huge_;
    carry(s.middle_, s.low_);
    carry(s.ones_, s.middle_);
    carry(s.huge_, s.ones_);
  }
  // Now the size of the sum is a number of digits of 40 bits, the first one longer. The leading 128 bits with
  // the rest as a sticky last bit are rounded once.
  UInt128 digits[4] = {static_cast<UInt128>(s.huge_), static_cast<UInt128>(s.ones_),
                       static_cast<UInt128>(s.middle_), static_cast<UInt128>(s.low_)};
  UInt128 leading = digits[0];
  int unit = 40;
  int next = 1;
  for (; next < 4 && (leading >> 88) == 0; ++next, unit -= 40) leading = (leading << 40) | digits[next];
  bool rest = false;
  for (; next < 4; ++next) rest = rest || digits[next] != 0;
  const double size = std::ldexp(static_cast<double>(leading | (rest ? 1U : 0U)), unit);
  return negative ? -size : size;
}

}  // namespace polder
