// SPDX-License-Identifier: Apache-2.0
#include "tools/text_table.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace {

using namespace polder::tools;

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

TEST(TextTable, aligns_columns_by_characters_not_bytes) {
  TextTable table({{"Name"}, {"Value", Align::right}});
  table.add({"één", "1"});
  table.add({"twee", "10"});
  EXPECT_EQ(table.text(), "Name  Value\néén       1\ntwee     10\n");
}

TEST(TextTable, escapes_bars_in_markdown) {
  TextTable table({{"A"}, {"B", Align::right}});
  table.add({"x|y", "1"});
  EXPECT_EQ(table.markdown(), "| A | B |\n| --- | ---: |\n| x\\|y | 1 |\n");
}

TEST(Wrap, breaks_at_spaces_only) {
  EXPECT_EQ(wrap("one two three", 2, 9), "  one two\n  three\n");
  EXPECT_EQ(wrap("unbreakable", 2, 5), "  unbreakable\n");
  EXPECT_EQ(wrap("", 2), "");
}

TEST(NumberFormat, keeps_two_digits_of_the_uncertainty) {
  const NumberFormat format = choose_format(1.0815, 0.00084, "1");
  EXPECT_EQ(show(1.08148, format), "1.08148");
  EXPECT_EQ(show(0.02353, format, Sign::always), "+0.02353");
}

TEST(NumberFormat, keeps_four_digits_where_nothing_is_uncertain) {
  EXPECT_EQ(show(1234.56, choose_format(1234.56, 0, "1")), "1 235");
  EXPECT_EQ(show(0.0123456, choose_format(0.0123456, unknown, "1")), "0.01235");
  EXPECT_EQ(show(91181.877, choose_format(91181.877, 1e-9, "MEUR")), "91 182");  // rounding of the last bit
}

TEST(NumberFormat, turns_large_sums_of_euros_into_larger_units) {
  EXPECT_EQ(choose_format(2.5e9, 0, "EUR/year").unit, "GEUR/year");
  EXPECT_EQ(choose_format(2.5e6, 0, "EUR").unit, "MEUR");
  EXPECT_EQ(choose_format(2.5e4, 0, "EUR").unit, "kEUR");
  EXPECT_EQ(choose_format(2.5e9, 0, "MEUR/year").unit, "MEUR/year");
  EXPECT_EQ(show(2.5e6, choose_format(2.5e6, 0, "EUR")), "2.500");
}

TEST(NumberFormat, shows_no_negative_zero_and_no_invented_values) {
  EXPECT_EQ(show(-0.0001, NumberFormat{1, 2, ""}), "0.00");
  EXPECT_EQ(show(unknown, NumberFormat{}), "-");
  EXPECT_EQ(show_digits(unknown, 3), "-");
  EXPECT_EQ(show_digits(std::numeric_limits<double>::infinity(), 3), "inf");
}

TEST(Grouping, separates_thousands) {
  EXPECT_EQ(show(-1234567.8, NumberFormat{1, 1, ""}), "-1 234 567.8");
  EXPECT_EQ(show(999, NumberFormat{}), "999");
}

TEST(Duration, is_told_in_the_units_people_use) {
  EXPECT_EQ(show_duration(0.2), "1 s");
  EXPECT_EQ(show_duration(62), "1 min 02 s");
  EXPECT_EQ(show_duration(3720), "1 h 02 min");
}

TEST(Bytes, have_a_unit_that_fits) {
  EXPECT_EQ(show_bytes(512), "512 B");
  EXPECT_EQ(show_bytes(1.25e9), "1.2 GB");
}

}  // namespace
