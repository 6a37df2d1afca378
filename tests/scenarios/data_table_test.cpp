// SPDX-License-Identifier: Apache-2.0
#include "scenarios/data_table.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "scenarios/file_source.hpp"

namespace polder::scenarios::data_table_test {
namespace {

std::optional<DataTable> parsed(const std::string& text, Mistakes& mistakes) {
  return parse_table(text, "x.csv", "x.csv", text, mistakes);
}

TEST(DataTable, reads_names_units_and_cells) {
  Mistakes mistakes;
  const auto table =
      parsed("# comment\nregion, gdp [MEUR/year] ,source\n\nUtrecht,5.5,\"CBS, 2020\"\n", mistakes);
  ASSERT_TRUE(table);
  ASSERT_EQ(table->columns.size(), 3U);
  EXPECT_EQ(table->columns[1].name, "gdp");
  EXPECT_EQ(table->columns[1].unit, "MEUR/year");
  EXPECT_EQ(table->columns[2].cells.front(), "CBS, 2020");
  EXPECT_EQ(table->num_rows(), 1U);
}

TEST(DataTable, reads_doubled_quotes_empty_cells_and_a_last_line_without_end) {
  Mistakes mistakes;
  const auto table = parsed("a,b\n\"say \"\"hi\"\"\",\n,2", mistakes);
  ASSERT_TRUE(table);
  EXPECT_EQ(table->columns[0].cells, (std::vector<std::string>{"say \"hi\"", ""}));
  EXPECT_EQ(table->columns[1].cells, (std::vector<std::string>{"", "2"}));
}

TEST(DataTable, reads_windows_line_ends_like_others) {
  const std::map<std::string, std::string> files{{"x.csv",
                                                  "\xEF\xBB\xBF"
                                                  "a,b\r\n1,2\r\n"}};
  const MemorySource source(files);
  Mistakes mistakes;
  std::string text, bytes;
  ASSERT_TRUE(read_text_file(source, "x.csv", {}, {}, text, bytes, mistakes));
  const auto table = parse_table(text, "x.csv", "x.csv", bytes, mistakes);
  ASSERT_TRUE(table);
  EXPECT_EQ(table->columns[0].name, "a");
  EXPECT_EQ(table->columns[1].cells.front(), "2");
  EXPECT_EQ(table->content, bytes);
}

TEST(DataTable, sums_its_bytes_with_fnv) {
  EXPECT_EQ(checksum(""), "cbf29ce484222325");
  EXPECT_EQ(checksum("a"), "af63dc4c8601ec8c");
  EXPECT_EQ(checksum("foobar"), "85944171f73967e8");
}

TEST(DataTable, reports_every_mistake_with_its_place) {
  Mistakes mistakes;
  EXPECT_FALSE(parsed("a,a,[km]\n1,2\n1,2,3,4\n", mistakes));
  ASSERT_EQ(mistakes.list().size(), 4U);
  EXPECT_EQ(to_string(mistakes.list()[0]), "x.csv:1:3: a (duplicate column)");
  EXPECT_EQ(to_string(mistakes.list()[1]), "x.csv:1:5: a column without a name");
  EXPECT_EQ(mistakes.list()[3].where.line, 3);
}

TEST(DataTable, gives_numbers_or_the_places_of_what_is_none) {
  Mistakes mistakes;
  const auto table = parsed("n,x\n# between\n1.5,a\n-2e3,b\n,c\n010,d\n", mistakes);
  ASSERT_TRUE(table);
  EXPECT_FALSE(numbers(*table, table->columns[0], mistakes));
  ASSERT_EQ(mistakes.list().size(), 2U);
  EXPECT_EQ(to_string(mistakes.list()[0]), "x.csv:5:1: n = an empty cell (a number)");
  EXPECT_EQ(mistakes.list()[1].where.line, 6);
  Mistakes none;
  const auto good = parsed("n\n1.5\n-2e3\n", none);
  EXPECT_EQ(numbers(*good, good->columns[0], none), (std::vector<double>{1.5, -2000}));
}

}  // namespace
}  // namespace polder::scenarios::data_table_test
