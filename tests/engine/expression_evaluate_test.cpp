// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/kernels/kernels.hpp"
#include "tests/engine/expression_support.hpp"

namespace polder::expression::expression_evaluate_test {
namespace {

class ExpressionEvaluate : public ExpressionTest {};

TEST_F(ExpressionEvaluate, money_is_euros_of_one_real_agent) {
  // firm 1 holds 12245 cents for ten agents, firm 2 24590 cents for one
  EXPECT_EQ(values("cash"), (std::vector<double>{-1.0, 12.245, 245.9, 36.935}));
}

TEST_F(ExpressionEvaluate, whole_numbers_flags_and_weights_are_numbers) {
  EXPECT_EQ(values("staff / 1 person + innovative"), (std::vector<double>{1, 3, 3, 5}));
  EXPECT_EQ(values("weight"), (std::vector<double>{1, 10, 1, 10}));
}

TEST_F(ExpressionEvaluate, categories_compare_with_labels) {
  EXPECT_EQ(values("sector == quantum"), (std::vector<double>{0, 1, 0, 0}));
  EXPECT_EQ(values("quantum != sector"), (std::vector<double>{1, 0, 1, 1}));
  EXPECT_EQ(values("sector == 'bio tech'"), (std::vector<double>{0, 0, 1, 0}));
  EXPECT_EQ(values("region == Noord-Brabant"), (std::vector<double>{1, 1, 0, 0}));
  EXPECT_EQ(values("region == \"Zuid-Holland\""), (std::vector<double>{0, 0, 1, 1}));
  EXPECT_EQ(values("size == 10-49"), (std::vector<double>{0, 0, 0, 1}));
  EXPECT_EQ(values("size == '250+' or region == Fryslân"), (std::vector<double>{0, 0, 0, 0}));
  EXPECT_EQ(values("sector in [quantum, 'bio tech']"), (std::vector<double>{0, 1, 1, 0}));
  EXPECT_EQ(values("sector == partner.sector"), (std::vector<double>{0, 1, 0, 0}));
}

TEST_F(ExpressionEvaluate, a_range_holds_both_ends) {
  EXPECT_EQ(values("x in [1, 2]"), (std::vector<double>{0, 1, 1, 0}));
  EXPECT_EQ(values("age in [1 year, 2 years]"), (std::vector<double>{0, 1, 1, 0}));
}

TEST_F(ExpressionEvaluate, ids_compare_and_travel_as_bits) {
  EXPECT_EQ(values("lender == nobody"), (std::vector<double>{1, 0, 0, 0}));
  EXPECT_EQ(values("lender == partner.id"), (std::vector<double>{0, 0, 1, 0}));
  EXPECT_EQ(values("lender != partner.id"), (std::vector<double>{1, 1, 0, 1}));
  const auto ids = values("if(x > 1, partner.id, lender)", {Type::id});
  EXPECT_EQ(std::bit_cast<std::uint64_t>(ids[0]), 0U);
  EXPECT_EQ(std::bit_cast<std::uint64_t>(ids[1]), 901U);
  EXPECT_EQ(std::bit_cast<std::uint64_t>(ids[3]), 902U);
}

TEST_F(ExpressionEvaluate, vectors_have_length_distance_and_similarity) {
  EXPECT_EQ(values("norm(scores)"), (std::vector<double>{5, 5, 5, 5}));
  EXPECT_EQ(values("norm(profile)")[1], 3);
  EXPECT_EQ(values("component(profile, 1)"), (std::vector<double>{0, 1, 2, 3}));
  EXPECT_EQ(values("component(profile, 3)")[2], -2);
  EXPECT_EQ(values("similarity(profile, partner.field)"),
            (std::vector<double>{0, 0, 0, 0}));  // the null vector
  world.partner_rows = {0, 0, 2, 2};
  EXPECT_EQ(values("distance(profile, partner.field)"), (std::vector<double>{1, 0, 3, 2}));
  const auto cosine = values("similarity(profile, partner.field)");
  EXPECT_DOUBLE_EQ(cosine[1], 1);
  EXPECT_DOUBLE_EQ(cosine[2], (10 + 4 + 4) / (std::sqrt(12.0) * std::sqrt(33.0)));
}

TEST_F(ExpressionEvaluate, elementary_functions) {
  EXPECT_EQ(values("clamp(x, 1, 2)"), (std::vector<double>{1, 1, 2, 2}));
  EXPECT_EQ(values("min(x, 2, 1.5) + max(x, 2)"), (std::vector<double>{2, 3, 3.5, 4.5}));
  EXPECT_EQ(values("floor(y) + round(y)"),
            (std::vector<double>{-2, -1, 0, 0}));  // round(-0.5) and round(0.5) are 0
  EXPECT_EQ(values("pow(x, 2) - x ^ 3"), (std::vector<double>{0, 0, -4, -18}));
  EXPECT_EQ(values("if(innovative, x, -x)"), (std::vector<double>{0, 1, -2, 3}));
  EXPECT_DOUBLE_EQ(values("exp(x)")[2], std::exp(2.0));
  EXPECT_DOUBLE_EQ(values("log(1 + x)")[3], std::log(4.0));
  EXPECT_DOUBLE_EQ(values("sqrt(x)")[2], std::sqrt(2.0));
}

TEST_F(ExpressionEvaluate, rows_and_runs_of_rows_give_the_same_bits) {
  const std::string texts[] = {"1 / (1 + exp(-(0.5 + 0.1 * x - 0.2 * y)))",
                               "cash * 0.3 + staff * 2 EUR/person",
                               "if(sector == quantum and innovative, x, y) + weight",
                               "norm(profile) + component(scores, 2)",
                               "normal(mean: x, sigma: 2) + uniform() * gamma(shape: 2, mean: 3)",
                               "lender == nobody and id == id"};
  for (const std::string& text : texts) {
    const Code code = compile(text);
    Lanes lanes = world.lanes();
    for (const std::size_t n : {std::size_t{1}, std::size_t{255}, strip}) {
      lanes.n = n;
      lanes.first = 300;
      lanes.rows = nullptr;
      const auto run = evaluate_all(code, lanes);
      std::vector<Row> rows(n);
      std::iota(rows.begin(), rows.end(), Row{300});
      std::reverse(rows.begin(), rows.end());
      lanes.rows = rows.data();
      auto gathered = evaluate_all(code, lanes);
      std::reverse(gathered.begin(), gathered.end());
      EXPECT_EQ(run, gathered) << text << " for " << n;
    }
  }
}

TEST_F(ExpressionEvaluate, all_instruction_sets_give_the_same_bits_as_one_agent_at_a_time) {
  const Code code =
      compile("lognormal(median: 2, sigma: 0.3) * (1 + poisson(0.7)) + beta(a: 2, b: 3) - x ^ 0.3");
  Lanes lanes = world.lanes();
  lanes.n = strip;
  const auto together = evaluate_all(code, lanes);
  for (std::size_t i = 0; i < strip; ++i) {
    lanes.n = 1;
    lanes.first = static_cast<Row>(i);
    EXPECT_EQ(evaluate_all(code, lanes)[0], together[i]);
  }
}

TEST_F(ExpressionEvaluate, registers_serve_several_codes) {
  const Code first = compile("x / 3 + 2 / (x + 5)"), second = compile("x * x * x");
  Registers registers(first);
  const Lanes lanes = world.lanes();
  evaluate(first, lanes, registers);
  const double before = registers.result(0)[3];
  registers.reset(second);
  evaluate(second, lanes, registers);
  EXPECT_EQ(registers.result(0)[3], 27);
  registers.reset(first);
  evaluate(first, lanes, registers);
  EXPECT_EQ(registers.result(0)[3], before);
}

TEST_F(ExpressionEvaluate, local_values_are_shared_by_later_formulas) {
  Mistakes mistakes;
  Compiler compiler(world.scope(), mistakes);
  compiler.name("double", compiler.add(formula("2 * x"), {}));
  compiler.name("large", compiler.add(formula("double > 3"), {}));
  const auto slot = compiler.add(formula("if(large, double, 0)"), {});
  ASSERT_TRUE(mistakes.empty());
  EXPECT_EQ(evaluate_all(compiler.finish(), world.lanes(), slot), (std::vector<double>{0, 0, 4, 6}));
}

TEST_F(ExpressionEvaluate, scalars_of_the_scope_follow_those_of_the_aggregates) {
  Scope scope = world.scope();
  scope.scalars = {{"budget", {Type::number, dimension::money}}, {"cell.width", {}}};
  const Code code = compile("sum(firm.cash) / budget + cell.width", {}, scope);
  Lanes lanes = world.lanes();
  const std::vector<double> scalars{80, 20, 0.5};
  lanes.scalars = scalars;
  EXPECT_EQ(evaluate_all(code, lanes)[0], 4.5);
}

TEST_F(ExpressionEvaluate, chances_are_probabilities_of_a_month) {
  Wanted chance;
  chance.chance = true;
  EXPECT_EQ(values("2 % /month", chance)[0], 0.02);
  EXPECT_EQ(values("0.25", chance)[0], 0.25);
  EXPECT_NEAR(values("0.3 /year", chance)[0], 1 - std::exp(-0.3 / 12), 2e-16);
  EXPECT_NEAR(values("x * 1 /year", chance)[1], 1 - std::exp(-1.0 / 12), 2e-16);
}

TEST_F(ExpressionEvaluate, a_division_by_zero_is_seen_even_where_a_comparison_would_hide_it) {
  for (const std::string text : {"1 / x", "1 / (1 / x)", "min(1 / x, 3)", "log(x)", "exp(-1 / x)",
                                 "sqrt(x - 1)", "(x - 1) ^ 0.5", "0 / x"}) {
    const Code code = compile(text);
    EXPECT_TRUE(code.may_fault[0]) << text;
    EXPECT_FALSE(finite(evaluate_all(code, world.lanes()).data(), 4)) << text;
  }
  for (const std::string text :
       {"1 / x > 3", "1 / x < 3", "not (1 / x > 3)", "1 / x > 3 or x < -1", "if(1 / x > 3, x > 2, x > 1)",
        "bernoulli(1 / x - 0.5) and true", "bernoulli(y)"}) {
    const Code code = compile(text, {Type::flag});
    EXPECT_TRUE(code.may_fault[0]) << text;
    EXPECT_EQ(first_fault(evaluate_all(code, world.lanes()).data(), 4), 0U) << text;
  }
}

TEST_F(ExpressionEvaluate, a_guarded_division_is_no_fault) {
  EXPECT_EQ(values("if(x > 0, 6 / x, 0)"), (std::vector<double>{0, 6, 3, 2}));
  EXPECT_EQ(values("x > 0 and 6 / x > 2.5"), (std::vector<double>{0, 1, 1, 0}));
  EXPECT_EQ(values("x == 0 or 6 / x > 2.5"), (std::vector<double>{1, 1, 1, 0}));
  EXPECT_EQ(values("not (x > 0 and 6 / x > 2.5)"), (std::vector<double>{1, 0, 0, 1}));
  EXPECT_FALSE(compile("1 / (1 + exp(-x))").may_fault[0]);
  EXPECT_FALSE(compile("cash / 2").may_fault[0]);
}

TEST_F(ExpressionEvaluate, finite_finds_every_kind_of_fault_at_every_place) {
  for (const double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
                           -std::numeric_limits<double>::infinity()}) {
    for (std::size_t i = 0; i < 9; ++i) {
      std::vector<double> numbers(9, 1e308);
      EXPECT_TRUE(finite(numbers.data(), 9));
      EXPECT_EQ(first_fault(numbers.data(), 9), 9U);
      numbers[i] = bad;
      EXPECT_FALSE(finite(numbers.data(), 9));
      EXPECT_FALSE(all_chances(numbers.data(), 9));
      EXPECT_EQ(first_fault(numbers.data(), 9), i);
      std::vector<std::uint8_t> alive(9, 1);
      EXPECT_FALSE(finite(numbers.data(), alive.data(), 9));
      alive[i] = 0;
      EXPECT_TRUE(finite(numbers.data(), alive.data(), 9));
    }
  }
  const std::vector<double> chances{0, 0.5, 1};
  EXPECT_TRUE(all_chances(chances.data(), 3));
  const std::vector<double> above{0, 1.0000001, 1};
  EXPECT_FALSE(all_chances(above.data(), 3));
}

TEST_F(ExpressionEvaluate, explains_with_the_values_that_were_read) {
  const Code code = compile(
      "cash / 1 EUR * x + norm(scores) + if(sector == quantum and innovative, age / 1 month, 0) + "
      "if(partner.sector == quantum and lender == partner.id, 1, 0)");
  EXPECT_EQ(
      explain(code, world.lanes(), 1),
      "x = 1, age = 12, cash = 12.245 EUR, innovative = true, sector = quantum, lender = 0000000000000385, "
      "scores = [3, 4], partner.sector = quantum");
}

TEST_F(ExpressionEvaluate, reads_name_each_column_once_in_order) {
  const Code code = compile("y + x + y * partner.weight + component(partner.field, 1) + 0 * age / 1 month");
  const std::vector<Read> expected{{Side::self, KindId{0}, ColumnId{0}},
                                   {Side::self, KindId{0}, ColumnId{1}},
                                   {Side::self, KindId{0}, ColumnId{2}},
                                   {Side::partner, KindId{1}, ColumnId{0}}};
  EXPECT_EQ(code.reads, expected);
}

}  // namespace
}  // namespace polder::expression::expression_evaluate_test
