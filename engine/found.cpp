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

/// Cells of a founding with the numbers of their founders; rows are given by `insert_founders`.
std::vector<CellGroup> plan_founders(const Program::Impl& program, const State& state,
                                     const Founding& founding) {
  const auto& kind = program.layout.kinds[index(founding.kind)];
  const bool from_data = founding.data != nullptr;
  const double scale = kind.scaled ? program.scenario.scale : 1.0;
  const std::size_t cells = from_data ? founding.cell_counts.size() : 1;
  std::vector<CellGroup> groups(cells);
  std::vector<double> expected(cells);
  for (std::size_t c = 0; c < cells; ++c) {
    groups[c].count = from_data ? founding.cell_counts[c] : founding.count;
    const double given = from_data ? founding.cell_weights[c] : 0.0;
    groups[c].weight = given <= 0 ? 1.0 / scale : kind.scaled ? std::min(given, 1.0 / scale) : given;
    expected[c] = groups[c].count / groups[c].weight;
  }
  const double u = uniform(draw_key(state.seed, state.replicate, purpose_of("found", kind.name)),
                           founder_id(kind.name, 0, 0), 0);
  // Whole counts at weight 1 need no luck: then u only shifts fractions.
  const bool whole =
      std::all_of(expected.begin(), expected.end(), [](double e) { return e == std::floor(e); });
  const auto counts = sample_counts(expected, whole ? 0.0 : u);
  for (std::size_t c = 0; c < cells; ++c) groups[c].rows.resize(counts[c]);
  return groups;
}

/// Fills the kind's table with the founders that the groups ask for and gives the groups their rows.
void insert_founders(const Program::Impl& program, State& state, const Founding& founding,
                     std::vector<CellGroup>& groups) {
  const auto& kind = program.layout.kinds[index(founding.kind)];
  std::vector<std::size_t> starts{0};  // first rows of the cells, and the end
  for (CellGroup& group : groups) {
    std::iota(group.rows.begin(), group.rows.end(), static_cast<Row>(starts.back()));
    starts.push_back(starts.back() + group.rows.size());
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
}

constexpr std::size_t enough = 32;  // founders that show the spread of a cell, or of a pool of cells

/// Must the spread of this cell be found with founders that the sample leaves out?
bool is_sampled(const CellGroup& group) {
  return group.weight > 1 && !group.rows.empty() && group.rows.size() < enough &&
         static_cast<double>(group.rows.size()) < std::round(group.count);
}

double sum_of(std::span<const double> values, std::span<const Row> rows) {
  ExactSum sum;
  for (const Row row : rows) sum.add(values[row]);
  return sum.value();
}

/// What founders of a whole cell would be, of which the sample has the first few: a scratch state with all of
/// a sampled cell's agents, but no more than are enough. A founder's values depend on its id alone, so the
/// sample's stand at the start of each group.
struct WholeCells {
  State state;
  std::vector<CellGroup> groups;
  std::span<const double> values(KindId kind, ColumnId column) const {
    return state.tables[index(kind)].column<double>(column);
  }
};

void fill_cells(const Program::Impl& program, State& state, const Founding& founding,
                const std::vector<CellGroup>& groups) {
  const auto& kind = program.layout.kinds[index(founding.kind)];
  Table& table = state.tables[index(founding.kind)];
  for (std::size_t c = 0; c < groups.size(); ++c) {
    for (const auto& set : founding.set) {
      const std::vector<double> values(groups[c].rows.size(), set.values[c]);
      store(table, kind.columns[index(set.column)], set.column, groups[c].rows, values.data(), set.element);
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
}

WholeCells found_whole_cells(const Program::Impl& program, const State& state, const Founding& founding,
                             const std::vector<CellGroup>& groups) {
  WholeCells whole;
  whole.state.seed = state.seed;
  whole.state.replicate = state.replicate;
  for (const auto& kind : program.layout.kinds) whole.state.tables.emplace_back(kind);
  whole.groups = groups;
  for (CellGroup& group : whole.groups) {
    const auto all = static_cast<std::size_t>(std::round(group.count));
    group.rows.resize(is_sampled(group) ? std::min(all, enough) : 0);
  }
  insert_founders(program, whole.state, founding, whole.groups);
  fill_cells(program, whole.state, founding, whole.groups);
  return whole;
}

void scale_values(std::span<double> values, std::span<const Row> rows, double factor) {
  for (const Row row : rows) values[row] *= factor;
}

/// Gives neighbouring sampled cells the sum that their founders have in expectation. A pool holds enough
/// founders with a value, so that their spread stays.
void benchmark_pools(std::span<double> values, const std::vector<CellGroup>& groups,
                     std::span<const double> totals) {
  std::vector<Row> rows;
  ExactSum target;
  std::size_t with_value = 0;
  const auto close = [&] {
    const double sum = sum_of(values, rows);
    if (sum > 0) scale_values(values, rows, target.value() / sum);
    rows.clear();
    target = ExactSum();
    with_value = 0;
  };
  for (std::size_t c = 0; c < groups.size(); ++c) {
    if (!is_sampled(groups[c])) continue;
    rows.insert(rows.end(), groups[c].rows.begin(), groups[c].rows.end());
    target.add(totals[c] / groups[c].count * static_cast<double>(groups[c].rows.size()));
    for (const Row row : groups[c].rows) with_value += values[row] > 0;
    if (with_value >= enough) close();
  }
  close();
}

/// Scales the values of each cell so that their weighted sum is the given total of the cell (per real agent,
/// times its founders). A cell of few founders keeps the spread of the whole cell: its own sum would make one
/// founder the mean of all; then only the sum of neighbouring cells holds.
void benchmark(std::span<double> values, std::span<const double> of_whole,
               const std::vector<CellGroup>& groups, std::span<const double> totals,
               const WholeCells& whole) {
  bool pooled = false;
  for (std::size_t c = 0; c < groups.size(); ++c) {
    const auto& rows = groups[c].rows;
    if (rows.empty() || groups[c].count <= 0) continue;
    const double mean = totals[c] / groups[c].count;
    const bool sampled = is_sampled(groups[c]);
    const auto& basis = sampled ? whole.groups[c].rows : rows;
    const double sum = sum_of(sampled ? of_whole : values, basis);
    const double target = mean * static_cast<double>(basis.size());
    if (sum > 0)
      scale_values(values, rows, target / sum);
    else
      for (const Row row : rows) values[row] = mean;
    pooled = pooled || sampled;
  }
  if (pooled) benchmark_pools(values, groups, totals);
}

void found_kind(const Program::Impl& program, State& state, const Founding& founding) {
  const auto& kind = program.layout.kinds[index(founding.kind)];
  auto groups = plan_founders(program, state, founding);
  insert_founders(program, state, founding, groups);
  fill_cells(program, state, founding, groups);
  if (founding.sums.empty()) return;
  WholeCells whole;
  if (std::any_of(groups.begin(), groups.end(), is_sampled))
    whole = found_whole_cells(program, state, founding, groups);
  for (const auto& total : founding.sums) {
    if (kind.columns[index(total.column)].type != ColumnType::number) continue;
    const auto of_whole =
        whole.groups.empty() ? std::span<const double>() : whole.values(founding.kind, total.column);
    benchmark(state.tables[index(founding.kind)].column<double>(total.column), of_whole, groups, total.values,
              whole);
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
    for (const double weight : table.weights()) weights.add(weight);  // holes weigh nothing
    founders.emplace_back(program.layout().kinds[k].name, weights.value());
  }
  return founders;
}

}  // namespace polder
