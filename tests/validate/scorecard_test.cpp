// SPDX-License-Identifier: Apache-2.0
#include "tools/validate/scorecard.hpp"

#include <cmath>
#include <filesystem>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "output/hdf5_file.hpp"
#include "tools/validate/measures.hpp"

namespace {

using namespace polder;
using namespace polder::tools::validate;
using ::testing::HasSubstr;

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

TEST(Scorecard, near_is_half_a_band_and_a_quarter_of_its_end_outside_at_most) {
  EXPECT_EQ(judge(10, 10, 12), Verdict::pass);
  EXPECT_EQ(judge(12, 10, 12), Verdict::pass);
  EXPECT_EQ(judge(13, 10, 12), Verdict::near);
  EXPECT_EQ(judge(9, 10, 12), Verdict::near);
  EXPECT_EQ(judge(13.01, 10, 12), Verdict::miss);
  EXPECT_EQ(judge(0, 2, 9), Verdict::miss) << "nothing is never near something";
  EXPECT_EQ(judge(1.5, 2, 9), Verdict::near);
  EXPECT_EQ(judge(-0.19, -0.1, 0.1), Verdict::near);
  EXPECT_EQ(judge(-0.21, -0.1, 0.1), Verdict::miss);
  EXPECT_EQ(judge(unknown, 1, 2), Verdict::not_measured);
}

/// Facts whose value is written into the observation.
std::vector<Fact> small_table() {
  const auto given = [](const Observation& seen) { return seen.rd_per_tax_credit; };
  return {{"a", "policy", "A", "1", 0, 1, Role::test, "nobody 1999", "reason a", given},
          {"b", "policy", "B", "1", 5, 6, Role::test, "nobody 1999", "reason b", given},
          {"c", "policy", "C", "1", 0, 1, Role::target, "nobody 1999", "reason c", given},
          {"d", "policy", "D", "1", 0, 1, Role::test, "nobody 1999", "no state", nullptr}};
}
std::vector<Observation> two_replicates() {
  std::vector<Observation> seen(2);
  seen[0].rd_per_tax_credit = 0.4;
  seen[1].rd_per_tax_credit = 0.6;
  return seen;
}

TEST(Scorecard, takes_mean_and_spread_over_replicates) {
  const auto rows = score(two_replicates(), small_table());
  EXPECT_DOUBLE_EQ(rows[0].value, 0.5);
  EXPECT_NEAR(rows[0].spread, std::sqrt(0.02), 1e-12);
  EXPECT_EQ(rows[0].replicates, 2);
  EXPECT_EQ(rows[1].verdict, Verdict::miss);
  EXPECT_EQ(rows[1].why(), "4.5 below the band: reason b");
}

TEST(Scorecard, counts_neither_targets_nor_what_was_not_measured) {
  const Score all = total(score(two_replicates(), small_table()));
  EXPECT_EQ(all.tests, 2);
  EXPECT_EQ(all.pass, 1);
  EXPECT_EQ(all.targets, 1);
  EXPECT_EQ(all.not_measured, 1);
  EXPECT_DOUBLE_EQ(all.share(), 0.5);
}

TEST(Scorecard, a_replicate_without_cases_is_left_out) {
  std::vector<Observation> seen = two_replicates();
  seen.emplace_back();
  const auto rows = score(seen, small_table());
  EXPECT_EQ(rows[0].replicates, 2);
  EXPECT_DOUBLE_EQ(rows[0].value, 0.5);
}

TEST(Scorecard, measures_ventures_of_all_replicates_together_where_one_shows_too_few) {
  std::vector<Observation> seen(2);
  for (Observation& one : seen) {
    one.months = 60;
    for (int i = 0; i < 15; ++i) {  // fewer than the 20 that a rate needs
      VentureLife life;
      life.rounds.push_back({0, "series_b", 9e6, false});
      if (i < 3) life.rounds.push_back({15, "series_c", 30e6, false});
      one.ventures.push_back(life);
    }
  }
  const std::vector<Fact> facts{
      {"b", "ventures", "B", "1", 0, 1, Role::test, "nobody 1999", "reason", b_to_c}};
  const auto rows = score(seen, facts);
  EXPECT_DOUBLE_EQ(rows[0].value, 0.2);
  EXPECT_EQ(rows[0].replicates, 0);
  EXPECT_TRUE(std::isnan(rows[0].spread));
  EXPECT_TRUE(std::isnan(score(std::span(seen).first(1), facts)[0].value));
}

TEST(Scorecard, gives_the_reason_of_everything_that_does_not_pass) {
  const std::string text = as_text(score(two_replicates(), small_table()));
  EXPECT_THAT(text, HasSubstr("reason b"));
  EXPECT_THAT(text, HasSubstr("no state"));
  EXPECT_THAT(text, HasSubstr("1 of 2 tests"));
}

TEST(Scorecard, is_the_same_when_read_from_the_file_alone) {
  const std::filesystem::path folder(POLDER_SCRATCH_DIR);
  std::filesystem::create_directories(folder);
  const std::string path = (folder / "scorecard.h5").string();
  output::hdf5::File::create(path).close();
  EXPECT_TRUE(read_scorecard(path).empty());
  const auto rows = score(two_replicates(), small_table());
  write_scorecard(path, rows);
  EXPECT_EQ(as_json(read_scorecard(path)), as_json(rows));
  const auto file = output::hdf5::File::open(path, output::hdf5::File::Access::read);
  const auto text = file.root().group("validation").dataset("json").read_text();
  ASSERT_EQ(text.size(), 1U);
  const auto document = nlohmann::json::parse(text.front());
  EXPECT_EQ(document["rows"].size(), 4U);
  EXPECT_TRUE(document["rows"][3]["simulated"].is_null());
}

TEST(Facts, each_has_a_band_a_source_and_a_reason) {
  std::set<std::string> ids;
  for (const Fact& fact : facts()) {
    EXPECT_TRUE(ids.insert(fact.id).second) << fact.id;
    EXPECT_LT(fact.low, fact.high) << fact.id;
    EXPECT_FALSE(std::string(fact.source).empty()) << fact.id;
    EXPECT_FALSE(std::string(fact.note).empty()) << fact.id;
    EXPECT_FALSE(std::string(fact.unit).empty()) << fact.id;
  }
}

TEST(Facts, an_empty_observation_measures_nothing) {
  const std::vector<Observation> nothing(1);
  for (const ScoreRow& row : score(nothing, facts())) EXPECT_EQ(row.verdict, Verdict::not_measured) << row.id;
}

}  // namespace
