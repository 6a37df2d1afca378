// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "engine/expression/code.hpp"
#include "tests/engine/expression_support.hpp"

namespace polder::expression::expression_draws_test {
namespace {

/// Standard normal distribution function.
double normal_cdf(double z) {
  return 0.5 * std::erfc(-z / std::sqrt(2.0));
}

/// Regularised lower incomplete gamma function, by its series.
double gamma_cdf(double shape, double x) {
  if (x <= 0) return 0;
  double term = 1 / shape, sum = term;
  for (double k = 1; k < 10000 && term > 1e-17 * sum; ++k) {
    term *= x / (shape + k);
    sum += term;
  }
  return sum * std::exp(-x + shape * std::log(x) - std::lgamma(shape));
}

/// Regularised incomplete beta function, by Simpson's rule; for a, b >= 1.
double beta_cdf(double a, double b, double x) {
  constexpr int pieces = 2000;
  const double width = x / pieces;
  const auto density = [&](double t) { return std::pow(t, a - 1) * std::pow(1 - t, b - 1); };
  double sum = density(0) + density(x);
  for (int i = 1; i < pieces; ++i) sum += (i % 2 == 1 ? 4 : 2) * density(i * width);
  return sum * width / 3 * std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b));
}

class ExpressionDraws : public ExpressionTest {
 protected:
  /// One draw of each of n agents.
  std::vector<double> draws(const std::string& text, std::size_t n = 100'000) {
    const Code code = compile(text);
    Registers registers(code);
    std::vector<std::uint64_t> ids(n);
    for (std::size_t i = 0; i < n; ++i) ids[i] = mix64(i);
    Lanes lanes = world.lanes();
    lanes.self_ids = ids.data();
    std::vector<double> result;
    for (std::size_t from = 0; from < n; from += strip) {
      lanes.first = static_cast<Row>(from);
      lanes.n = std::min(strip, n - from);
      evaluate(code, lanes, registers);
      result.insert(result.end(), registers.result(0), registers.result(0) + lanes.n);
    }
    return result;
  }

  static double mean(const std::vector<double>& v) {
    return std::accumulate(v.begin(), v.end(), 0.0) / static_cast<double>(v.size());
  }
  static double variance(const std::vector<double>& v) {
    const double m = mean(v);
    double sum = 0;
    for (const double x : v) sum += (x - m) * (x - m);
    return sum / static_cast<double>(v.size() - 1);
  }
  /// Largest distance between the empirical distribution and F, times sqrt(n): above 1.95 with chance 0.001.
  static double kolmogorov(std::vector<double> v, const std::function<double(double)>& cdf) {
    std::sort(v.begin(), v.end());
    const auto n = static_cast<double>(v.size());
    double largest = 0;
    for (std::size_t i = 0; i < v.size(); ++i) {
      const double f = cdf(v[i]), below = static_cast<double>(i) / n;
      largest = std::max({largest, std::abs(f - below), std::abs(f - below - 1 / n)});
    }
    return largest * std::sqrt(n);
  }
  void expect_moments(const std::vector<double>& v, double mu, double sigma2) {
    const double error = std::sqrt(sigma2 / static_cast<double>(v.size()));
    EXPECT_NEAR(mean(v), mu, 4 * error);
    EXPECT_NEAR(variance(v) / sigma2, 1, 0.05);
  }
};

TEST_F(ExpressionDraws, uniform_is_uniform) {
  const auto v = draws("uniform(2, 6)");
  expect_moments(v, 4, 16.0 / 12);
  EXPECT_LT(kolmogorov(v, [](double x) { return (x - 2) / 4; }), 1.95);
}

TEST_F(ExpressionDraws, normal_is_normal) {
  const auto v = draws("normal(mean: 3, sigma: 2)");
  expect_moments(v, 3, 4);
  EXPECT_LT(kolmogorov(v, [](double x) { return normal_cdf((x - 3) / 2); }), 1.95);
}

TEST_F(ExpressionDraws, lognormal_has_the_median_or_the_mean_it_is_given) {
  const auto by_median = draws("lognormal(median: 60, sigma: 0.35)");
  EXPECT_LT(kolmogorov(by_median, [](double x) { return normal_cdf(std::log(x / 60) / 0.35); }), 1.95);
  const auto by_mean = draws("lognormal(mean: 60, sigma: 0.35)");
  expect_moments(by_mean, 60, 3600 * (std::exp(0.35 * 0.35) - 1));
}

TEST_F(ExpressionDraws, exponential_waits_as_long_as_it_is_told) {
  const auto v = draws("exponential(mean: 3)");
  expect_moments(v, 3, 9);
  EXPECT_LT(kolmogorov(v, [](double x) { return 1 - std::exp(-x / 3); }), 1.95);
}

TEST_F(ExpressionDraws, bernoulli_hits_with_its_chance) {
  const auto v = draws("bernoulli(0.3)");
  EXPECT_NEAR(mean(v), 0.3, 4 * std::sqrt(0.3 * 0.7 / 1e5));
  EXPECT_EQ(mean(draws("bernoulli(0)", 1000)), 0);
  EXPECT_EQ(mean(draws("bernoulli(1)", 1000)), 1);
}

TEST_F(ExpressionDraws, poisson_has_its_frequencies) {
  for (const double mu : {0.05, 0.5, 1.0, 3.0, 100.0}) {
    const auto v = draws("poisson(" + std::to_string(mu) + ")");
    expect_moments(v, mu, mu);
    double chance = std::exp(-mu), chi2 = 0, degrees = 0;
    for (int k = 0; k < 200; ++k) {
      const double expected = chance * 1e5;
      const auto found = static_cast<double>(std::count(v.begin(), v.end(), k));
      if (expected > 20) {
        chi2 += (found - expected) * (found - expected) / expected;
        degrees += 1;
      }
      chance *= mu / (k + 1);
    }
    EXPECT_LT(chi2, degrees + 4 * std::sqrt(2 * degrees)) << "mean " << mu;
  }
  EXPECT_EQ(mean(draws("poisson(0)", 1000)), 0);
}

TEST_F(ExpressionDraws, gamma_has_its_shape_and_mean) {
  for (const double shape : {0.3, 1.0, 2.5, 50.0}) {
    const auto v = draws("gamma(shape: " + std::to_string(shape) + ", mean: 6)");
    expect_moments(v, 6, 36 / shape);
    EXPECT_LT(kolmogorov(v, [&](double x) { return gamma_cdf(shape, x * shape / 6); }), 1.95)
        << "shape " << shape;
  }
}

TEST_F(ExpressionDraws, beta_has_its_moments_and_shape) {
  const auto v = draws("beta(a: 2, b: 5)");
  expect_moments(v, 2.0 / 7, 10.0 / (49 * 8));
  EXPECT_LT(kolmogorov(draws("beta(a: 2, b: 5)", 5000), [](double x) { return beta_cdf(2, 5, x); }), 1.95);
}

TEST_F(ExpressionDraws, choice_takes_values_in_proportion_to_their_weights) {
  const auto v = draws("choice([1, 2, 5], [3, 0, 1])");
  const auto ones = static_cast<double>(std::count(v.begin(), v.end(), 1.0));
  EXPECT_NEAR(ones, 75000, 4 * std::sqrt(1e5 * 0.75 * 0.25));
  EXPECT_EQ(std::count(v.begin(), v.end(), 2.0), 0);
  const auto even = draws("choice([1, 2, 3, 4])");
  EXPECT_NEAR(mean(even), 2.5, 4 * std::sqrt(1.25 / 1e5));
}

TEST_F(ExpressionDraws, choice_takes_labels) {
  const Labels* sectors = world.layout.labels[0].get();
  const Code code = compile("choice([quantum, 'bio tech'], [1, 1])", {Type::category, std::nullopt, sectors});
  Lanes lanes = world.lanes();
  lanes.n = strip;
  const auto v = evaluate_all(code, lanes);
  EXPECT_EQ(std::count(v.begin(), v.end(), 0.0), 0);
  EXPECT_GT(std::count(v.begin(), v.end(), 1.0), 80);
  EXPECT_GT(std::count(v.begin(), v.end(), 2.0), 80);
}

TEST_F(ExpressionDraws, are_those_of_the_key_of_the_owner_the_agent_the_step_and_their_number) {
  const Code code = compile("uniform() + 0 * normal()");
  const Lanes lanes = world.lanes();
  const DrawKey key = draw_key(7, 1, purpose_of("test"));
  EXPECT_EQ(evaluate_all(code, lanes)[2], uniform(key, AgentId{world.firms.ids[2]}, 3, 2));
  EXPECT_EQ(evaluate_all(compile("0 * uniform() + normal()"), lanes)[2],
            normal(key, AgentId{world.firms.ids[2]}, 3, 3));
  EXPECT_EQ(evaluate_all(compile("exponential(mean: 1)"), lanes)[1],
            exponential(key, AgentId{world.firms.ids[1]}, 3, 2));
}

TEST_F(ExpressionDraws, equal_ones_are_different_draws) {
  const Code code = compile("uniform() - uniform()");
  EXPECT_EQ(code.num_draws, 2U);
  EXPECT_NE(evaluate_all(code, world.lanes())[0], 0);
}

TEST_F(ExpressionDraws, are_numbered_through_all_formulas_of_a_code) {
  Mistakes mistakes;
  Compiler compiler(world.scope(), mistakes);
  compiler.add(formula("uniform()"), {});
  compiler.add(formula("uniform()"), {});
  const Code code = compiler.finish();
  const DrawKey key = draw_key(7, 1, purpose_of("test"));
  EXPECT_EQ(evaluate_all(code, world.lanes(), 0)[0], uniform(key, AgentId{1000}, 3, 2));
  EXPECT_EQ(evaluate_all(code, world.lanes(), 1)[0], uniform(key, AgentId{1000}, 3, 3));
}

TEST_F(ExpressionDraws, the_first_number_can_be_chosen) {
  Scope scope = world.scope();
  scope.first_draw = 40;
  const DrawKey key = draw_key(7, 1, purpose_of("test"));
  EXPECT_EQ(evaluate_all(compile("uniform()", {}, scope), world.lanes())[0],
            uniform(key, AgentId{1000}, 3, 40));
}

TEST_F(ExpressionDraws, elements_of_a_vector_draw_apart) {
  const DrawKey key = draw_key(7, 1, purpose_of("test"));
  Lanes lanes = world.lanes();
  lanes.draw_offset = 5;
  EXPECT_EQ(evaluate_all(compile("uniform()"), lanes)[0], uniform(key, AgentId{1000}, 3, 2 + 5));
  const Code two = compile("uniform() + 0 * uniform()");
  EXPECT_EQ(evaluate_all(two, lanes)[0], uniform(key, AgentId{1000}, 3, 2 + 2 * 5)) << "two draws an element";
}

TEST_F(ExpressionDraws, a_conditional_draw_leaves_the_others_where_they_are) {
  const Lanes lanes = world.lanes();
  EXPECT_EQ(evaluate_all(compile("if(false, uniform(), 0) + uniform()"), lanes),
            evaluate_all(compile("0 * uniform() + uniform()"), lanes));
}

TEST_F(ExpressionDraws, impossible_parameters_are_faults) {
  for (const std::string text :
       {"poisson(-1 - x)", "gamma(shape: -1 - x, mean: 1)", "bernoulli(x - 5)", "poisson(1e7 + x)"})
    EXPECT_EQ(first_fault(evaluate_all(compile(text), world.lanes()).data(), 4), 0U) << text;
}

}  // namespace
}  // namespace polder::expression::expression_draws_test
