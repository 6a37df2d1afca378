// SPDX-License-Identifier: Apache-2.0
// The engine against an independent programme: the mini model written by hand with the same draws.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "bench/mini_hand.hpp"
#include "bench/xoshiro.hpp"
#include "engine/parallel.hpp"
#include "engine/program.hpp"
#include "scenarios/reader.hpp"

namespace polder::mini::mini_test {
namespace {

ReplicateResult from_yaml(const Settings& settings) {
  const std::vector<std::string> sets = {"parameters.firms=" + std::to_string(settings.firms),
                                         "parameters.cost=" + std::to_string(settings.cost),
                                         "parameters.pool=" + std::to_string(settings.pool)};
  const auto scenario = scenarios::read_scenario(POLDER_SOURCE_DIR "/scenarios/mini.yaml", sets, {});
  return *run(compile(scenario, {}), settings.seed, settings.replicate);
}

std::vector<double> values(const Sample& s) {
  return {s.mean_capital, s.total_revenue, s.total_rd,       s.mean_productivity,
          s.exits,        s.grants,        s.mean_knowledge, s.young_firms};
}

void expect_same(const Settings& settings) {
  const ReplicateResult engine = from_yaml(settings);
  const std::vector<Sample> hand = same_draws(settings);
  ASSERT_EQ(hand.size(), settings.months);
  for (std::size_t t = 0; t < hand.size(); ++t) {
    const auto wanted = values(hand[t]);
    for (std::size_t k = 0; k < wanted.size(); ++k) {
      ASSERT_EQ(engine.values.at(k).at(t), wanted[k]) << "indicator " << k << ", month " << t;
    }
  }
}

Settings harsh(std::size_t firms) {
  Settings settings;
  settings.firms = firms;
  settings.cost = 0.03;
  settings.pool = 0.001;
  return settings;
}

TEST(Mini, gives_the_bits_of_the_hand_written_loop) {
  for (const std::size_t firms : {1U, 2U, 999U, 5000U}) {
    Settings settings;
    settings.firms = firms;
    settings.seed = firms;
    settings.replicate = 3;
    expect_same(settings);
  }
}

TEST(Mini, gives_the_bits_of_the_hand_written_loop_when_firms_leave_and_enter) {
  const ThreadLimit threads(3);
  expect_same(harsh(1000));
  expect_same(harsh(6000));
}

/// Means over replicates of the last month's indicators.
std::vector<double> mean_of(std::vector<Sample> (*loop)(const Settings&), Settings settings,
                            std::vector<double>& deviation) {
  constexpr std::uint32_t replicates = 60;
  std::vector<double> sum(8), squares(8), mean(8);
  deviation.assign(8, 0.0);
  for (settings.replicate = 1; settings.replicate <= replicates; ++settings.replicate) {
    const auto last = values(loop(settings).back());
    for (std::size_t k = 0; k < 8; ++k) sum[k] += last[k], squares[k] += last[k] * last[k];
  }
  for (std::size_t k = 0; k < 8; ++k) {
    mean[k] = sum[k] / replicates;
    deviation[k] = std::sqrt(std::max(0.0, squares[k] / replicates - mean[k] * mean[k]) / replicates);
  }
  return mean;
}

TEST(Mini, agrees_in_distribution_with_a_loop_that_draws_from_a_stream) {
  std::vector<double> deviation_a, deviation_b;
  const auto a = mean_of(same_draws, harsh(500), deviation_a);
  const auto b = mean_of(plain, harsh(500), deviation_b);
  for (std::size_t k = 0; k < a.size(); ++k) {
    EXPECT_NEAR(a[k], b[k], 4 * std::hypot(deviation_a[k], deviation_b[k])) << "indicator " << k;
  }
}

TEST(Mini, draws_normals_from_the_ziggurat) {
  Xoshiro random(1);
  constexpr int count = 400000;
  double first = 0, second = 0, fourth = 0;
  for (int i = 0; i < count; ++i) {
    const double z = random.normal();
    first += z;
    second += z * z;
    fourth += z * z * z * z;
  }
  EXPECT_NEAR(first / count, 0, 4 / std::sqrt(count));
  EXPECT_NEAR(second / count, 1, 4 * std::sqrt(2.0 / count));
  EXPECT_NEAR(fourth / count, 3, 4 * std::sqrt(96.0 / count));
}

}  // namespace
}  // namespace polder::mini::mini_test
