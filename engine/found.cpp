// SPDX-License-Identifier: Apache-2.0
// Founders of one replicate: numbers by cell, start values, totals of the data, then the mechanisms' own
// founding.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/error.hpp"
#include "engine/exact_sum.hpp"
#include "engine/founders.hpp"
#include "engine/parallel.hpp"
#include "engine/turn.hpp"

namespace polder {

namespace {

struct CellGroup {
  double count = 0;   ///< real agents
  double weight = 1;  ///< real agents per founder
  std::vector<Row> rows;
};

/// Founders a cell by systematic sampling: cell c gets floor(C_c + u) - floor(C_{c-1} + u), where C adds up
/// the expected numbers. Unbiased at any scale, and exact at scale 1 for whole counts.
std::vector<std::size_t> sample_counts(const std::vector<double>& expected, double u) {
  std::vector<std::size_t> counts;
  ExactSum sum;
  double before = std::floor(u);
  for (const double e : expected) {
    sum.add(e);
    const double until = std::floor(sum.value() + u + 1e-9);
    counts.push_back(static_cast<std::size_t>(std::max(0.0, until - before)));
    before = std::max(before, until);
  }
  return counts;
}

std::vector<CellGroup> insert_founders(const Program::Impl& program, State& state, const Founding& founding) {
  const auto& kind = program.layout.kinds[index(founding.kind)];
  const bool from_data = founding.data != nullptr;
  const double scale = kind.scaled ? program.scenario.scale : 1.0;
  const std::size_t cells = from_data ? founding.cell_counts.size() : 1;
  std::vector<CellGroup> groups(cells);
  std::vector<double> expected(cells);
  for (std::size_t c = 0; c < cells; ++c) {
    groups[c].count = from_data ? founding.cell_counts[c] : founding.count;
    const double given = from_data ? founding.cell_weights[c] : 0.0;
    groups[c].weight = given > 0 ? given : 1.0 / scale;
    expected[c] = groups[c].count / groups[c].weight;
  }
  const double u = uniform(draw_key(state.seed, state.replicate, purpose_of("found", kind.name)),
                           founder_id(kind.name, 0, 0), 0);
  // Whole counts at weight 1 need no luck: then u only shifts fractions.
  const bool whole =
      std::all_of(expected.begin(), expected.end(), [](double e) { return e == std::floor(e); });
  const auto counts = sample_counts(expected, whole ? 0.0 : u);
  std::vector<std::size_t> starts{0};  // first rows of the cells, and the end
  for (std::size_t c = 0; c < cells; ++c) {
    starts.push_back(starts[c] + counts[c]);
    groups[c].rows.resize(counts[c]);
    std::iota(groups[c].rows.begin(), groups[c].rows.end(), static_cast<Row>(starts[c]));
  }
  std::vector<AgentId> ids(starts.back());
  std::vector<double> weights(starts.back());
  constexpr std::size_t stretch = 16384;  // rows: enough work for a thread
  for_each_index((ids.size() + stretch - 1) / stretch, [&](std::size_t s) {
    const std::size_t first = s * stretch, last = std::min(ids.size(), first + stretch);
    auto c =
        static_cast<std::size_t>(std::upper_bound(starts.begin(), starts.end(), first) - starts.begin()) - 1;
    for (std::size_t row = first; row < last; ++row) {
      while (row >= starts[c + 1]) ++c;
      ids[row] = founder_id(kind.name, c, row - starts[c]);
      weights[row] = groups[c].weight;
    }
  });
  state.tables[index(founding.kind)].fill(std::move(ids), std::move(weights));
  return groups;
}

/// Scales the cell's values so that their weighted sum is the given total of the cell (per real agent, times
/// its founders).
void benchmark(Table& table, const ColumnInfo& info, ColumnId column, const CellGroup& group, double total) {
  if (info.type != ColumnType::number || group.rows.empty() || group.count <= 0) return;
  const auto values = table.column<double>(column);
  ExactSum sum;
  for (const Row row : group.rows) sum.add(values[row]);
  const double target = total / group.count * static_cast<double>(group.rows.size());
  if (sum.value() > 0) {
    const double factor = target / sum.value();
    for (const Row row : group.rows) values[row] *= factor;
  } else {
    for (const Row row : group.rows) values[row] = target / static_cast<double>(group.rows.size());
  }
}

void found_kind(const Program::Impl& program, State& state, const Founding& founding) {
  const auto& kind = program.layout.kinds[index(founding.kind)];
  const auto groups = insert_founders(program, state, founding);
  Table& table = state.tables[index(founding.kind)];
  for (std::size_t c = 0; c < groups.size(); ++c) {
    for (const auto& set : founding.set) {
      const std::vector<double> values(groups[c].rows.size(), set.values[c]);
      store(table, kind.columns[index(set.column)], set.column, groups[c].rows, values.data());
    }
  }
  const bool by_cell =
      std::any_of(founding.start.begin(), founding.start.end(), [](const auto& s) { return s.uses_cell; });
  if (by_cell) {
    for_each_index(groups.size(), [&](std::size_t c) {
      std::vector<double> scalars;
      for (const auto& extra : founding.extras) scalars.push_back(extra[c]);
      fill_start_values(program, state, founding, groups[c].rows, scalars, false);
    });
  } else {
    std::vector<Row> rows;
    for (const auto& group : groups) rows.insert(rows.end(), group.rows.begin(), group.rows.end());
    fill_start_values(program, state, founding, rows, {}, false);
  }
  for (const auto& total : founding.sums) {
    for (std::size_t c = 0; c < groups.size(); ++c) {
      benchmark(table, kind.columns[index(total.column)], total.column, groups[c], total.values[c]);
    }
  }
}

}  // namespace

State found(const Program& program, std::uint64_t seed, std::uint32_t replicate) {
  const auto& impl = program.impl();
  State state;
  state.seed = seed;
  state.replicate = replicate;
  for (const auto& kind : impl.layout.kinds) state.tables.emplace_back(kind);
  state.networks.resize(impl.layout.networks.size());
  state.ledger.named.assign(impl.named_accounts.size(), 0);
  state.ledger.year_flows.assign(impl.flows.size(), 0);
  state.events.assign(impl.layout.events.size(), 0.0);
  state.event_sums.assign(impl.layout.events.size(), 0.0);
  state.sample_sums.assign(impl.num_sample_sums, 0.0);
  for (const auto& founding : impl.founding) found_kind(impl, state, founding);
  MonthEdits edits(impl);
  for (const std::size_t p : impl.schedule.order) {
    if (impl.parts[p].mechanism == nullptr) continue;
    const ColumnView view(state, impl);
    PartTurn turn(impl, state, view, edits);
    impl.parts[p].mechanism->found(turn);
  }
  edits.apply(impl, state);
  return state;
}

std::vector<std::pair<std::string, double>> count_founders(const Program& program, const State& state) {
  EXPECTS(state.step == 0);
  std::vector<std::pair<std::string, double>> founders;
  for (std::size_t k = 0; k < state.tables.size(); ++k) {
    const Table& table = state.tables[k];
    ExactSum weights;
    for (const Row row : table.by_id()) weights.add(table.weights()[row]);
    founders.emplace_back(program.layout().kinds[k].name, weights.value());
  }
  return founders;
}

}  // namespace polder
