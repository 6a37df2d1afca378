// SPDX-License-Identifier: Apache-2.0
#include "engine/step.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>
#include <variant>

#include "engine/rule.hpp"

namespace polder {

namespace {

/// Into memory that is there already, with room for the agents that come in the next months.
void copy(const Column& from, Column& into) {
  std::visit(
      [&](const auto& values) {
        auto& copied = std::get<std::decay_t<decltype(values)>>(into);
        if (copied.capacity() < values.size()) {
          copied.clear();
          copied.reserve(values.size() + values.size() / 16);
        }
        copied.assign(values.begin(), values.end());
      },
      from);
}

}  // namespace

OldColumns::OldColumns(const Program::Impl& program, const State& state) {
  for (const auto& columns : program.schedule.copies) {
    for (const auto& key : columns) {
      const bool known =
          std::any_of(copies_.begin(), copies_.end(), [&](const auto& c) { return c.first == key; });
      if (known) continue;
      const Column& column = state.tables[index(key.first)].raw_column(key.second);
      const auto used = std::find_if(spare().begin(), spare().end(),
                                     [&](const auto& c) { return c.second.index() == column.index(); });
      if (used == spare().end()) {
        copies_.emplace_back(key, column);
      } else {
        copies_.emplace_back(key, std::move(used->second));
        copy(column, copies_.back().second);
        spare().erase(used);
      }
    }
  }
}

OldColumns::~OldColumns() {
  spare() = std::move(copies_);
}

OldColumns::Copies& OldColumns::spare() {
  static thread_local Copies copies;
  return copies;
}

ColumnView OldColumns::view_of(std::size_t part, const Program::Impl& program, const State& state) const {
  ColumnView view(state, program);
  for (const auto& key : program.schedule.copies[part]) {
    for (const auto& [copied, column] : copies_) {
      if (copied == key) view.use_copy(key.first, key.second, data(column));
    }
  }
  return view;
}

namespace {

/// The rules of a batch whose turn it is this month.
std::vector<DueRule> due_rules(const std::vector<std::size_t>& batch, const OldColumns& old,
                               const Program::Impl& program, const State& state) {
  std::vector<DueRule> due;
  for (const std::size_t p : batch) {
    const RuleProgram& rule = program.rules[program.parts[p].rule];
    if (state.step % static_cast<std::uint32_t>(rule.every) == 0)
      due.push_back({&rule, old.view_of(p, program, state)});
  }
  return due;
}

}  // namespace

void step_watched(const Program& program, State& state,
                  const std::function<void(const std::string& phase)>& after) {
  const auto& impl = program.impl();
  std::fill(state.events.begin(), state.events.end(), 0.0);
  const OldColumns old(impl, state);
  MonthEdits edits(impl);
  if (after) after("copies of the month's start");
  for (const auto& batch : impl.batches) {
    if (const Mechanism* mechanism = impl.parts[batch.front()].mechanism; mechanism != nullptr) {
      const ColumnView view = old.view_of(batch.front(), impl, state);
      PartTurn turn(impl, state, view, edits);
      mechanism->step(turn);
    } else {
      run_rules(impl, state, edits, due_rules(batch, old, impl, state));
    }
    if (after) after(impl.parts[batch.front()].name);
  }
  edits.apply(impl, state);
  ++state.step;
  if (after) after("end of the month");
}

void step(const Program& program, State& state) {
  step_watched(program, state, {});
}

}  // namespace polder
