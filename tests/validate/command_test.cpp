// SPDX-License-Identifier: Apache-2.0
// `polder validate` and `polder hindcast` as users meet them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "../tools/command_line.hpp"

namespace {

using ::testing::HasSubstr;
using namespace polder::testing;
using Json = nlohmann::json;

std::string scratch(const std::string& file) {
  std::filesystem::create_directories(POLDER_SCRATCH_DIR);
  return (std::filesystem::path(POLDER_SCRATCH_DIR) / file).string();
}
const std::string baseline = POLDER_SOURCE_DIR "/scenarios/nl-2020.yaml";
const std::string past = POLDER_SOURCE_DIR "/scenarios/nl-2015.yaml";

TEST(Validate, the_scorecard_is_read_from_the_file_alone) {
  const std::string file = scratch("validate.h5");
  const Outcome run = polder::testing::polder({"validate", baseline, "--scale", "0.01", "--replicates", "1",
                                               "--until", "2021-12", "--json", "-o", file});
  ASSERT_EQ(run.code, 0) << run.err;
  const Outcome again = polder::testing::polder({"validate", file, "--json"});
  EXPECT_EQ(again.out, run.out);
  std::map<std::string, Json> rows;
  const Json document = Json::parse(run.out);
  for (const Json& row : document["rows"]) rows[row["id"]] = row;
  EXPECT_GT(rows.at("tax_credit_effect")["simulated"], 0) << "the run without tax credits does less R&D";
  EXPECT_GT(rows.at("rd_top_ten")["simulated"], 0.1);
  EXPECT_EQ(rows.at("survival_5y")["verdict"], "not measured") << "two years are too short";
}

TEST(Validate, refuses_a_result_without_a_scorecard) {
  const std::string file = scratch("plain.h5");
  const std::string mini = POLDER_SOURCE_DIR "/scenarios/mini.yaml";
  ASSERT_EQ(polder::testing::polder({"run", mini, "--quiet", "-o", file}).code, 0);
  const Outcome outcome = polder::testing::polder({"validate", file});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("without a scorecard"));
}

TEST(HindcastCommand, compares_every_series_of_its_figures) {
  const Outcome run = polder::testing::polder({"hindcast", past, "--scale", "0.01", "--replicates", "1",
                                               "--until", "2017-12", "--json", "-o", scratch("hindcast.h5")});
  ASSERT_EQ(run.code, 0) << run.err;
  const Json json = Json::parse(run.out);
  EXPECT_EQ(json["base"], 2015);
  EXPECT_EQ(json["series"].size(), 6U);
  for (const Json& series : json["series"]) EXPECT_EQ(series["years"].size(), 2U) << series["indicator"];
}

}  // namespace
