// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "designs.hpp"
#include "engine/error.hpp"

namespace {

using namespace polder::analysis;
using namespace polder::analysis::testing;
using ::testing::HasSubstr;
using Json = nlohmann::ordered_json;

TEST(Marginal, has_the_quantiles_of_its_distribution) {
  EXPECT_DOUBLE_EQ(Marginal(parameter("x", 2, 6)).quantile(0.25), 3);
  EXPECT_DOUBLE_EQ(Marginal(parameter("x", 0, 9, "uniform", {2, 6})).quantile(0.25), 3);
  EXPECT_NEAR(Marginal(parameter("x", 1, 100, "log_uniform")).quantile(0.5), 10, 1e-9);
  // Triangle on [0, 1] with mode 1: F(x) = x^2.
  EXPECT_NEAR(Marginal(parameter("x", 0, 1, "triangular", {1})).quantile(0.49), 0.7, 1e-9);
  EXPECT_NEAR(Marginal(parameter("x", 0, 1, "beta", {2, 1})).quantile(0.49), 0.7, 1e-9);
  EXPECT_NEAR(Marginal(parameter("x", -10, 10, "normal", {1, 1})).quantile(0.975), 2.959964, 1e-5);
  // A mean of 12 with sigma 0.9 has its median at 12 exp(-0.405).
  EXPECT_NEAR(Marginal(parameter("x", 0, 1e6, "lognormal", {12, 0.9})).quantile(0.5), 12 * std::exp(-0.405),
              1e-3);
}

TEST(Marginal, is_cut_at_the_range_and_scaled_up) {
  const Marginal half(parameter("x", 0, 50, "normal", {0, 1}));  // the upper half of a normal
  EXPECT_NEAR(half.quantile(0.5), 0.674490, 1e-5);
  EXPECT_NEAR(half.mean(), std::sqrt(2 / std::acos(-1.0)), 1e-5);
  EXPECT_EQ(half.quantile(0), 0);
  EXPECT_LE(half.quantile(1), 50);
  const Marginal inner(parameter("x", 2, 3, "uniform", {0, 10}));
  EXPECT_NEAR(inner.quantile(0.5), 2.5, 1e-9);
  const Marginal own(parameter("x", 0, 10, "truncated_normal", {4, 3, 1, 6}));
  EXPECT_NEAR(own.quantile(0), 1, 1e-9);
  EXPECT_NEAR(own.quantile(1), 6, 1e-9);
}

TEST(Marginal, ends_the_levels_of_a_design_where_values_become_rare) {
  const Marginal normal(parameter("x", -10, 50, "normal", {0, 1}));
  EXPECT_NEAR(normal.level(0), -2.575829, 1e-5);
  EXPECT_NEAR(normal.level(1), 2.575829, 1e-5);
  const Marginal uniform(parameter("x", -10, 50));
  EXPECT_EQ(uniform.level(0), -10);
  EXPECT_EQ(uniform.level(1), 50);
  EXPECT_NEAR(Marginal(parameter("x", 0, 1, "triangular", {0.3})).level(1), 1, 1e-12);
}

TEST(Marginal, undoes_its_quantiles) {
  for (const ParameterRange& range :
       {parameter("x", 0, 10, "normal", {4, 3}), parameter("x", 0.34, 0.9, "triangular", {0.8}),
        parameter("x", 0, 100, "lognormal", {12, 0.9}), parameter("x", -2, 2, "beta", {2, 5})}) {
    const Marginal marginal(range);
    for (const double u : {0.01, 0.3, 0.5, 0.99})
      EXPECT_NEAR(marginal.probability(marginal.quantile(u)), u, 1e-9) << range.kind;
  }
  const Marginal levels(parameter("x", 0, 9, "levels", {1, 5, 9}));
  EXPECT_DOUBLE_EQ(levels.probability(5), 0.5);
  EXPECT_EQ(levels.quantile(0), 1);
  EXPECT_EQ(levels.quantile(2.0 / 3), 9);
  EXPECT_EQ(levels.quantile(1), 9);
  EXPECT_DOUBLE_EQ(levels.mean(), 5);
}

TEST(Marginal, refuses_arguments_that_its_kind_cannot_have) {
  for (const ParameterRange& range :
       {parameter("x", 1, 1), parameter("x", 2, 1), parameter("x", 0, 1, "uniform", {1}),
        parameter("x", 0, 1, "uniform", {5, 6}), parameter("x", 0, 1, "log_uniform"),
        parameter("x", 0, 1, "triangular"), parameter("x", 0, 1, "triangular", {3}),
        parameter("x", 0, 1, "normal", {0}), parameter("x", 0, 1, "normal", {0, -1}),
        parameter("x", 0, 1, "normal", {50, 1}), parameter("x", 0, 1, "lognormal", {-1, 1}),
        parameter("x", 0, 1, "beta", {0, 1}), parameter("x", 0, 1, "levels"),
        parameter("x", 0, 1, "levels", {0, 0}), parameter("x", 0, 1, "levels", {2}),
        parameter("x", 0, 1, "gamma", {2, 3})})
    EXPECT_THROW(Marginal{range}, polder::InputError) << range.kind << " " << range.arguments.size();
}

std::string refusal(const std::string& text) {
  try {
    (void)read_design_request(Json::parse(text));
  } catch (const polder::InputError& error) {
    return error.what();
  }
  return {};
}

TEST(DesignRequest, comes_back_as_it_was_written) {
  const DesignRequest made =
      request(Method::saltelli, 64, {parameter("a", 0, 1), parameter("b", 0, 1, "beta", {2, 3})}, 7);
  EXPECT_EQ(read_design_request(as_json(made)), made);
}

TEST(DesignRequest, names_every_mistake_at_once) {
  const std::string said = refusal(R"({"method": "saltelly", "size": -3, "sed": 1, "parameters": [
      {"name": "a", "distribution": {"kind": "unifrom", "arguments": []}, "low": 0, "high": 1},
      {"name": "b", "low": 2, "high": "much"},
      {"name": "c", "distribution": {"kind": "normal", "arguments": ["x"]}, "low": 0, "high": 1}]})");
  EXPECT_THAT(said, HasSubstr("Did you mean 'saltelli'?"));
  EXPECT_THAT(said, HasSubstr("size = -3"));
  EXPECT_THAT(said, HasSubstr("Did you mean 'seed'?"));
  EXPECT_THAT(said, HasSubstr("parameters[0].distribution.kind = unifrom"));
  EXPECT_THAT(said, HasSubstr("Did you mean 'uniform'?"));
  EXPECT_THAT(said, HasSubstr("parameters[1].high"));
  EXPECT_THAT(said, HasSubstr("parameters[2].distribution.arguments"));
}

TEST(DesignRequest, refuses_what_is_no_request) {
  for (const char* text :
       {"[]", "3", "null", "{}", R"({"method": "grid"})", R"({"method": "grid", "parameters": []})",
        R"({"method": "grid", "parameters": {}})", R"({"method": "grid", "parameters": [1]})",
        R"({"method": 3, "parameters": [{"name": "a", "low": 0, "high": 1}]})"})
    EXPECT_NE(refusal(text), "") << text;
  EXPECT_THAT(
      refusal(
          R"({"method": "grid", "parameters": [{"name": "a", "low": 0, "high": 1}, {"name": "a", "low": 0, "high": 1}]})"),
      HasSubstr("each parameter once"));
  EXPECT_EQ(refusal(R"({"method": "grid", "parameters": [{"name": "a", "low": 0, "high": 1}]})"), "");
}

}  // namespace
