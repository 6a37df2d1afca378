// SPDX-License-Identifier: Apache-2.0
#include "engine/expression/random.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace polder::expression {

namespace {

using Block = std::array<double, strip>;
using Ids = std::array<std::uint64_t, strip>;

/// Agents of a strip that still need values.
struct Pending {
  std::array<std::uint16_t, strip> positions;
  Ids ids;
  std::size_t n = 0;
  void add(std::size_t position, std::uint64_t id) {
    positions[n] = static_cast<std::uint16_t>(position);
    ids[n++] = id;
  }
};

void bernoulli(const kernels::Table& k, const Draw& d, const double* chance, double* out) {
  Block drawn;
  k.bernoulli(drawn.data(), chance, d.key, d.step, d.number, d.ids, d.n);
  for (std::size_t i = 0; i < d.n; ++i) out[i] = chance[i] >= 0 && chance[i] <= 1 ? drawn[i] : fault;
}

/// Counts the values of the distribution function that lie below u, for all agents at once: count is the
/// smallest k whose value reaches u. chance: exp(-mean) at first.
void invert_poisson(std::size_t n, const Block& mean, Block& chance, const Block& u, Block& count) {
  Block sum = chance;
  std::fill_n(count.begin(), n, 0.0);
  double last_found = 1;
  for (double k = 1; last_found > 0; ++k) {
    last_found = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const double beyond = u[i] > sum[i] && chance[i] > 0 ? 1.0 : 0.0;
      count[i] += beyond;
      last_found += beyond;
      chance[i] *= mean[i] / k;
      sum[i] += chance[i];
    }
  }
}

constexpr double largest_part = 64;
constexpr double largest_mean = 2e6;

void poisson(const kernels::Table& k, const Draw& d, const double* mean, double* out) {
  Block rest, part, negative, chance, u, count;
  Pending pending;
  for (std::size_t i = 0; i < d.n; ++i) {
    const bool sound = mean[i] >= 0 && mean[i] <= largest_mean;
    rest[i] = mean[i];
    out[i] = sound ? 0 : fault;
    if (sound && rest[i] > 0) pending.add(i, d.ids[i]);
  }
  for (std::uint32_t round = 0; pending.n > 0; ++round) {
    k.uniform(u.data(), d.key, d.step, d.number + round * draw_stride, pending.ids.data(), pending.n);
    for (std::size_t j = 0; j < pending.n; ++j) part[j] = std::min(rest[pending.positions[j]], largest_part);
    k.negate(negative.data(), part.data(), pending.n);
    k.exp(chance.data(), negative.data(), pending.n);
    invert_poisson(pending.n, part, chance, u, count);
    Pending next;
    for (std::size_t j = 0; j < pending.n; ++j) {
      const std::size_t i = pending.positions[j];
      out[i] += count[j];
      rest[i] -= part[j];
      if (rest[i] > 0) next.add(i, pending.ids[j]);
    }
    pending = next;
  }
}

/// U^(1/shape) for shapes below 1: turns gamma(shape + 1) into gamma(shape).
void boost(const kernels::Table& k, const Draw& d, const Block& shape, double* out) {
  Block u, inverse;
  k.uniform(u.data(), d.key, d.step, d.number | boost_word, d.ids, d.n);
  for (std::size_t i = 0; i < d.n; ++i) inverse[i] = shape[i] > 0 && shape[i] < 1 ? 1 / shape[i] : 0;
  k.power(u.data(), u.data(), inverse.data(), d.n);
  for (std::size_t i = 0; i < d.n; ++i) out[i] *= u[i];
}

/// One attempt for everyone pending; `d` and `c` are Marsaglia and Tsang's constants for each position.
Pending attempt_gamma(const kernels::Table& k, const Draw& draw, std::uint32_t attempt,
                      const Pending& pending, const Block& d, const Block& c, double* out) {
  Block z, u, log_u, cube, log_cube;
  k.normal(z.data(), draw.key, draw.step, draw.number + 2 * attempt * draw_stride, pending.ids.data(),
           pending.n);
  k.uniform(u.data(), draw.key, draw.step, draw.number + (2 * attempt + 1) * draw_stride, pending.ids.data(),
            pending.n);
  for (std::size_t j = 0; j < pending.n; ++j) {
    const double root = 1 + c[pending.positions[j]] * z[j];
    cube[j] = root > 0 ? root * root * root : 0;
  }
  k.log(log_u.data(), u.data(), pending.n);
  k.log(log_cube.data(), cube.data(), pending.n);
  Pending rejected;
  for (std::size_t j = 0; j < pending.n; ++j) {
    const std::size_t i = pending.positions[j];
    const bool accept =
        cube[j] > 0 && log_u[j] < 0.5 * z[j] * z[j] + d[i] - d[i] * cube[j] + d[i] * log_cube[j];
    if (accept)
      out[i] = d[i] * cube[j];
    else
      rejected.add(i, pending.ids[j]);
  }
  return rejected;
}

void gamma(const kernels::Table& k, const Draw& draw, const double* a, double* out) {
  Block shape, d, c;
  Pending pending;
  for (std::size_t i = 0; i < draw.n; ++i) {
    shape[i] = a[i];
    const bool sound = shape[i] >= 0 && std::isfinite(shape[i]);
    d[i] = (shape[i] < 1 ? shape[i] + 1 : shape[i]) - 1.0 / 3;
    c[i] = 1 / std::sqrt(9 * d[i]);
    out[i] = sound ? 0 : fault;
    if (sound && shape[i] > 0) pending.add(i, draw.ids[i]);
  }
  constexpr std::uint32_t most_attempts = 1000;  // each accepts with a chance above 0.95
  for (std::uint32_t attempt = 0; pending.n > 0 && attempt < most_attempts; ++attempt)
    pending = attempt_gamma(k, draw, attempt, pending, d, c, out);
  boost(k, draw, shape, out);
}

}  // namespace

void draw_block(const kernels::Table& k, Op op, const Draw& draw, const double* a, double* out) {
  switch (op) {
    case Op::uniform:
      return k.uniform(out, draw.key, draw.step, draw.number, draw.ids, draw.n);
    case Op::normal:
      return k.normal(out, draw.key, draw.step, draw.number, draw.ids, draw.n);
    case Op::exponential:
      return k.exponential(out, draw.key, draw.step, draw.number, draw.ids, draw.n);
    case Op::bernoulli:
      return bernoulli(k, draw, a, out);
    case Op::poisson:
      return poisson(k, draw, a, out);
    case Op::gamma:
      return gamma(k, draw, a, out);
    default:
      break;
  }
  Draw second = draw;  // the other variate of a beta
  second.number |= second_variate;
  gamma(k, second, a, out);
}

}  // namespace polder::expression
