// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "engine/expression/code.hpp"
#include "tests/engine/expression_support.hpp"

namespace polder::expression::expression_lower_test {
namespace {

class ExpressionLower : public ExpressionTest {
 protected:
  static auto count(const Code& code, Op op) {
    return std::count_if(code.instructions.begin(), code.instructions.end(),
                         [&](const auto& i) { return i.op == op; });
  }
};

TEST_F(ExpressionLower, folds_constants) {
  const Code code = compile("x * (2 + 3 * growth) + exp(0) - sqrt(4)");
  EXPECT_EQ(code.instructions.size(), 4U);  // load, * 2.75, + 1, - 2
  EXPECT_EQ(evaluate_all(code, world.lanes())[2], 2 * 2.75 + 1 - 2);
}

TEST_F(ExpressionLower, knows_the_value_of_a_constant_formula) {
  const Code code = compile("2 * growth");
  ASSERT_TRUE(code.constants[0].has_value());
  EXPECT_EQ(*code.constants[0], 0.5);
  EXPECT_TRUE(code.instructions.empty());
  EXPECT_EQ(evaluate_all(code, world.lanes())[3], 0.5);
  EXPECT_FALSE(compile("2 * x").constants[0].has_value());
}

TEST_F(ExpressionLower, computes_equal_parts_once) {
  const Code code = compile("(x + y) * exp(x + y) + exp(y + x)");
  EXPECT_EQ(count(code, Op::exp), 1);
  EXPECT_EQ(count(code, Op::number), 2);
  EXPECT_EQ(count(code, Op::add), 2);
}

TEST_F(ExpressionLower, shares_parts_between_formulas) {
  Mistakes mistakes;
  Compiler compiler(world.scope(), mistakes);
  compiler.add(formula("exp(x) + 1"), {});
  compiler.add(formula("exp(x) + 2"), {});
  EXPECT_EQ(count(compiler.finish(), Op::exp), 1);
}

TEST_F(ExpressionLower, drops_what_nothing_uses) {
  const Code code = compile("if(true, x, y * 3)");
  EXPECT_EQ(code.instructions.size(), 1U);
  EXPECT_EQ(code.reads.size(), 1U);
}

TEST_F(ExpressionLower, decides_conditions_that_are_known) {
  EXPECT_EQ(compile("innovative and growth > 0.2").instructions.size(), 1U);
  EXPECT_EQ(compile("innovative or growth > 0.2").constants[0], 1.0);
  EXPECT_EQ(compile("innovative and growth > 0.3").constants[0], 0.0);
}

TEST_F(ExpressionLower, uses_registers_again) {
  std::string chain = "x";
  for (int i = 0; i < 50; ++i) chain.insert(0, "exp(y - (").append(") * 0.5)");
  const Code code = compile(chain);
  EXPECT_GT(code.instructions.size(), 100U);
  EXPECT_LE(code.num_registers, 3);
}

TEST_F(ExpressionLower, keeps_results_until_the_end) {
  Mistakes mistakes;
  Compiler compiler(world.scope(), mistakes);
  for (int i = 0; i < 20; ++i) compiler.add(formula("x + " + std::to_string(i + 1)), {});
  const Code code = compiler.finish();
  for (std::size_t i = 0; i < 20; ++i)
    EXPECT_EQ(evaluate_all(code, world.lanes(), i)[3], 3 + static_cast<double>(i + 1));
}

TEST_F(ExpressionLower, constants_survive_the_strip) {
  const Code code = compile("x / 3 + x ^ 1.7 - 5 / (x + 1)");
  Registers registers(code);
  const Lanes lanes = world.lanes();
  evaluate(code, lanes, registers);
  const double first = registers.result(0)[3];
  evaluate(code, lanes, registers);
  EXPECT_EQ(registers.result(0)[3], first);
}

TEST_F(ExpressionLower, never_reorders_arithmetic) {
  const auto v = values("0.1 + x + 0.2 - x");
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(v[i], ((0.1 + world.x[i]) + 0.2) - world.x[i]);
  const auto quotients = values("x / 3 / 7");
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(quotients[i], world.x[i] / 3 / 7);
  const auto halves = values("x / 8");
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(halves[i], world.x[i] / 8);
}

TEST_F(ExpressionLower, a_formula_that_is_a_column_copies_nothing) {
  const Code code = compile("x");
  Lanes lanes = world.lanes();
  lanes.first = 5;
  Registers registers(code);
  evaluate(code, lanes, registers);
  EXPECT_EQ(registers.result(0), world.x.data() + 5);
}

TEST_F(ExpressionLower, a_program_may_be_long) {
  std::string text = "x";
  for (int i = 0; i < 900; ++i) text += " + exp(x * " + std::to_string(i) + " / 1000)";
  EXPECT_LE(compile(text).num_registers, 4);
}

}  // namespace
}  // namespace polder::expression::expression_lower_test
