// SPDX-License-Identifier: Apache-2.0
// Sweeps as users run them: cut, sharded, extended, and always with the values of single runs.
#include <sys/wait.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "agents/registry.hpp"
#include "scenarios/reader.hpp"
#include "sweep_support.hpp"
#include "tools/child_process.hpp"
#include "tools/experiment.hpp"

namespace {

using namespace polder;
using namespace polder::testing;
namespace fs = std::filesystem;
using ::testing::HasSubstr;

class Sweep : public ::testing::Test {
 protected:
  std::string experiment(const std::string& body = usual_body, const std::string& name = "usual") const {
    return write_experiment(scratch, name, body);
  }
  /// Runs and expects success; returns what it said.
  std::string sweep(const std::string& path, const std::string& output,
                    std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"sweep", "run", path, "-o", scratch / output};
    words.insert(words.end(), more.begin(), more.end());
    const Outcome outcome = polder::testing::polder(words);
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    return outcome.out;
  }
  std::string merge(const std::string& path, const std::string& output) const {
    const Outcome outcome = polder::testing::polder({"sweep", "merge", path, "-o", scratch / output});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    return outcome.out;
  }
  /// The results of every arm of two replicates by the runner of what-ifs, scenarios read anew with these
  /// values.
  std::map<std::pair<std::size_t, std::uint32_t>, ReplicateResult> single(
      const std::vector<std::string>& files, const std::vector<std::vector<std::string>>& sets) const {
    struct Collector final : Sink {
      std::map<std::pair<std::size_t, std::uint32_t>, ReplicateResult> results;
      void commit(const ReplicateResult& result) override {
        results[{result.arm, result.replicate}] = result;
      }
    } collector;
    const Catalogue catalogue = agents::catalogue();
    std::vector<Program> arms;
    for (std::size_t a = 0; a < files.size(); ++a)
      arms.push_back(compile(scenarios::read_scenario(scratch / files[a], sets[a], catalogue), catalogue));
    tools::ExperimentPlan plan;
    plan.arms = arms;
    plan.seed = 7;
    plan.replicates = 2;
    tools::Progress progress(tools::Progress::Show::nothing, 1);
    tools::run_experiment(plan, collector, progress);
    return collector.results;
  }
  Scratch scratch;
};

TEST_F(Sweep, plans_the_same_file_for_the_same_experiment) {
  const std::string path = experiment();
  for (const char* name : {"a.json", "b.json"})
    ASSERT_EQ(polder::testing::polder({"sweep", "plan", path, "-o", scratch / name}).code, 0);
  EXPECT_EQ(text_of(scratch / "a.json"), text_of(scratch / "b.json"));
  EXPECT_THAT(text_of(scratch / "a.json"), HasSubstr("\"experiment\": \"usual.yaml\""));
  EXPECT_THAT(text_of(scratch / "a.json"), HasSubstr("\"runs\": 18"));
}

TEST_F(Sweep, of_a_plan_is_the_sweep_of_its_experiment) {
  const std::string path = experiment();
  ASSERT_EQ(polder::testing::polder({"sweep", "plan", path, "-o", scratch / "p.json"}).code, 0);
  sweep(path, "a.h5");
  sweep(scratch / "p.json", "b.h5");
  EXPECT_EQ(read_sweep(scratch / "a.h5"), read_sweep(scratch / "b.h5"));
}

TEST_F(Sweep, does_not_depend_on_threads_or_shards) {
  const std::string path = experiment();
  sweep(path, "whole.h5", {"--threads", "1"});
  sweep(path, "threads.h5", {"--threads", "5"});
  EXPECT_EQ(read_sweep(scratch / "whole.h5"), read_sweep(scratch / "threads.h5"));
  for (const char* shard : {"2/3", "3/3", "1/3"}) sweep(path, "parts.h5", {"--shard", shard});
  EXPECT_FALSE(fs::exists(scratch / "parts.h5"));
  merge(path, "parts.h5");
  EXPECT_EQ(read_sweep(scratch / "whole.h5"), read_sweep(scratch / "parts.h5"));
}

struct Case {
  const char* name;
  const char* parameter;
  const char* values[2];
  bool baseline, policy;  ///< which arms know the parameter
  const char* burn_in;
};

/// Whatever points share, each run has the values that it has alone.
class SweepSharing : public Sweep, public ::testing::WithParamInterface<Case> {};

TEST_P(SweepSharing, gives_every_run_the_values_it_has_alone) {
  const Case& one = GetParam();
  const std::string path = experiment(fmt::format(R"yaml(
  policies: [bonus.yaml]
  set: {{clock.burn_in: {}}}
  replicates: 2
  design: {{method: grid}}
  parameters: {{{}: {{levels: [{}, {}]}}}}
  indicators: [mean_skill, closures]
)yaml",
                                                  one.burn_in, one.parameter, one.values[0], one.values[1]),
                                      one.name);
  scratch.write("bonus.yaml",
                "extends: small.yaml\nname: bonus\nparameters:\n  bonus: {value: 1 %, range: [0 %, 10 %], "
                "source: test}\nrules:\n"
                "  - id: course\n    family: talent\n    who: workshop\n    chance: courses\n    do:\n"
                "      - multiply: {skill: 1.02 + bonus}\n");
  sweep(path, "sweep.h5", {"--threads", "2"});
  const auto skill = read_numbers(scratch / "sweep.h5", "indicators", "mean_skill");
  const auto closures = read_numbers(scratch / "sweep.h5", "indicators", "closures");
  for (std::size_t point = 0; point < 2; ++point) {
    const std::string set = fmt::format("parameters.{}={}", one.parameter, one.values[point]);
    std::vector<std::vector<std::string>> sets(2, {fmt::format("clock.burn_in={}", one.burn_in)});
    if (one.baseline) sets[0].push_back(set);
    if (one.policy) sets[1].push_back(set);
    for (const auto& [which, result] : single({"small.yaml", "bonus.yaml"}, sets)) {
      const auto& [arm, replicate] = which;
      const std::size_t months = 48, at = ((point * 2 + arm) * 2 + replicate) * months;
      for (std::size_t month = 0; month < months; ++month) {
        EXPECT_EQ(closures[at + month], result.values[2][month]) << one.name << ' ' << arm << ' ' << month;
        if (month % 12 == 11) {
          EXPECT_EQ(skill[at + month], result.values[0][month]);
        }
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Reach, SweepSharing,
    ::testing::Values(Case{"founders", "workshops", {"50", "80"}, true, true, "12 months"},
                      Case{"rules", "courses", {"0.04", "0.3"}, true, true, "12 months"},
                      Case{"policy", "bonus", {"1 %", "7 %"}, false, true, "12 months"},
                      Case{"foundersAtOnce", "workshops", {"50", "80"}, true, true, "0 months"},
                      Case{"rulesAtOnce", "courses", {"0.04", "0.3"}, true, true, "0 months"},
                      Case{"policyAtOnce", "bonus", {"1 %", "7 %"}, false, true, "0 months"}),
    [](const ::testing::TestParamInfo<Case>& one) { return one.param.name; });

TEST_F(Sweep, killed_at_any_instant_goes_on_to_the_identical_file) {
  const std::string path = experiment();
  const auto begin = std::chrono::steady_clock::now();
  sweep(path, "whole.h5", {"--threads", "2"});
  const auto whole = std::chrono::steady_clock::now() - begin;
  const SweepValues expected = read_sweep(scratch / "whole.h5");
  for (int kill = 1; kill <= 6; ++kill) {
    const std::string name = fmt::format("killed{}.h5", kill);
    {
      const Running running({"sweep", "run", path, "-o", scratch / name, "--threads", "2"});
      std::this_thread::sleep_for(whole * kill / 8);
      running.send(SIGKILL);
    }
    sweep(path, name);
    EXPECT_EQ(read_sweep(scratch / name), expected) << kill;
  }
}

TEST_F(Sweep, stopped_by_sigterm_says_so_and_goes_on) {
  const std::string path = experiment();
  Running running({"sweep", "run", path, "-o", scratch / "a.h5", "--threads", "1", "--replicates", "300"});
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  running.send(SIGTERM);
  const Outcome outcome = running.wait();
  EXPECT_EQ(outcome.code, 143) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("The same command goes on"));
  EXPECT_FALSE(fs::exists(scratch / "a.h5"));
  EXPECT_THAT(sweep(path, "a.h5"), HasSubstr("18 of 18 runs done"));
}

TEST_F(Sweep, extended_runs_only_what_is_missing) {
  const std::string path = experiment();
  sweep(path, "a.h5");
  EXPECT_THAT(sweep(path, "a.h5"), HasSubstr("All 18 runs of this part were there"));
  const std::string more = sweep(path, "a.h5", {"--replicates", "5"});
  EXPECT_THAT(more, HasSubstr("12 runs in"));
  EXPECT_THAT(more, HasSubstr("18 were there"));
  std::string wider = usual_body;
  wider.replace(wider.find("[60, 90]"), 8, "[60, 75, 90]");
  const std::string points = sweep(experiment(wider), "a.h5", {"--replicates", "5"});
  EXPECT_THAT(points, HasSubstr("15 runs in"));
  EXPECT_THAT(points, HasSubstr("30 were there"));
  sweep(experiment(wider), "b.h5", {"--replicates", "5"});
  EXPECT_EQ(read_sweep(scratch / "a.h5"), read_sweep(scratch / "b.h5"));
}

TEST_F(Sweep, run_twice_at_once_is_refused_and_harmless) {
  const std::string path = experiment();
  const Running first(
      {"sweep", "run", path, "-o", scratch / "a.h5", "--shard", "1/1", "--replicates", "2000"});
  for (int wait = 0; wait < 200 && !fs::exists(scratch / "a.h5.parts"); ++wait)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  const Outcome second = polder::testing::polder({"sweep", "run", path, "-o", scratch / "a.h5"});
  EXPECT_EQ(second.code, 1);
  EXPECT_THAT(second.err, HasSubstr("another run is at work on it"));
  const Outcome status = polder::testing::polder({"sweep", "status", path, "-o", scratch / "a.h5"});
  EXPECT_THAT(status.out, HasSubstr("at work"));
  // A scheduler that starts a task again while the first try lives.
  sweep(path, "a.h5", {"--even-if-running"});
  sweep(path, "b.h5");
  EXPECT_EQ(read_sweep(scratch / "a.h5"), read_sweep(scratch / "b.h5"));
}

TEST_F(Sweep, two_whole_attempts_at_one_part_merge_to_the_same) {
  const std::string path = experiment();
  sweep(path, "a.h5");
  sweep(path, "b.h5");
  for (const std::string& log : logs_of(scratch / "b.h5"))
    fs::copy_file(log, (scratch / "a.h5") + ".parts/" + "again-" + fs::path(log).filename().string());
  merge(path, "a.h5");
  EXPECT_EQ(read_sweep(scratch / "a.h5"), read_sweep(scratch / "b.h5"));
}

/// At the second point a chance is above 1: known before the run, or only when an agent is asked.
class SweepFailing : public Sweep, public ::testing::WithParamInterface<const char*> {};

TEST_P(SweepFailing, records_a_failed_run_and_keeps_the_others) {
  const std::string path = experiment(fmt::format(
      "  replicates: 2\n  design: {{method: grid}}\n  parameters: {{courses: {{levels: [0.1, 0.9, 0.5]}}}}\n"
      "  set: {{rules.course.chance: \"{}\"}}\n",
      GetParam()));
  const Outcome outcome = polder::testing::polder({"sweep", "run", path, "-o", scratch / "a.h5"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("4 of 6 runs done, 2 failed"));
  EXPECT_THAT(outcome.out, HasSubstr("point 2, replicate 1: "));
  EXPECT_THAT(read_numbers(scratch / "a.h5", "runs", "status"), ::testing::ElementsAre(1, 1, 2, 2, 1, 1));
  const SweepValues values = read_sweep(scratch / "a.h5");
  EXPECT_THAT(values.texts.at("/runs/error")[2], HasSubstr("course"));
  EXPECT_EQ(values.texts.at("/runs/error")[0], "");
  EXPECT_EQ(values.numbers.at("complete")[0], 1U);
  EXPECT_THAT(sweep(path, "a.h5"), HasSubstr("All 6 runs of this part were there"));
  EXPECT_THAT(sweep(path, "a.h5", {"--retry-failed"}), HasSubstr("2 runs in"));
}

INSTANTIATE_TEST_SUITE_P(Known, SweepFailing, ::testing::Values("1.5 * courses", "1.5 * courses + 0 * skill"),
                         [](const ::testing::TestParamInfo<const char*>& one) {
                           return one.index == 0 ? "before_the_run" : "during_the_run";
                         });

/// Designs that polder-analysis makes; where it is not built, the command says how to get it.
TEST_F(Sweep, takes_designs_from_polder_analysis_or_says_how_to_get_it) {
  const bool there = fs::exists(fs::path(POLDER_COMMAND).parent_path() / "polder-analysis");
  for (const auto& [design, points] :
       std::map<std::string, int>{{"{method: latin_hypercube, size: 7, seed: 2}", 7},
                                  {"{method: sobol_sequence, size: 8}", 8},
                                  {"{method: saltelli, size: 4}", 16},
                                  {"{method: morris, size: 3, seed: 5}", 9}}) {
    const std::string body =
        "  design: " + design + "\n  parameters: {effort: , courses: 'triangular(0, 0.1, 0.5)'}\n";
    const Outcome outcome =
        polder::testing::polder({"sweep", "plan", experiment(body, "asked"), "-o", scratch / "p.json"});
    EXPECT_EQ(outcome.code, there ? 0 : 1) << outcome.err;
    if (there) {
      EXPECT_THAT(outcome.out, HasSubstr(fmt::format("{} points", points)));
    } else {
      EXPECT_THAT(outcome.err, HasSubstr("libopenturns-dev"));
    }
  }
}

TEST_F(Sweep, without_polder_analysis_beside_it_says_how_to_get_it_and_the_rest_works) {
  const std::string alone = scratch / "polder";
  fs::copy_file(POLDER_COMMAND, alone);
  const std::string sampled =
      experiment("  design: {method: latin_hypercube, size: 3}\n  parameters: {effort: }\n", "sampled");
  const std::string output = scratch / "a.h5";
  EXPECT_EQ(tools::run_child({alone, "sweep", "run", experiment(), "-o", output}).code, 0);
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{alone, "sweep", "plan", sampled}, {alone, "analyze", output}}) {
    const tools::ChildOutcome outcome = tools::run_child(words);
    EXPECT_EQ(outcome.code, 1) << outcome.out;
    EXPECT_THAT(outcome.err, HasSubstr("polder-analysis is not beside " + alone));
    EXPECT_THAT(outcome.err, HasSubstr("libopenturns-dev"));
  }
  EXPECT_EQ(read_sweep(output).numbers.at("complete")[0], 1U);
}

TEST_F(Sweep, extends_a_sobol_sequence_without_repeating_its_first_points) {
  if (!fs::exists(fs::path(POLDER_COMMAND).parent_path() / "polder-analysis"))
    GTEST_SKIP() << "polder-analysis is not built";
  const std::string path =
      experiment("  design: {method: sobol_sequence, size: 4}\n  parameters: {effort: , courses: }\n");
  sweep(path, "a.h5");
  EXPECT_THAT(sweep(path, "a.h5", {"--size", "8"}), HasSubstr("; 4 were there"));
  sweep(path, "b.h5", {"--size", "8"});
  EXPECT_EQ(read_sweep(scratch / "a.h5"), read_sweep(scratch / "b.h5"));
}

TEST_F(Sweep, can_plan_every_experiment_of_the_library) {
  const bool there = fs::exists(fs::path(POLDER_COMMAND).parent_path() / "polder-analysis");
  int experiments = 0;
  for (const auto& entry : fs::directory_iterator(POLDER_SOURCE_DIR "/scenarios/experiments")) {
    if (entry.path().extension() != ".yaml") continue;
    ++experiments;
    const Outcome outcome =
        polder::testing::polder({"sweep", "plan", entry.path(), "-o", scratch / "p.json"});
    // All else is checked before a design is asked for.
    const bool only_design = !there && outcome.err.find("polder-analysis is not beside") != std::string::npos;
    EXPECT_TRUE(outcome.code == 0 || only_design) << outcome.err;
  }
  EXPECT_GE(experiments, 3);
}

TEST_F(Sweep, keeps_the_last_samples_of_the_years_asked_for) {
  const std::string path =
      experiment(std::string(usual_body) + "  indicators: [closures]\n  years: [2021, 2023]\n");
  sweep(path, "a.h5");
  const SweepValues values = read_sweep(scratch / "a.h5");
  EXPECT_EQ(values.numbers.at("/time"), (std::vector<std::uint64_t>{730, 1460}));
  EXPECT_EQ(values.numbers.at("/indicators/closures").size(), 6U * 2 * 3 * 2);
  EXPECT_FALSE(values.numbers.contains("/indicators/mean_skill"));
}

TEST_F(Sweep, without_any_run_merges_nothing_and_leaves_what_was_merged) {
  const std::string path = experiment();
  sweep(path, "a.h5");
  const SweepValues before = read_sweep(scratch / "a.h5");
  fs::remove_all((scratch / "a.h5") + ".parts");
  const Outcome outcome = polder::testing::polder({"sweep", "merge", path, "-o", scratch / "a.h5"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("a.h5.parts: no runs are there"));
  EXPECT_EQ(read_sweep(scratch / "a.h5"), before);
}

TEST_F(Sweep, begins_anew_only_where_nobody_loses_runs) {
  const std::string path = experiment();
  sweep(path, "a.h5", {"--shard", "1/2"});
  const Outcome part = polder::testing::polder(
      {"sweep", "run", path, "-o", scratch / "a.h5", "--shard", "2/2", "--overwrite"});
  EXPECT_EQ(part.code, 1);
  EXPECT_THAT(part.err, HasSubstr("--overwrite (not with --shard"));
  {
    const Running other(
        {"sweep", "run", path, "-o", scratch / "a.h5", "--shard", "2/3", "--replicates", "3000"});
    for (int wait = 0; wait < 500 && logs_of(scratch / "a.h5").size() < 2; ++wait)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    const Outcome whole =
        polder::testing::polder({"sweep", "run", path, "-o", scratch / "a.h5", "--overwrite"});
    EXPECT_EQ(whole.code, 1);
    EXPECT_THAT(whole.err, HasSubstr("another run is at work on it"));
  }
  EXPECT_EQ(logs_of(scratch / "a.h5").size(), 2U) << "both refusals left all runs alone";
  EXPECT_THAT(sweep(path, "a.h5", {"--overwrite"}), HasSubstr("18 runs in"));
  EXPECT_EQ(logs_of(scratch / "a.h5").size(), 1U);
}

TEST_F(Sweep, without_all_runs_merges_what_there_is_and_says_so) {
  const std::string path = experiment();
  sweep(path, "a.h5", {"--shard", "1/3"});
  const Outcome outcome = polder::testing::polder({"sweep", "merge", path, "-o", scratch / "a.h5"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, HasSubstr("6 of 18 runs done, 12 missing"));
  EXPECT_EQ(read_sweep(scratch / "a.h5").numbers.at("complete")[0], 0U);
}

}  // namespace
