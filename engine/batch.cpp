// SPDX-License-Identifier: Apache-2.0
#include "engine/batch.hpp"

#include <algorithm>

namespace polder {

namespace {

/// What decides whether a rule may share a pass with others.
struct Footprint {
  bool immediate = false;      ///< writes its own rows at once
  bool own_rows_only = false;  ///< reads nothing but its own rows while a block passes
  bool reads_late = false;     ///< evaluates formulas after the last block
  std::vector<std::pair<KindId, ColumnId>> reads, writes;
};

Footprint footprint_of(const RuleProgram& rule, const PartInfo& info) {
  Footprint print;
  for (const ColumnTouch& t : info.touches) {
    // What is added to or multiplied is read as well, but by the assignment itself.
    auto& list = t.touch == Touch::read ? print.reads : print.writes;
    list.emplace_back(t.kind, t.column);
  }
  if (rule.type_column) print.reads.emplace_back(rule.kind, *rule.type_column);
  if (rule.match && rule.match->type_column)
    print.reads.emplace_back(rule.match->kind, *rule.match->type_column);
  print.immediate = !decides_first(rule);
  print.own_rows_only = !rule.match;
  print.reads_late = rule.fund.has_value();
  return print;
}

bool has_aggregates(const RuleProgram& rule) {
  return !rule.select.aggregates.empty() || !rule.values.aggregates.empty() ||
         (rule.match && !rule.match->code.aggregates.empty()) ||
         (rule.fund && !rule.fund->budget.aggregates.empty());
}

bool meet(const std::vector<std::pair<KindId, ColumnId>>& a,
          const std::vector<std::pair<KindId, ColumnId>>& b) {
  return std::any_of(a.begin(), a.end(),
                     [&](const auto& key) { return std::find(b.begin(), b.end(), key) != b.end(); });
}

bool may_follow(const Footprint& earlier, const Footprint& later) {
  if (!earlier.immediate && later.immediate && meet(earlier.writes, later.writes)) return false;
  const bool row_by_row = earlier.immediate && later.own_rows_only && !later.reads_late;
  if (!row_by_row && meet(earlier.writes, later.reads)) return false;
  const bool done_with_row = earlier.own_rows_only && !earlier.reads_late;
  return done_with_row || !later.immediate || !meet(earlier.reads, later.writes);
}

}  // namespace

std::vector<std::vector<std::size_t>> derive_batches(const Program::Impl& program) {
  std::vector<std::vector<std::size_t>> batches;
  std::vector<Footprint> prints;  // of the last batch
  for (const std::size_t p : program.schedule.order) {
    const Part& part = program.parts[p];
    if (part.mechanism != nullptr) {
      batches.push_back({p});
      prints.clear();
      continue;
    }
    const RuleProgram& rule = program.rules[part.rule];
    Footprint print = footprint_of(rule, program.part_infos[p]);
    const bool joins = !prints.empty() && !has_aggregates(rule) &&
                       program.rules[program.parts[batches.back().front()].rule].kind == rule.kind &&
                       std::all_of(prints.begin(), prints.end(),
                                   [&](const Footprint& earlier) { return may_follow(earlier, print); });
    if (!joins) {
      batches.emplace_back();
      prints.clear();
    }
    batches.back().push_back(p);
    prints.push_back(std::move(print));
  }
  return batches;
}

}  // namespace polder
