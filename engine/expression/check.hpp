// SPDX-License-Identifier: Apache-2.0
// Gives names their meaning, checks types and dimensions, and hands the operations to the lowering. Reports
// every mistake of a formula; what depends on a mistaken part is not reported again.
#pragma once
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/expression/functions.hpp"
#include "engine/expression/lower.hpp"
#include "engine/expression/syntax.hpp"

namespace polder::expression {

/// A checked value. Its node is no_node after a mistake.
struct Value {
  Node node = no_node;
  ValueType type;
  bool is_zero = false;     ///< the literal 0: fits every unit
  std::string_view target;  ///< of ids: the kind, empty for nobody
  bool good() const { return node != no_node; }
};

/// The formulas of one Code while they are compiled.
struct Context {
  Scope scope;
  bool is_aggregate = false;           ///< inside sum(...) and its like
  std::optional<KindId> outer_self{};  ///< then: whose attributes are out of reach
  Lowering lowering{};
  std::map<std::string, Value, std::less<>> locals{};
  std::vector<Aggregate> aggregates{};
  std::map<std::string, Value, std::less<>> known_aggregates{};  ///< by their text
  std::uint32_t num_aggregate_scalars = 0;

  const KindLayout& kind(KindId id) const { return scope.layout->kinds[index(id)]; }
  Code finish(const std::vector<Node>& results, std::vector<ValueType> types) const;
};

class Checker {
 public:
  Checker(Context& context, Reporter& report, const Tree& tree)
      : context_(context), report_(report), tree_(tree) {}

  /// labels: those a label here would belong to.
  Value check(ExprId id, const Labels* labels = nullptr);
  /// A number (flags count as 1 and 0); anything else is a mistake.
  Value number(ExprId id);
  /// A condition; anything else is a mistake.
  Value condition(ExprId id);
  /// Whether a word means a value.
  static bool knows(const Context& context, std::string_view name);

 private:
  using Arguments = std::array<const Argument*, 3>;

  // operators (check.cpp)
  Value literal(const Expr& expr);
  Value negate(const Expr& expr);
  Value binary(const Expr& expr);
  Value arithmetic(const Expr& expr);
  Value product(const Expr& expr, Value a, Value b);
  Value power(const Expr& expr, ExprId base, ExprId exponent);
  Value logical(const Expr& expr);
  Value comparison(const Expr& expr);
  Value equality(const Expr& expr, const Value& a, const Value& b);
  Value membership(const Expr& expr);
  Value range(const Expr& expr, const Expr& list);
  Value as_number(Value value, Extent where);
  /// Equal dimensions and kinds of rate; the common type, or nothing after a mistake.
  std::optional<ValueType> common(Extent where, std::string_view what, const Value& a, const Value& b);
  bool dimensionless(const Value& value, Extent where, std::string_view what);
  Value finished(Extent where, Value value);
  Value mistake(Extent where, std::string wanted, std::string suggestion = {});

  // names (check_names.cpp)
  Value name(const Expr& expr, const Labels* labels);
  Value agent(const Expr& expr);
  Value own_id(Side side, KindId kind);
  Value member(const Expr& expr);
  Value parameter(const Expr& expr);
  Value unknown(const Expr& expr);
  std::optional<Value> find(std::string_view name);
  std::optional<Value> attribute(Side side, KindId kind, std::string_view name);
  Value column(Side side, KindId kind, ColumnId column);
  Value money(Side side, KindId kind, ColumnId column);
  std::optional<Value> label(const Expr& expr, const Labels& labels);
  Value unknown_label(const Expr& expr, const Labels& labels);
  const Labels* labels_of(ExprId id);
  std::vector<std::string> known_names() const;

  // calls (check_calls.cpp, check_draws.cpp)
  Value call(const Expr& expr, const Labels* labels);
  std::optional<Arguments> bind(const Expr& expr, const FunctionEntry& function);
  Value elementary(const Expr& expr, Function function, const Arguments& arguments);
  Value logarithm_or_exp(const Expr& expr, Function function, ExprId argument);
  Value square_root(const Expr& expr, ExprId argument);
  Value extreme(const Expr& expr, Function function);
  Value clamp(const Expr& expr, const Arguments& arguments);
  Value conditional(const Expr& expr, const Arguments& arguments, const Labels* labels);
  std::optional<ValueType> unify(Extent where, std::string_view what, Value& a, Value& b);
  Value of_vectors(const Expr& expr, Function function, const Arguments& arguments);
  Value of_two_vectors(Extent where, Function function, const Value& v, const Value& w);

  // pairs (check_pairs.cpp)
  Value of_places(const Expr& expr, ExprId first, ExprId second);
  Value between(Extent where, const Value& a, const Value& b);
  Value of_pair(const Expr& expr);
  Value vector(ExprId id);
  std::optional<double> constant(ExprId id, std::string_view what);

  Value draw(const Expr& expr, Function function, const Arguments& arguments, const Labels* labels);
  Value uniform(const Expr& expr, const Arguments& arguments);
  Value normal(const Expr& expr, const Arguments& arguments);
  Value lognormal(const Expr& expr, const Arguments& arguments);
  Value scaled_draw(const Expr& expr, Op op, ExprId mean);
  Value gamma(const Expr& expr, const Arguments& arguments);
  Value beta(const Expr& expr, const Arguments& arguments);
  Value counted_draw(const Expr& expr, Op op, ExprId argument);
  Value choice(const Expr& expr, const Arguments& arguments, const Labels* labels);
  /// A number of no unit, at least 0 (or above) when that is known.
  Value plain(ExprId id, std::string_view what, bool may_be_zero = true);

  // aggregates (check_aggregates.cpp)
  Value aggregate(const Expr& expr, const FunctionEntry& function, const Arguments& arguments);
  Value new_aggregate(const Expr& expr, const FunctionEntry& function, const Arguments& arguments);
  Value events(const Expr& expr, const Arguments& arguments);
  bool well_formed(const Expr& expr, const FunctionEntry& function, const Argument& first);
  std::optional<double> quantile_position(ExprId id);
  void add_read(Aggregate& aggregate, ColumnId column) const;
  std::optional<KindId> aggregated_kind(const Expr& expr) const;
  std::optional<KindId> kind_within(ExprId id) const;
  bool group_by(Aggregate& aggregate, const Argument& argument, std::optional<ColumnId>& own);
  Value keep(Aggregate aggregate, ValueType type, std::optional<ColumnId> own);

  Node constant_node(double value) { return context_.lowering.constant(value); }

  Context& context_;
  Reporter& report_;
  const Tree& tree_;
};

/// `a number in EUR`, `a condition`, ...: for messages.
std::string describe(const ValueType& type);

}  // namespace polder::expression
