// SPDX-License-Identifier: Apache-2.0
#include "tools/validate/hindcast.hpp"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/error.hpp"

namespace {

using namespace polder;
using namespace polder::tools::validate;
using ::testing::HasSubstr;

/// 90, 100, 110 to 2015; then 115, 130 (2016, 2021).
std::vector<Figure> figures() {
  std::vector<Figure> list;
  for (const auto& [year, value] :
       std::map<int, double>{{2013, 90}, {2014, 100}, {2015, 110}, {2016, 115}, {2021, 130}})
    list.push_back({"rd", "MEUR", "somebody", year, value});
  return list;
}

TEST(Hindcast, indices_and_errors_by_hand) {
  const std::map<std::string, Simulated> run{{"rd", {{2015, {10, 20}}, {2016, {11, 22}}, {2021, {15, 24}}}}};
  const auto series = compare(figures(), run, 2015);
  ASSERT_EQ(series.size(), 1U);
  const auto& years = series[0].years;
  ASSERT_EQ(years.size(), 2U);
  EXPECT_DOUBLE_EQ(years[0].actual, 115.0 / 110);
  EXPECT_DOUBLE_EQ(years[0].simulated, 1.1);
  EXPECT_NEAR(years[0].spread, 0, 1e-12);
  EXPECT_DOUBLE_EQ(years[0].trend, 120.0 / 110);
  EXPECT_FALSE(years[0].pandemic);
  EXPECT_TRUE(years[1].pandemic);
  EXPECT_DOUBLE_EQ(years[1].simulated, 1.35);
  EXPECT_DOUBLE_EQ(years[1].trend, 170.0 / 110);
  const double early = 1.1 / (115.0 / 110) - 1, late = 1.35 / (130.0 / 110) - 1;
  EXPECT_NEAR(series[0].error, (early + late) / 2, 1e-12);
  EXPECT_NEAR(series[0].error_outside_pandemic, early, 1e-12);
  EXPECT_NEAR(series[0].error_of_trend, (120.0 / 115 - 1 + 170.0 / 130 - 1) / 2, 1e-12);
}

TEST(Hindcast, leaves_out_what_was_not_simulated_or_has_no_base_year) {
  EXPECT_TRUE(compare(figures(), {{"other", {{2015, {1}}, {2016, {1}}}}}, 2015).empty());
  EXPECT_TRUE(compare(figures(), {{"rd", {{2012, {1}}, {2016, {1}}}}}, 2012).empty());
}

TEST(Hindcast, the_figures_of_the_project_can_be_read_and_reach_past_2015) {
  const auto list = read_figures(POLDER_SOURCE_DIR "/scenarios/data/hindcast.csv");
  std::map<std::string, std::pair<int, int>> range;
  for (const Figure& figure : list) {
    EXPECT_GT(figure.value, 0);
    EXPECT_FALSE(figure.source.empty());
    const auto [entry, fresh] = range.try_emplace(figure.indicator, figure.year, figure.year);
    entry->second = {std::min(entry->second.first, figure.year), std::max(entry->second.second, figure.year)};
  }
  EXPECT_GE(range.size(), 5U);
  for (const auto& [indicator, years] : range) {
    EXPECT_LE(years.first, 2013) << indicator;
    EXPECT_GT(years.second, 2015) << indicator;
  }
}

TEST(Hindcast, says_which_file_is_missing) {
  try {
    read_figures("nowhere.csv");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("nowhere.csv"));
  }
}

}  // namespace
