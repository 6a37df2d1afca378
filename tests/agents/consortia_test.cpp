// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/consortia.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "engine/elementary.hpp"

namespace polder::agents::consortia_test {
namespace {

constexpr DrawKey key = draw_key(1, 0, purpose_of("test"));

std::vector<Candidate> candidates(std::size_t n) {
  std::vector<Candidate> list(n);
  for (std::size_t i = 0; i < n; ++i) list[i].id = AgentId{i + 1};
  return list;
}

TEST(Consortia, are_set_up_less_often_when_larger_and_more_often_with_trust) {
  EXPECT_DOUBLE_EQ(setup_chance(0.1, 1, 1), 1);
  EXPECT_DOUBLE_EQ(setup_chance(0.1, 6, 1), 1 / 1.5);
  EXPECT_GT(setup_chance(0.1, 6, 2), setup_chance(0.1, 6, 1));
}

TEST(Consortia, are_drawn_to_near_and_similar_partners) {
  const std::vector<double> here{0, 0}, there{3, 4};
  const Candidate a{AgentId{1}, 0, 0, here}, same{AgentId{2}, 0, 0, here}, other{AgentId{3}, 0, 1, there};
  EXPECT_DOUBLE_EQ(attraction(a, same, 0), 2);
  EXPECT_DOUBLE_EQ(attraction(a, same, 50), 1);
  EXPECT_DOUBLE_EQ(attraction(a, other, 0), 1.0 / 6);
}

TEST(Consortia, have_the_wanted_size_and_each_member_once) {
  const auto list = candidates(200);
  const auto consortia = form_consortia(list, {3, 5, 0.0, 2}, Ties{}, Geography(Scenario{}), key, 7);
  ASSERT_GT(consortia.size(), 20U);
  std::vector<int> used(200, 0);
  for (const auto& c : consortia) {
    EXPECT_GE(c.members.size(), 3U);
    EXPECT_LE(c.members.size(), 5U);
    EXPECT_EQ(std::set<std::size_t>(c.members.begin(), c.members.end()).size(), c.members.size());
    for (const auto m : c.members) ++used[m];
  }
  for (const int n : used) EXPECT_LE(n, 2);
}

TEST(Consortia, ask_previous_partners_first) {
  const auto list = candidates(100);
  Ties ties;
  std::vector<TieEdit> edits;
  for (std::uint64_t i = 1; i <= 100; i += 2) edits.push_back({AgentId{i}, AgentId{i + 1}, 0.5F});
  ties.apply(edits, 0, 1.0F, 0.0F, {});
  for (const auto& c : form_consortia(list, {2, 2, 0.0, 2}, ties, Geography(Scenario{}), key, 7)) {
    EXPECT_EQ((raw(list[c.members[0]].id) - 1) / 2, (raw(list[c.members[1]].id) - 1) / 2);
    EXPECT_DOUBLE_EQ(c.trust, 1.5);
  }
}

TEST(Consortia, ask_partners_of_partners_before_strangers) {
  const auto list = candidates(99);
  Ties ties;
  std::vector<TieEdit> edits;  // chains of three: the ends know each other through the middle only
  for (std::uint64_t i = 1; i <= 99; i += 3) {
    edits.push_back({AgentId{i}, AgentId{i + 1}, 0.5F});
    edits.push_back({AgentId{i + 1}, AgentId{i + 2}, 0.5F});
  }
  ties.apply(edits, 0, 1.0F, 0.0F, {});
  std::size_t formed = 0;
  for (const auto& c : form_consortia(list, {3, 3, 0.0, 9}, ties, Geography(Scenario{}), key, 7)) {
    std::set<std::size_t> chains;
    for (const auto m : c.members) chains.insert(m / 3);
    EXPECT_EQ(chains.size(), 1U);
    ++formed;
  }
  EXPECT_GT(formed, 5U);
}

TEST(Consortia, each_group_of_an_institute_may_coordinate_one) {
  auto list = candidates(400);
  list[0].institute = true, list[0].groups = 64;
  std::set<std::uint32_t> groups;
  std::size_t led = 0;
  for (const auto& c : form_consortia(list, {3, 5, 0.0, 2}, Ties{}, Geography(Scenario{}), key, 7)) {
    if (c.members.front() != 0) {
      EXPECT_EQ(c.group, 0U);
      continue;
    }
    groups.insert(c.group), ++led;
  }
  EXPECT_EQ(groups.size(), led) << "no group leads two";
  EXPECT_NEAR(static_cast<double>(led), 64 * 0.4, 4 * 3.9);  // binomial: chance 2 / (2 + 3), sd 3.9
}

TEST(Consortia, the_partners_of_an_institute_fall_evenly_to_its_groups) {
  Candidate institute{AgentId{77}, 0, 0, {}, true};
  EXPECT_EQ(group_of(institute, AgentId{5}), 0U);
  institute.groups = 8;
  std::array<int, 8> known{};
  for (std::uint64_t i = 1; i <= 8000; ++i) ++known.at(group_of(institute, AgentId{i}));
  for (const int n : known) EXPECT_NEAR(n, 1000, 4 * 30);
}

TEST(Consortia, members_abroad_have_the_wanted_mean_and_spread) {
  EXPECT_EQ(members_abroad(0, 8.9, 1), 0);
  EXPECT_EQ(members_abroad(15.3, 8.9, -9), 2);
  EXPECT_EQ(members_abroad(15.3, 0, 2), 15);
  double sum = 0, squares = 0, weight = 0;
  for (double z = -6; z <= 6; z += 0.001) {
    const double density = elementary::exp(-0.5 * z * z), n = members_abroad(15.3, 8.9, z);
    weight += density, sum += density * n, squares += density * n * n;
  }
  const double mean = sum / weight;
  EXPECT_NEAR(mean, 15.3, 0.05);
  EXPECT_NEAR(elementary::sqrt(squares / weight - mean * mean), 8.9, 0.1);
}

TEST(Consortia, bring_firms_and_institutes_together_however_few_institutes_there_are) {
  auto list = candidates(400);
  for (std::size_t i = 0; i < 10; ++i) list[40 * i].institute = true;
  std::vector<int> used(400, 0);
  double seats = 0, with_institute = 0, consortia = 0;
  for (const auto& c : form_consortia(list, {3, 5, 0.0, 2}, Ties{}, Geography(Scenario{}), key, 7)) {
    int institutes = 0;
    for (const auto m : c.members) ++used[m], institutes += list[m].institute ? 1 : 0;
    seats += institutes, consortia += 1, with_institute += institutes > 0 ? 1 : 0;
  }
  EXPECT_GT(with_institute / consortia, 0.7);
  EXPECT_GT(seats / consortia, 1);  // ten of 400 candidates
  for (std::size_t i = 0; i < 400; ++i) {
    if (!list[i].institute) {
      EXPECT_LE(used[i], 2);
    }
  }
}

TEST(Consortia, of_firms_that_stand_for_ten_are_as_many_as_of_ten_firms) {
  auto real = candidates(400), sampled = candidates(40);
  for (Candidate& c : sampled) c.groups = 10;
  const ConsortiumRules rules{3, 5, 0.0, 2};
  double of_real = 0, of_sampled = 0;
  for (std::uint32_t step = 0; step < 20; ++step) {
    of_real +=
        static_cast<double>(form_consortia(real, rules, Ties{}, Geography(Scenario{}), key, step).size());
    std::vector<int> used(40, 0);
    for (const auto& c : form_consortia(sampled, rules, Ties{}, Geography(Scenario{}), key, step)) {
      of_sampled += 1;
      for (const auto m : c.members) ++used[m];
    }
    for (const int n : used) EXPECT_LE(n, 2 * 10) << "places of ten real firms";
  }
  EXPECT_NEAR(of_sampled / of_real, 1, 0.1);
}

TEST(Consortia, have_the_same_coordinators_when_a_tie_is_added) {
  const auto list = candidates(200);
  Ties ties;
  std::vector<TieEdit> edits{{AgentId{3}, AgentId{90}, 0.5F}, {AgentId{4}, AgentId{91}, 0.5F}};
  ties.apply(edits, 0, 1.0F, 0.0F, {});
  const auto coordinators = [&](const Ties& known) {
    std::vector<std::size_t> all;
    for (const auto& c : form_consortia(list, {3, 5, 0.0, 2}, known, Geography(Scenario{}), key, 7))
      all.push_back(c.members.front());
    return all;
  };
  EXPECT_EQ(coordinators(Ties{}), coordinators(ties));
}

TEST(Consortia, do_not_form_without_enough_candidates) {
  EXPECT_TRUE(form_consortia(candidates(2), {3, 5, 0.0, 2}, Ties{}, Geography(Scenario{}), key, 7).empty());
  EXPECT_TRUE(form_consortia({}, {2, 2, 0.0, 2}, Ties{}, Geography(Scenario{}), key, 7).empty());
}

}  // namespace
}  // namespace polder::agents::consortia_test
