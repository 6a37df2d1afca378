// SPDX-License-Identifier: Apache-2.0
// The same bits on every build: blocks of 2048 or 3 rows, any instruction set, any compiler (law 4). CTest
// runs these cases once a kernel level, and the tiny-blocks preset runs them with its own block size; the
// numbers below are the same for all. They change only when the model of this test or the meaning of a draw
// changes; then say why in the commit.
#include <gtest/gtest.h>

#include <cstring>

#include "engine/kernels/kernels.hpp"
#include "engine/turn.hpp"
#include "tests/support/mini.hpp"

namespace polder::golden_test {
namespace {

std::uint64_t fingerprint(const ReplicateResult& result) {
  std::uint64_t hash = 0;
  for (const auto& series : result.values) {
    for (const double value : series) {
      std::uint64_t word = 0;
      std::memcpy(&word, &value, sizeof word);
      hash = combine(hash, word);
    }
  }
  return hash;
}

TEST(Golden, the_mini_model_has_the_same_bits_everywhere) {
  const auto program = compile(test::mini(3000, 24, "0.2", "0.01"), {});
  EXPECT_EQ(fingerprint(*run(program, 20201030, 1)), 17011737034010972824ULL)
      << "level " << kernels::name(kernels::active_level());
}

/// Every draw and function of the rule language in one rule.
TEST(Golden, every_function_has_the_same_bits_everywhere) {
  auto scenario = test::empty(3);
  scenario.kinds = {test::kind("agent", "1000",
                               {test::number("x", "normal()"), test::number("y", "exponential(mean: 2)")})};
  scenario.rules = {test::rule(
      "all", "agent",
      {test::change(Action::Verb::set,
                    {{"x",
                      "log(abs(x) + 1) + sqrt(y) - pow(y + 0.1, 0.3) + gamma(shape: 2.5, mean: 1) + "
                      "beta(2, 5) + poisson(0.4) + lognormal(mean: 1, sigma: 0.2)"},
                     {"y", "exp(-y) + clamp(x, 0, 1) + if(bernoulli(0.3), 0.5, round(3 * uniform()))"}})})};
  scenario.indicators = {test::indicator("x", "sum(agent.x)"),
                         test::indicator("median", "quantile(agent.y, 0.5)"),
                         test::indicator("gini", "gini(agent.y)")};
  EXPECT_EQ(fingerprint(*run(compile(scenario, {}), 20201030, 1)), 3942399147194041047ULL)
      << "level " << kernels::name(kernels::active_level());
}

}  // namespace
}  // namespace polder::golden_test
