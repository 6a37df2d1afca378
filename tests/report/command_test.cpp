// SPDX-License-Identifier: Apache-2.0
// `polder report` as users meet it: the page, tables, charts, and mistakes.
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/tools/command_line.hpp"
#include "tools/report/page.hpp"

namespace {

using namespace polder::testing;
using ::testing::HasSubstr;
using ::testing::StartsWith;
namespace fs = std::filesystem;

std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// A small what-if, made once for all tests of this file.
class Report : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    scratch_ = new Scratch;
    const Outcome made =
        polder::testing::polder({"whatif", scenario("small.yaml"), scenario("more-courses.yaml"),
                                 "--replicates", "3", "--quiet", "-o", result()});
    ASSERT_EQ(made.code, 0) << made.err;
  }
  static void TearDownTestSuite() {
    delete scratch_;
    scratch_ = nullptr;
  }
  static std::string result() { return *scratch_ / "small.h5"; }
  static std::string place(const std::string& name) { return *scratch_ / name; }
  static Scratch* scratch_;
};
Scratch* Report::scratch_ = nullptr;

TEST_F(Report, writes_one_page_that_asks_nothing_of_the_network) {
  if (polder::tools::report::bundle().page.empty()) GTEST_SKIP() << polder::tools::report::bundle().missing;
  const Outcome made =
      polder::testing::polder({"report", result(), "-o", place("page.html"), "--lang", "nl"});
  ASSERT_EQ(made.code, 0) << made.err;
  const std::string page = contents(place("page.html"));
  EXPECT_THAT(page, StartsWith("<!doctype html>\n<html lang=\"nl\">"));
  EXPECT_LT(page.size(), 3'000'000);
  for (const char* asked : {"<link", " src=\"http", "url(http", "@import", "fetch("})
    EXPECT_THAT(page, ::testing::Not(HasSubstr(asked)));
}

TEST_F(Report, writes_tidy_tables_whose_numbers_are_those_of_compare) {
  const std::string folder = place("tables");
  const Outcome made = polder::testing::polder({"report", result(), "--format", "csv", "-o", folder});
  ASSERT_EQ(made.code, 0) << made.err;
  for (const char* name : {"indicators", "values", "levels", "effects", "effects_by_label", "flows",
                           "instruments", "network_nodes", "network_ties"})
    EXPECT_TRUE(fs::exists(folder + "/" + name + ".csv")) << name;
  const Outcome compared = polder::testing::polder(
      {"compare", result(), "--json", "--indicators", "mean_skill", "--years", "2023"});
  ASSERT_EQ(compared.code, 0) << compared.err;
  const auto effect = nlohmann::json::parse(compared.out)["policies"][0]["effects"][0];
  std::istringstream lines(contents(folder + "/effects.csv"));
  std::string line, found;
  std::getline(lines, line);
  EXPECT_EQ(
      line,
      "policy,month,indicator,unit,class,baseline,difference,low_95,high_95,standard_error,p_value,pairs");
  while (std::getline(lines, line))
    if (line.find(",2023-12,mean_skill,") != std::string::npos) found = line;
  ASSERT_FALSE(found.empty());
  std::vector<std::string> cells;
  std::istringstream row(found);
  for (std::string cell; std::getline(row, cell, ',');) cells.push_back(cell);
  ASSERT_EQ(cells.size(), 12);
  EXPECT_EQ(std::stod(cells[6]), effect["difference"].get<double>());
  EXPECT_EQ(std::stod(cells[7]), effect["low"].get<double>());
}

TEST_F(Report, writes_every_chart_as_a_picture) {
  if (polder::tools::report::bundle().page.empty()) GTEST_SKIP() << polder::tools::report::bundle().missing;
  const std::string folder = place("charts");
  const Outcome made = polder::testing::polder({"report", result(), "--format", "svg", "-o", folder});
  ASSERT_EQ(made.code, 0) << made.err;
  int pictures = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string text = contents(entry.path());
    EXPECT_THAT(text, StartsWith("<svg xmlns=")) << entry.path();
    EXPECT_THAT(text, ::testing::Not(HasSubstr("NaN"))) << entry.path();
    EXPECT_THAT(text, ::testing::Not(HasSubstr("var(--")))
        << entry.path();  // colours of a style sheet that is not there
    ++pictures;
  }
  EXPECT_GE(pictures, 2);
}

TEST_F(Report, stands_beside_the_result_unless_told_otherwise) {
  if (polder::tools::report::bundle().page.empty()) GTEST_SKIP() << polder::tools::report::bundle().missing;
  const Outcome made = polder::testing::polder({"report", result()});
  ASSERT_EQ(made.code, 0) << made.err;
  EXPECT_TRUE(fs::exists(place("small.html")));
  EXPECT_THAT(made.out, HasSubstr("small.html"));
}

TEST_F(Report, refuses_what_it_cannot_do_in_words) {
  EXPECT_THAT(polder::testing::polder({"report", place("none.h5")}).err, HasSubstr("no such file"));
  EXPECT_EQ(polder::testing::polder({"report", place("none.h5")}).code, 1);
  EXPECT_EQ(polder::testing::polder({"report", result(), "--lang", "de"}).code, 1);
  EXPECT_EQ(polder::testing::polder({"report", result(), "--format", "pdf"}).code, 1);
  const Outcome nowhere =
      polder::testing::polder({"report", result(), "--format", "json", "-o", place("no/such/folder/x.json")});
  EXPECT_EQ(nowhere.code, 1);
  EXPECT_THAT(nowhere.err, HasSubstr("No such file or directory"));
  const Outcome text = polder::testing::polder({"report", scenario("small.yaml")});
  EXPECT_EQ(text.code, 1);
}

}  // namespace
