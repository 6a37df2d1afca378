// SPDX-License-Identifier: Apache-2.0
// Stage of `compile`: YAML rules to RulePrograms. Who acts, with whom, on what conditions.
#include <fmt/format.h>

#include <algorithm>

#include "engine/rule_compiler.hpp"

namespace polder {

using expression::Type;
using expression::Wanted;

void RuleCompiler::run() {
  const auto who = choose(spec_.who, path_ + ".who", spec_.who_mark);
  if (!who) return;
  rule_.id = spec_.id;
  rule_.kind = who->kind;
  rule_.type_column = who->type_column;
  rule_.type_label = who->type_label;
  rule_.every = spec_.every;
  rule_.purpose = purpose_of(spec_.id);
  rule_.event = building_.event(spec_.id);
  if (who->type_column) touch(rule_.kind, *who->type_column, Touch::read);
  compile_select();
  if (spec_.match) compile_match();
  if (spec_.match && !rule_.match) return;  // reported; the rest of the rule hangs on it
  compile_values();
  finish();
}

std::optional<KindChoice> RuleCompiler::choose(const std::string& name, const std::string& path,
                                               const Mark& mark) {
  auto choice = choose_kind(building_.layout(), name);
  if (!choice) {
    building_.mistakes.add(mark, path, name, "a kind of actor of this scenario, or one of its types",
                           nearest(name, kind_names(building_.layout())));
  }
  return choice;
}

expression::Scope RuleCompiler::scope(std::optional<KindId> self, std::optional<KindId> partner) const {
  expression::Scope s;
  s.layout = &building_.program.layout;
  s.self = self;
  s.partner = partner;
  s.owner = spec_.id;
  return s;
}

FormulaSite RuleCompiler::site(const FormulaText& text) {
  return {fmt::format("{}:{}:{}", text.mark.file, text.mark.line, text.mark.column), text.text};
}

std::size_t RuleCompiler::value(expression::Compiler& compiler, const FormulaText& text, const Wanted& w) {
  rule_.value_sites.push_back(site(text));
  return compiler.add(text, w);
}

void RuleCompiler::compile_select() {
  rule_.has_when = !spec_.when.empty();
  rule_.has_chance = !spec_.chance.empty();
  expression::Compiler compiler(scope(rule_.kind, std::nullopt), building_.mistakes);
  if (rule_.has_when) compiler.add(spec_.when, wanted(Type::flag));
  rule_.when_site = site(spec_.when);
  rule_.chance_site = site(spec_.chance);
  if (rule_.has_chance) compiler.add(spec_.chance, wanted(Type::number, std::nullopt, nullptr, true));
  rule_.select = compiler.finish();
  add_reads(rule_.select, touches_);
}

void RuleCompiler::compile_match() {
  const MatchSpec& spec = *spec_.match;
  const auto with = choose(spec.with, path_ + ".match.with", spec.with_mark);
  if (!with) return;
  MatchProgram match;
  match.kind = with->kind;
  match.type_column = with->type_column;
  match.type_label = with->type_label;
  match.count = whole(spec.count, 1, 1000);
  match.candidates = whole(spec.candidates, 0, 1'000'000);
  match.uniform = spec.weight.empty() && spec.where.empty();
  if (!spec.network.empty())
    match.network = network(spec.network, path_ + ".match.network", spec.network_mark);
  if (with->type_column) touch(match.kind, *with->type_column, Touch::read);
  expression::Scope s = scope(rule_.kind, match.kind);
  s.draws = false;
  const std::size_t before = building_.mistakes.list().size();
  expression::Compiler compiler(s, building_.mistakes);
  const FormulaText one{"1", spec.mark, path_}, yes{"true", spec.mark, path_};
  compiler.add(spec.weight.empty() ? one : spec.weight, wanted(Type::number, dimension::none));
  compiler.add(spec.where.empty() ? yes : spec.where, wanted(Type::flag));
  match.code = compiler.finish();
  match.weight_site = site(spec.weight.empty() ? yes : spec.weight);
  if (match.code.constants[0] && !(*match.code.constants[0] > 0) && !spec.weight.empty() &&
      building_.mistakes.list().size() == before)
    building_.mistakes.add(spec.weight.mark, spec.weight.path, spec.weight.text,
                           "a weight above 0: with this one nobody is ever chosen");
  add_reads(match.code, touches_);
  rule_.match = std::move(match);
}

unsigned RuleCompiler::whole(const FormulaText& text, unsigned missing, unsigned most) {
  if (text.empty()) return missing;
  const auto value =
      expression::evaluate_constant(text, building_.layout(), dimension::none, building_.mistakes).value;
  if (!(value >= 1 && value <= most) || value != static_cast<double>(static_cast<unsigned>(value))) {
    building_.mistakes.add(text.mark, text.path, text.text, fmt::format("a whole number from 1 to {}", most));
    return missing;
  }
  return static_cast<unsigned>(value);
}

std::size_t RuleCompiler::network(const std::string& name, const std::string& path, const Mark& mark) {
  const auto& networks = building_.layout().networks;
  const auto at = std::find(networks.begin(), networks.end(), name);
  if (at == networks.end()) {
    building_.mistakes.add(mark, path, name, "a network of this scenario; declare it under `networks`",
                           nearest(name, networks));
    return 0;
  }
  return static_cast<std::size_t>(at - networks.begin());
}

std::optional<KindId> RuleCompiler::partner() const {
  return rule_.match ? std::optional{rule_.match->kind} : std::nullopt;
}

void RuleCompiler::compile_values() {
  expression::Scope values = scope(rule_.kind, partner());
  values.first_draw += rule_.select.num_draws;  // the draws of `when` and `chance` come first
  expression::Compiler compiler(values, building_.mistakes);
  for (const auto& local : spec_.let) {
    compiler.name(local.name, value(compiler, local.formula, wanted(Type::number)));
  }
  rule_.has_require = !spec_.require.empty();
  if (rule_.has_require) rule_.require_slot = value(compiler, spec_.require, wanted(Type::flag));
  if (spec_.fund) compile_fund(compiler);
  for (const auto& action : spec_.actions) compile_action(compiler, action);
  rule_.values = compiler.finish();
  add_reads(rule_.values, touches_);
}

void RuleCompiler::compile_fund(expression::Compiler& compiler) {
  const FundSpec& spec = *spec_.fund;
  const auto payer = choose(spec.from, path_ + ".fund.from", spec.from_mark);
  if (!payer) return;
  FundProgram fund;
  fund.payer = payer->kind;
  const FormulaText one{"1", spec.mark, path_};
  fund.request_slot = value(compiler, spec.request, wanted(Type::number));
  fund.rank_slot = value(compiler, spec.rank.empty() ? one : spec.rank, wanted(Type::number));
  expression::Scope s = scope(fund.payer, std::nullopt);
  s.draws = false;
  expression::Compiler budget(s, building_.mistakes);
  budget.add(spec.budget, wanted(Type::number));
  fund.budget = budget.finish();
  add_reads(fund.budget, touches_);
  rule_.fund = std::move(fund);
}

void RuleCompiler::finish() {
  auto& program = building_.program;
  program.part_infos.push_back({spec_.id, spec_.family, std::move(touches_), spec_.after, spec_.mark, path_});
  program.parts.push_back({spec_.id, nullptr, program.rules.size()});
  program.rules.push_back(std::move(rule_));
}

void compile_rules(Building& building) {
  for (const auto& spec : building.scenario.rules) RuleCompiler(building, spec).run();
}

}  // namespace polder
