// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "designs.hpp"
#include "engine/error.hpp"

namespace {

using namespace polder::analysis;
using namespace polder::analysis::testing;
using ::testing::ElementsAre;

/// One of each kind.
std::vector<ParameterRange> every_kind() {
  return {parameter("a", -1, 3),
          parameter("b", 0.34, 0.9, "triangular", {0.8}),
          parameter("c", 0, 10, "normal", {4, 3}),
          parameter("d", 0, 10, "truncated_normal", {4, 3, 1, 6}),
          parameter("e", 0, 100, "lognormal", {12, 0.9}),
          parameter("f", 1e-3, 10, "log_uniform"),
          parameter("g", -2, 2, "beta", {2, 5}),
          parameter("h", 0, 9, "levels", {1, 5, 9})};
}

const std::vector<Method> all_methods{Method::grid,
                                      Method::factorial,
                                      Method::fractional_factorial,
                                      Method::latin_hypercube,
                                      Method::sobol_sequence,
                                      Method::saltelli,
                                      Method::morris};

DesignRequest small_request(Method method) {
  DesignRequest made = request(method, method == Method::fractional_factorial ? 16 : 8, every_kind());
  if (method == Method::grid) made.levels = 2;
  return made;
}

std::set<double> values_of(const Design& design, std::size_t parameter) {
  std::set<double> values;
  for (std::size_t p = 0; p < design.num_points(); ++p) values.insert(design.point(p)[parameter]);
  return values;
}

TEST(Design, stays_within_the_ranges_for_every_method_and_distribution) {
  for (const Method method : all_methods) {
    const DesignRequest made = small_request(method);
    const Design design = make_design(made);
    ASSERT_GE(design.num_points(), 8U) << name_of(method);
    for (std::size_t p = 0; p < design.num_points(); ++p)
      for (std::size_t d = 0; d < design.dimension; ++d) {
        EXPECT_GE(design.point(p)[d], made.parameters[d].low) << name_of(method) << " " << d;
        EXPECT_LE(design.point(p)[d], made.parameters[d].high) << name_of(method) << " " << d;
      }
    EXPECT_THAT(values_of(design, 7), ::testing::IsSubsetOf({1.0, 5.0, 9.0})) << name_of(method);
  }
}

TEST(Design, is_the_same_for_the_same_request_and_after_another_one) {
  for (const Method method : all_methods) {
    const auto first = design_answer(small_request(method));
    (void)design_answer(request(Method::latin_hypercube, 5, uniform_parameters(2), 99));
    EXPECT_EQ(first, design_answer(small_request(method))) << name_of(method);
  }
}

TEST(Design, depends_on_the_seed_where_points_are_drawn) {
  for (const Method method : all_methods) {
    DesignRequest other = small_request(method);
    other.seed = 2;
    const bool drawn = method == Method::latin_hypercube || method == Method::morris;
    EXPECT_EQ(make_design(small_request(method)).values != make_design(other).values, drawn)
        << name_of(method);
  }
}

TEST(Design, of_a_grid_holds_every_combination_once) {
  DesignRequest made = request(
      Method::grid, 0,
      {parameter("a", 0, 1), parameter("b", 1, 100, "log_uniform"), parameter("c", 0, 9, "levels", {9, 1})});
  made.levels = 3;
  const Design design = make_design(made);
  ASSERT_EQ(design.num_points(), 18U);
  EXPECT_THAT(values_of(design, 0), ElementsAre(0, 0.5, 1));
  EXPECT_THAT(values_of(design, 1),
              ElementsAre(1, ::testing::DoubleNear(10, 1e-12), ::testing::DoubleNear(100, 1e-12)));
  EXPECT_THAT(values_of(design, 2), ElementsAre(1, 9));
  std::set<std::vector<double>> points;
  for (std::size_t p = 0; p < 18; ++p) points.insert({design.point(p).begin(), design.point(p).end()});
  EXPECT_EQ(points.size(), 18U);
}

TEST(Design, of_a_factorial_has_all_corners) {
  const Design design = make_design(request(Method::factorial, 0, uniform_parameters(4, -1, 1)));
  ASSERT_EQ(design.num_points(), 16U);
  for (const double value : design.values) EXPECT_EQ(std::abs(value), 1);
}

/// Products of columns up to `strength` of them never add up to anything but 0 over the runs.
bool has_strength(const Design& design, int strength, std::size_t from = 0,
                  std::vector<double> product = {}) {
  if (product.empty()) product.assign(design.num_points(), 1);
  if (strength == 0) return true;
  for (std::size_t d = from; d < design.dimension; ++d) {
    std::vector<double> next = product;
    double sum = 0;
    for (std::size_t p = 0; p < next.size(); ++p) sum += next[p] *= design.point(p)[d];
    if (sum != 0 || !has_strength(design, strength - 1, d + 1, next)) return false;
  }
  return true;
}

TEST(Design, of_a_fraction_has_the_resolution_it_names) {
  struct Case {
    std::size_t parameters, runs;
    int resolution;
  };
  for (const Case& c : {Case{3, 4, 3}, Case{4, 8, 4}, Case{7, 8, 3}, Case{5, 16, 5}, Case{8, 16, 4},
                        Case{15, 16, 3}, Case{6, 32, 5}, Case{16, 32, 4}, Case{8, 64, 5}}) {
    const Design design =
        make_design(request(Method::fractional_factorial, c.runs, uniform_parameters(c.parameters, -1, 1)));
    ASSERT_EQ(design.num_points(), c.runs);
    EXPECT_EQ(design.structure["resolution"], c.resolution) << c.parameters << " in " << c.runs;
    // Strength t = resolution - 1, and not more (a 5 stands for 5 or more).
    EXPECT_TRUE(has_strength(design, c.resolution - 1)) << c.parameters << " in " << c.runs;
    if (c.resolution < 5) {
      EXPECT_FALSE(has_strength(design, c.resolution)) << c.parameters << " in " << c.runs;
      EXPECT_FALSE(design.structure["confounded"].empty());
    } else {
      EXPECT_TRUE(design.structure["confounded"].empty());
    }
  }
}

TEST(Design, of_a_fraction_without_a_size_is_the_smallest_of_resolution_four) {
  EXPECT_EQ(make_design(request(Method::fractional_factorial, 0, uniform_parameters(8))).num_points(), 16U);
  EXPECT_EQ(make_design(request(Method::fractional_factorial, 0, uniform_parameters(9))).num_points(), 32U);
  const Design all = make_design(request(Method::fractional_factorial, 0, uniform_parameters(2)));
  EXPECT_EQ(all.num_points(), 4U);
  EXPECT_TRUE(all.structure["resolution"].is_null());
}

TEST(Design, of_a_latin_hypercube_has_one_point_in_every_slice) {
  const auto parameters = every_kind();
  const Design design = make_design(request(Method::latin_hypercube, 50, parameters));
  const auto marginals = marginals_of(parameters);
  for (std::size_t d = 0; d + 1 < parameters.size(); ++d) {  // the last has levels only
    std::set<int> slices;
    for (std::size_t p = 0; p < 50; ++p)
      slices.insert(static_cast<int>(50 * marginals[d].probability(design.point(p)[d])));
    EXPECT_EQ(slices.size(), 50U) << parameters[d].name;
  }
}

TEST(Design, of_saltelli_mixes_one_column_from_b_into_a) {
  const Design design = make_design(request(Method::saltelli, 16, every_kind()));
  const std::size_t block = 8 + 2;
  ASSERT_EQ(design.num_points(), 16 * block);
  EXPECT_EQ(design.structure["base"], 16);
  EXPECT_EQ(design.structure["block"].size(), block);
  for (std::size_t row = 0; row < 16; ++row)
    for (std::size_t mixed = 0; mixed < 8; ++mixed)
      for (std::size_t d = 0; d < 8; ++d)
        EXPECT_EQ(design.point(row * block + 2 + mixed)[d],
                  design.point(row * block + (d == mixed ? 1 : 0))[d]);
}

TEST(Design, of_morris_moves_one_parameter_a_step_and_each_once) {
  const DesignRequest made = request(Method::morris, 30, every_kind());
  const Design design = make_design(made);
  ASSERT_EQ(design.num_points(), 30U * 9);
  for (std::size_t t = 0; t < 30; ++t) {
    std::set<std::size_t> moved;
    for (std::size_t step = 0; step < 8; ++step) {
      const auto before = design.point(t * 9 + step), after = design.point(t * 9 + step + 1);
      const auto parameter = design.structure["parameter"][t][step].get<std::size_t>();
      const double delta = design.structure["delta"][t][step];
      moved.insert(parameter);
      for (std::size_t d = 0; d < 8; ++d) EXPECT_EQ(before[d] != after[d], d == parameter);
      EXPECT_EQ(after[parameter] > before[parameter], delta > 0);
      EXPECT_NEAR(std::abs(delta), 2.0 / 3, 1e-15);
    }
    EXPECT_EQ(moved.size(), 8U);
  }
}

TEST(Design, of_morris_uses_every_level_about_equally) {
  const Design design = make_design(request(Method::morris, 500, uniform_parameters(1)));
  std::vector<int> starts(4);
  for (std::size_t t = 0; t < 500; ++t)
    ++starts[static_cast<std::size_t>(std::lround(3 * design.point(2 * t)[0]))];
  for (const int count : starts) EXPECT_NEAR(count, 125, 5 * std::sqrt(500 * 0.25 * 0.75));
}

TEST(Design, begins_with_the_smaller_one_where_it_can_be_extended) {
  for (const Method method : {Method::sobol_sequence, Method::saltelli, Method::morris}) {
    const Design small = make_design(request(method, 8, every_kind()));
    const Design large = make_design(request(method, 20, every_kind()));
    ASSERT_LT(small.values.size(), large.values.size());
    EXPECT_TRUE(std::equal(small.values.begin(), small.values.end(), large.values.begin()))
        << name_of(method);
  }
}

TEST(Design, of_low_discrepancy_integrates_better_than_a_hypercube) {
  // The mean of x1 x2 x3 is 1/8.
  const auto error = [](Method method) {
    const Design design = make_design(request(method, 1024, uniform_parameters(3), 5));
    double sum = 0;
    for (std::size_t p = 0; p < 1024; ++p)
      sum += design.point(p)[0] * design.point(p)[1] * design.point(p)[2];
    return std::abs(sum / 1024 - 0.125);
  };
  EXPECT_LT(error(Method::sobol_sequence), 1e-3);
  EXPECT_LT(error(Method::latin_hypercube), 1e-2);
}

TEST(Design, refuses_sizes_that_the_method_cannot_have) {
  const auto refused = [](Method method, std::size_t size, std::size_t levels, std::size_t dimension) {
    DesignRequest made = request(method, size, uniform_parameters(dimension));
    made.levels = levels;
    EXPECT_THROW((void)make_design(made), polder::InputError)
        << name_of(method) << " " << size << " " << levels;
  };
  refused(Method::latin_hypercube, 0, 0, 2);
  refused(Method::sobol_sequence, 0, 0, 2);
  refused(Method::saltelli, 1, 0, 2);
  refused(Method::saltelli, most_points, 0, 2);
  refused(Method::sobol_sequence, 4, 0, 1112);
  refused(Method::morris, 0, 0, 2);
  refused(Method::morris, 5, 3, 2);
  refused(Method::grid, 0, 1, 2);
  refused(Method::grid, 0, 10, 12);
  refused(Method::fractional_factorial, 12, 0, 4);
  refused(Method::fractional_factorial, 32, 0, 4);
  refused(Method::fractional_factorial, 4, 0, 4);
  refused(Method::fractional_factorial, 8, 3, 4);
}

}  // namespace
