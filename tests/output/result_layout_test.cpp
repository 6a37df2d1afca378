// SPDX-License-Identifier: Apache-2.0
#include "output/result_layout.hpp"

#include <gtest/gtest.h>

#include "engine/error.hpp"
#include "tests/output/sample_experiment.hpp"

namespace polder::output::test::result_layout_test {
namespace {

TEST(ResultLayout, is_the_union_of_the_arms) {
  ExperimentInfo info = sample_experiment(1);
  info.arms[1].times.push_back(Month::of(2019, 12));
  info.arms[1].years.insert(info.arms[1].years.begin(), 2019);
  const ResultLayout layout = unite(info);
  EXPECT_EQ(layout.times.front(), Month::of(2019, 12));
  EXPECT_EQ(layout.positions[1].times.back(), 0U);
  EXPECT_EQ(layout.positions[0].times.front(), 1U);
  EXPECT_EQ(layout.years, (std::vector<int>{2019, 2020, 2021, 2022}));
  EXPECT_EQ(layout.axes[1].labels, (std::vector<std::string>{"Groningen", "Fryslân", "abroad"}));
  EXPECT_EQ(layout.positions[1].labels[1], (std::vector<std::size_t>{1, 2, 0}));
  EXPECT_EQ(layout.positions[1].series, (std::vector<std::size_t>{1, 0, 2}));
  EXPECT_EQ(layout.flows.size(), 4U);
  EXPECT_EQ(layout.positions[1].flows, (std::vector<std::size_t>{2, 0, 1, 3}));
}

TEST(ResultLayout, knows_the_rhythm_of_samples) {
  const ResultLayout layout = unite(sample_experiment(1));
  EXPECT_EQ(sampled_every(layout.series[0], layout.times), 12);
  EXPECT_EQ(sampled_every(layout.series[1], layout.times), 6);
  EXPECT_EQ(sampled_every(layout.series[2], layout.times), 0);
}

TEST(ResultLayout, gives_an_axis_another_name_where_results_have_one_of_that_name) {
  EXPECT_EQ(axis_in_file("sector"), "sector");
  EXPECT_EQ(axis_in_file("kind"), "kind_label");
}

TEST(ResultLayout, refuses_an_indicator_that_is_called_like_an_axis) {
  ExperimentInfo info = sample_experiment(1);
  info.arms[0].series[1].id = "time";
  EXPECT_THROW(unite(info), InputError);
}

TEST(ResultLayout, fingerprints_tell_experiments_apart_but_not_their_length) {
  const ExperimentInfo info = sample_experiment(1);
  ExperimentInfo other = sample_experiment(100);
  other.provenance.command_line = "polder whatif";
  EXPECT_EQ(fingerprint(info), fingerprint(other));
  other.seed = 2;
  EXPECT_NE(fingerprint(info), fingerprint(other));
  other = info;
  other.scenarios[0].files[0].checksum = "changed";
  EXPECT_NE(fingerprint(info), fingerprint(other));
  other = info;
  std::swap(other.scenarios[0].files[0], other.scenarios[0].files[1]);
  EXPECT_EQ(fingerprint(info), fingerprint(other));
  other = info;
  other.arms[1].times.pop_back();
  EXPECT_NE(fingerprint(info), fingerprint(other));
}

TEST(ResultLayout, embeds_scenario_and_data_files_once) {
  Scenario scenario;
  scenario.title = "A title";
  scenario.resolved = "name: x\n";
  scenario.files = {{"x.yaml", "1", "name: x\n"}, {"d.csv", "2", "a\n1\n"}};
  scenario.data.resize(2);
  scenario.data[0].path = "d.csv";
  scenario.data[1].path = "e.csv";
  scenario.data[1].content = "b\n2\n";
  const ArmScenario arm = embed(scenario);
  ASSERT_EQ(arm.files.size(), 3U);
  EXPECT_EQ(arm.files[2].content, "b\n2\n");
  EXPECT_EQ(arm.resolved, "name: x\n");
}

}  // namespace
}  // namespace polder::output::test::result_layout_test
