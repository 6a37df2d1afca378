// SPDX-License-Identifier: Apache-2.0
// Which of many indicators the table of effects shows.
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tools/effects_report.hpp"

namespace polder::tools::effects_text_test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* all_command = "polder compare x.h5 --indicators all";

EffectRow row(const std::string& id, double p_value, double mean) {
  EffectRow one;
  one.indicator = id;
  one.unit = "1";
  one.month = Month::of(2030, 12);
  one.baseline = 100;
  one.policy = 100 + mean;
  one.effect.mean = mean;
  one.effect.low = mean - std::abs(mean) / 2;
  one.effect.high = mean + std::abs(mean) / 2;
  one.effect.p_value = p_value;
  return one;
}

/// changed indicators i0, i1, ... of which the later ones are the clearer, then R&D without any clear effect,
/// then one without any difference.
EffectsReport report_of(int changed) {
  PolicyEffects policy;
  policy.baseline = "base";
  policy.policy = "more";
  policy.pairs = 1;
  for (int i = 0; i < changed; ++i) policy.rows.push_back(row("i" + std::to_string(i), 0.5 / (i + 1), 3));
  policy.rows.push_back(row("total_rd", 0.9, 2));
  policy.rows.push_back(row("idle", 1, 0));
  EffectsReport report;
  report.num_different = report.num_values = 1;
  report.policies.push_back(std::move(policy));
  return report;
}

TEST(EffectsText, shows_the_clearest_of_many_and_says_how_to_see_the_rest) {
  const std::string text = as_text(report_of(20), all_command);
  EXPECT_THAT(text, HasSubstr("\ntotal_rd "));
  EXPECT_THAT(text, HasSubstr("\ni19 "));
  EXPECT_THAT(text, HasSubstr("\ni9 "));
  EXPECT_THAT(text, Not(HasSubstr("\ni8 ")));
  EXPECT_THAT(text, HasSubstr("12 of 22 indicators"));
  EXPECT_THAT(text, HasSubstr("1 the same in every pair"));
  EXPECT_THAT(text, HasSubstr(all_command));
}

TEST(EffectsText, shows_all_when_they_are_few_or_asked_for) {
  const std::string few = as_text(report_of(5), all_command);
  EXPECT_THAT(few, HasSubstr("\ni0 "));
  EXPECT_THAT(few, Not(HasSubstr(all_command)));
  EXPECT_THAT(few, HasSubstr("The same in every pair, to the last bit: idle."));
  const std::string all = as_text(report_of(20));
  for (int i = 0; i < 20; ++i) EXPECT_THAT(all, HasSubstr("\ni" + std::to_string(i) + " "));
}

TEST(EffectsText, counts_one_pair_as_one) {
  EXPECT_THAT(as_text(report_of(1)), HasSubstr("more against base: 1 pair of runs"));
}

TEST(EffectsText, tells_what_a_euro_saved_loses_when_a_policy_costs_less) {
  EffectsReport report = report_of(1);
  PerEuro sums;
  sums.outlay.mean = 100e6;
  sums.outlay.low = 90e6;
  sums.outlay.high = 110e6;
  sums.private_rd = {2, 1, 3};
  sums.has_private = true;
  report.policies[0].per_euro = sums;
  EXPECT_THAT(as_text(report), HasSubstr("private R&D added"));
  sums.outlay.mean = -100e6;
  sums.outlay.low = -110e6;
  sums.outlay.high = -90e6;
  report.policies[0].per_euro = sums;
  EXPECT_THAT(as_text(report), HasSubstr("private R&D lost"));
  EXPECT_THAT(as_text(report), HasSubstr("EUR per public EUR saved"));
}

TEST(EffectsText, leaves_the_json_complete) {
  const auto json = nlohmann::json::parse(as_json(report_of(20)));
  EXPECT_EQ(json.at("policies").at(0).at("effects").size(), 22U);
}

}  // namespace
}  // namespace polder::tools::effects_text_test
