// SPDX-License-Identifier: Apache-2.0
// Stage of `compile`: what a YAML rule does, its list `do`.
#include <fmt/format.h>

#include <array>

#include "engine/rule_compiler.hpp"

namespace polder {

using expression::Side;
using expression::Type;
using expression::Wanted;

namespace {

/// Why a rule cannot assign to the column; empty when it can.
std::string refusal(const ColumnInfo& info, Action::Verb verb) {
  if (info.account) return "`transfer`: money only moves between accounts";
  if (info.type == ColumnType::vector) return "`learn`: a rule cannot set a vector";
  const bool plain =
      info.type != ColumnType::id && info.type != ColumnType::category && info.type != ColumnType::flag;
  if (verb == Action::Verb::set || plain) return {};
  const char* what = info.type == ColumnType::id     ? "an id"
                     : info.type == ColumnType::flag ? "a flag"
                                                     : "a category";
  return fmt::format("`set`: {} is {}, no number", info.name, what);
}

}  // namespace

void RuleCompiler::compile_action(expression::Compiler& compiler, const Action& action) {
  using enum Action::Verb;
  switch (action.verb) {
    case set:
    case add:
    case multiply:
    case maximum:
      return compile_assignments(compiler, action);
    case learn:
      return compile_learn(compiler, action);
    case tie:
      return compile_tie(compiler, action);
    case transfer:
      return compile_transfer(compiler, action);
    case enter:
      return compile_enter(compiler, action);
    case exit:
      return compile_exit(action);
  }
}

std::optional<std::pair<Side, ColumnId>> RuleCompiler::target(const std::string& name, const Mark& mark,
                                                              const std::string& path) {
  const bool other = name.starts_with("partner.");
  if (other && !rule_.match) {
    building_.mistakes.add(mark, path, {}, "there is no partner here: the rule needs a `match`");
    return std::nullopt;
  }
  const std::string column = other ? name.substr(8) : name.starts_with("self.") ? name.substr(5) : name;
  const auto& kind = building_.layout().kinds[index(other ? rule_.match->kind : rule_.kind)];
  const auto id = kind.find(column);
  if (id) return std::pair{other ? Side::partner : Side::self, *id};
  std::vector<std::string> names;
  for (const auto& c : kind.columns) names.push_back(c.name);
  std::string near = nearest(column, names);
  if (other && !near.empty()) near = "partner." + near;
  building_.mistakes.add(mark, path, {},
                         column == "id" || column == "weight"
                             ? fmt::format("the {} of an agent cannot be changed", column)
                             : fmt::format("{} has no attribute of this name", kind.name),
                         near);
  return std::nullopt;
}

void RuleCompiler::compile_assignments(expression::Compiler& compiler, const Action& action) {
  for (const auto& a : action.assignments) {
    const auto to = target(a.name, a.mark, a.formula.path);
    if (!to) continue;
    const KindId kind = to->first == Side::self ? rule_.kind : rule_.match->kind;
    const ColumnInfo& info = building_.layout().kinds[index(kind)].columns[index(to->second)];
    if (std::string why = refusal(info, action.verb); !why.empty()) {
      building_.mistakes.add(a.mark, a.formula.path, {}, std::move(why));
      continue;
    }
    Wanted w = wanted_of(info);
    if (action.verb == Action::Verb::multiply) w.dimension = dimension::none;
    rule_.assignments.push_back({action.verb, to->first, to->second, value(compiler, a.formula, w)});
    constexpr std::array<Touch, 4> touch_of{Touch::set, Touch::add, Touch::multiply, Touch::maximum};
    touch(kind, to->second, touch_of[static_cast<std::size_t>(action.verb)]);
  }
}

std::string RuleCompiler::only_vector(KindId kind) const {
  std::string name;
  for (const auto& column : building_.program.layout.kinds[index(kind)].columns) {
    if (column.type != ColumnType::vector) continue;
    if (!name.empty()) return {};
    name = column.name;
  }
  return name;
}

void RuleCompiler::compile_learn(expression::Compiler& compiler, const Action& action) {
  const std::string path = action.path + ".learn";
  if (!rule_.match) {
    building_.mistakes.add(action.mark, path, {}, "there is no partner here: the rule needs a `match`");
    return;
  }
  if (action.from == action.to) {
    building_.mistakes.add(action.to_mark, path + ".to", action.to, "the other side than `from`");
    return;
  }
  const bool self_learns = action.to == "self";
  const KindId learner = self_learns ? rule_.kind : rule_.match->kind;
  const KindId teacher = self_learns ? rule_.match->kind : rule_.kind;
  const std::string own = action.name.empty() ? only_vector(learner) : action.name;
  const std::string others = action.name.empty() ? only_vector(teacher) : action.name;
  if (own.empty() || others.empty()) {
    building_.mistakes.add(
        action.mark, path, {},
        fmt::format("{} has no vector or several: name one with `attribute`",
                    building_.layout().kinds[index(own.empty() ? learner : teacher)].name));
    return;
  }
  const auto to = target(self_learns ? own : "partner." + own, action.name_mark, path + ".attribute");
  const auto from = target(self_learns ? "partner." + others : others, action.name_mark, path + ".attribute");
  if (!to || !from) return;
  const ColumnInfo& mine = building_.layout().kinds[index(learner)].columns[index(to->second)];
  const ColumnInfo& theirs = building_.layout().kinds[index(teacher)].columns[index(from->second)];
  if (mine.type != ColumnType::vector || theirs.type != ColumnType::vector || mine.size != theirs.size ||
      mine.dimension != theirs.dimension) {
    building_.mistakes.add(action.name_mark, path + ".attribute", own,
                           "a vector of the same size and unit on both sides");
    return;
  }
  const std::size_t slot = value(compiler, action.amount, wanted(Type::number, dimension::none));
  rule_.learns.push_back({to->second, mine.size, from->second, self_learns, slot});
  touch(learner, to->second, Touch::set);
  touch(teacher, from->second, Touch::read);
}

void RuleCompiler::compile_tie(expression::Compiler& compiler, const Action& action) {
  if (!rule_.match) {
    building_.mistakes.add(action.mark, action.path + ".tie", {},
                           "there is no partner here: the rule needs a `match`");
    return;
  }
  const std::size_t at = network(action.name, action.path + ".tie.network", action.name_mark);
  rule_.ties.push_back({at, value(compiler, action.amount, wanted(Type::number, dimension::none))});
}

std::optional<std::pair<std::optional<Side>, AccountRef>> RuleCompiler::side_account(const std::string& name,
                                                                                     const std::string& path,
                                                                                     const Mark& mark) {
  if (name != "self" && name != "partner")
    return std::pair{std::optional<Side>{}, building_.account_ref(name)};
  const bool other = name == "partner";
  if (other && !rule_.match) {
    building_.mistakes.add(mark, path, name, "there is no partner here: the rule needs a `match`");
    return std::nullopt;
  }
  const KindId kind = other ? rule_.match->kind : rule_.kind;
  const auto& kind_name = building_.layout().kinds[index(kind)].name;
  if (!building_.program.account_columns[index(kind)]) {
    building_.mistakes.add(mark, path, name,
                           fmt::format("{} has no account: give it `cash: {{type: money}}`", kind_name));
    return std::nullopt;
  }
  return std::pair{std::optional{other ? Side::partner : Side::self}, building_.account_ref(kind_name)};
}

void RuleCompiler::compile_transfer(expression::Compiler& compiler, const Action& action) {
  const auto payer = side_account(action.from, action.path + ".transfer.from", action.from_mark);
  const auto receiver = side_account(action.to, action.path + ".transfer.to", action.to_mark);
  const std::size_t slot = value(compiler, action.amount, wanted(Type::number, dimension::money));
  if (!payer || !receiver) return;
  const FlowId flow =
      building_.flow({action.name.empty() ? spec_.id : action.name, payer->second, receiver->second, false});
  rule_.transfers.push_back({flow, slot, payer->first, receiver->first});
  for (const auto* side : {&*payer, &*receiver}) {
    if (side->second.kind) touch(*side->second.kind, side->second.column, Touch::add);
  }
}

void RuleCompiler::compile_enter(expression::Compiler& compiler, const Action& action) {
  const auto kind_id = building_.layout().find_kind(action.name);
  if (!kind_id) {
    building_.mistakes.add(action.name_mark, action.path + ".enter.kind", action.name,
                           "a kind of actor of this scenario",
                           nearest(action.name, kind_names(building_.layout())));
    return;
  }
  EnterAction enter{*kind_id, {}};
  const auto& kind = building_.layout().kinds[index(*kind_id)];
  for (const auto& a : action.assignments) {
    const auto column = kind.find(a.name);
    if (!column) {
      std::vector<std::string> names;
      for (const auto& c : kind.columns) names.push_back(c.name);
      building_.mistakes.add(a.mark, a.formula.path, {},
                             fmt::format("{} has no attribute of this name", kind.name),
                             nearest(a.name, names));
      continue;
    }
    const ColumnInfo& info = kind.columns[index(*column)];
    if (info.type == ColumnType::vector) {
      building_.mistakes.add(a.mark, a.formula.path, {},
                             "a vector of an entrant comes from its start value; it cannot be set here");
      continue;
    }
    enter.values.emplace_back(*column, value(compiler, a.formula, wanted_of(info)));
  }
  rule_.enters.push_back(std::move(enter));
}

void RuleCompiler::compile_exit(const Action& action) {
  if (action.name == "partner" && !rule_.match) {
    building_.mistakes.add(action.name_mark, action.path + ".exit", action.name,
                           "there is no partner here: the rule needs a `match`");
  }
  (action.name == "partner" ? rule_.exit_partner : rule_.exit_self) = true;
}

}  // namespace polder
