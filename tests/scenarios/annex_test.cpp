// SPDX-License-Identifier: Apache-2.0
// The annex of the strategy: each of its fifty indicators is computed.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "agents/registry.hpp"
#include "scenarios/reader.hpp"

namespace polder::annex_test {
namespace {

const std::string library = std::string(POLDER_SOURCE_DIR) + "/scenarios/";

std::vector<IndicatorSpec> indicators() {
  return scenarios::read_scenario(library + "nl-2020.yaml", {}, agents::catalogue()).indicators;
}

std::string text_of(const std::string& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

TEST(Annex, each_number_is_computed) {
  std::set<int> found;
  for (const auto& indicator : indicators())
    if (indicator.annex > 0) found.insert(indicator.annex);
  for (int number = 1; number <= 50; ++number) EXPECT_TRUE(found.contains(number)) << number;
}

TEST(Annex, indicators_that_stand_for_a_judgement_are_no_direct_counts) {
  const std::set<int> judged{4, 10, 11, 12, 25, 26, 30, 32, 33, 34, 36, 38, 42, 43, 47, 50};
  for (const auto& indicator : indicators()) {
    const bool is_judged = judged.contains(indicator.annex);
    EXPECT_FALSE(is_judged && indicator.indicator_class == "direct") << indicator.id;
  }
}

TEST(Annex, indicators_have_both_titles_and_a_definition_in_both_languages) {
  const std::string dutch =
      text_of(std::string(POLDER_SOURCE_DIR) + "/output/report/src/texts/definitions.nl.js");
  for (const auto& indicator : indicators()) {
    EXPECT_FALSE(indicator.title_en.empty()) << indicator.id;
    EXPECT_FALSE(indicator.title_nl.empty()) << indicator.id;
    EXPECT_FALSE(indicator.definition.empty()) << indicator.id;
    const bool single = dutch.find("'" + indicator.definition + "':") != std::string::npos;
    EXPECT_TRUE(single || dutch.find('"' + indicator.definition + "\":") != std::string::npos)
        << indicator.id;
  }
}

}  // namespace
}  // namespace polder::annex_test
