// SPDX-License-Identifier: Apache-2.0
#include "agents/geography.hpp"

#include <gtest/gtest.h>

namespace polder::agents::geography_test {
namespace {

Scenario with_regions(std::vector<DataTable::Column> columns) {
  Scenario scenario;
  scenario.label_sets.push_back({"regions", {"Utrecht", "Limburg"}, "regions.csv"});
  DataTable table;
  table.path = "regions.csv";
  table.columns = std::move(columns);
  scenario.data.push_back(table);
  return scenario;
}

TEST(Geography, measures_a_right_triangle_on_the_national_grid) {
  const Geography map(with_regions(
      {{"name", "", {"Utrecht", "Limburg"}}, {"x", "km", {"100", "130"}}, {"y", "km", {"400", "360"}}}));
  EXPECT_DOUBLE_EQ(map.distance(0, 1), 50.0);
  EXPECT_DOUBLE_EQ(map.distance(1, 0), 50.0);
  EXPECT_DOUBLE_EQ(map.distance(1, 1), 0.0);
}

TEST(Geography, reads_latitude_and_longitude) {
  const Geography map(with_regions({{"lat", "", {"52", "51"}}, {"lon", "", {"5", "5"}}}));
  EXPECT_NEAR(map.distance(0, 1), 111.2, 1e-9);
}

TEST(Geography, puts_regions_without_coordinates_100_km_apart) {
  const Geography map(with_regions({}));
  EXPECT_DOUBLE_EQ(map.distance(0, 1), 100.0);
  EXPECT_DOUBLE_EQ(map.distance(0, 7), 0.0);
}

}  // namespace
}  // namespace polder::agents::geography_test
