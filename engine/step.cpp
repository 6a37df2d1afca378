// SPDX-License-Identifier: Apache-2.0
#include "engine/step.hpp"

#include <algorithm>

#include "engine/rule.hpp"

namespace polder {

OldColumns::OldColumns(const Program::Impl& program, const State& state) {
  for (const auto& columns : program.schedule.copies) {
    for (const auto& key : columns) {
      const bool known =
          std::any_of(copies_.begin(), copies_.end(), [&](const auto& c) { return c.first == key; });
      if (!known) copies_.emplace_back(key, state.tables[index(key.first)].raw_column(key.second));
    }
  }
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

void step(const Program& program, State& state) {
  const auto& impl = program.impl();
  std::fill(state.events.begin(), state.events.end(), 0.0);
  const OldColumns old(impl, state);
  MonthEdits edits(impl);
  for (const std::size_t p : impl.schedule.order) {
    const ColumnView view = old.view_of(p, impl, state);
    const Part& part = impl.parts[p];
    if (part.mechanism != nullptr) {
      PartTurn turn(impl, state, view, edits);
      part.mechanism->step(turn);
    } else if (const RuleProgram& rule = impl.rules[part.rule];
               state.step % static_cast<std::uint32_t>(rule.every) == 0) {
      run_rule(impl, state, view, edits, rule);
    }
  }
  edits.apply(impl, state);
  ++state.step;
}

}  // namespace polder
