// SPDX-License-Identifier: Apache-2.0
// Stage of `compile`: YAML rules to RulePrograms.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/building.hpp"

namespace polder {

namespace {

using expression::Side;
using expression::Type;
using expression::Wanted;

Wanted wanted(Type type, std::optional<Dimension> dimension = std::nullopt, const Labels* labels = nullptr,
              bool chance = false) {
  return {type, dimension, labels, chance};
}

/// What a value for the column must be.
Wanted wanted_of(const ColumnInfo& info) {
  switch (info.type) {
    case ColumnType::category:
      return wanted(Type::category, std::nullopt, info.labels);
    case ColumnType::flag:
      return wanted(Type::flag);
    case ColumnType::id: {
      Wanted id = wanted(Type::id);
      id.target = info.target;
      return id;
    }
    default:
      return wanted(Type::number, info.dimension);
  }
}

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

class RuleCompiler {
 public:
  RuleCompiler(Building& building, const RuleSpec& spec)
      : building_(building), spec_(spec), path_("rules." + spec.id) {}

  void run() {
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

 private:
  std::optional<KindChoice> choose(const std::string& name, const std::string& path, const Mark& mark) {
    auto choice = choose_kind(building_.layout(), name);
    if (!choice) {
      building_.mistakes.add(mark, path, name, "a kind of actor of this scenario, or one of its types",
                             nearest(name, kind_names(building_.layout())));
    }
    return choice;
  }

  expression::Scope scope(std::optional<KindId> self, std::optional<KindId> partner) const {
    expression::Scope s;
    s.layout = &building_.program.layout;
    s.self = self;
    s.partner = partner;
    s.owner = spec_.id;
    return s;
  }

  static FormulaSite site(const FormulaText& text) {
    return {fmt::format("{}:{}:{}", text.mark.file, text.mark.line, text.mark.column), text.text};
  }

  /// Adds a formula to the code of the chosen agents.
  std::size_t value(expression::Compiler& compiler, const FormulaText& text, const Wanted& w) {
    rule_.value_sites.push_back(site(text));
    return compiler.add(text, w);
  }

  void touch(KindId kind, ColumnId column, Touch t) { touches_.push_back({kind, column, t}); }

  void compile_select() {
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

  void compile_match() {
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

  unsigned whole(const FormulaText& text, unsigned missing, unsigned most) {
    if (text.empty()) return missing;
    const auto value =
        expression::evaluate_constant(text, building_.layout(), dimension::none, building_.mistakes).value;
    if (!(value >= 1 && value <= most) || value != static_cast<double>(static_cast<unsigned>(value))) {
      building_.mistakes.add(text.mark, text.path, text.text,
                             fmt::format("a whole number from 1 to {}", most));
      return missing;
    }
    return static_cast<unsigned>(value);
  }

  std::size_t network(const std::string& name, const std::string& path, const Mark& mark) {
    const auto& networks = building_.layout().networks;
    const auto at = std::find(networks.begin(), networks.end(), name);
    if (at == networks.end()) {
      building_.mistakes.add(mark, path, name, "a network of this scenario; declare it under `networks`",
                             nearest(name, networks));
      return 0;
    }
    return static_cast<std::size_t>(at - networks.begin());
  }

  std::optional<KindId> partner() const {
    return rule_.match ? std::optional{rule_.match->kind} : std::nullopt;
  }

  void compile_values() {
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

  void compile_fund(expression::Compiler& compiler) {
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

  void compile_action(expression::Compiler& compiler, const Action& action) {
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

  /// The side and column that `name` or `partner.name` means.
  std::optional<std::pair<Side, ColumnId>> target(const std::string& name, const Mark& mark,
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

  void compile_assignments(expression::Compiler& compiler, const Action& action) {
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

  /// The only vector of a kind, for `learn` without `attribute`; empty when there is none or more than one.
  std::string only_vector(KindId kind) const {
    std::string name;
    for (const auto& column : building_.program.layout.kinds[index(kind)].columns) {
      if (column.type != ColumnType::vector) continue;
      if (!name.empty()) return {};
      name = column.name;
    }
    return name;
  }

  void compile_learn(expression::Compiler& compiler, const Action& action) {
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
    const auto from =
        target(self_learns ? "partner." + others : others, action.name_mark, path + ".attribute");
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

  void compile_tie(expression::Compiler& compiler, const Action& action) {
    if (!rule_.match) {
      building_.mistakes.add(action.mark, action.path + ".tie", {},
                             "there is no partner here: the rule needs a `match`");
      return;
    }
    const std::size_t at = network(action.name, action.path + ".tie.network", action.name_mark);
    rule_.ties.push_back({at, value(compiler, action.amount, wanted(Type::number, dimension::none))});
  }

  /// An account named in `transfer`: self, partner or a named account.
  std::optional<std::pair<std::optional<Side>, AccountRef>> side_account(const std::string& name,
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

  void compile_transfer(expression::Compiler& compiler, const Action& action) {
    const auto payer = side_account(action.from, action.path + ".transfer.from", action.from_mark);
    const auto receiver = side_account(action.to, action.path + ".transfer.to", action.to_mark);
    const std::size_t slot = value(compiler, action.amount, wanted(Type::number, dimension::money));
    if (!payer || !receiver) return;
    const FlowId flow = building_.flow(
        {action.name.empty() ? spec_.id : action.name, payer->second, receiver->second, false});
    rule_.transfers.push_back({flow, slot, payer->first, receiver->first});
    for (const auto* side : {&*payer, &*receiver}) {
      if (side->second.kind) touch(*side->second.kind, side->second.column, Touch::add);
    }
  }

  void compile_enter(expression::Compiler& compiler, const Action& action) {
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

  void compile_exit(const Action& action) {
    if (action.name == "partner" && !rule_.match) {
      building_.mistakes.add(action.name_mark, action.path + ".exit", action.name,
                             "there is no partner here: the rule needs a `match`");
    }
    (action.name == "partner" ? rule_.exit_partner : rule_.exit_self) = true;
  }

  void finish() {
    auto& program = building_.program;
    program.part_infos.push_back(
        {spec_.id, spec_.family, std::move(touches_), spec_.after, spec_.mark, path_});
    program.parts.push_back({spec_.id, nullptr, program.rules.size()});
    program.rules.push_back(std::move(rule_));
  }

  Building& building_;
  const RuleSpec& spec_;
  std::string path_;
  RuleProgram rule_;
  std::vector<ColumnTouch> touches_;
};

}  // namespace

void compile_rules(Building& building) {
  for (const auto& spec : building.scenario.rules) RuleCompiler(building, spec).run();
}

}  // namespace polder
