// SPDX-License-Identifier: Apache-2.0
#include "engine/money.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "engine/error.hpp"

namespace polder {

namespace {

__extension__ using UInt128 = unsigned __int128;

/// Weights as whole numbers, scaled by one power of two so that the largest lies in [2^61, 2^62).
/// All ones when no weight is positive.
std::vector<std::uint64_t> whole_weights(std::span<const double> weights) {
  const double largest = *std::max_element(weights.begin(), weights.end());
  if (!(largest > 0)) return std::vector<std::uint64_t>(weights.size(), 1);
  const int shift = 61 - std::ilogb(largest);
  std::vector<std::uint64_t> result(weights.size());
  std::transform(weights.begin(), weights.end(), result.begin(), [shift](double weight) {
    EXPECTS(std::isfinite(weight) && weight >= 0);
    return weight > 0 ? static_cast<std::uint64_t>(std::scalbn(weight, shift)) : 0U;
  });
  return result;
}

}  // namespace

void split(Cents total, std::span<const double> weights, std::span<Cents> parts) {
  EXPECTS(weights.size() == parts.size());
  if (parts.empty()) return;
  const bool negative = total < 0;
  const std::uint64_t amount =
      negative ? 0 - static_cast<std::uint64_t>(total) : static_cast<std::uint64_t>(total);
  const auto whole = whole_weights(weights);
  UInt128 sum = 0;
  for (const std::uint64_t weight : whole) sum += weight;

  std::vector<UInt128> remainders(parts.size());
  std::uint64_t left = amount;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const UInt128 product = UInt128{amount} * whole[i];
    const auto part = static_cast<std::uint64_t>(product / sum);
    remainders[i] = product % sum;
    parts[i] = static_cast<Cents>(part);
    left -= part;
  }
  std::vector<std::size_t> order(parts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto first = [&](std::size_t a, std::size_t b) {
    return remainders[a] != remainders[b] ? remainders[a] > remainders[b] : a < b;
  };
  const auto end = order.begin() + static_cast<std::ptrdiff_t>(left);  // left < parts.size()
  if (end != order.begin()) std::nth_element(order.begin(), end - 1, order.end(), first);
  std::for_each(order.begin(), end, [&](std::size_t i) { ++parts[i]; });
  if (negative) {
    for (Cents& part : parts) part = -part;
  }
}

}  // namespace polder
