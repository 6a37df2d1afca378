// SPDX-License-Identifier: Apache-2.0
#include "engine/units.hpp"

#include <gtest/gtest.h>

#include "engine/error.hpp"

namespace polder::units_test {
namespace {

void expect_unit(const char* text, double factor, const Dimension& dimension) {
  const auto unit = parse_unit(text);
  ASSERT_TRUE(unit.has_value()) << text;
  EXPECT_DOUBLE_EQ(unit->factor, factor) << text;
  EXPECT_EQ(unit->dimension, dimension) << text << " is " << to_string(unit->dimension);
  EXPECT_EQ(unit->text, text);
}

TEST(Units, reads_simple_units_in_base_units) {
  expect_unit("EUR", 1, dimension::money);
  expect_unit("MEUR", 1e6, dimension::money);
  expect_unit("cent", 0.01, dimension::money);
  expect_unit("%", 0.01, dimension::none);
  expect_unit("‰", 0.001, dimension::none);
  expect_unit("1", 1, dimension::none);
  expect_unit("years", 12, dimension::time);
  expect_unit("m", 1e-3, dimension::length);
  expect_unit("fte", 1, dimension::people);
  expect_unit("firms", 1, dimension::none);
  expect_unit("spin-offs", 1, dimension::none);
}

TEST(Units, has_8766_hours_and_365_and_a_quarter_days_a_year) {
  const auto year = parse_unit("year")->factor;
  EXPECT_DOUBLE_EQ(year / parse_unit("h")->factor, 8766);
  EXPECT_DOUBLE_EQ(year / parse_unit("day")->factor, 365.25);
  EXPECT_DOUBLE_EQ(parse_unit("h")->factor, 1 / 730.5);
}

TEST(Units, reads_compound_units) {
  expect_unit("EUR/h", 730.5, dimension::money_rate);
  expect_unit("kEUR/month", 1000, dimension::money_rate);
  expect_unit("1/year", 1.0 / 12, dimension::rate);
  expect_unit("/year", 1.0 / 12, dimension::rate);
  expect_unit("%/month", 0.01, dimension::rate);
  expect_unit("EUR/km^2", 1, {{1, 0, -2, 0, 0, 0}});
  expect_unit("m^2", 1e-6, {{0, 0, 2, 0, 0, 0}});
  expect_unit("month^-1", 1, dimension::rate);
  expect_unit("kt / year", 1e6 / 12, {{0, -1, 0, 0, 1, 0}});
  expect_unit("kWh", 3.6e6, {{0, 0, 0, 0, 0, 1}});
  expect_unit("EUR*person/h", 730.5, {{1, -1, 0, 1, 0, 0}});
  expect_unit("patents/fte/year", 1.0 / 12, {{0, -1, 0, -1, 0, 0}});
}

TEST(Units, refuses_what_is_no_unit) {
  for (const char* text : {"", " ", "eur", "EURO", "2", "EUR/", "EUR//h", "EUR h", "*EUR", "EUR^", "EUR^0",
                           "EUR^12", "EUR^x", "km^-", "/", "EUR/h/", "%%", "1.5", "EUR\n"}) {
    EXPECT_FALSE(parse_unit(text).has_value()) << '"' << text << '"';
  }
}

TEST(Units, survives_units_of_absurd_length) {
  std::string text = "EUR^9";
  for (int i = 0; i < 100; ++i) text += "*EUR^9";
  const auto unit = parse_unit(text);
  ASSERT_TRUE(unit.has_value());
  EXPECT_EQ(unit->dimension.exponent[0], 127);
}

TEST(Units, knows_every_unit_it_names_for_suggestions) {
  for (const std::string& name : known_units()) EXPECT_TRUE(parse_unit(name).has_value()) << name;
  EXPECT_EQ(nearest("keur", known_units()), "kEUR");
  EXPECT_EQ(nearest("mounths", known_units()), "months");
}

TEST(Units, names_a_dimension_so_that_it_can_be_read_back) {
  EXPECT_EQ(to_string(dimension::none), "1");
  EXPECT_EQ(to_string(dimension::rate), "1/month");
  EXPECT_EQ(to_string(dimension::money_rate), "EUR/month");
  EXPECT_EQ(to_string(Dimension{{1, -1, -2, 1, 0, 0}}), "EUR*person/month/km^2");
  for (const Dimension& d : {dimension::none, dimension::rate, Dimension{{2, -1, -2, 1, 3, -1}}}) {
    EXPECT_EQ(parse_unit(to_string(d))->dimension, d);
  }
}

TEST(Units, multiplies_divides_and_raises_dimensions) {
  EXPECT_EQ(dimension::money / dimension::time, dimension::money_rate);
  EXPECT_EQ(dimension::money_rate * dimension::time, dimension::money);
  EXPECT_EQ(power(dimension::length, 2) / power(dimension::length, 2), dimension::none);
  EXPECT_TRUE(power(dimension::money_rate, 0).is_none());
}

}  // namespace
}  // namespace polder::units_test
