// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <gtest/gtest.h>

#include "designs.hpp"
#include "functions.hpp"
#include "tools/analysis/indices.hpp"

namespace {

using namespace polder::analysis;
using namespace polder::analysis::testing;
using Eigen::MatrixXd;
using Eigen::VectorXd;

template <class Truth>
void expect_known(const std::vector<SobolEstimate>& estimates, std::size_t dimension, double tolerance) {
  ASSERT_EQ(estimates.size(), 3U);
  for (const SobolEstimate& estimate : estimates)
    for (std::size_t i = 0; i < dimension; ++i) {
      const SobolIndex& index = estimate.indices[i];
      EXPECT_NEAR(index.first.value, Truth::first(i), tolerance) << estimate.estimator << " S" << i + 1;
      EXPECT_NEAR(index.total.value, Truth::total(i), tolerance) << estimate.estimator << " ST" << i + 1;
      EXPECT_LE(index.first.low, Truth::first(i)) << estimate.estimator << " S" << i + 1;
      EXPECT_GE(index.first.high, Truth::first(i)) << estimate.estimator << " S" << i + 1;
      EXPECT_LE(index.total.low, Truth::total(i)) << estimate.estimator << " ST" << i + 1;
      EXPECT_GE(index.total.high, Truth::total(i)) << estimate.estimator << " ST" << i + 1;
    }
}

TEST(SobolIndices, of_ishigami_are_the_known_ones) {
  const Design design = make_design(request(Method::saltelli, 2048, uniform_parameters(3, -pi, pi)));
  const MatrixXd y = runs_of(design, 1, 0, 0, Ishigami::at);
  expect_known<Ishigami>(sobol_indices(y.col(0), 3, 1), 3, 0.02);
}

TEST(SobolIndices, of_sobols_g_are_the_known_ones) {
  const Design design = make_design(request(Method::saltelli, 2048, uniform_parameters(4)));
  const MatrixXd y = runs_of(design, 1, 0, 0, SobolG::at);
  expect_known<SobolG>(sobol_indices(y.col(0), 4, 1), 4, 0.02);
}

TEST(SobolIndices, are_the_known_ones_under_noise_as_large_as_the_signal_far_from_zero) {
  const Design design = make_design(request(Method::saltelli, 4096, uniform_parameters(3, -pi, pi)));
  const MatrixXd y = runs_of(
      design, 4, 10, 2 * std::sqrt(Ishigami::variance()),
      [](std::span<const double> x) { return 1e7 + Ishigami::at(x); }, 3);
  const PointVariance split = split_variance(y);
  EXPECT_NEAR(split.reliability(), 0.5, 0.02);
  const auto estimates = sobol_indices(split.point_means, 3, split.reliability());
  expect_known<Ishigami>(estimates, 3, 0.06);
  // Uncorrected, every index is off by what the noise adds to the variance.
  EXPECT_NEAR(estimates[1].indices[1].first_uncorrected, Ishigami::first(1) / 2, 0.04);
  EXPECT_NEAR(estimates[1].indices[1].total_uncorrected, (1 + Ishigami::total(1)) / 2, 0.04);
}

TEST(SobolIndices, leave_out_base_rows_that_are_not_whole) {
  const Design design = make_design(request(Method::saltelli, 2048, uniform_parameters(3, -pi, pi)));
  VectorXd y = runs_of(design, 1, 0, 0, Ishigami::at).col(0);
  for (Eigen::Index p = 3; p < y.size(); p += 101) y[p] = unknown;
  const auto estimates = sobol_indices(y, 3, 1);
  ASSERT_EQ(estimates.size(), 3U);
  EXPECT_LT(estimates[0].rows, 2048U - 90);
  for (const SobolEstimate& estimate : estimates)
    EXPECT_NEAR(estimate.indices[1].first.value, Ishigami::first(1), 0.05) << estimate.estimator;
}

TEST(SobolIndices, of_a_constant_or_of_holes_do_not_exist) {
  EXPECT_TRUE(sobol_indices(VectorXd::Constant(50, 3.0), 3, 1).empty());
  EXPECT_TRUE(sobol_indices(VectorXd::Constant(50, unknown), 3, 1).empty());
}

MorrisSteps steps_of(const Design& design) {
  return {design.structure["parameter"].get<std::vector<std::vector<std::size_t>>>(),
          design.structure["delta"].get<std::vector<std::vector<double>>>()};
}

TEST(Morris, of_a_linear_function_gives_its_slopes_without_deviation) {
  const Design design = make_design(request(Method::morris, 12, uniform_parameters(3)));
  const PointVariance outcome =
      split_variance(runs_of(design, 1, 0, 0, [](std::span<const double> x) { return 3 * x[0] - 2 * x[1]; }));
  const auto effects = morris_effects(outcome, steps_of(design), 3);
  const double slopes[] = {3, -2, 0};
  for (std::size_t d = 0; d < 3; ++d) {
    EXPECT_NEAR(effects[d].mu.value, slopes[d], 1e-12);
    EXPECT_NEAR(effects[d].mu_star.value, std::abs(slopes[d]), 1e-12);
    EXPECT_NEAR(effects[d].sigma, 0, 1e-12);
    EXPECT_EQ(effects[d].effects, 12U);
  }
}

TEST(Morris, of_a_product_has_the_deviation_of_the_other_factor) {
  // The effect of x1 in x1 x2 is x2, on levels 0, 1/3, 2/3, 1: mean 1/2, variance 5/36.
  const Design design = make_design(request(Method::morris, 2000, uniform_parameters(2)));
  const PointVariance outcome =
      split_variance(runs_of(design, 1, 0, 0, [](std::span<const double> x) { return x[0] * x[1]; }));
  const auto effects = morris_effects(outcome, steps_of(design), 2);
  EXPECT_NEAR(effects[0].mu.value, 0.5, 4 * std::sqrt(5.0 / 36 / 2000));
  EXPECT_NEAR(effects[0].sigma, std::sqrt(5.0 / 36), 0.02);
  EXPECT_LT(effects[0].mu.low, 0.5);
  EXPECT_GT(effects[0].mu.high, 0.5);
}

TEST(Morris, tells_an_effect_from_noise_and_takes_noise_out_of_sigma) {
  const Design design = make_design(request(Method::morris, 400, uniform_parameters(3)));
  const PointVariance outcome = split_variance(
      runs_of(design, 4, 5, 0.5, [](std::span<const double> x) { return 2 * x[0] + 0.2 * x[1]; }));
  const auto effects = morris_effects(outcome, steps_of(design), 3);
  // An effect's noise: 2 x 0.25 / 4 over (2/3)^2.
  const double noise = 2 * 0.25 / 4 / (4.0 / 9);
  EXPECT_NEAR(effects[2].noise_floor, std::sqrt(2 * noise / pi), 0.02);
  EXPECT_NEAR(effects[2].mu_star.value, effects[2].noise_floor, 0.05);
  EXPECT_FALSE(effects[2].above_noise);
  EXPECT_TRUE(effects[0].above_noise);
  EXPECT_NEAR(effects[0].sigma_uncorrected, std::sqrt(noise), 0.04);
  EXPECT_LT(effects[0].sigma, 0.2);
}

TEST(Morris, leaves_out_steps_from_or_to_points_without_value) {
  const Design design = make_design(request(Method::morris, 5, uniform_parameters(2)));
  MatrixXd y = runs_of(design, 1, 0, 0, [](std::span<const double> x) { return x[0] + x[1]; });
  y(1, 0) = unknown;  // the middle of the first trajectory: both its steps are lost
  const auto effects = morris_effects(split_variance(y), steps_of(design), 2);
  EXPECT_EQ(effects[0].effects, 4U);
  EXPECT_EQ(effects[1].effects, 4U);
  EXPECT_NEAR(effects[0].mu.value, 1, 1e-12);
}

MatrixXd matrix_of(const Design& design) {
  MatrixXd x(static_cast<Eigen::Index>(design.num_points()), static_cast<Eigen::Index>(design.dimension));
  for (Eigen::Index p = 0; p < x.rows(); ++p)
    for (Eigen::Index d = 0; d < x.cols(); ++d)
      x(p, d) = design.point(static_cast<std::size_t>(p))[static_cast<std::size_t>(d)];
  return x;
}

std::vector<std::size_t> each_its_own(std::size_t count) {
  std::vector<std::size_t> cluster(count);
  for (std::size_t c = 0; c < count; ++c) cluster[c] = c;
  return cluster;
}

TEST(RankCorrelation, is_one_for_any_monotone_function_of_one_parameter) {
  const Design design = make_design(request(Method::latin_hypercube, 200, uniform_parameters(2)));
  const VectorXd y =
      runs_of(design, 1, 0, 0, [](std::span<const double> x) { return -std::exp(9 * x[0]); }).col(0);
  const auto found = rank_correlations(matrix_of(design), y, each_its_own(200), 1);
  EXPECT_NEAR(found[0].spearman.value, -1, 1e-12);
  EXPECT_NEAR(found[0].spearman.high, -1, 1e-9);
  EXPECT_LT(std::abs(found[1].spearman.value), 0.2);
  EXPECT_LT(found[1].spearman.low, 0);
  EXPECT_GT(found[1].spearman.high, 0);
}

TEST(RankCorrelation, with_other_parameters_taken_out_is_the_partial_one) {
  // For y = x1 + x2 + noise of independent parts with variances 1/12, 1/12, s2 the partial correlation of
  // values is sqrt(1 / (1 + 12 s2)); that of ranks is near it.
  const Design design = make_design(request(Method::latin_hypercube, 2000, uniform_parameters(2)));
  const VectorXd y = runs_of(design, 1, 0, 0.2, [](std::span<const double> x) { return x[0] + x[1]; }).col(0);
  const auto found = rank_correlations(matrix_of(design), y, each_its_own(2000), 1);
  const double partial = std::sqrt(1 / (1 + 12 * 0.04)), simple = std::sqrt(1 / (2 + 12 * 0.04));
  EXPECT_NEAR(found[0].prcc.value, partial, 0.03);
  EXPECT_NEAR(found[0].spearman.value, simple, 0.03);
  EXPECT_LT(found[0].prcc.low, found[0].prcc.value);
  EXPECT_GT(found[0].prcc.high, found[0].prcc.value);
  EXPECT_LT(found[0].prcc.high - found[0].prcc.low, 0.06);
}

TEST(RankCorrelation, has_intervals_that_contain_the_truth_about_as_often_as_they_say) {
  int contained = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const Design design = make_design(request(Method::latin_hypercube, 80, uniform_parameters(1), seed));
    const VectorXd y = runs_of(
                           design, 1, 0, 1, [](std::span<const double>) { return 0.0; }, seed)
                           .col(0);
    const Estimate found = rank_correlations(matrix_of(design), y, each_its_own(80), seed)[0].spearman;
    contained += found.low <= 0 && found.high >= 0 ? 1 : 0;
  }
  EXPECT_GE(contained, 88);
}

TEST(RankCorrelation, does_not_exist_for_constants_or_with_too_few_points) {
  const auto constant = rank_correlations(MatrixXd::Random(20, 2), VectorXd::Ones(20), each_its_own(20), 1);
  EXPECT_TRUE(std::isnan(constant[0].prcc.value));
  const auto few = rank_correlations(MatrixXd::Random(3, 4), VectorXd::Random(3), each_its_own(3), 1);
  EXPECT_TRUE(std::isnan(few[0].prcc.value));
}

}  // namespace
