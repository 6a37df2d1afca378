// SPDX-License-Identifier: Apache-2.0
// Names: locals, attributes of self and partner, parameters, scalars of the scope, labels.
#include <algorithm>

#include <fmt/format.h>

#include "engine/expression/check.hpp"

namespace polder::expression {

namespace {

/// `Noord-Brabant` and `10-49` read as subtractions; beside a category they are labels.
bool looks_like_label(std::string_view text) {
  return text.find(' ') == std::string_view::npos;
}

}  // namespace

std::optional<Value> Checker::label(const Expr& expr, const Labels& labels) {
  const std::string_view text = expr.form == Expr::Form::quoted ? expr.text : report_.text(expr.where);
  const auto found = labels.find(text);
  if (!found) return std::nullopt;
  Value value;
  value.node = constant_node(static_cast<double>(*found));
  value.type.type = Type::category;
  value.type.labels = &labels;
  return value;
}

Value Checker::unknown_label(const Expr& expr, const Labels& labels) {
  constexpr std::size_t most_listed = 6;
  const std::string_view text = expr.form == Expr::Form::quoted ? expr.text : report_.text(expr.where);
  std::string near = nearest(text, labels.items);
  const bool has_name = labels.name.find('|') == std::string::npos;  // else the list itself
  const bool is_short = labels.items.size() <= most_listed;
  std::string wanted = has_name ? "a label of " + labels.name : "";
  if (is_short || (!has_name && near.empty())) {  // a long list beside the nearest of it helps nobody
    const std::string list = fmt::format("{}", fmt::join(labels.items, ", "));
    wanted = has_name ? fmt::format("{}: {}", wanted, list) : "one of " + list;
  } else if (!has_name) {
    wanted = fmt::format("no such label among the {}", labels.items.size());
  }
  return mistake(expr.where, std::move(wanted), std::move(near));
}

/// The labels of a name, a member or a choice between two; null for anything else.
const Labels* Checker::labels_of(ExprId id) {
  const Expr& expr = tree_.at(id);
  if (expr.form == Expr::Form::call && expr.text == "if" && expr.arguments.size() == 3) {
    const Labels* first = labels_of(expr.operand(1).value);
    return first != nullptr ? first : labels_of(expr.operand(2).value);
  }
  std::optional<Value> value;
  if (expr.form == Expr::Form::name) {
    value = find(expr.text);
  } else if (expr.form == Expr::Form::member && tree_.at(expr.operand(0).value).form == Expr::Form::name) {
    const Scope& scope = context_.scope;
    const std::string_view object = tree_.at(expr.operand(0).value).text;
    const bool is_own = object == "self" ||
                        (context_.is_aggregate && scope.self && object == context_.kind(*scope.self).name);
    if (is_own && scope.self) value = attribute(Side::self, *scope.self, expr.text);
    if (object == "partner" && scope.partner) value = attribute(Side::partner, *scope.partner, expr.text);
  }
  return value && value->type.type == Type::category ? value->type.labels : nullptr;
}

bool Checker::knows(const Context& context, std::string_view name) {
  const Scope& scope = context.scope;
  if (context.locals.find(name) != context.locals.end()) return true;
  if (scope.self && context.kind(*scope.self).find(name)) return true;
  if (scope.layout->find_parameter(name) != nullptr) return true;
  return std::any_of(scope.scalars.begin(), scope.scalars.end(),
                     [&](const auto& s) { return s.first == name; });
}

/// A column as a number, or as what its type is.
Value Checker::column(Side side, KindId kind, ColumnId column) {
  const ColumnInfo& info = context_.kind(kind).columns[index(column)];
  Lowering& low = context_.lowering;
  Value value;
  value.type.dimension = info.dimension;
  switch (info.type) {
    case ColumnType::number:
      value.node = low.load(Op::number, side, kind, column);
      break;
    case ColumnType::integer:
      value.node = low.load(Op::whole, side, kind, column);
      break;
    case ColumnType::money:
      return money(side, kind, column);
    case ColumnType::flag:
    case ColumnType::category:
      value.node = low.load(Op::small, side, kind, column);
      value.type = {info.type == ColumnType::flag ? Type::flag : Type::category, {}, info.labels, 1, false};
      break;
    case ColumnType::id:
      value.node = low.load(Op::id, side, kind, column);
      value.type = {Type::id, {}, nullptr, 1, false};
      value.target = info.target;
      break;
    case ColumnType::vector:
      value.node = low.vector(side, kind, column, info.size);
      value.type.type = Type::vector;
      value.type.size = info.size;
      break;
  }
  return value;
}

/// The column holds cents of all the agents a row stands for; formulas see euros of one.
Value Checker::money(Side side, KindId kind, ColumnId column) {
  Lowering& low = context_.lowering;
  const Node cents = low.load(Op::whole, side, kind, column);
  const Node weight = low.load(Op::weight, side, kind, ColumnId{0});
  Value value;
  value.node = low.binary(Op::divide, cents, low.binary(Op::multiply, weight, constant_node(100)));
  value.type.dimension = dimension::money;
  return value;
}

std::optional<Value> Checker::attribute(Side side, KindId kind, std::string_view name) {
  if (const auto found = context_.kind(kind).find(name)) return column(side, kind, *found);
  Value value;
  if (name == "weight") {
    value.node = context_.lowering.load(Op::weight, side, kind, ColumnId{0});
    return value;
  }
  if (name == "id") return own_id(side, kind);
  return std::nullopt;
}

std::optional<Value> Checker::find(std::string_view name) {
  const Scope& scope = context_.scope;
  if (const auto local = context_.locals.find(name); local != context_.locals.end()) return local->second;
  if (scope.self) {
    if (const auto found = attribute(Side::self, *scope.self, name)) return found;
  }
  Value value;
  if (const Parameter* p = scope.layout->find_parameter(name)) {
    value.node = constant_node(p->value.value);
    value.type.dimension = p->value.dimension;
    value.type.percent_rate = p->value.percent_rate;
    return value;
  }
  for (std::size_t i = 0; i < scope.scalars.size(); ++i) {
    if (scope.scalars[i].first != name) continue;
    value.node = context_.lowering.scalar(static_cast<std::uint32_t>(i), Origin::scope);
    value.type = scope.scalars[i].second;
    return value;
  }
  if (name == "nobody") {
    value.node = constant_node(0);
    value.type.type = Type::id;
    return value;
  }
  return std::nullopt;
}

/// The agent itself, for comparison with ids and for setting them.
Value Checker::own_id(Side side, KindId kind) {
  Value value;
  value.node = context_.lowering.load(Op::own_id, side, kind, ColumnId{0});
  value.type.type = Type::id;
  value.target = context_.kind(kind).name;
  return value;
}

/// `self` or `partner` without an attribute: the id.
Value Checker::agent(const Expr& expr) {
  const Scope& scope = context_.scope;
  if (context_.is_aggregate)
    return mistake(
        expr.where,
        fmt::format("an aggregate is computed once a month, not for each agent: {} is unknown in it",
                    expr.text));
  const bool is_partner = expr.text == "partner";
  if (is_partner && scope.partner) return own_id(Side::partner, *scope.partner);
  if (!is_partner && scope.self) return own_id(Side::self, *scope.self);
  return mistake(expr.where, is_partner ? "there is no partner here: the rule needs a `match`"
                                        : "there is no agent here that could be meant");
}

Value Checker::name(const Expr& expr, const Labels* labels) {
  if (labels != nullptr) {
    if (const auto found = label(expr, *labels)) return *found;
  }
  if (const auto found = find(expr.text)) return *found;
  if (labels != nullptr) return unknown_label(expr, *labels);
  if (expr.text == "self" || expr.text == "partner") return agent(expr);
  if (context_.scope.partner && (expr.text == "distance" || expr.text == "similarity")) return of_pair(expr);
  return unknown(expr);
}

Value Checker::parameter(const Expr& expr) {
  if (const Parameter* p = context_.scope.layout->find_parameter(expr.text)) {
    Value value;
    value.node = constant_node(p->value.value);
    value.type.dimension = p->value.dimension;
    value.type.percent_rate = p->value.percent_rate;
    return value;
  }
  std::vector<std::string> names;
  for (const Parameter& p : context_.scope.layout->parameters) names.push_back(p.name);
  std::string near = nearest(expr.text, names);
  return mistake(expr.where, "no parameter has this name; add it under `parameters`",
                 near.empty() ? near : "$" + near);
}

Value Checker::member(const Expr& expr) {
  const Scope& scope = context_.scope;
  const std::string_view whole = report_.text(expr.where);
  if (std::any_of(scope.scalars.begin(), scope.scalars.end(),
                  [&](const auto& s) { return s.first == whole; }))
    return *find(whole);
  const Expr& object = tree_.at(expr.operand(0).value);
  if (object.form != Expr::Form::name)
    return mistake(expr.where, "a dot stands only after self, partner or a kind");
  if (object.text == "partner" && !scope.partner)
    return mistake(expr.where, context_.is_aggregate
                                   ? "an aggregate is computed once a month and knows no partner"
                                   : "there is no partner here: the rule needs a `match`");
  const auto kind = scope.layout->find_kind(object.text);
  const bool is_kind = context_.is_aggregate && kind && kind == scope.self;
  if ((object.text == "self" && !context_.is_aggregate && scope.self) || is_kind ||
      object.text == "partner") {
    const Side side = object.text == "partner" ? Side::partner : Side::self;
    const KindId of = side == Side::partner ? *scope.partner : *scope.self;
    if (const auto found = attribute(side, of, expr.text)) return *found;
    std::vector<std::string> names;
    for (const ColumnInfo& c : context_.kind(of).columns) names.push_back(c.name);
    std::string near = nearest(expr.text, names);
    if (!near.empty()) near = std::string(object.text) + "." + near;
    return mistake(expr.where, fmt::format("{} has no attribute of this name", context_.kind(of).name), near);
  }
  if (object.text == "self")
    return mistake(expr.where,
                   context_.is_aggregate
                       ? "an aggregate is computed once a month, not for each agent: self is unknown in it"
                       : "there is no agent here whose attributes could be meant");
  if (kind && context_.is_aggregate) return mistake(expr.where, "an aggregate is over one kind only");
  if (kind)
    return mistake(expr.where, fmt::format("{0} is a kind: reduce it, for example mean({0}.{1})", object.text,
                                           expr.text));
  std::vector<std::string> objects{"self", "partner"};
  for (const KindLayout& k : scope.layout->kinds) objects.push_back(k.name);
  std::string near = nearest(object.text, objects);
  if (!near.empty()) near += "." + std::string(expr.text);
  return mistake(expr.where, "a dot stands only after self, partner or a kind", near);
}

std::vector<std::string> Checker::known_names() const {
  std::vector<std::string> names;
  const Scope& scope = context_.scope;
  for (const auto& [local, value] : context_.locals) names.push_back(local);
  if (scope.self) {
    for (const ColumnInfo& c : context_.kind(*scope.self).columns) names.push_back(c.name);
  }
  for (const Parameter& p : scope.layout->parameters) names.push_back(p.name);
  for (const auto& [scalar, type] : scope.scalars) names.push_back(scalar);
  return names;
}

Value Checker::unknown(const Expr& expr) {
  const Scope& scope = context_.scope;
  if (scope.layout->find_kind(expr.text))
    return mistake(expr.where,
                   fmt::format("{0} is a kind: write count({0}) for the number of its agents", expr.text));
  if (context_.outer_self && context_.kind(*context_.outer_self).find(expr.text))
    return mistake(
        expr.where,
        fmt::format("an aggregate is computed once a month, not for each agent: {} of {} is unknown in it",
                    expr.text, context_.kind(*context_.outer_self).name));
  if (scope.partner && context_.kind(*scope.partner).find(expr.text))
    return mistake(expr.where, "the partner has an attribute of this name, the agent itself has none",
                   "partner." + std::string(expr.text));
  for (const KindLayout& kind : scope.layout->kinds) {
    if (scope.self || !kind.find(expr.text)) continue;
    if (!scope.aggregates)
      return mistake(expr.where, "attributes of agents have no value here: use numbers and parameters");
    return mistake(expr.where,
                   fmt::format("no single agent is meant here: reduce the attribute over a kind, for example "
                               "mean({}.{})",
                               kind.name, expr.text));
  }
  if (find_function(expr.text) != nullptr)
    return mistake(expr.where,
                   fmt::format("this is a function: write {}", find_function(expr.text)->signature));
  for (const auto& set : scope.layout->labels) {
    if (set->find(expr.text) && looks_like_label(expr.text))
      return mistake(
          expr.where,
          fmt::format("a label of {} stands only beside == or != or in a list of a category", set->name));
  }
  if (parse_unit(expr.text))
    return mistake(expr.where,
                   "no value has this name; a unit stands right after a number, for example 1 /month",
                   nearest(expr.text, known_names()));
  return mistake(expr.where, "no attribute, parameter or local value has this name",
                 nearest(expr.text, known_names()));
}

}  // namespace polder::expression
