// SPDX-License-Identifier: Apache-2.0
// Whole experiments by the command: effects, reproduction, stopping and going on.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "command_line.hpp"
#include "output/result_reader.hpp"

namespace {

using ::testing::HasSubstr;
using namespace polder::testing;
using Json = nlohmann::json;
namespace fs = std::filesystem;

Json whatif(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "whatif");
  arguments.push_back("--json");
  const Outcome outcome = polder::testing::polder(arguments);
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  return Json::parse(outcome.out);
}

/// All values of two results of the same arms are equal, bit for bit.
void expect_identical(const std::string& a, const std::string& b) {
  const Outcome outcome = polder::testing::polder({"compare", a, b, "--json"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const Json json = Json::parse(outcome.out);
  EXPECT_GT(json["values"], 0);
  EXPECT_EQ(json["different"], 0);
  const polder::output::ResultReader first(a), second(b);
  EXPECT_FALSE(first.snapshots().empty());
  EXPECT_EQ(first.snapshots(), second.snapshots());
}

TEST(Whatif, gives_exactly_zero_for_a_policy_that_does_nothing) {
  const Scratch scratch;
  const Json json = whatif(
      {scenario("small.yaml"), scenario("nothing-new.yaml"), "--replicates", "5", "-o", scratch / "a.h5"});
  EXPECT_GT(json["values"], 0);
  EXPECT_EQ(json["different"], 0);
  for (const Json& effect : json["policies"][0]["effects"]) {
    EXPECT_EQ(effect["difference"], 0.0);
    EXPECT_EQ(effect["low"], 0.0);
    EXPECT_EQ(effect["high"], 0.0);
    EXPECT_FALSE(effect["significant"]);
  }
}

TEST(Whatif, finds_the_effect_of_a_policy_with_a_narrow_paired_interval) {
  const Scratch scratch;
  const Json json = whatif({scenario("small.yaml"), scenario("more-courses.yaml"), "--replicates", "8",
                            "--years", "2023", "--indicators", "mean_skill", "-o", scratch / "a.h5"});
  ASSERT_EQ(json["policies"][0]["effects"].size(), 1);
  const Json effect = json["policies"][0]["effects"][0];
  // A course is 2 % of skill; 5 % more courses a month for 48 months and the first month's: 1.02^(0.05 * 48)
  // - 1 = 4.9 %.
  EXPECT_NEAR(effect["difference"].get<double>() / effect["baseline"].get<double>(), 0.04, 0.012);
  EXPECT_GT(effect["low"], 0);
  EXPECT_LT(effect["high"], 2 * effect["difference"].get<double>());
  EXPECT_GT(effect["variance_reduction"], 10);
  EXPECT_TRUE(effect["significant"]);
}

TEST(Whatif, gives_the_same_values_for_any_number_of_threads) {
  const Scratch scratch;
  for (const char* threads : {"1", "2", "3"})
    whatif({scenario("small.yaml"), scenario("more-courses.yaml"), "--replicates", "3", "--threads", threads,
            "-o", scratch / (std::string(threads) + ".h5")});
  expect_identical(scratch / "1.h5", scratch / "2.h5");
  expect_identical(scratch / "1.h5", scratch / "3.h5");
}

TEST(Whatif, prints_a_table_that_names_the_error_it_shows) {
  const Scratch scratch;
  const Outcome outcome =
      polder::testing::polder({"whatif", scenario("small.yaml"), scenario("more-courses.yaml"),
                               "--replicates", "3", "-o", scratch / "a.h5"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("Monte Carlo error only"));
  EXPECT_THAT(outcome.out, HasSubstr("kEUR/year"));
  EXPECT_THAT(outcome.out, HasSubstr("The result is in " + scratch / "a.h5"));
}

TEST(Whatif, applies_a_setting_to_the_arms_that_know_it) {
  const Scratch scratch;
  const std::string policy = scratch.write(
      "policy.yaml", "extends: " + scenario("small.yaml") +
                         "\nname: subsidy\nparameters:\n  subsidy: {value: 1.5, source: assumption}\n"
                         "rules:\n  - id: work\n    do:\n"
                         "      - set: {spent: subsidy * effort * skill * exp(0.2 * normal())}\n"
                         "      - add: {age: 1 month}\n");
  const std::vector<std::string> common{scenario("small.yaml"), policy, "--replicates",  "2", "--indicators",
                                        "private_rd",           "-o",   scratch / "a.h5"};
  auto with = [&](const std::string& setting) {
    auto arguments = common;
    arguments.insert(arguments.end(), {"--set", setting});
    return arguments;
  };
  const Json json = whatif(with("parameters.subsidy=2"));
  const Json effect = json["policies"][0]["effects"][0];
  EXPECT_NEAR(effect["policy"].get<double>() / effect["baseline"].get<double>(), 2.0, 1e-9);
  auto wrong = with("parameters.subsidie=2");
  wrong.insert(wrong.begin(), "whatif");
  const Outcome outcome = polder::testing::polder(wrong);
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("subsidie"));
}

TEST(Whatif, refuses_arms_that_cannot_be_paired) {
  const Scratch scratch;
  const std::string other = scratch.write(
      "other.yaml", "extends: " + scenario("small.yaml") + "\nname: other\nseed: 8\nclock: {end: 2022-12}\n");
  const Outcome outcome =
      polder::testing::polder({"whatif", scenario("small.yaml"), other, "-o", scratch / "a.h5"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("other.yaml: seed"));
  EXPECT_THAT(outcome.err, HasSubstr("other.yaml: clock"));
}

TEST(Whatif, adds_replicates_until_the_interval_is_narrow_enough) {
  const Scratch scratch;
  const std::vector<std::string> common{scenario("small.yaml"), scenario("more-courses.yaml"),
                                        "--until-precise", "mean_skill:2023:0.1 %"};
  auto run = [&](const std::string& threads) {
    auto arguments = common;
    arguments.insert(arguments.end(), {"--threads", threads, "-o", scratch / (threads + ".h5")});
    return whatif(arguments);
  };
  const Json json = run("1");
  EXPECT_THAT(json["sequential_rule"].get<std::string>(), HasSubstr("Chow and Robbins"));
  const std::size_t pairs = json["policies"][0]["pairs"];
  EXPECT_GE(pairs, 10U);
  const Json last = json["policies"][0]["effects"][2];
  EXPECT_EQ(last["month"], "2023-12");
  EXPECT_LE(last["high"].get<double>() - last["low"].get<double>(),
            2 * 0.001 * last["baseline"].get<double>());
  // How many there are does not depend on the threads.
  EXPECT_EQ(run("3")["policies"][0]["pairs"], pairs);
  expect_identical(scratch / "1.h5", scratch / "3.h5");
}

TEST(Whatif, takes_a_width_without_a_percent_sign_as_an_amount) {
  const Scratch scratch;
  const Json json = whatif({scenario("small.yaml"), scenario("more-courses.yaml"), "--until-precise",
                            "mean_skill:2023:0.001", "-o", scratch / "a.h5"});
  const Json last = json["policies"][0]["effects"][2];
  EXPECT_GT(json["policies"][0]["pairs"], 10);
  EXPECT_LE(last["high"].get<double>() - last["low"].get<double>(), 2 * 0.001);
}

TEST(Whatif, stops_adding_replicates_at_the_maximum) {
  const Scratch scratch;
  const Json json = whatif({scenario("small.yaml"), scenario("more-courses.yaml"), "--until-precise",
                            "mean_skill:2023:0.0001 %", "--max-replicates", "12", "-o", scratch / "a.h5"});
  EXPECT_EQ(json["policies"][0]["pairs"], 12);
}

TEST(Run, reproduces_a_result_from_the_result_alone) {
  const Scratch scratch;
  const std::string copy =
      scratch.write("mine.yaml", "extends: " + scenario("small.yaml") + "\nname: mine\n");
  ASSERT_EQ(polder::testing::polder({"run", copy, "--replicates", "2", "--set", "parameters.courses=20%",
                                     "--seed", "99", "--until", "2021-12", "-o", scratch / "a.h5"})
                .code,
            0);
  fs::remove(copy);
  const Outcome again = polder::testing::polder({"run", scratch / "a.h5"});
  EXPECT_EQ(again.code, 0) << again.err;
  EXPECT_THAT(again.out, HasSubstr("values are identical"));
  expect_identical(scratch / "a.h5", scratch / "a-again.h5");
}

TEST(Run, counts_what_flowed_in_the_first_year_and_not_in_the_burn_in) {
  const Scratch scratch;
  const std::string file = scratch / "result.h5", library = std::string(POLDER_SOURCE_DIR) + "/scenarios/";
  const Outcome outcome = polder::testing::polder(
      {"run", library + "nl-2020.yaml", "--scale", "0.005", "--until", "2021-12", "-o", file, "--quiet"});
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const polder::output::ResultReader result(file);
  const auto columns = result.flow_columns();
  double first = 0, second = 0;
  for (const auto& row : result.flow_rows())
    if (columns[row.flow].instrument == "wbso")
      (row.year == 2020 ? first : second) += polder::to_euros(row.amount);
  ASSERT_GT(first, 1e9);
  EXPECT_NEAR(first / second, 1, 0.2);  // two years of burn-in would make it 3
}

TEST(Run, reproduces_all_arms_of_an_experiment) {
  const Scratch scratch;
  whatif(
      {scenario("small.yaml"), scenario("more-courses.yaml"), "--replicates", "3", "-o", scratch / "a.h5"});
  ASSERT_EQ(polder::testing::polder({"run", scratch / "a.h5", "-o", scratch / "b.h5"}).code, 0);
  expect_identical(scratch / "a.h5", scratch / "b.h5");
}

// Long enough that a signal finds it running; checked builds are many times slower.
#if defined(POLDER_CHECKS) && POLDER_CHECKS
constexpr const char* many_workshops = "parameters.workshops=1000";
#else
constexpr const char* many_workshops = "parameters.workshops=15000";
#endif

std::vector<std::string> long_experiment(const std::string& output) {
  return {"whatif",
          scenario("small.yaml"),
          scenario("more-courses.yaml"),
          "--set",
          many_workshops,
          "--replicates",
          "5",
          "-o",
          output};
}

/// Starts the experiment, sends a signal after a third of the time it takes, and lets it end.
Outcome interrupted(const std::string& output, int signal, std::chrono::duration<double> whole) {
  Running running(long_experiment(output));
  std::this_thread::sleep_for(whole / 3);
  running.send(signal);
  return running.wait();
}

class Interruption : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto begin = std::chrono::steady_clock::now();
    ASSERT_EQ(polder::testing::polder(long_experiment(scratch_ / "whole.h5")).code, 0);
    whole_ = std::chrono::steady_clock::now() - begin;
  }
  Scratch scratch_;
  std::chrono::duration<double> whole_{};
};

TEST_F(Interruption, by_ctrl_c_leaves_an_unfinished_result_that_the_same_command_completes) {
  const std::string path = scratch_ / "part.h5";
  const Outcome outcome = interrupted(path, SIGINT, whole_);
  ASSERT_EQ(outcome.code, 130) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("Stopped by Ctrl-C"));
  EXPECT_THAT(outcome.err, HasSubstr("The same command goes on"));
  EXPECT_FALSE(fs::exists(path));
  EXPECT_TRUE(fs::exists(path + ".partial"));
  EXPECT_TRUE(fs::exists(path + ".checkpoint.h5"));
  const Outcome rest = polder::testing::polder(long_experiment(path));
  EXPECT_EQ(rest.code, 0) << rest.err;
  EXPECT_THAT(rest.err, HasSubstr("Going on with"));
  EXPECT_FALSE(fs::exists(path + ".partial"));
  EXPECT_FALSE(fs::exists(path + ".checkpoint.h5"));
  expect_identical(scratch_ / "whole.h5", path);
}

TEST_F(Interruption, by_sigterm_can_be_followed_by_running_the_result) {
  const std::string path = scratch_ / "part.h5";
  ASSERT_EQ(interrupted(path, SIGTERM, whole_).code, 143);
  const Outcome rest = polder::testing::polder({"run", path});
  EXPECT_EQ(rest.code, 0) << rest.err;
  expect_identical(scratch_ / "whole.h5", path);
}

TEST_F(Interruption, by_a_kill_loses_only_what_was_running) {
  const std::string path = scratch_ / "part.h5";
  ASSERT_EQ(interrupted(path, SIGKILL, whole_).code, 1000 + SIGKILL);
  const Outcome rest = polder::testing::polder(long_experiment(path));
  EXPECT_EQ(rest.code, 0) << rest.err;
  expect_identical(scratch_ / "whole.h5", path);
}

TEST_F(Interruption, of_a_sequential_rule_counts_the_same_replicates) {
  // Too precise to be reached, so that the maximum decides; the rule holds results back until their turn has
  // come.
  std::vector<std::string> sequential = long_experiment(scratch_ / "part.h5");
  sequential.insert(sequential.end(),
                    {"--until-precise", "mean_skill:2023:0.00001 %", "--max-replicates", "10"});
  for (const int signal : {SIGINT, SIGKILL}) {
    Running running(sequential);
    std::this_thread::sleep_for(whole_);
    running.send(signal);
    running.wait();
  }
  ASSERT_EQ(polder::testing::polder(sequential).code, 0);
  std::vector<std::string> fixed = long_experiment(scratch_ / "fixed.h5");
  fixed.insert(fixed.end(), {"--replicates", "10"});
  fixed.erase(std::find(fixed.begin(), fixed.end(), "--replicates"),
              std::find(fixed.begin(), fixed.end(), "-o"));
  ASSERT_EQ(polder::testing::polder(fixed).code, 0);
  expect_identical(scratch_ / "fixed.h5", scratch_ / "part.h5");
}

TEST_F(Interruption, several_times_gives_the_same_values_still) {
  const std::string path = scratch_ / "part.h5";
  Outcome outcome;
  for (int attempt = 0; attempt < 4; ++attempt) {
    outcome = interrupted(path, attempt % 2 == 0 ? SIGINT : SIGKILL, whole_ / 2);
    if (outcome.code == 0) break;
  }
  if (outcome.code != 0) {
    ASSERT_EQ(polder::testing::polder(long_experiment(path)).code, 0);
  }
  expect_identical(scratch_ / "whole.h5", path);
}

TEST_F(Interruption, of_another_experiment_is_not_continued_but_can_be_replaced) {
  const std::string path = scratch_ / "part.h5";
  ASSERT_EQ(interrupted(path, SIGINT, whole_).code, 130);
  std::vector<std::string> other{"run", scenario("small.yaml"), "-o", path};
  const Outcome refused = polder::testing::polder(other);
  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(refused.err, HasSubstr("part.h5"));
  other.push_back("--overwrite");
  EXPECT_EQ(polder::testing::polder(other).code, 0);
  EXPECT_FALSE(fs::exists(path + ".checkpoint.h5"));
}

}  // namespace
