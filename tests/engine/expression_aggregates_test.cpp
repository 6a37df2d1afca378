// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "engine/expression/functions.hpp"
#include "tests/engine/expression_support.hpp"

namespace polder::expression::expression_aggregates_test {
namespace {

class ExpressionAggregates : public ExpressionTest {
 protected:
  /// The only aggregate of a formula.
  Aggregate only(const std::string& text) {
    const Code code = compile(text);
    EXPECT_EQ(code.aggregates.size(), 1U) << text;
    return code.aggregates.empty() ? Aggregate{} : code.aggregates[0];
  }
  std::vector<double> inner(const Aggregate& aggregate, std::size_t slot) {
    Lanes lanes = world.lanes();
    if (aggregate.kind == KindId{1}) {
      lanes.self = world.universities.columns;
      lanes.n = 3;
    }
    return evaluate_all(aggregate.code, lanes, slot);
  }
};

TEST_F(ExpressionAggregates, carry_a_value_and_a_filter_over_their_kind) {
  const Aggregate a = only("sum(firm.x * 2 where firm.sector == quantum and x > 0)");
  EXPECT_EQ(a.reduction, Reduction::sum);
  EXPECT_EQ(a.kind, KindId{0});
  EXPECT_TRUE(a.has_value);
  EXPECT_TRUE(a.has_filter);
  EXPECT_EQ(inner(a, 0), (std::vector<double>{0, 2, 4, 6}));
  EXPECT_EQ(inner(a, 1), (std::vector<double>{0, 1, 0, 0}));
  EXPECT_EQ(a.text, "sum(firm.x * 2 where firm.sector == quantum and x > 0)");
}

TEST_F(ExpressionAggregates, mean_the_attributes_of_their_kind_by_bare_names) {
  const Aggregate a = only("mean(university.sector == quantum where sector != photonics)");
  EXPECT_EQ(a.kind, KindId{1});
  EXPECT_EQ(inner(a, 0), (std::vector<double>{0, 1, 0}));
  EXPECT_EQ(inner(a, 1), (std::vector<double>{1, 1, 0}));
}

TEST_F(ExpressionAggregates, count_and_share) {
  const Aggregate count = only("count(firm where age < 30 months)");
  EXPECT_FALSE(count.has_value);
  EXPECT_EQ(inner(count, 1), (std::vector<double>{1, 1, 1, 0}));
  EXPECT_FALSE(only("count(firm)").has_filter);
  const Aggregate share = only("share(firm where x > 1, of: innovative)");
  EXPECT_EQ(share.reduction, Reduction::share);
  EXPECT_EQ(inner(share, 0), (std::vector<double>{0, 0, 1, 1}));
  EXPECT_EQ(inner(share, 1), (std::vector<double>{0, 1, 0, 1}));
  EXPECT_FALSE(only("share(firm where x > 1)").has_filter);
}

TEST_F(ExpressionAggregates, of_all_kinds_are_known) {
  EXPECT_EQ(only("minimum(firm.x)").reduction, Reduction::minimum);
  EXPECT_EQ(only("maximum(firm.x)").reduction, Reduction::maximum);
  EXPECT_EQ(only("gini(firm.cash)").reduction, Reduction::gini);
  const Aggregate quantile = only("quantile(firm.x where x > 1, 0.9)");
  EXPECT_EQ(quantile.reduction, Reduction::quantile);
  EXPECT_EQ(quantile.argument, 0.9);
  EXPECT_TRUE(quantile.has_filter);
}

TEST_F(ExpressionAggregates, have_the_units_of_what_they_reduce) {
  const auto unit = [&](const std::string& text) { return compile(text).result_types[0].dimension; };
  EXPECT_EQ(unit("sum(firm.cash)"), dimension::money);
  EXPECT_EQ(unit("quantile(firm.age, 0.5)"), dimension::time);
  EXPECT_EQ(unit("sum(firm.staff)"), dimension::people);
  EXPECT_EQ(unit("gini(firm.cash)"), dimension::none);
  EXPECT_EQ(unit("count(firm)"), dimension::none);
  EXPECT_EQ(unit("share(firm where cash > 0)"), dimension::none);
  EXPECT_EQ(unit("sum(firm.cash) / sum(firm.staff)"), dimension::money / dimension::people);
}

TEST_F(ExpressionAggregates, count_events_by_plain_dotted_and_quoted_names) {
  EXPECT_EQ(only("events(open-science)").event, "open-science");
  EXPECT_EQ(only("events(venture.deal)").event, "venture.deal");
  EXPECT_EQ(only("events('venture.deal')").event, "venture.deal");
  EXPECT_TRUE(only("events(open-science)").code.results.empty());
}

TEST_F(ExpressionAggregates, are_computed_once_when_they_are_equal) {
  const Code code = compile("sum(firm.x) + sum(firm.x) * count(firm)");
  ASSERT_EQ(code.aggregates.size(), 2U);
  EXPECT_EQ(code.aggregates[1].first_scalar, 1U);
  Lanes lanes = world.lanes();
  const std::vector<double> scalars{3, 10};
  lanes.scalars = scalars;
  EXPECT_EQ(evaluate_all(code, lanes)[0], 33);
}

TEST_F(ExpressionAggregates, by_label_take_the_own_label) {
  const Code code = compile("count(firm) + sum(firm.x by sector)");
  ASSERT_EQ(code.aggregates.size(), 2U);
  EXPECT_EQ(code.aggregates[1].num_groups, 3U);
  EXPECT_EQ(code.aggregates[1].first_scalar, 1U);
  EXPECT_EQ(code.aggregates[1].by, ColumnId{6});
  const auto& reads = code.aggregates[1].code.reads;
  EXPECT_TRUE(std::any_of(reads.begin(), reads.end(), [](const Read& r) { return r.column == ColumnId{6}; }));
  Lanes lanes = world.lanes();
  const std::vector<double> scalars{1000, 10, 20, 30};
  lanes.scalars = scalars;
  EXPECT_EQ(evaluate_all(code, lanes), (std::vector<double>{1010, 1020, 1030, 1010}));
}

TEST_F(ExpressionAggregates, by_label_work_across_kinds_with_the_same_labels) {
  EXPECT_EQ(only("sum(university.id == nobody by sector)").num_groups, 3U);
}

TEST_F(ExpressionAggregates, an_average_over_nobody_is_a_fault_that_no_comparison_hides) {
  Lanes lanes = world.lanes();
  const std::vector<double> nothing{std::nan("")}, two{2};
  for (const std::string text :
       {"x > mean(firm.y where x < 0)", "x < minimum(firm.y)", "not (x < share(firm where x > 1))"}) {
    const Code code = compile(text, {Type::flag});
    lanes.scalars = nothing;
    EXPECT_FALSE(finite(evaluate_all(code, lanes).data(), lanes.n)) << text;
    lanes.scalars = two;
    EXPECT_TRUE(finite(evaluate_all(code, lanes).data(), lanes.n)) << text;
  }
  EXPECT_FALSE(compile("x > sum(firm.y)", {Type::flag}).may_fault[0]);
}

TEST_F(ExpressionAggregates, take_their_arguments_by_name) {
  const Aggregate a = only("quantile(q: 0.9, x: firm.x where x > 1)");
  EXPECT_EQ(a.argument, 0.9);
  EXPECT_TRUE(a.has_filter);
}

TEST_F(ExpressionAggregates, know_parameters_and_scalars_of_the_scope) {
  Scope scope = world.scope();
  scope.scalars = {{"threshold", {}}};
  const Code code = compile("count(firm where x * growth > threshold)", {}, scope);
  Lanes lanes = world.lanes();
  const std::vector<double> scalars{0.3};
  lanes.scalars = scalars;
  EXPECT_EQ(evaluate_all(code.aggregates[0].code, lanes, 1), (std::vector<double>{0, 0, 1, 1}));
}

TEST_F(ExpressionAggregates, the_table_of_functions_names_every_one_once) {
  std::vector<std::string> names;
  for (const FunctionInfo& f : functions()) {
    EXPECT_EQ(f.signature.rfind(f.name + "(", 0), 0U) << f.name;
    EXPECT_FALSE(f.meaning.empty());
    names.push_back(f.name);
  }
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
  EXPECT_EQ(names.size(), 33U);
}

}  // namespace
}  // namespace polder::expression::expression_aggregates_test
