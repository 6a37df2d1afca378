// SPDX-License-Identifier: Apache-2.0
#include "engine/draw.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

namespace polder::draw_test {
namespace {

using Words = std::array<std::uint32_t, 4>;

// Known answers of philox4x32-10: Random123 1.14, tests/kat_vectors.
TEST(Draw, gives_the_published_answers_of_philox) {
  EXPECT_EQ(philox(DrawKey{0}, {0, 0, 0, 0}), (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  const std::uint32_t ones = 0xffffffff;
  EXPECT_EQ(philox(DrawKey{~std::uint64_t{0}}, {ones, ones, ones, ones}),
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox(DrawKey{0x299f31d0a4093822}, {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Draw, puts_id_step_and_n_into_the_counter) {
  const AgentId id{0x85a308d3243f6a88};
  const auto words = draw_words(DrawKey{0x299f31d0a4093822}, id, 0x13198a2e, 0x03707344);
  EXPECT_EQ(words[0], 0x94fdccebd16cfe09U);
  EXPECT_EQ(words[1], 0x24126ea15001e420U);
}

TEST(Draw, never_gives_zero_or_one) {
  EXPECT_EQ(to_unit(0), 0x1p-53);
  EXPECT_EQ(to_unit(~std::uint64_t{0}), 1 - 0x1p-53);
}

TEST(Draw, differs_by_seed_replicate_purpose_agent_step_and_number) {
  std::set<double> seen;
  std::size_t count = 0;
  for (const std::uint64_t seed : {1, 2}) {
    for (const std::uint32_t replicate : {1, 2}) {
      for (const char* purpose : {"learn", "exit"}) {
        const DrawKey key = draw_key(seed, replicate, purpose_of(purpose));
        for (const std::uint64_t id : {1, 2}) {
          for (const std::uint32_t step : {0, 1}) {
            for (const std::uint32_t n : {0, 1}) {
              seen.insert(uniform(key, AgentId{id}, step, n));
              ++count;
            }
          }
        }
      }
    }
  }
  EXPECT_EQ(seen.size(), count);
}

std::vector<double> sorted_sample(double (*draw)(DrawKey, AgentId, std::uint32_t, std::uint32_t),
                                  std::size_t count) {
  std::vector<double> sample(count);
  const DrawKey key = draw_key(3, 1, purpose_of("sample"));
  for (std::size_t i = 0; i < count; ++i) sample[i] = draw(key, founder_id("firm", 0, i), 0, 0);
  std::sort(sample.begin(), sample.end());
  return sample;
}

/// Largest distance between the sample's distribution and F, times the root of its size (Kolmogorov and
/// Smirnov).
template <class F>
double distance(const std::vector<double>& sample, F distribution) {
  double largest = 0;
  const auto n = static_cast<double>(sample.size());
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double at = distribution(sample[i]);
    largest = std::max({largest, at - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - at});
  }
  return largest * std::sqrt(n);
}

constexpr double one_in_a_thousand = 1.95;  // quantile of the Kolmogorov distribution
constexpr std::size_t sample_size = 200000;

TEST(Draw, is_uniform) {
  EXPECT_LT(distance(sorted_sample(uniform, sample_size), [](double x) { return x; }), one_in_a_thousand);
}

TEST(Draw, is_normal) {
  const auto normal_distribution = [](double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); };
  EXPECT_LT(distance(sorted_sample(normal, sample_size), normal_distribution), one_in_a_thousand);
}

TEST(Draw, is_exponential) {
  const auto exponential_distribution = [](double x) { return -std::expm1(-x); };
  EXPECT_LT(distance(sorted_sample(exponential, sample_size), exponential_distribution), one_in_a_thousand);
}

TEST(Draw, has_no_correlation_between_neighbours_in_id_step_and_number) {
  const DrawKey key = draw_key(4, 1, purpose_of("neighbours"));
  constexpr std::size_t count = 100000;
  double by_id = 0, by_step = 0, by_number = 0;
  for (std::uint64_t i = 1; i <= count; ++i) {
    const double z = normal(key, AgentId{i}, 0);
    by_id += z * normal(key, AgentId{i + 1}, 0);
    by_step += z * normal(key, AgentId{i}, 1);
    by_number += z * normal(key, AgentId{i}, 0, 1);
  }
  const double four_sigma = 4 * std::sqrt(static_cast<double>(count));
  EXPECT_LT(std::fabs(by_id), four_sigma);
  EXPECT_LT(std::fabs(by_step), four_sigma);
  EXPECT_LT(std::fabs(by_number), four_sigma);
}

}  // namespace
}  // namespace polder::draw_test
