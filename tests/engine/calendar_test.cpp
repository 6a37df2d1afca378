// SPDX-License-Identifier: Apache-2.0
#include "engine/calendar.hpp"

#include <gtest/gtest.h>

namespace polder::calendar_test {
namespace {

TEST(Calendar, reads_and_writes_months) {
  EXPECT_EQ(parse_month("2020-01"), Month::of(2020, 1));
  EXPECT_EQ(parse_month("2022-12"), Month::of(2022, 12));
  EXPECT_EQ(parse_month("2035"), Month::of(2035, 1));
  EXPECT_EQ(to_string(Month::of(2028, 6)), "2028-06");
  EXPECT_EQ(to_string(*parse_month("1800-01")), "1800-01");
}

TEST(Calendar, refuses_what_is_no_month) {
  for (const char* text : {"", "20", "2020-0", "2020-00", "2020-13", "2020-1", "2020/01", "2020-01-01",
                           "1799-12", "2501-01", "-202-01", "2020-+1", " 2020", "2O20"}) {
    EXPECT_FALSE(parse_month(text).has_value()) << text;
  }
}

TEST(Calendar, counts_months) {
  EXPECT_EQ(Month::of(2020, 11) + 3, Month::of(2021, 2));
  EXPECT_EQ(Month::of(2021, 2) - Month::of(2019, 12), 14);
  EXPECT_EQ((Month::of(2020, 1) + -1).year(), 2019);
  EXPECT_EQ((Month::of(2020, 1) + -1).month(), 12);
  EXPECT_LT(Month::of(2019, 12), Month::of(2020, 1));
}

TEST(Calendar, counts_days_with_leap_years) {
  EXPECT_EQ(days_since_2020(Month::of(2020, 1)), 0);
  EXPECT_EQ(days_since_2020(Month::of(2020, 3)), 60);
  EXPECT_EQ(days_since_2020(Month::of(2021, 1)), 366);
  EXPECT_EQ(days_since_2020(Month::of(2019, 12)), -31);
  EXPECT_EQ(days_since_2020(Month::of(2000, 1)), -7305);
  EXPECT_EQ(days_since_2020(Month::of(2100, 3)), 29279);  // 2100 has no leap day
}

}  // namespace
}  // namespace polder::calendar_test
