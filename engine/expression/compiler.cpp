// SPDX-License-Identifier: Apache-2.0
// Compiler: formulas of one Code, and constants.
#include <algorithm>

#include <fmt/format.h>

#include "engine/expression/check.hpp"
#include "engine/expression/parse.hpp"

namespace polder::expression {

namespace {

std::string remedy(const Dimension& wanted, const ValueType& found) {
  if (!found.dimension.is_none()) return {};
  return fmt::format("; add a unit, for example 5 {}", to_string(wanted));
}

/// What a formula must yield, as the end of checking it.
class Fit {
 public:
  Fit(Context& context, Reporter& report)
      : context_(context), report_(report), whole_{0, report.text().size()} {}

  Value apply(Value value, const Wanted& wanted) {
    if (!value.good()) return value;
    if (wanted.chance) return chance(value);
    switch (wanted.type) {
      case Type::vector:
      case Type::number:
        return number(value, wanted);
      case Type::flag:
        if (value.type.type == Type::flag) return value;
        return refuse(fmt::format("a condition is needed, this is {}{}", describe(value.type),
                                  value.type.type == Type::number ? ": compare it, for example x > 0" : ""));
      case Type::category:
        return category(value, wanted);
      case Type::id:
        break;
    }
    if (value.type.type != Type::id)
      return refuse(fmt::format("an id is needed, this is {}", describe(value.type)));
    const bool fits = value.target.empty() || wanted.target.empty() || value.target == wanted.target;
    if (fits) return value;
    return refuse(fmt::format("an id of a {} is needed, this is one of a {}", wanted.target, value.target));
  }

 private:
  Value refuse(std::string wanted) {
    report_.add(whole_, std::move(wanted));
    return {};
  }

  Value number(Value value, const Wanted& wanted) {
    if (value.type.type == Type::flag) value.type = {};
    if (value.type.type != Type::number)
      return refuse(fmt::format("a number is needed, this is {}", describe(value.type)));
    if (!wanted.dimension || value.is_zero || value.type.dimension == *wanted.dimension) {
      if (value.is_zero && wanted.dimension) value.type.dimension = *wanted.dimension;
      return value;
    }
    ValueType type;
    type.dimension = *wanted.dimension;
    return refuse(fmt::format("{} is needed, this is {}{}", describe(type), describe(value.type),
                              remedy(*wanted.dimension, value.type)));
  }

  Value category(const Value& value, const Wanted& wanted) {
    const bool fits = value.type.type == Type::category &&
                      (wanted.labels == nullptr || value.type.labels == wanted.labels ||
                       (value.type.labels != nullptr && value.type.labels->items == wanted.labels->items));
    if (fits) return value;
    return refuse(fmt::format("a label{} is needed, this is {}",
                              wanted.labels == nullptr ? "" : " of " + wanted.labels->name,
                              describe(value.type)));
  }

  /// A hazard x a month becomes the chance 1 - exp(-x) of a month.
  Value chance(Value value) {
    if (value.type.type == Type::flag) value.type = {};
    if (value.type.type != Type::number)
      return refuse(fmt::format("a chance is needed, this is {}", describe(value.type)));
    const bool is_rate = value.type.dimension == dimension::rate;
    if (!is_rate && !value.type.dimension.is_none())
      return refuse(
          fmt::format("a chance is a plain number, a probability such as 2 % /month or a rate such as 0.3 "
                      "/year; this is {}",
                      describe(value.type)));
    Lowering& low = context_.lowering;
    if (is_rate && !value.type.percent_rate) {
      const auto hazard = low.value(value.node);
      if (hazard && *hazard < 0) return refuse("a rate must not be negative");
      value.node =
          low.binary(Op::subtract, low.constant(1), low.unary(Op::exp, low.unary(Op::negate, value.node)));
    }
    const auto known = low.value(value.node);
    if (known && !(*known >= 0 && *known <= 1))
      return refuse(fmt::format("a chance lies between 0 and 1, this is {}", *known));
    value.type = {};
    return value;
  }

  Context& context_;
  Reporter& report_;
  Extent whole_;
};

Value check_formula(Context& context, const FormulaText& formula, const Wanted& wanted, Mistakes& mistakes,
                    Value* as_written = nullptr) {
  Reporter report(formula, mistakes);
  const auto tree = parse(report, [&](std::string_view word) { return Checker::knows(context, word); });
  if (!tree) return {};
  const Value value = Checker(context, report, *tree)
                          .check(tree->root, wanted.type == Type::category ? wanted.labels : nullptr);
  if (context.lowering.size() > most_operations) {
    report.add({0, 0}, "these formulas together are too long for one rule; split them");
    return {};
  }
  if (as_written != nullptr) *as_written = value;
  return Fit(context, report).apply(value, wanted);
}

}  // namespace

Code Context::finish(const std::vector<Node>& results, std::vector<ValueType> types) const {
  Code code = lowering.finish(results, num_aggregate_scalars);
  code.result_types = std::move(types);
  code.aggregates = aggregates;
  code.purpose = purpose_of(scope.owner);
  code.first_draw = scope.first_draw;
  for (const Read& read : code.reads) {
    const ColumnInfo& info = kind(read.kind).columns[index(read.column)];
    code.read_names.push_back(
        {(read.side == Side::partner ? "partner." : "") + info.name, info.type, info.size, info.labels});
    const bool small = info.type == ColumnType::flag || info.type == ColumnType::category;
    if (read.side == Side::self)
      code.streams.push_back({read.column, static_cast<std::size_t>(info.size) * (small ? 1 : 8)});
    if (info.type == ColumnType::vector)
      code.vector_size = std::max(code.vector_size, static_cast<std::size_t>(info.size));
  }
  return code;
}

struct Compiler::Impl {
  /// A result, and what its name means in later formulas.
  struct Slot {
    Value result, local;
  };
  Context context;
  Mistakes* mistakes;
  std::vector<Slot> slots;
};

Compiler::Compiler(Scope scope, Mistakes& mistakes)
    : impl_(new Impl{Context{std::move(scope)}, &mistakes, {}}) {
  EXPECTS(impl_->context.scope.layout != nullptr);
}
Compiler::~Compiler() = default;
Compiler::Compiler(Compiler&&) noexcept = default;
Compiler& Compiler::operator=(Compiler&&) noexcept = default;

std::size_t Compiler::add(const FormulaText& formula, const Wanted& wanted) {
  Value as_written;
  const Value value = check_formula(impl_->context, formula, wanted, *impl_->mistakes, &as_written);
  const bool stays_condition = value.good() && !wanted.chance && as_written.type.type == Type::flag;
  impl_->slots.push_back({value, stays_condition ? as_written : value});
  return impl_->slots.size() - 1;
}

void Compiler::name(const std::string& local, std::size_t slot) {
  impl_->context.locals[local] = impl_->slots[slot].local;
}

Code Compiler::finish() {
  std::vector<Node> results;
  std::vector<ValueType> types;
  for (const auto& [value, local] : impl_->slots) {
    results.push_back(value.good() ? value.node : impl_->context.lowering.constant(0));
    types.push_back(value.type);
  }
  return impl_->context.finish(results, std::move(types));
}

Constant evaluate_constant(const FormulaText& formula, const Layout& layout, std::optional<Dimension> wanted,
                           Mistakes& mistakes) {
  Scope scope;
  scope.layout = &layout;
  scope.draws = false;
  scope.aggregates = false;
  Context context{scope};
  Wanted number;
  number.dimension = wanted;
  const Value value = check_formula(context, formula, number, mistakes);
  if (!value.good()) return {};
  const auto known = context.lowering.value(value.node);
  if (!known) {
    Reporter(formula, mistakes)
        .add({0, formula.text.size()}, "a value known before the run is needed: use numbers and parameters");
    return {};
  }
  return {*known, value.type.dimension, value.type.percent_rate};
}

}  // namespace polder::expression
