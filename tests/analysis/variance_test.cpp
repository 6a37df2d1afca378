// SPDX-License-Identifier: Apache-2.0
#include <random>

#include <gtest/gtest.h>

#include "designs.hpp"
#include "functions.hpp"
#include "tools/analysis/variance.hpp"

namespace {

using namespace polder::analysis;
using namespace polder::analysis::testing;
using Eigen::MatrixXd;

TEST(Variance, of_four_runs_is_what_hand_computation_says) {
  // Rows 1 and 5 apart by 4; columns apart by 2; a rest of +-0.5.
  MatrixXd y(2, 2);
  y << 0.5, 1.5, 3.5, 6.5;
  const PointVariance split = split_variance(y);
  EXPECT_DOUBLE_EQ(split.mean, 3);
  EXPECT_DOUBLE_EQ(split.point_means[0], 1);
  EXPECT_DOUBLE_EQ(split.point_means[1], 5);
  EXPECT_DOUBLE_EQ(split.of_means, 8);
  EXPECT_DOUBLE_EQ(split.replicate_own, 1);  // 4 x 0.25 over one degree of freedom
  EXPECT_DOUBLE_EQ(split.mean_noise, 0.5);
  EXPECT_DOUBLE_EQ(split.parameter, 7.5);
  EXPECT_DOUBLE_EQ(split.replicate_shared, 1.5);  // variance 2 of (-1, 1) less 1 / 2
}

TEST(Variance, recovers_noise_of_known_size_beside_that_of_parameters) {
  const Design design = make_design(request(Method::sobol_sequence, 2048, uniform_parameters(3, -pi, pi)));
  const MatrixXd y = runs_of(design, 6, 0, 2.5, Ishigami::at);
  const PointVariance split = split_variance(y);
  EXPECT_NEAR(split.replicate_own, 6.25, 4 * 6.25 * std::sqrt(2.0 / (2047 * 5)));
  EXPECT_NEAR(split.parameter, Ishigami::variance(), 0.03 * Ishigami::variance());
  EXPECT_NEAR(split.reliability(), Ishigami::variance() / (Ishigami::variance() + 6.25 / 6), 0.01);
  EXPECT_LT(split.replicate_shared, 0.05);
}

TEST(Variance, does_not_take_draws_that_points_share_for_noise_between_points) {
  const Design design = make_design(request(Method::sobol_sequence, 1024, uniform_parameters(3, -pi, pi)));
  const MatrixXd y = runs_of(design, 40, 5, 1, Ishigami::at);
  const PointVariance split = split_variance(y);
  EXPECT_NEAR(split.replicate_shared, 25, 4 * 25 * std::sqrt(2.0 / 39));
  EXPECT_NEAR(split.replicate_own, 1, 0.05);
  EXPECT_NEAR(split.mean_noise, 1.0 / 40, 0.002);
  EXPECT_NEAR(split.parameter, Ishigami::variance(), 0.03 * Ishigami::variance());
}

TEST(Variance, adjusts_points_for_the_replicates_they_lack) {
  // Without noise of its own, a point's mean must not depend on which of its runs failed.
  const Design design = make_design(request(Method::sobol_sequence, 64, uniform_parameters(3, -pi, pi)));
  const MatrixXd whole = runs_of(design, 5, 3, 0, Ishigami::at);
  MatrixXd holes = whole;
  std::mt19937_64 engine(4);
  for (Eigen::Index p = 0; p < holes.rows(); ++p) holes(p, static_cast<Eigen::Index>(engine() % 5)) = unknown;
  holes.row(9).setConstant(unknown);
  const PointVariance all = split_variance(whole), some = split_variance(holes);
  EXPECT_EQ(some.points, 63U);
  EXPECT_EQ(some.runs, 63U * 4);
  EXPECT_TRUE(std::isnan(some.point_means[9]));
  const double shift = all.point_means[0] - some.point_means[0];
  for (Eigen::Index p = 0; p < 64; ++p)
    if (p != 9) {
      EXPECT_NEAR(all.point_means[p] - some.point_means[p], shift, 1e-9) << p;
    }
  EXPECT_NEAR(some.replicate_own, 0, 1e-9);
}

TEST(Variance, leaves_the_noise_unknown_with_one_replicate) {
  const Design design = make_design(request(Method::sobol_sequence, 16, uniform_parameters(3)));
  const PointVariance split = split_variance(runs_of(design, 1, 0, 1, Ishigami::at));
  EXPECT_FALSE(split.noise_known());
  EXPECT_DOUBLE_EQ(split.parameter, split.of_means);
  EXPECT_EQ(split.reliability(), 1);
}

TEST(Variance, of_nothing_and_of_constants_is_no_number_or_zero) {
  EXPECT_EQ(split_variance(MatrixXd::Constant(3, 2, unknown)).points, 0U);
  const PointVariance same = split_variance(MatrixXd::Constant(3, 2, 7e12));
  EXPECT_EQ(same.parameter, 0);
  EXPECT_EQ(same.replicate_own, 0);
  EXPECT_EQ(same.reliability(), 1);
  EXPECT_EQ(split_variance(MatrixXd::Constant(1, 1, 2)).points, 1U);
}

/// y = a[arm] + p + r + pa + pr + ar + own, all normal with given deviations.
struct Deviations {
  double point, replicate, arm_point, point_replicate, arm_replicate, own;
};
std::vector<MatrixXd> three_way(const std::vector<double>& arms, Eigen::Index points, Eigen::Index replicates,
                                const Deviations& s) {
  std::mt19937_64 engine(12);
  std::normal_distribution<double> normal;
  const auto draw = [&](Eigen::Index rows, Eigen::Index columns, double deviation) -> MatrixXd {
    return MatrixXd::NullaryExpr(rows, columns, [&] { return deviation * normal(engine); });
  };
  const MatrixXd point = draw(points, 1, s.point), replicate = draw(1, replicates, s.replicate);
  const MatrixXd both = draw(points, replicates, s.point_replicate);
  std::vector<MatrixXd> y;
  for (const double arm : arms) {
    const MatrixXd of_point = draw(points, 1, s.arm_point),
                   of_replicate = draw(1, replicates, s.arm_replicate);
    y.push_back(((point + of_point).replicate(1, replicates) +
                 (replicate + of_replicate).replicate(points, 1) + both + draw(points, replicates, s.own))
                    .array() +
                1e6 + arm);
  }
  return y;
}

TEST(Budget, finds_the_parts_that_the_values_were_made_of) {
  // Arms -2, 2: variance 4. Deviations that arms do not share enter the mean over two arms with half their
  // variance.
  const Budget budget = uncertainty_budget(three_way({-2, 2}, 600, 200, {3, 1.5, 1, 2, 0.5, 0.7}));
  EXPECT_EQ(budget.points, 600U);
  EXPECT_NEAR(budget.parameter, 9 + 0.5, 1.0);
  EXPECT_NEAR(budget.scenario, 4, 0.4);
  EXPECT_NEAR(budget.scenario_by_parameter, 0.5, 0.08);
  EXPECT_NEAR(budget.replicate, 2.25 + 4 + 0.25 + 0.49, 0.8);
  EXPECT_NEAR(budget.total,
              budget.parameter + budget.scenario + budget.scenario_by_parameter + budget.replicate, 1e-9);
}

TEST(Budget, has_the_variance_of_a_run_as_its_total) {
  const auto arms = three_way({0, 3, 3}, 300, 50, {2, 1, 1, 1, 1, 1});
  double squares = 0, mean = 0;
  for (const MatrixXd& arm : arms) mean += arm.mean() / 3;
  for (const MatrixXd& arm : arms) squares += (arm.array() - mean).square().mean() / 3;
  EXPECT_NEAR(uncertainty_budget(arms).total, squares, 0.02 * squares);
}

TEST(Budget, counts_only_points_that_are_whole_and_says_so) {
  auto arms = three_way({0, 1}, 50, 4, {1, 1, 0, 1, 0, 0});
  arms[1](7, 2) = unknown;
  arms[0](9, 0) = unknown;
  EXPECT_EQ(uncertainty_budget(arms).points, 48U);
  for (MatrixXd& arm : arms) arm.setConstant(unknown);
  EXPECT_EQ(uncertainty_budget(arms).points, 0U);
}

TEST(Budget, with_one_replicate_or_one_arm_has_the_other_parts) {
  const Budget single = uncertainty_budget(three_way({-2, 2}, 2000, 1, {3, 0, 0, 0, 0, 0}));
  EXPECT_TRUE(std::isnan(single.replicate));
  EXPECT_NEAR(single.parameter, 9, 1);
  EXPECT_NEAR(single.scenario, 4, 0.1);
  const Budget one_arm = uncertainty_budget(three_way({5}, 500, 100, {3, 1, 0, 2, 0, 0}));
  EXPECT_EQ(one_arm.scenario, 0);
  EXPECT_EQ(one_arm.scenario_by_parameter, 0);
  EXPECT_NEAR(one_arm.parameter, 9, 1.5);
  EXPECT_NEAR(one_arm.replicate, 5, 0.5);
}

}  // namespace
