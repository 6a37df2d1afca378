// SPDX-License-Identifier: Apache-2.0
#include "tools/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/error.hpp"
#include "tools/precision.hpp"

namespace {

using namespace polder::tools;
using ::testing::ElementsAre;

TEST(Options, turn_short_forms_into_settings_after_the_explicit_ones) {
  ScenarioOptions options;
  options.sets = {"parameters.a=1"};
  options.seed = "3";
  options.until = "2030-12";
  EXPECT_THAT(options.settings(), ElementsAre("parameters.a=1", "--seed=3", "--until=2030-12"));
}

TEST(Options, read_years_and_ranges_of_years) {
  EXPECT_THAT(parse_years("2030, 2025,2027-2028,2030", "--years"), ElementsAre(2025, 2027, 2028, 2030));
  EXPECT_THAT(parse_years("", "--years"), ElementsAre());
}

TEST(Options, refuse_years_that_are_none) {
  for (const char* wrong : {"20x5", "2030-2025", "99999", "2025-", "-2025"})
    EXPECT_THROW(parse_years(wrong, "--years"), polder::InputError) << wrong;
}

TEST(Precision, is_read_as_a_share_of_the_baseline) {
  const Precision precision = parse_precision("labour_productivity:2035:0.1 %");
  EXPECT_EQ(precision.indicator, "labour_productivity");
  EXPECT_EQ(precision.year, 2035);
  EXPECT_DOUBLE_EQ(precision.half_width, 0.001);
  EXPECT_TRUE(precision.is_relative);
}

TEST(Precision, is_read_as_an_amount_where_no_percent_sign_stands) {
  const Precision plain = parse_precision("a:2035:0.5");
  EXPECT_DOUBLE_EQ(plain.half_width, 0.5);
  EXPECT_FALSE(plain.is_relative);
  EXPECT_EQ(plain.unit, "");
  const Precision money = parse_precision("total_rd:2030: 50 MEUR/year ");
  EXPECT_DOUBLE_EQ(money.half_width, 50);
  EXPECT_FALSE(money.is_relative);
  EXPECT_EQ(money.unit, "MEUR/year");
}

TEST(Precision, refuses_what_it_cannot_read) {
  for (const char* wrong : {"", "a", "a:2035", ":2035:1%", "a:x:1%", "a:2035:", "a:2035:x%", "a:2035:0%",
                            "a:2035:-1%", "a:2035:1%x", "a:2035:200%", "a:2035-2036:1%", "a:2035:nan",
                            "a:2035:inf", "a:2035:0", "a:2035:5 MEURO", "a:2035:1 % EUR"})
    EXPECT_THROW(parse_precision(wrong), polder::InputError) << wrong;
}

}  // namespace
