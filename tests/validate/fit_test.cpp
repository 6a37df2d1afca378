// SPDX-License-Identifier: Apache-2.0
#include "tools/calibrate/fit.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace {

using namespace polder::calibrate;

FreeParameter between(double start, double low, double high) {
  return {"p", "1", start, low, high, "test"};
}
Target aim(double value, double error) {
  return {"m", 2020, 0, value, error, "test"};
}

TEST(Fit, finds_the_parameters_of_a_known_model_and_their_errors) {
  // m1 = 2 a, m2 = a + b: a = 3 and b = 4. With errors e1, e2: var a = e1^2 / 4, var b = e2^2 + e1^2 / 4.
  const auto found = fit(
      {between(1, 0, 10), between(9, 0, 10)}, {aim(6, 0.2), aim(7, 0.3)},
      [](const std::vector<double>& p) {
        return std::vector<double>{2 * p[0], p[0] + p[1]};
      },
      200);
  EXPECT_NEAR(found.parameters[0], 3, 0.02);
  EXPECT_NEAR(found.parameters[1], 4, 0.02);
  EXPECT_NEAR(found.errors[0], 0.1, 1e-6);
  EXPECT_NEAR(found.errors[1], std::sqrt(0.09 + 0.01), 1e-6);
  EXPECT_LT(found.loss, 0.1);
  EXPECT_GT(found.loss_at_start, 100);
}

TEST(Fit, stays_within_the_range_when_the_target_lies_outside) {
  const auto found = fit(
      {between(1, 0, 2), between(0.5, 0, 1)}, {aim(5, 1), aim(0.2, 1)},
      [](const std::vector<double>& p) { return p; }, 200);
  EXPECT_DOUBLE_EQ(found.parameters[0], 2);
  EXPECT_NEAR(found.parameters[1], 0.2, 0.01);
}

TEST(Fit, says_nothing_about_a_parameter_that_no_target_depends_on) {
  const auto found = fit(
      {between(1, 0, 2), between(0.5, 0, 1)}, {aim(1.5, 1)},
      [](const std::vector<double>& p) { return std::vector<double>{p[0]}; }, 100);
  EXPECT_NEAR(found.moments[0], 1.5, 0.01);
  EXPECT_TRUE(std::isnan(found.errors[1]));
}

}  // namespace
