// SPDX-License-Identifier: Apache-2.0
#include "engine/turn.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "engine/error.hpp"
#include "engine/parallel.hpp"

namespace polder {

namespace {

Cents& account(const Program::Impl&, State& state, const AccountRef& ref, Row row) {
  if (!ref.kind) return state.ledger.named[ref.named];
  return state.tables[index(*ref.kind)].column<std::int64_t>(ref.column)[row];
}

/// Sorted by id, each agent once.
std::vector<Row> unique_by_id(const Table& table, std::vector<Row> rows) {
  std::vector<std::pair<AgentId, Row>> keys;
  keys.reserve(rows.size());
  for (const Row row : rows) keys.emplace_back(table.ids()[row], row);
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  rows.clear();
  for (const auto& [_, row] : keys) rows.push_back(row);
  return rows;
}

void set_value(Table& table, const KindLayout& kind, Row row, const NewValue& value) {
  const ColumnInfo& info = kind.columns[index(value.column)];
  switch (info.type) {
    case ColumnType::money:
      table.column<std::int64_t>(value.column)[row] = value.whole;
      return;
    case ColumnType::integer:
      table.column<std::int64_t>(value.column)[row] = static_cast<std::int64_t>(std::nearbyint(value.number));
      return;
    case ColumnType::flag:
    case ColumnType::category:
      table.column<std::uint8_t>(value.column)[row] = static_cast<std::uint8_t>(value.number);
      return;
    case ColumnType::id:
      table.column<AgentId>(value.column)[row] = AgentId{static_cast<std::uint64_t>(value.whole)};
      return;
    case ColumnType::number:
    case ColumnType::vector:
      break;
  }
  table.column<double>(
      value.column)[row * static_cast<std::size_t>(info.size) + static_cast<std::size_t>(value.element)] =
      value.number;
}

}  // namespace

void book(const Program::Impl& program, State& state, FlowId flow, Row payer, Row receiver, Cents amount) {
  const FlowInfo& info = program.flows[index(flow)];
  account(program, state, info.payer, payer) -= amount;
  account(program, state, info.receiver, receiver) += amount;
  state.ledger.year_flows[index(flow)] += amount;
}

Cents total_money(const Program& program, const State& state) {
  Cents total = 0;
  for (const Cents balance : state.ledger.named) total += balance;
  for (std::size_t k = 0; k < state.tables.size(); ++k) {
    if (const auto column = program.impl().account_columns[k]) {
      for (const Cents balance : state.tables[k].column<std::int64_t>(*column)) total += balance;
    }
  }
  return total;
}

MonthEdits::MonthEdits(const Program::Impl& program)
    : entries_(std::move(spare())),
      exits_(program.layout.kinds.size()),
      ties_(program.layout.networks.size()) {
  entries_.list.clear();
  entries_.values.clear();
}

MonthEdits::~MonthEdits() {
  spare() = std::move(entries_);
}

MonthEdits::Entries& MonthEdits::spare() {
  static thread_local Entries entries;
  return entries;
}

AgentId MonthEdits::enter(const Program::Impl& program, const State& state, Purpose purpose,
                          const Entrant& entrant) {
  const AgentId id = entrant_id(program.layout.kinds[index(entrant.kind)].name, entrant.cause, state.step,
                                static_cast<std::uint64_t>(purpose), entrant.ordinal);
  auto& [list, values] = entries_;
  list.push_back({id, entrant.kind, entrant.weight, values.size(), entrant.values.size()});
  values.insert(values.end(), entrant.values.begin(), entrant.values.end());
  return id;
}

void MonthEdits::apply_exits(const Program::Impl& program, State& state, std::vector<AgentId>& gone) {
  for (std::size_t k = 0; k < exits_.size(); ++k) {
    if (exits_[k].empty()) continue;
    Table& table = state.tables[k];
    for (const Row row : unique_by_id(table, std::move(exits_[k]))) {
      gone.push_back(table.ids()[row]);
      if (const auto flow = program.liquidation_flows[k]) {
        book(program, state, *flow, row, 0, table.column<std::int64_t>(*program.account_columns[k])[row]);
      }
      table.remove(row);
    }
  }
  std::sort(gone.begin(), gone.end());
}

void MonthEdits::apply_entries(const Program::Impl& program, State& state) {
  using Staged = std::pair<AgentId, const StagedEntry*>;
  std::vector<std::vector<Staged>> by_kind(state.tables.size());
  for (const auto& entry : entries_.list) by_kind[index(entry.kind)].emplace_back(entry.id, &entry);
  for (std::size_t k = 0; k < state.tables.size(); ++k) {
    Table& table = state.tables[k];
    auto& staged = by_kind[k];
    std::sort(staged.begin(), staged.end());  // of one id, who was staged first stands first in memory
    std::vector<Row> rows;
    rows.reserve(staged.size());
    for (const auto& [id, entry] : staged) rows.push_back(table.insert(id, entry->weight));
    if (rows.empty()) continue;
    fill_start_values(program, state, program.founding[k], rows, {}, true);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const StagedEntry& entry = *staged[i].second;
      for (const auto& value : std::span(entries_.values).subspan(entry.first_value, entry.num_values))
        set_value(table, program.layout.kinds[k], rows[i], value);
      if (const auto flow = program.founding_flows[k]) {
        Cents& cash = table.column<std::int64_t>(*program.account_columns[k])[rows[i]];
        const Cents start = cash;
        cash = 0;
        book(program, state, *flow, 0, rows[i], start);
      }
    }
  }
}

void MonthEdits::apply(const Program::Impl& program, State& state) {
  std::vector<AgentId> gone;
  apply_exits(program, state, gone);
  const auto finish = [&](std::size_t kind) { state.tables[kind].finish_changes(); };
  for_each_index(state.tables.size(), finish);
  apply_entries(program, state);
  for_each_index(state.tables.size(), finish);
  for_each_index(ties_.size(), [&](std::size_t n) {
    constexpr float weakest = 0.01F;  // weaker ties are forgotten
    state.networks[n].apply(std::move(ties_[n]), static_cast<std::int32_t>(state.step),
                            program.network_keep[n], weakest, gone);
  });
}

void MonthEdits::apply_entries_only(const Program::Impl& program, State& state) {
  apply_entries(program, state);
  for (Table& table : state.tables) table.finish_changes();
}

Month PartTurn::month() const {
  const auto& clock = program_.scenario.clock;
  return clock.start + (static_cast<int>(state_.step) - clock.burn_in);
}

bool PartTurn::in_burn_in() const {
  return state_.step < static_cast<std::uint32_t>(program_.scenario.clock.burn_in);
}

void PartTurn::for_each_block(KindId kind, const std::function<void(Block)>& body) {
  const std::size_t rows = state_.tables[index(kind)].num_rows();
  const std::size_t blocks = num_blocks(rows), size = program_.flows.size() * blocks;
  moved_.assign(blocks, 0);
  if (size > partials_size_) {
    partials_ = std::make_unique_for_overwrite<Cents[]>(size);
    partials_size_ = size;
  }
  for_each_index(blocks, [&](std::size_t b) {
    body({static_cast<Row>(b * block_rows), static_cast<Row>(std::min(rows, (b + 1) * block_rows)), b});
  });
  settle_blocks();
}

/// Books what blocks moved on the other sides of the flows.
void PartTurn::settle_blocks() {
  std::vector<Cents> sums(program_.flows.size());
  for (std::size_t b = 0; b < moved_.size(); ++b) {
    if (moved_[b] == 0) continue;
    for (std::size_t f = 0; f < sums.size(); ++f) sums[f] += partials_[b * sums.size() + f];
  }
  for (std::size_t f = 0; f < sums.size(); ++f) {
    const FlowInfo& flow = program_.flows[f];
    if (!flow.payer.kind) state_.ledger.named[flow.payer.named] -= sums[f];
    if (!flow.receiver.kind) state_.ledger.named[flow.receiver.named] += sums[f];
    state_.ledger.year_flows[f] += sums[f];
  }
  moved_.clear();
}

void PartTurn::transfer_block(FlowId flow, Block block, std::span<const Cents> amounts) {
  const FlowInfo& info = program_.flows[index(flow)];
  EXPECTS(info.payer.kind.has_value() != info.receiver.kind.has_value());
  EXPECTS(amounts.size() == block.size() && block.number < moved_.size());
  const AccountRef& side = info.payer.kind ? info.payer : info.receiver;
  const auto balances =
      state_.tables[index(*side.kind)].column<std::int64_t>(side.column).subspan(block.first, block.size());
  Cents sum = 0;
  if (info.payer.kind) {
    for (std::size_t i = 0; i < amounts.size(); ++i) balances[i] -= amounts[i], sum += amounts[i];
  } else {
    for (std::size_t i = 0; i < amounts.size(); ++i) balances[i] += amounts[i], sum += amounts[i];
  }
  const auto own = std::span(partials_.get(), partials_size_)
                       .subspan(block.number * program_.flows.size(), program_.flows.size());
  if (moved_[block.number] == 0) std::fill(own.begin(), own.end(), 0);
  moved_[block.number] = 1;
  own[index(flow)] += sum;
}

void PartTurn::evaluate(const expression::Code& code, KindId kind, std::span<const Row> rows,
                        std::size_t slot, std::span<double> out) {
  const auto scalars = evaluate_aggregates(program_, state_, view_, code);
  auto lanes = lanes_of(state_, kind, view_);
  lanes.scalars = scalars;
  for_each_strip(code, lanes, rows, [&](std::size_t from, std::size_t n, expression::Registers& registers) {
    const double* values = registers.result(slot);
    for (std::size_t i = 0; i < n; ++i) {
      if (!std::isfinite(values[i])) {
        throw RunError(fmt::format("{}: a formula gives no finite number for agent {:016x} of {}",
                                   to_string(month()), raw(table(kind).ids()[rows[from + i]]),
                                   program_.layout.kinds[index(kind)].name));
      }
    }
    std::copy_n(values, n, out.data() + from);
  });
}

}  // namespace polder
