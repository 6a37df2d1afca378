// SPDX-License-Identifier: Apache-2.0
#include "tests/engine/expression_support.hpp"

namespace polder::expression::expression_parse_test {
namespace {

class ExpressionParse : public ExpressionTest {};

TEST_F(ExpressionParse, multiplies_before_it_adds) {
  EXPECT_EQ(constant("1 + 2 * 3"), 7);
  EXPECT_EQ(constant("(1 + 2) * 3"), 9);
  EXPECT_EQ(constant("10 - 4 / 2"), 8);
}

TEST_F(ExpressionParse, groups_equal_operators_from_the_left) {
  EXPECT_EQ(constant("10 - 3 - 2"), 5);
  EXPECT_EQ(constant("16 / 4 / 2"), 2);
}

TEST_F(ExpressionParse, groups_powers_from_the_right_and_above_the_sign) {
  EXPECT_EQ(constant("2 ^ 2 ^ 3"), 256);
  EXPECT_EQ(constant("-3 ^ 2"), -9);
  EXPECT_EQ(constant("2 ^ -1"), 0.5);
}

TEST_F(ExpressionParse, takes_signs_before_values) {
  EXPECT_EQ(constant("+0.1"), 0.1);
  EXPECT_EQ(constant("- - 2"), 2);
  EXPECT_EQ(constant("3 * -2"), -6);
}

TEST_F(ExpressionParse, puts_not_above_and_above_or) {
  EXPECT_EQ(values("not true or true and false")[0], 0);
  EXPECT_EQ(values("not (true and false) or false")[0], 1);
  EXPECT_EQ(values("true or true and false")[0], 1);
}

TEST_F(ExpressionParse, compares_after_arithmetic) {
  EXPECT_EQ(values("x + 1 > 2 * 1"), (std::vector<double>{0, 0, 1, 1}));
  EXPECT_EQ(values("not x > 1"), (std::vector<double>{1, 1, 0, 0}));
}

TEST_F(ExpressionParse, reads_numbers_in_all_spellings) {
  EXPECT_EQ(constant("1e6"), 1e6);
  EXPECT_EQ(constant("2.5E-3"), 2.5e-3);
  EXPECT_EQ(constant("010"), 10);
  EXPECT_EQ(constant("0.1"), 0.1);
}

TEST_F(ExpressionParse, takes_parameters_with_and_without_the_dollar_sign) {
  EXPECT_EQ(constant("growth * 4"), 1);
  EXPECT_EQ(constant("$growth * 4"), 1);
}

TEST_F(ExpressionParse, counts_the_column_of_a_mistake_in_characters) {
  EXPECT_EQ(mistakes_of("region == Fryslân and nonsens"),
            "f.yaml:3:32: rules.r.value = nonsens (no attribute, parameter or local value has this name)");
}

TEST_F(ExpressionParse, counts_lines_of_a_formula_over_several_lines) {
  EXPECT_EQ(mistakes_of("x +\n  1 +\n  nonsens"),
            "f.yaml:5:3: rules.r.value = nonsens (no attribute, parameter or local value has this name)");
}

TEST_F(ExpressionParse, refuses_what_is_nested_too_deeply) {
  const std::string deep = std::string(300, '(') + "1" + std::string(300, ')');
  EXPECT_EQ(mistakes_of(deep), "f.yaml:3:210: rules.r.value = ( (formulas nest at most 200 levels deep)");
  EXPECT_NE(mistakes_of(std::string(100000, '-') + "1").find("at most 65536 bytes"), std::string::npos);
  EXPECT_NE(mistakes_of(std::string(300, '-') + "1").find("at most 200 levels"), std::string::npos);
}

TEST_F(ExpressionParse, refuses_very_long_chains_but_not_long_ones) {
  std::string chain = "1";
  for (int i = 0; i < 900; ++i) chain += "+1";
  EXPECT_EQ(constant(chain), 901);
  for (int i = 0; i < 900; ++i) chain += "+1";
  EXPECT_NE(mistakes_of(chain).find("at most 1000 operations in one chain"), std::string::npos);
}

}  // namespace
}  // namespace polder::expression::expression_parse_test
