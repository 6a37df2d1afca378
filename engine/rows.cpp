// SPDX-License-Identifier: Apache-2.0
#include "engine/rows.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/parallel.hpp"

namespace polder {

ColumnView::ColumnView(const State& state, const Program::Impl&) {
  for (const auto& table : state.tables)
    pointers_.emplace_back(table.column_data().begin(), table.column_data().end());
}

namespace {

expression::Lanes lanes_of(const State& state, KindId self, std::span<const void* const> columns) {
  const Table& table = state.tables[index(self)];
  expression::Lanes lanes;
  lanes.self = columns;
  lanes.self_ids = table.id_bits();
  lanes.self_weights = table.weights().data();
  lanes.seed = state.seed;
  lanes.replicate = state.replicate;
  lanes.step = state.step;
  return lanes;
}

}  // namespace

expression::Lanes lanes_of(const State& state, KindId self, const ColumnView& view) {
  return lanes_of(state, self, view.columns(self));
}

void for_each_strip(const expression::Code& code, expression::Lanes lanes, std::span<const Row> rows,
                    const std::function<void(std::size_t, std::size_t, expression::Registers&)>& body) {
  expression::Registers registers(code);
  for (std::size_t from = 0; from < rows.size(); from += expression::strip) {
    lanes.n = std::min(expression::strip, rows.size() - from);
    lanes.rows = rows.data() + from;
    expression::evaluate(code, lanes, registers);
    body(from, lanes.n, registers);
  }
}

void store(Table& table, const ColumnInfo& info, ColumnId column, std::span<const Row> rows,
           const double* values, int element) {
  const auto size = static_cast<std::size_t>(info.size);
  switch (info.type) {
    case ColumnType::money: {
      const auto cells = table.column<std::int64_t>(column);
      for (std::size_t i = 0; i < rows.size(); ++i)
        cells[rows[i]] = to_cents(values[i] * table.weights()[rows[i]]);
      return;
    }
    case ColumnType::integer: {
      const auto cells = table.column<std::int64_t>(column);
      for (std::size_t i = 0; i < rows.size(); ++i)
        cells[rows[i]] = static_cast<std::int64_t>(std::nearbyint(values[i]));
      return;
    }
    case ColumnType::flag:
    case ColumnType::category: {
      const auto cells = table.column<std::uint8_t>(column);
      for (std::size_t i = 0; i < rows.size(); ++i) cells[rows[i]] = static_cast<std::uint8_t>(values[i]);
      return;
    }
    case ColumnType::id: {
      const auto cells = table.column<AgentId>(column);
      for (std::size_t i = 0; i < rows.size(); ++i)
        cells[rows[i]] = AgentId{std::bit_cast<std::uint64_t>(values[i])};
      return;
    }
    case ColumnType::number:
    case ColumnType::vector:
      break;
  }
  const auto cells = table.column<double>(column);
  for (std::size_t i = 0; i < rows.size(); ++i)
    cells[rows[i] * size + static_cast<std::size_t>(element)] = values[i];
}

void fill_start_values(const Program::Impl& program, State& state, const Founding& founding,
                       std::span<const Row> rows, std::span<const double> scalars, bool entrants) {
  const auto& kind = program.layout.kinds[index(founding.kind)];
  Table& table = state.tables[index(founding.kind)];
  const std::vector<double> zeros(founding.extras.size(), 0.0);
  expression::Lanes lanes = lanes_of(state, founding.kind, table.column_data());
  lanes.scalars = scalars.empty() ? std::span<const double>(zeros) : scalars;
  const auto fill = [&](const StartFormula& start, std::span<const Row> part,
                        expression::Registers& registers) {
    const ColumnInfo& info = kind.columns[index(start.column)];
    expression::Lanes own = lanes;
    registers.reset(start.code);
    for (int element = 0; element < info.size; ++element) {
      own.draw_offset = static_cast<std::uint32_t>(element);
      for (std::size_t from = 0; from < part.size(); from += expression::strip) {
        own.n = std::min(expression::strip, part.size() - from);
        own.rows = part.data() + from;
        expression::evaluate(start.code, own, registers);
        store(table, info, start.column, part.subspan(from, own.n), registers.result(0), element);
      }
    }
  };
  // A start value depends on its own agent alone.
  for_each_index(num_blocks(rows.size()), [&](std::size_t b) {
    const std::size_t first = b * block_rows;
    const auto part = rows.subspan(first, std::min(block_rows, rows.size() - first));
    if (founding.start.empty()) return;
    expression::Registers registers(founding.start.front().code);
    for (const auto& start : founding.start) {
      if (!entrants || !start.uses_cell) fill(start, part, registers);
    }
  });
}

}  // namespace polder
