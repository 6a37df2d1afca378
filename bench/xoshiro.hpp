// SPDX-License-Identifier: Apache-2.0
// The fast sequential generators that a plain hand-written model uses.
#pragma once
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "engine/ids.hpp"

namespace polder::mini {

/// xoshiro256++ (Blackman & Vigna 2021), seeded through splitmix64.
class Xoshiro {
 public:
  explicit Xoshiro(std::uint64_t seed) {
    for (auto& word : state_) word = mix64(seed++);
  }

  std::uint64_t next() {
    auto& s = state_;
    const std::uint64_t result = std::rotl(s[0] + s[3], 23) + s[0];
    const std::uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = std::rotl(s[3], 45);
    return result;
  }

  /// [0, 1)
  double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  /// [0, count)
  std::size_t below(std::size_t count) {
    return static_cast<std::size_t>(uniform() * static_cast<double>(count));
  }

  /// Ziggurat of 128 layers (Marsaglia & Tsang 2000, in the form of Doornik 2005).
  double normal() {
    for (;;) {
      const std::uint64_t word = next();
      const std::size_t layer = word & (layers - 1);
      const double u = static_cast<double>(static_cast<std::int64_t>(word) >> 11) * 0x1p-52;
      const double x = u * edges_[layer];
      if (std::fabs(u) < inner_[layer]) return x;
      if (layer == 0) return tail(u < 0);
      const double above = std::exp(-0.5 * (edges_[layer] * edges_[layer] - x * x));
      const double below = std::exp(-0.5 * (edges_[layer + 1] * edges_[layer + 1] - x * x));
      if (below + uniform() * (above - below) < 1) return x;
    }
  }

 private:
  static constexpr std::size_t layers = 128;
  static constexpr double tail_start = 3.442619855899;  // Marsaglia & Tsang 2000
  static constexpr double layer_area = 9.91256303526217e-3;

  static std::array<double, layers + 1> edges() {
    std::array<double, layers + 1> x{};
    double density = std::exp(-0.5 * tail_start * tail_start);
    x[0] = layer_area / density;
    x[1] = tail_start;
    for (std::size_t i = 2; i < layers; ++i) {
      x[i] = std::sqrt(-2 * std::log(layer_area / x[i - 1] + density));
      density = std::exp(-0.5 * x[i] * x[i]);
    }
    return x;
  }
  std::array<double, layers> inner() const {
    std::array<double, layers> ratio{};
    for (std::size_t i = 0; i < layers; ++i) ratio[i] = edges_[i + 1] / edges_[i];
    return ratio;
  }
  double tail(bool negative) {
    double x = 0, y = 0;
    do {
      x = std::log(uniform() + 0x1p-54) / tail_start;
      y = std::log(uniform() + 0x1p-54);
    } while (-2 * y < x * x);
    return negative ? x - tail_start : tail_start - x;
  }

  std::array<std::uint64_t, 4> state_{};
  std::array<double, layers + 1> edges_ = edges();
  std::array<double, layers> inner_ = inner();
};

}  // namespace polder::mini
