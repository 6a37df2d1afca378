// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <gtest/gtest.h>

#include "designs.hpp"
#include "functions.hpp"
#include "tools/analysis/decision.hpp"

namespace {

using namespace polder::analysis;
using namespace polder::analysis::testing;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// A design over parameters, its runs, and what a metamodel sees of them.
struct Sweep {
  std::vector<Marginal> marginals;
  PointVariance variance;
  Training training;
};

template <class Function>
Sweep sweep_of(std::size_t size, const std::vector<ParameterRange>& parameters, std::size_t replicates,
               double noise, const Function& function, Method method = Method::sobol_sequence) {
  const Design design = make_design(request(method, size, parameters));
  Sweep sweep{marginals_of(parameters), split_variance(runs_of(design, replicates, 0, noise, function)), {}};
  sweep.training.u.resize(static_cast<Eigen::Index>(design.num_points()),
                          static_cast<Eigen::Index>(design.dimension));
  for (std::size_t p = 0; p < design.num_points(); ++p) {
    sweep.training.cluster.push_back(p);
    for (std::size_t d = 0; d < design.dimension; ++d)
      sweep.training.u(static_cast<Eigen::Index>(p), static_cast<Eigen::Index>(d)) =
          sweep.marginals[d].probability(design.point(p)[d]);
  }
  sweep.training.y = sweep.variance.point_means;
  sweep.training.noise = sweep.variance.noise;
  return sweep;
}

TEST(Polynomial, has_orthonormal_terms) {
  const std::vector<std::vector<unsigned>> degrees{{0, 0}, {1, 0}, {2, 1}, {0, 3}};
  const MatrixXd terms = evaluate_terms(degrees, unit_sample(16384, 2));
  EXPECT_NEAR((terms.transpose() * terms / 16384 - MatrixXd::Identity(4, 4)).cwiseAbs().maxCoeff(), 0, 2e-3);
}

TEST(Metamodel, of_ishigami_by_chaos_has_the_known_indices_inside_its_intervals) {
  const Sweep sweep = sweep_of(256, uniform_parameters(3, -pi, pi), 4, 0.5, Ishigami::at);
  const Metamodel model =
      choose_metamodel(sweep.training, {Surrogate::linear, Surrogate::polynomial_chaos}, sweep.variance, 1);
  EXPECT_EQ(model.kind, Surrogate::polynomial_chaos);
  ASSERT_EQ(model.candidates.size(), 2U);
  EXPECT_LT(model.candidates[0].q2, 0.5);
  EXPECT_GT(model.q2, 0.97);
  EXPECT_GE(model.q2_without_noise, model.q2);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(model.sobol[i].first.value, Ishigami::first(i), 0.02);
    EXPECT_NEAR(model.sobol[i].total.value, Ishigami::total(i), 0.02);
    EXPECT_LE(model.sobol[i].total.low, Ishigami::total(i) + 0.005);
    EXPECT_GE(model.sobol[i].total.high, Ishigami::total(i) - 0.005);
  }
}

TEST(Metamodel, by_kriging_knows_the_noise_and_has_the_known_indices) {
  const Sweep sweep = sweep_of(128, uniform_parameters(4), 4, 0.1, SobolG::at);
  const Metamodel model = choose_metamodel(sweep.training, {Surrogate::kriging}, sweep.variance, 1);
  ASSERT_EQ(model.candidates.size(), 1U);
  EXPECT_GT(model.q2, 0.8);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(model.sobol[i].total.value, SobolG::total(i), 0.1) << i;
}

TEST(Metamodel, does_not_claim_to_predict_noise) {
  const Sweep sweep = sweep_of(200, uniform_parameters(3), 2, 1, [](std::span<const double>) { return 4.0; });
  const Metamodel model =
      choose_metamodel(sweep.training, {Surrogate::linear, Surrogate::polynomial_chaos}, sweep.variance, 1);
  EXPECT_LT(model.q2, 0.1);
}

TEST(Metamodel, of_few_points_constants_or_two_levels_falls_back_or_does_not_exist) {
  const auto linear = [](std::span<const double> x) { return x[0] - 2 * x[1]; };
  const Sweep few = sweep_of(3, uniform_parameters(3), 1, 0, linear);
  EXPECT_TRUE(
      choose_metamodel(few.training, usual_surrogates(few.training), few.variance, 1).candidates.empty());
  const Sweep constant =
      sweep_of(64, uniform_parameters(3), 1, 0, [](std::span<const double>) { return 4.0; });
  EXPECT_TRUE(choose_metamodel(constant.training, {Surrogate::linear, Surrogate::polynomial_chaos},
                               constant.variance, 1)
                  .candidates.empty());
  const Sweep corners = sweep_of(0, uniform_parameters(4), 1, 0, linear, Method::factorial);
  const Metamodel model = choose_metamodel(corners.training, {Surrogate::linear, Surrogate::polynomial_chaos},
                                           corners.variance, 1);
  EXPECT_EQ(model.kind, Surrogate::linear);
  ASSERT_EQ(model.candidates.size(), 1U);
  EXPECT_NEAR(model.q2, 1, 1e-9);
}

TEST(Metamodel, is_the_same_every_time) {
  const Sweep sweep = sweep_of(96, uniform_parameters(3, -pi, pi), 2, 0.5, Ishigami::at);
  const auto first = choose_metamodel(sweep.training, usual_surrogates(sweep.training), sweep.variance, 7);
  const auto second = choose_metamodel(sweep.training, usual_surrogates(sweep.training), sweep.variance, 7);
  EXPECT_EQ(first.q2, second.q2);
  EXPECT_EQ(first.sobol[0].total.low, second.sobol[0].total.low);
}

TEST(Decision, finds_where_the_sign_flips_and_how_likely_it_is_positive) {
  // y = x1 - 0.3 + 0.1 (x2 - 0.5) on [0, 1]^3: x1 crosses at 0.3, nothing else does.
  const Sweep sweep = sweep_of(128, uniform_parameters(3), 3, 0.02,
                               [](std::span<const double> x) { return x[0] - 0.3 + 0.1 * (x[1] - 0.5); });
  const Metamodel model = choose_metamodel(sweep.training, {Surrogate::linear}, sweep.variance, 1);
  const Decision decision = decide(model.fitted, sweep.marginals);
  ASSERT_EQ(decision.parameters[0].crossings.size(), 1U);
  EXPECT_NEAR(decision.parameters[0].crossings[0], 0.3, 0.02);
  EXPECT_TRUE(decision.parameters[1].crossings.empty());
  EXPECT_TRUE(decision.parameters[2].crossings.empty());
  EXPECT_NEAR(decision.probability_positive, 0.7, 0.02);
  EXPECT_EQ(decision.parameters[0].positive_low_tenth, 0);
  EXPECT_EQ(decision.parameters[0].positive_high_tenth, 1);
  EXPECT_NEAR(decision.parameters[2].positive_high_tenth, 0.7, 0.03);
}

TEST(Decision, speaks_in_the_values_of_the_parameter_whatever_its_distribution) {
  const Sweep sweep =
      sweep_of(256, {parameter("a", 1, 100, "log_uniform"), parameter("b", 0, 9, "levels", {1, 5, 9})}, 1, 0,
               [](std::span<const double> x) { return std::log(x[0] / 20) + x[1] - 5; });
  const Metamodel model =
      choose_metamodel(sweep.training, {Surrogate::linear, Surrogate::polynomial_chaos}, sweep.variance, 1);
  const Decision decision = decide(model.fitted, sweep.marginals);
  ASSERT_EQ(decision.parameters[0].crossings.size(), 1U);
  EXPECT_NEAR(decision.parameters[0].crossings[0], 20, 0.5);
  ASSERT_EQ(decision.parameters[1].crossings.size(), 1U);
  EXPECT_TRUE(decision.parameters[1].crossings[0] == 5 || decision.parameters[1].crossings[0] == 9);
}

TEST(Tornado, is_sorted_and_runs_between_the_quantiles) {
  const Sweep sweep = sweep_of(64, uniform_parameters(3, 0, 10), 1, 0,
                               [](std::span<const double> x) { return x[0] - 3 * x[2]; });
  const Metamodel model = choose_metamodel(sweep.training, {Surrogate::linear}, sweep.variance, 1);
  const auto bars = tornado(model.fitted, sweep.marginals);
  EXPECT_EQ(bars[0].parameter, 2U);
  EXPECT_EQ(bars[1].parameter, 0U);
  EXPECT_NEAR(bars[0].x_low, 0.5, 1e-9);
  EXPECT_NEAR(bars[0].x_high, 9.5, 1e-9);
  EXPECT_NEAR(bars[0].y_high - bars[0].y_low, -27, 1e-6);
  EXPECT_NEAR(bars[2].y_high - bars[2].y_low, 0, 1e-6);
}

}  // namespace
