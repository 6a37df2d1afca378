// SPDX-License-Identifier: Apache-2.0
// The pure rules of absorption, spillovers and collaboration.
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "agents/knowledge/absorption.hpp"
#include "agents/knowledge/collaboration.hpp"
#include "agents/knowledge/frontier.hpp"
#include "agents/knowledge/knowledge_spillover.hpp"
#include "agents/knowledge/proximity.hpp"

namespace polder::agents::knowledge_test {
namespace {

TEST(Proximity, profiles_are_at_most_one_apart) {
  const std::array<double, 3> zero{0, 0, 0}, one{1, 1, 1}, mixed{1, 0, 0};
  EXPECT_EQ(cognitive_distance(zero, zero), 0);
  EXPECT_DOUBLE_EQ(cognitive_distance(zero, one), 1);
  EXPECT_DOUBLE_EQ(cognitive_distance(zero, mixed), std::sqrt(1.0 / 3));
}

TEST(Proximity, most_is_learned_at_a_middle_distance) {
  EXPECT_DOUBLE_EQ(learning_by_distance(0.35, 0.35), 1);
  EXPECT_EQ(learning_by_distance(0, 0.35), 0);
  EXPECT_EQ(learning_by_distance(0.8, 0.35), 0);
  EXPECT_DOUBLE_EQ(learning_by_distance(0.175, 0.35), 0.75);
  EXPECT_DOUBLE_EQ(learning_by_distance(0.525, 0.35), 0.75);
}

TEST(Absorption, capacity_grows_with_research_and_training_and_saturates) {
  EXPECT_EQ(absorptive_capacity(4e-5, 0), 0);
  EXPECT_NEAR(absorptive_capacity(4e-5, 5000), 1 - std::exp(-0.2), 1e-14);
  EXPECT_LT(absorptive_capacity(4e-5, 1e6), 1 + 1e-15);
  EXPECT_EQ(absorptive_capacity(4e-5, -10), 0);
}

TEST(Absorption, only_better_firms_teach) {
  EXPECT_EQ(productivity_gap(60, 50), 0);
  EXPECT_NEAR(productivity_gap(60, 66), std::log(1.1), 1e-14);
  EXPECT_EQ(productivity_gap(60, 600), 0.5);
}

TEST(KnowledgeSpillover, knowledge_halves_with_the_half_distance) {
  EXPECT_DOUBLE_EQ(spillover_weight(0, 350), 1);
  EXPECT_NEAR(spillover_weight(350, 350), 0.5, 1e-14);
  // -55 to -70 % per 500 km (Deltas & Karkalakos 2013)
  EXPECT_GE(spillover_weight(500, 430), 0.30);
  EXPECT_LE(spillover_weight(500, 430), 0.45);
  EXPECT_NEAR(spillover_weight(500, 290), 0.30, 0.01);
}

TEST(KnowledgeSpillover, the_gain_is_the_excess_social_return_at_full_absorption) {
  // A stock of a fifth of value added, fully absorbed, at 5 % a year: 1 % a year.
  EXPECT_NEAR(12 * spillover_gain(0.05, 1, 0.2, 1e300, 0), 0.01, 1e-15);
  EXPECT_EQ(spillover_gain(0.05, 0, 0.2, 0.3, 0.1), 0);
}

TEST(KnowledgeSpillover, the_gain_saturates) {
  EXPECT_DOUBLE_EQ(spillover_gain(0.1, 1, 0.3, 0.3, 0), 0.1 / 12 * 0.15);
  EXPECT_DOUBLE_EQ(spillover_gain(0.1, 0.5, 0, 0.3, 0.012), 0.0005);  // research abroad alone
  EXPECT_LT(spillover_gain(0.1, 1, 1e9, 0.3, 0), 0.1 / 12 * 0.3 + 1e-12);
}

TEST(Frontier, leaders_find_less) {
  EXPECT_EQ(room_to_improve(50, 60), 1);
  EXPECT_EQ(room_to_improve(60, 60), 1);
  EXPECT_DOUBLE_EQ(room_to_improve(120, 60), 0.25);
}

TEST(Collaboration, activity_rises_with_the_root_of_researchers) {
  EXPECT_EQ(alliance_chance(0.12, 0), 0);
  EXPECT_NEAR(alliance_chance(0.12, 100), 1 - std::exp(-0.1), 1e-14);
}

TEST(Collaboration, trust_makes_joining_likely_and_distance_unlikely) {
  EXPECT_NEAR(joining_chance(0.5, 0, 0), std::exp(-0.5), 1e-14);
  EXPECT_NEAR(joining_chance(0.5, 0.5, 0.5), std::exp(-0.5), 1e-14);
  EXPECT_GT(joining_chance(0.5, 0.5, 1), joining_chance(0.5, 0.5, 0));
  EXPECT_EQ(joining_chance(0, 1, 0), 1);  // without coordination costs everybody joins
}

TEST(Collaboration, familiarity_saturates_with_trust) {
  EXPECT_EQ(familiarity(-0.2), 0);
  EXPECT_EQ(familiarity(0), 0);
  EXPECT_DOUBLE_EQ(familiarity(1), 0.5);
  EXPECT_DOUBLE_EQ(familiarity(9), 0.9);
}

TEST(Collaboration, alliances_have_one_to_five_partners) {
  EXPECT_EQ(num_invited(0.9), 1);
  EXPECT_EQ(num_invited(0.4), 2);
  EXPECT_EQ(num_invited(0.2), 3);
  EXPECT_EQ(num_invited(1e-9), 5);
}

}  // namespace
}  // namespace polder::agents::knowledge_test
