// SPDX-License-Identifier: Apache-2.0
#include "agents/support/work.hpp"

#include <algorithm>
#include <cmath>

#include "agents/support/id_index.hpp"
#include "engine/elementary.hpp"

namespace polder::agents {

std::int64_t LabelSums::total(std::size_t label, std::size_t quantity) const {
  std::int64_t sum = 0;
  for (std::size_t at = label * quantities_ + quantity; at < parts_.size(); at += labels_ * quantities_)
    sum += parts_[at];
  return sum;
}

std::vector<Row> in_id_order(const Table& table, std::span<const Row> rows) {
  std::vector<std::uint64_t> numbers;
  numbers.reserve(rows.size());
  for (const Row row : rows) numbers.push_back(raw(table.ids()[row]));
  std::vector<Row> ordered;
  ordered.reserve(rows.size());
  for (const std::uint32_t at : ring_order(numbers)) ordered.push_back(rows[at]);
  return ordered;
}

double poisson(double mean, DrawKey key, AgentId id, std::uint32_t step, std::uint32_t n) {
  if (mean <= 0) return 0;
  const double u = uniform(key, id, step, n);
  constexpr double by_inversion = 60;
  if (mean > by_inversion) {
    const double z = elementary::normal_quantile(u);
    return std::max(0.0, std::floor(mean + elementary::sqrt(mean) * z + 0.5));
  }
  constexpr int most = 400;  // far beyond any draw at a mean of 60
  double probability = elementary::exp(-mean), sum = probability;
  int k = 0;
  while (u > sum && k < most) {
    ++k;
    probability *= mean / k;
    sum += probability;
  }
  return k;
}

double beta33(DrawKey key, AgentId id, std::uint32_t step, std::uint32_t n) {
  std::array<double, 5> u{};
  for (std::uint32_t i = 0; i < 5; ++i) u[i] = uniform(key, id, step, n + i);
  std::nth_element(u.begin(), u.begin() + 2, u.end());
  return u[2];
}

bool on_the_list(AgentId id, double represented, std::uint64_t phase) {
  return represented >= 0.999 || to_unit(mix64(raw(id) ^ phase)) < represented;
}

Row pick_by_point(const Table& table, std::span<const Row> rows, std::uint64_t point) {
  const auto ids = table.ids();
  const auto at =
      std::partition_point(rows.begin(), rows.end(), [&](Row row) { return raw(ids[row]) < point; });
  return at == rows.end() ? rows.front() : *at;
}

}  // namespace polder::agents
