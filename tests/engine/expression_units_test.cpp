// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "tests/engine/expression_support.hpp"

namespace polder::expression::expression_units_test {
namespace {

class ExpressionUnits : public ExpressionTest {
 protected:
  Constant read(const std::string& text) {
    Mistakes mistakes;
    const Constant c = evaluate_constant(formula(text), world.layout, std::nullopt, mistakes);
    for (const Mistake& m : mistakes.list()) ADD_FAILURE() << to_string(m);
    return c;
  }
};

TEST_F(ExpressionUnits, turn_literals_into_base_units) {
  EXPECT_EQ(read("266.6 MEUR").value, 266.6 * 1e6);
  EXPECT_EQ(read("266.6 MEUR").dimension, dimension::money);
  EXPECT_EQ(read("50 %").value, 0.5);
  EXPECT_EQ(read("50 %").dimension, dimension::none);
  EXPECT_EQ(read("18 months").value, 18);
  EXPECT_EQ(read("2 years").value, 24);
  EXPECT_EQ(read("0.3 /year").value, 0.3 / 12);
  EXPECT_EQ(read("0.3 /year").dimension, dimension::rate);
  EXPECT_EQ(read("20 kEUR/month").value, 20000);
  EXPECT_EQ(read("20 kEUR/month").dimension, dimension::money_rate);
  EXPECT_EQ(read("350 km").value, 350);
  EXPECT_EQ(read("5‰").value, 0.005);
}

TEST_F(ExpressionUnits, an_hour_is_a_small_part_of_a_month) {
  EXPECT_DOUBLE_EQ(read("60 EUR/h").value, 60 * 730.5);
  EXPECT_EQ(read("60 EUR/h").dimension, dimension::money_rate);
}

TEST_F(ExpressionUnits, take_powers_that_touch_them) {
  EXPECT_EQ(read("2 km^2").value, 2);
  EXPECT_EQ(read("2 km^2").dimension, power(dimension::length, 2));
  EXPECT_EQ(read("(2 km) ^ 2").value, 4);
  EXPECT_EQ(read("3 /km^2").dimension, power(dimension::length, -2));
}

TEST_F(ExpressionUnits, count_nouns_as_plain_numbers) {
  EXPECT_EQ(read("40 projects").value, 40);
  EXPECT_EQ(read("40 projects").dimension, dimension::none);
  EXPECT_EQ(read("7 spin-offs").value, 7);
}

TEST_F(ExpressionUnits, a_percentage_a_period_is_a_probability_a_month) {
  EXPECT_EQ(read("2 % /month").value, 0.02);
  EXPECT_TRUE(read("2 % /month").percent_rate);
  EXPECT_NEAR(read("2 %/year").value, 1 - std::pow(0.98, 1.0 / 12), 1e-15);
  EXPECT_EQ(read("100 % /year").value, 1);
  EXPECT_FALSE(read("0.02 /month").percent_rate);
}

TEST_F(ExpressionUnits, a_probability_times_a_plain_number_stays_one) {
  EXPECT_TRUE(read("2 % /month * growth").percent_rate);
  EXPECT_TRUE(read("growth * 2 % /month / 2").percent_rate);
  EXPECT_TRUE(read("min(leave, 3 % /month)").percent_rate);
  EXPECT_FALSE(read("2 % /month * 3 months").percent_rate);
  EXPECT_EQ(read("2 % /month * 3 months").dimension, dimension::none);
}

TEST_F(ExpressionUnits, follow_arithmetic) {
  EXPECT_EQ(read("100 kEUR / 4 months").value, 25000);
  EXPECT_EQ(read("100 kEUR / 4 months").dimension, dimension::money_rate);
  EXPECT_EQ(read("sqrt(9 km^2)").dimension, dimension::length);
  EXPECT_EQ(read("(2 km) ^ -2").dimension, power(dimension::length, -2));
  EXPECT_EQ(read("700 km / reach").value, 2);
  EXPECT_EQ(read("max(1 year, 3 months)").value, 12);
  EXPECT_EQ(read("abs(-2 km)").dimension, dimension::length);
}

TEST_F(ExpressionUnits, zero_fits_every_unit) {
  EXPECT_EQ(values("cash > 0"), (std::vector<double>{0, 1, 1, 1}));
  EXPECT_EQ(read("max(3 EUR, 0)").dimension, dimension::money);
  EXPECT_EQ(mistakes_of("0", {Type::number, dimension::money}), "");
}

TEST_F(ExpressionUnits, a_slash_before_a_name_divides_by_it) {
  Layout& layout = world.layout;
  layout.parameters.push_back({"share", {4, {}, false}, 0, 10, {}, "", ""});
  EXPECT_EQ(constant("1/share"), 0.25);
  EXPECT_EQ(constant("1 /share"), 0.25);
  layout.parameters.push_back({"h", {4, {}, false}, 0, 10, {}, "", ""});
  EXPECT_EQ(mistakes_of("1/h"),
            "f.yaml:3:12: rules.r.value = h ('h' is both a unit and a name here: write '1 / (h)' to divide "
            "by the name)");
  EXPECT_EQ(constant("1 / (h)"), 0.25);
}

TEST_F(ExpressionUnits, a_wanted_dimension_is_checked) {
  Mistakes mistakes;
  EXPECT_EQ(evaluate_constant(formula("3 MEUR"), world.layout, dimension::money, mistakes).value, 3e6);
  EXPECT_TRUE(mistakes.empty());
  EXPECT_EQ(evaluate_constant(formula("3"), world.layout, dimension::money, mistakes).value, 0);
  ASSERT_EQ(mistakes.list().size(), 1U);
  EXPECT_EQ(to_string(mistakes.list()[0]),
            "f.yaml:3:10: rules.r.value = 3 (a number in EUR is needed, this is a plain number; add a unit, "
            "for example 5 EUR)");
}

TEST_F(ExpressionUnits, constants_know_no_agents) {
  Mistakes mistakes;
  evaluate_constant(formula("x + 1"), world.layout, std::nullopt, mistakes);
  ASSERT_EQ(mistakes.list().size(), 1U);
  EXPECT_EQ(
      to_string(mistakes.list()[0]),
      "f.yaml:3:10: rules.r.value = x (attributes of agents have no value here: use numbers and parameters)");
}

}  // namespace
}  // namespace polder::expression::expression_units_test
