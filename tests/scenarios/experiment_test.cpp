// SPDX-License-Identifier: Apache-2.0
#include "scenarios/experiment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/distribution_text.hpp"

namespace polder::scenarios::experiment_test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

ExperimentSpec read(const std::string& body) {
  const MemorySource source(
      {{"experiments/e.yaml", "polder: 1\nexperiment:\n  name: e\n  baseline: ../base.yaml\n" + body},
       {"experiments/p.csv", "x [kEUR],y\n1,2\n3,4\n"}});
  return read_experiment(source, "experiments/e.yaml");
}

std::string refusal(const std::string& body) {
  try {
    read(body);
  } catch (const InputError& error) {
    return error.what();
  }
  return "nothing was refused";
}

TEST(Experiment, needs_little) {
  const ExperimentSpec spec = read("  design: {method: grid, levels: 3}\n  parameters: {x: }\n");
  EXPECT_EQ(spec.name, "e");
  EXPECT_EQ(spec.baseline, "base.yaml");
  EXPECT_EQ(spec.replicates, 1U);
  EXPECT_EQ(spec.design.levels, 3U);
  EXPECT_EQ(spec.design.seed, 1U);
  ASSERT_EQ(spec.parameters.size(), 1U);
  EXPECT_EQ(spec.parameters[0].name, "x");
  EXPECT_THAT(spec.parameters[0].distribution, IsEmpty());
  EXPECT_THAT(spec.indicators, IsEmpty());
}

TEST(Experiment, reads_what_varies_in_every_form) {
  const ExperimentSpec spec = read(R"yaml(
  policies: [../a.yaml, b.yaml]
  set: {scale: 0.01, clock.end: 2030-12}
  design: {method: points, points: p.csv}
  parameters:
    x: {range: [1 kEUR, 2 kEUR]}
    y: "triangular(high: 3, low: 1, mode: 2)"
    z: {levels: [1, 2, 4]}
    u: {distribution: "levels([0 %, 5 %])"}
  years: [2030, 2025, 2030]
)yaml");
  EXPECT_THAT(spec.policies, ElementsAre("a.yaml", "experiments/b.yaml"));
  EXPECT_THAT(spec.sets, ElementsAre("scale=0.01", "clock.end=2030-12"));
  EXPECT_THAT(spec.years, ElementsAre(2025, 2030));
  EXPECT_EQ(spec.points.num_rows(), 2U);
  EXPECT_EQ(spec.parameters[0].high.text, "2 kEUR");
  const auto texts = [&](std::size_t p) {
    std::vector<std::string> list;
    for (const auto& argument : spec.parameters[p].arguments) list.push_back(argument.value.text);
    return list;
  };
  EXPECT_EQ(spec.parameters[1].distribution, "triangular");
  EXPECT_THAT(texts(1), ElementsAre("1", "2", "3"));
  EXPECT_THAT(texts(2), ElementsAre("1", "2", "4"));
  EXPECT_EQ(spec.parameters[3].distribution, "levels");
  EXPECT_THAT(texts(3), ElementsAre("0 %", "5 %"));
}

TEST(Experiment, places_the_arguments_of_a_distribution) {
  const ExperimentSpec spec = read("  design: {method: grid}\n  parameters:\n    x: uniform(1, 22)\n");
  EXPECT_EQ(spec.parameters[0].arguments[1].value.mark, (Mark{"experiments/e.yaml", 7, 19}));
}

TEST(Experiment, reports_all_mistakes_with_their_places) {
  const std::string said = refusal(R"yaml(
  replicates: 0
  design: {method: gird, size: -1, points: p.csv}
  parameters:
    a b: {range: [1, 2]}
    x: {rang: [1, 2]}
    y: {distribution: "normal(1)", levels: [1]}
  years: [soon]
  polices: [a.yaml]
)yaml");
  for (const char* part :
       {":6:15: experiment.replicates = 0 (a whole number from 1", "Did you mean 'grid'?", "design.size = -1",
        "parameters.a b (", "Did you mean 'range'?", "normal(mean, sd)", "either levels or a distribution",
        "experiment.years[1] = soon", "Did you mean 'policies'?"})
    EXPECT_THAT(said, HasSubstr(part));
}

TEST(Experiment, refuses_files_that_are_none) {
  EXPECT_THAT(refusal("  design: [1, 2]\n  parameters: 5\n"), HasSubstr("experiment.parameters = 5 (a map"));
  const MemorySource source(
      {{"list.yaml", "- 1\n"}, {"empty.yaml", ""}, {"scenario.yaml", "polder: 1\nname: x\n"}});
  for (const char* file : {"list.yaml", "empty.yaml", "scenario.yaml", "missing.yaml"})
    EXPECT_THROW(read_experiment(source, file), InputError) << file;
}

TEST(Distributions, that_do_not_close_or_are_empty_are_refused) {
  for (const char* text :
       {"uniform(1, 2", "uniform", "uniform()", "uniform(1,,2)", "uniform(1, 2, 3)", "levels()",
        "levels(1, )", "uniform(low: 1, low: 2)", "uniform(lo: 1, high: 2)", "(1, 2)", ""}) {
    Mistakes mistakes;
    std::string name;
    std::vector<Variation::Argument> arguments;
    EXPECT_FALSE(parse_distribution(text, {}, "p", name, arguments, mistakes)) << text;
    EXPECT_FALSE(mistakes.empty()) << text;
  }
}

}  // namespace
}  // namespace polder::scenarios::experiment_test
