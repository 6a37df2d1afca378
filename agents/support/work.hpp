// SPDX-License-Identifier: Apache-2.0
// Small things that many mechanisms share: hours of work, whole numbers, sums by label, lists of rows, draws
// of events.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/mechanism.hpp"
#include "engine/parallel.hpp"

namespace polder::agents {

/// Working time of one full-time equivalent as a share of calendar time: 14,292 million hours by 8,144.2
/// thousand full-time equivalents in 2022, 8766 hours a year. source: CBS StatLine 84432NED
inline constexpr double working_time = 14292e3 / 8144.2 / 8766.0;

/// Nearest whole number, halves away from zero. range: |x| < 9e18
inline std::int64_t whole(double x) {
  return static_cast<std::int64_t>(x + (x < 0 ? -0.5 : 0.5));
}

/// An expected number as a whole one, up with the chance of its fraction: floor(expected + lot), without a
/// call. lot: uniform in [0, 1). range: |expected| < 2e9
inline int whole_by_lot(double expected, double lot) {
  const double sum = expected + lot;
  const int toward_zero = static_cast<int>(sum);
  return toward_zero > sum ? toward_zero - 1 : toward_zero;
}

/// Per-block sums of whole numbers, one a label and quantity: the same whatever the order of rows (law 4).
class LabelSums {
 public:
  LabelSums(std::size_t blocks, std::size_t labels, std::size_t quantities)
      : labels_(labels), quantities_(quantities), parts_(blocks * labels * quantities) {}
  /// The sums of one block, label by label.
  std::span<std::int64_t> of_block(std::size_t block) {
    return {parts_.data() + block * labels_ * quantities_, labels_ * quantities_};
  }
  /// Over all blocks.
  std::int64_t total(std::size_t label, std::size_t quantity) const;

 private:
  std::size_t labels_, quantities_;
  std::vector<std::int64_t> parts_;
};

/// Rows put in the order of their ids.
std::vector<Row> in_id_order(const Table& table, std::span<const Row> rows);

/// Rows of a kind that `choose(row)` accepts, in row order. Called from several threads.
template <class Choose>
std::vector<Row> rows_where(Turn& turn, KindId kind, const Choose& choose) {
  const Table& table = turn.table(kind);
  const auto alive = table.alive();
  std::vector<std::vector<Row>> parts(num_blocks(table.num_rows()));
  turn.for_each_block(kind, [&](Block block) {
    auto& part = parts[block.number];
    for (Row row = block.first; row < block.last; ++row) {
      if (alive[row] != 0 && choose(row)) part.push_back(row);
    }
  });
  std::vector<Row> rows;
  for (const auto& part : parts) rows.insert(rows.end(), part.begin(), part.end());
  return rows;
}

/// The same in the order of their ids: where few are chosen, cheaper than a walk along all rows in that
/// order, which jumps about in memory.
template <class Choose>
std::vector<Row> rows_by_id_where(Turn& turn, KindId kind, const Choose& choose) {
  return in_id_order(turn.table(kind), rows_where(turn, kind, choose));
}

/// A draw of the Poisson distribution: by inversion up to a mean of 60, beyond by its normal approximation.
/// n: number of the draw. range: mean >= 0
double poisson(double mean, DrawKey key, AgentId id, std::uint32_t step, std::uint32_t n);

/// A draw of Beta(3, 3): the median of five uniforms. Uses draw numbers n to n + 4.
double beta33(DrawKey key, AgentId id, std::uint32_t step, std::uint32_t n);

/// Whether an agent is on a list from which agents are drawn alike: one that stands for fewer real agents
/// than most (`represented`, its weight times the scale, is below 1) is there as much less often.
bool on_the_list(AgentId id, double represented, std::uint64_t phase);

/// The agent a point on the ring of ids falls to: the first whose id is not below it. An extra agent takes
/// over only the points just below its own id, so the choices of all others stay (law 3). rows: in id order,
/// not empty.
Row pick_by_point(const Table& table, std::span<const Row> rows, std::uint64_t point);

}  // namespace polder::agents
