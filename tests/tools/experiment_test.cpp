// SPDX-License-Identifier: Apache-2.0
#include "tools/experiment.hpp"

#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "agents/registry.hpp"
#include "engine/parallel.hpp"
#include "scenarios/reader.hpp"
#include "tools/unfinished.hpp"

namespace {

using namespace polder;
using namespace polder::tools;

constexpr const char* shops = R"yaml(
polder: 1
name: shops
clock: {start: 2020-01, end: 2021-12, burn_in: 6 months}
parameters:
  growth: {value: 0.01, source: test}
actors:
  shop:
    found: {count: 50}
    attributes:
      sales: {start: "lognormal(median: 1, sigma: 0.5)"}
      floor: {start: "uniform(0, 1)"}
rules:
  - id: grow
    who: shop
    do:
      - multiply: {sales: 1 + growth * exp(0.3 * normal())}
indicators:
  - {id: mean_sales, value: mean(shop.sales), every: month}
)yaml";

/// Keeps the series of every arm and replicate; a second commit of one is an error.
struct Collector final : Sink {
  std::map<std::pair<std::size_t, std::uint32_t>, std::vector<double>> values;
  std::map<std::pair<std::size_t, std::uint32_t>, decltype(ReplicateResult::founded)> founded;
  std::vector<std::uint32_t> order;
  void commit(const ReplicateResult& result) override {
    EXPECT_TRUE(values.emplace(std::pair(result.arm, result.replicate), result.values.at(0)).second);
    founded.emplace(std::pair(result.arm, result.replicate), result.founded);
    order.push_back(result.replicate);
  }
};

class Experiment : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* growth : {"growth=0.01", "growth=0.02", "growth=0.03"})
      arms.push_back(compile(
          scenarios::read_text(shops, {}, {std::string("parameters.") + growth}, catalogue), catalogue));
  }

  ExperimentPlan plan(std::uint32_t replicates) const {
    ExperimentPlan one;
    one.arms = arms;
    one.seed = 5;
    one.replicates = replicates;
    return one;
  }

  static Collector carry_out(const ExperimentPlan& plan, unsigned threads = 0) {
    const ThreadLimit limit(threads);
    Collector collector;
    Progress progress(Progress::Show::nothing, planned_months(plan));
    EXPECT_TRUE(run_experiment(plan, collector, progress).complete);
    return collector;
  }

  const Catalogue catalogue = agents::catalogue();
  std::vector<Program> arms;
};

TEST_F(Experiment, commits_every_arm_of_every_replicate_once) {
  const Collector collector = carry_out(plan(4));
  EXPECT_EQ(collector.values.size(), 12);
  for (const auto& [which, values] : collector.values) EXPECT_EQ(values.size(), 24);
}

TEST_F(Experiment, gives_the_baseline_the_values_it_has_alone) {
  const Collector collector = carry_out(plan(2));
  for (std::uint32_t replicate = 0; replicate < 2; ++replicate)
    EXPECT_EQ(collector.values.at({0, replicate}), run(arms[0], 5, replicate)->values.at(0));
}

TEST_F(Experiment, counts_founders_in_policies_that_branch_off_after_the_burn_in_too) {
  const Collector collector = carry_out(plan(2));
  EXPECT_EQ(collector.founded.size(), 6);
  for (const auto& [which, founded] : collector.founded)
    EXPECT_THAT(founded, ::testing::ElementsAre(::testing::Pair("shop", 50.0)));
  EXPECT_EQ(run(arms[0], 5, 0)->founded, collector.founded.at({0, 0}));
}

TEST_F(Experiment, counts_the_founders_of_each_arm_where_there_is_no_burn_in) {
  std::string text = shops;
  text.erase(text.find(", burn_in: 6 months"), std::string(", burn_in: 6 months").size());
  std::vector<Program> own;
  for (const char* count : {"actors.shop.found.count=50", "actors.shop.found.count=60"})
    own.push_back(compile(scenarios::read_text(text, {}, {count}, catalogue), catalogue));
  ExperimentPlan both;
  both.arms = own;
  both.replicates = 1;
  const Collector collector = carry_out(both);
  EXPECT_THAT(collector.founded.at({0, 0}), ::testing::ElementsAre(::testing::Pair("shop", 50.0)));
  EXPECT_THAT(collector.founded.at({1, 0}), ::testing::ElementsAre(::testing::Pair("shop", 60.0)));
}

TEST_F(Experiment, does_not_depend_on_threads_or_memory) {
  ExperimentPlan little_memory = plan(5);
  little_memory.memory = 1;
  const auto expected = carry_out(plan(5), 1).values;
  EXPECT_EQ(carry_out(plan(5), 4).values, expected);
  EXPECT_EQ(carry_out(little_memory, 4).values, expected);
}

TEST_F(Experiment, runs_only_what_is_not_done) {
  const auto expected = carry_out(plan(3)).values;
  ExperimentPlan rest = plan(3);
  rest.done = {{0, 0}, {1, 0}, {2, 0}, {1, 1}};
  EXPECT_EQ(planned_months(rest), 2 * 6 + 5 * 24);
  const auto values = carry_out(rest).values;
  EXPECT_EQ(values.size(), 5);
  for (const auto& [which, series] : values) EXPECT_EQ(series, expected.at(which));
}

TEST_F(Experiment, numbers_replicates_from_the_first_one) {
  ExperimentPlan shard = plan(2);
  shard.first_replicate = 3;
  const auto values = carry_out(shard).values;
  const auto whole = carry_out(plan(5)).values;
  EXPECT_EQ(values.size(), 6);
  for (const auto& [which, series] : values) EXPECT_EQ(series, whole.at(which));
}

TEST_F(Experiment, ends_with_the_replicate_that_was_enough_however_many_run_at_once) {
  for (const unsigned threads : {1U, 4U}) {
    ExperimentPlan sequential = plan(50);
    std::uint32_t last = 0;
    sequential.enough = [&last](std::span<const ReplicateResult> replicate) {
      EXPECT_EQ(replicate.size(), 3);
      last = replicate.front().replicate;
      return last == 6;
    };
    const Collector collector = carry_out(sequential, threads);
    EXPECT_EQ(collector.values.size(), 3 * 7);
    EXPECT_TRUE(std::is_sorted(collector.order.begin(), collector.order.end()));
  }
}

TEST_F(Experiment, goes_on_from_an_archive_to_the_same_values) {
  const Collector expected = carry_out(plan(2));
  // Replicate 0 in its burn-in; replicate 1 in the middle of its second arm.
  std::vector<Unfinished> stopped(2);
  stopped[0].branch = found(arms[0], 5, 0);
  for (int month = 0; month < 3; ++month) step(arms[0], *stopped[0].branch);
  stopped[1].replicate = 1;
  stopped[1].branch = found(arms[0], 5, 1);
  for (int month = 0; month < 6; ++month) step(arms[0], *stopped[1].branch);
  stopped[1].arm = 2;
  stopped[1].state = adopt(arms[0], *stopped[1].branch, arms[2]);
  Recorder recorder(arms[2]);
  for (int month = 0; month < 10; ++month) {
    step(arms[2], stopped[1].state);
    recorder.sample(stopped[1].state);
  }
  stopped[1].samples = recorder.result();

  MemoryArchive archive;
  save_unfinished(arms, stopped, archive);
  ExperimentPlan rest = plan(2);
  rest.unfinished = restore_unfinished(arms, archive);
  EXPECT_EQ(planned_months(rest), 3 + 3 * 24 + 14 + 2 * 24);
  const Collector continued = carry_out(rest);
  EXPECT_EQ(continued.values, expected.values);
  EXPECT_EQ(continued.founded, expected.founded);
}

TEST_F(Experiment, reports_the_same_fault_for_any_number_of_threads) {
  const std::string text = shops;
  const std::size_t at = text.find("indicators:");
  const std::string faulty = text.substr(0, at) + R"yaml(
  - id: fail
    who: shop
    chance: 0.005
    do:
      - set: {floor: 1 / (floor - floor)}
)yaml" + text.substr(at);
  const Program program = compile(scenarios::read_text(faulty, {}, {}, catalogue), catalogue);
  const auto fault = [&](unsigned threads) -> std::string {
    ExperimentPlan failing;
    failing.arms = std::span(&program, 1);
    failing.seed = 5;
    failing.replicates = 6;
    try {
      carry_out(failing, threads);
    } catch (const RunError& error) {
      return error.what();
    }
    return "no fault";
  };
  const std::string alone = fault(1);
  EXPECT_THAT(alone, ::testing::HasSubstr("floor - floor"));
  EXPECT_EQ(fault(4), alone);
}

}  // namespace
