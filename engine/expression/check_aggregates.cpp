// SPDX-License-Identifier: Apache-2.0
// Aggregates: reductions over all agents of a kind, computed once a month before the formula.
#include <algorithm>

#include <fmt/format.h>

#include "engine/expression/check.hpp"

namespace polder::expression {

namespace {

Reduction reduction_of(Function f) {
  switch (f) {
    case Function::mean:
      return Reduction::mean;
    case Function::count:
      return Reduction::count;
    case Function::share:
      return Reduction::share;
    case Function::minimum:
      return Reduction::minimum;
    case Function::maximum:
      return Reduction::maximum;
    case Function::quantile:
      return Reduction::quantile;
    case Function::gini:
      return Reduction::gini;
    case Function::events:
      return Reduction::events;
    default:
      return Reduction::sum;
  }
}

}  // namespace

Value Checker::aggregate(const Expr& expr, const FunctionEntry& function, const Arguments& arguments) {
  if (context_.is_aggregate)
    return mistake(expr.where,
                   "an aggregate stands in no other aggregate; write an attribute or a second indicator");
  if (!context_.scope.aggregates)
    return mistake(expr.where,
                   fmt::format("{} is over all agents of a kind and not possible here", function.name));
  const std::string key(report_.text(expr.where));
  if (const auto known = context_.known_aggregates.find(key); known != context_.known_aggregates.end())
    return known->second;
  const Value value = function.function == Function::events ? events(expr, arguments)
                                                            : new_aggregate(expr, function, arguments);
  if (value.good()) context_.known_aggregates.emplace(key, value);
  return value;
}

/// The kind that the first `kind.x`, or the name itself, tells.
std::optional<KindId> Checker::kind_within(ExprId id) const {
  const Expr& expr = tree_.at(id);
  if (expr.form == Expr::Form::name) return context_.scope.layout->find_kind(expr.text);
  for (const Argument& a : expr.arguments) {
    for (const ExprId inner : {a.value, a.filter}) {
      if (inner == no_expr) continue;
      if (const auto kind = kind_within(inner)) return kind;
    }
  }
  return std::nullopt;
}

std::optional<KindId> Checker::aggregated_kind(const Expr& expr) const {
  for (const Argument& a : expr.arguments) {
    for (const ExprId part : {a.value, a.filter}) {
      if (part == no_expr) continue;
      if (const auto kind = kind_within(part)) return kind;
    }
  }
  return std::nullopt;
}

/// What is wrong with the arguments as they are written; true when nothing is.
bool Checker::well_formed(const Expr& expr, const FunctionEntry& function, const Argument& first) {
  const auto refuse = [&](Extent where, std::string_view why, std::string suggestion = {}) {
    mistake(where, fmt::format("{}; write {}", why, function.signature), std::move(suggestion));
    return false;
  };
  const Expr& what = tree_.at(first.value);
  const bool counts = function.function == Function::count || function.function == Function::share;
  if (!aggregated_kind(expr)) {
    std::vector<std::string> kinds;
    for (const KindLayout& k : context_.scope.layout->kinds) kinds.push_back(k.name);
    const bool is_member = what.form == Expr::Form::member;
    const bool is_name = is_member || what.form == Expr::Form::name;
    const std::string_view word = is_member ? tree_.at(what.operand(0).value).text : what.text;
    return refuse(what.where, "no kind is named here", is_name ? nearest(word, kinds) : std::string{});
  }
  if (counts && what.form != Expr::Form::name) return refuse(what.where, "a kind is needed here");
  if (function.function == Function::share && first.filter == no_expr)
    return refuse(expr.where, "the condition is missing");
  for (const Argument& argument : expr.arguments) {
    if (&argument != &first && (argument.filter != no_expr || !argument.by.empty()))
      return refuse(argument.where, "'where' and 'by' belong to the first argument");
  }
  return true;
}

std::optional<double> Checker::quantile_position(ExprId id) {
  const auto q = constant(id, "the quantile");
  if (!q || (*q >= 0 && *q <= 1)) return q;
  mistake(tree_.at(id).where, "a quantile lies between 0 and 1, for example 0.9");
  return std::nullopt;
}

Value Checker::new_aggregate(const Expr& expr, const FunctionEntry& function, const Arguments& arguments) {
  const Function f = function.function;
  const Argument& first = *arguments[0];
  if (!well_formed(expr, function, first)) return {};
  Aggregate aggregate;
  aggregate.reduction = reduction_of(f);
  aggregate.kind = *aggregated_kind(expr);
  aggregate.text = std::string(report_.text(expr.where));
  Context inner{Scope{context_.scope.layout, aggregate.kind, std::nullopt, context_.scope.owner, false, false,
                      context_.scope.first_draw, context_.scope.scalars}};
  inner.is_aggregate = true;
  inner.outer_self = context_.scope.self;
  Checker checker(inner, report_, tree_);

  ExprId condition_id = first.filter;
  Value value, filter;
  value.node = filter.node = inner.lowering.constant(1);
  if (f == Function::share) {
    value = checker.condition(first.filter);
    condition_id = arguments[1] != nullptr ? arguments[1]->value : no_expr;
  } else if (f != Function::count) {
    value = checker.number(first.value);
  }
  if (condition_id != no_expr) filter = checker.condition(condition_id);
  aggregate.has_value = f != Function::count;
  aggregate.has_filter = condition_id != no_expr;
  if (f == Function::quantile) {
    const auto q = quantile_position(arguments[1]->value);
    if (!q) return {};
    aggregate.argument = *q;
  }
  std::optional<ColumnId> own;
  if (!value.good() || !filter.good() || !group_by(aggregate, first, own)) return {};
  aggregate.code = inner.finish({value.node, filter.node}, {value.type, filter.type});
  if (aggregate.by) add_read(aggregate, *aggregate.by);
  ValueType type;
  if (f != Function::count && f != Function::share && f != Function::gini)
    type.dimension = value.type.dimension;
  return keep(std::move(aggregate), type, own);
}

/// The column of the labels is part of what an aggregate reads.
void Checker::add_read(Aggregate& aggregate, ColumnId column) const {
  auto& reads = aggregate.code.reads;
  const Read read{Side::self, aggregate.kind, column};
  const auto place = std::lower_bound(reads.begin(), reads.end(), read);
  if (place != reads.end() && *place == read) return;
  const ColumnInfo& info = context_.kind(aggregate.kind).columns[index(column)];
  auto& names = aggregate.code.read_names;
  names.insert(names.begin() + (place - reads.begin()), {info.name, info.type, info.size, info.labels});
  reads.insert(place, read);
}

/// `by sector`: a category of both the aggregated kind and the own one, with the same labels.
bool Checker::group_by(Aggregate& aggregate, const Argument& argument, std::optional<ColumnId>& own) {
  if (argument.by.empty()) return true;
  const auto refuse = [&](std::string wanted, std::string suggestion = {}) {
    mistake(argument.by_where, std::move(wanted), std::move(suggestion));
    return false;
  };
  const auto category = [&](KindId id) -> std::optional<ColumnId> {
    const auto found = context_.kind(id).find(argument.by);
    return found && context_.kind(id).columns[index(*found)].type == ColumnType::category ? found
                                                                                          : std::nullopt;
  };
  if (!context_.scope.self)
    return refuse(
        "'by' takes the agent's own label, and there is no agent here; an indicator has its own key `by`");
  for (const KindId id : {aggregate.kind, *context_.scope.self}) {
    if (category(id)) continue;
    std::vector<std::string> names;
    for (const ColumnInfo& c : context_.kind(id).columns) {
      if (c.type == ColumnType::category) names.push_back(c.name);
    }
    return refuse(fmt::format("{} has no category of this name", context_.kind(id).name),
                  nearest(argument.by, names));
  }
  aggregate.by = category(aggregate.kind);
  own = category(*context_.scope.self);
  const Labels* theirs = context_.kind(aggregate.kind).columns[index(*aggregate.by)].labels;
  const Labels* mine = context_.kind(*context_.scope.self).columns[index(*own)].labels;
  if (theirs == nullptr || mine == nullptr || theirs->items != mine->items)
    return refuse("the labels of both kinds must be the same");
  aggregate.num_groups = static_cast<std::uint32_t>(theirs->items.size());
  return true;
}

Value Checker::keep(Aggregate aggregate, ValueType type, std::optional<ColumnId> own) {
  aggregate.first_scalar = context_.num_aggregate_scalars;
  context_.num_aggregate_scalars += aggregate.num_groups;
  const Reduction r = aggregate.reduction;
  const bool is_total = r == Reduction::sum || r == Reduction::count || r == Reduction::events;
  const Origin origin = is_total ? Origin::total : Origin::average;
  Lowering& low = context_.lowering;
  Value value;
  value.type = type;
  value.node = own ? low.scalar_by(low.load(Op::small, Side::self, *context_.scope.self, *own),
                                   aggregate.first_scalar, origin)
                   : low.scalar(aggregate.first_scalar, origin);
  context_.aggregates.push_back(std::move(aggregate));
  return value;
}

Value Checker::events(const Expr& expr, const Arguments& arguments) {
  const Expr& name = tree_.at(arguments[0]->value);
  const auto& known = context_.scope.layout->events;
  const auto at = std::find(known.begin(), known.end(), name.text);
  if (at == known.end())
    return mistake(name.where, "no rule and no mechanism has an event of this name",
                   nearest(name.text, known));
  Aggregate aggregate;
  aggregate.reduction = Reduction::events;
  aggregate.event = std::string(name.text);
  aggregate.event_index = static_cast<std::uint32_t>(at - known.begin());
  aggregate.text = std::string(report_.text(expr.where));
  return keep(std::move(aggregate), {}, std::nullopt);
}

}  // namespace polder::expression
