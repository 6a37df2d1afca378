// SPDX-License-Identifier: Apache-2.0
// Bad input and bad places: each a clear word, nothing lost.
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <optional>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/error.hpp"
#include "output/sweep_log.hpp"
#include "sweep_support.hpp"

namespace {

using namespace polder;
using namespace polder::testing;
namespace fs = std::filesystem;
using ::testing::HasSubstr;

class SweepErrors : public ::testing::Test {
 protected:
  /// What the command says about an experiment that is wrong.
  std::string refusal(const std::string& body, std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"sweep", "run", write_experiment(scratch, "bad", body), "-o",
                                   scratch / "bad.h5"};
    words.insert(words.end(), more.begin(), more.end());
    const Outcome outcome = polder::testing::polder(words);
    EXPECT_EQ(outcome.code, 1) << outcome.out;
    EXPECT_FALSE(fs::exists(scratch / "bad.h5"));
    return outcome.err;
  }
  static std::string body(const std::string& parameters,
                          const std::string& design = "{method: grid, levels: 3}") {
    return "  design: " + design + "\n  parameters: {" + parameters + "}\n";
  }
  Scratch scratch;
};

TEST_F(SweepErrors, parameter_that_no_scenario_has) {
  const std::string said = refusal(body("efort: "));
  EXPECT_THAT(
      said, HasSubstr("bad.yaml:6:16: experiment.parameters.efort (no scenario of this experiment has such a "
                      "parameter). Did you mean 'effort'?"));
}

TEST_F(SweepErrors, range_outside_the_parameters_own) {
  EXPECT_THAT(refusal(body("courses: {range: [0.1, 1.5]}")),
              HasSubstr("experiment.parameters.courses.range[2] = 1.5 (a highest value within the "
                        "parameter's own range, 0 to 1"));
  EXPECT_THAT(refusal(body("courses: {levels: [-0.1, 0.5]}")),
              HasSubstr("= -0.1 (a value within the parameter's own range"));
  EXPECT_THAT(refusal(body("courses: {range: [0.5, 0.1]}")), HasSubstr("the lower"));
}

TEST_F(SweepErrors, wrong_unit) {
  EXPECT_THAT(refusal(body("effort: {range: [10 months, 20 months]}")),
              HasSubstr("a value in the unit of the parameter, EUR/month"));
}

TEST_F(SweepErrors, distribution_that_is_none) {
  EXPECT_THAT(refusal(body("courses: uniformm(0.1)")), HasSubstr("Did you mean 'uniform'?"));
  EXPECT_THAT(refusal(body("courses: {distribution: 'uniform(0.1)'}")), HasSubstr("uniform(low, high)"));
  EXPECT_THAT(refusal(body("courses: {distribution: 'triangular(0.5, 0.1, 0.9)'}")), HasSubstr("in order"));
}

TEST_F(SweepErrors, all_at_once_with_their_places) {
  const std::string said =
      refusal(body("efort: , courses: {range: [0, 2]}") + "  indicators: [skil]\n  years: [1999]\n");
  for (const char* part :
       {"efort", "courses.range[2]", "experiment.indicators = skil", "experiment.years = 1999"})
    EXPECT_THAT(said, HasSubstr(part));
}

TEST_F(SweepErrors, keys_that_are_unknown_or_missing) {
  EXPECT_THAT(refusal("  desing: {}\n  parameters: {effort: }\n"), HasSubstr("Did you mean 'design'?"));
  EXPECT_THAT(refusal("  parameters: {effort: }\n"), HasSubstr("the key 'design' is missing"));
  EXPECT_THAT(refusal(body("effort: ", "{method: sobol}")), HasSubstr("one of grid, factorial"));
  EXPECT_THAT(refusal(body("effort: ", "{method: points}")), HasSubstr("the path of a CSV file"));
}

TEST_F(SweepErrors, points_from_a_file_that_do_not_fit) {
  const auto said = [&](const std::string& csv) {
    scratch.write("p.csv", csv);
    return refusal(body("effort: , courses: ", "{method: points, points: p.csv}"));
  };
  EXPECT_THAT(said("effort [EUR/month],cources\n10,0.1\n"),
              HasSubstr("a column of this name is missing). Did you mean 'cources'?"));
  EXPECT_THAT(said("effort,courses\n10,0.1\n"), HasSubstr("a unit of EUR/month in the header"));
  EXPECT_THAT(said("effort [EUR/month],courses\n10,x\n"), HasSubstr("p.csv:2:4: courses = x (a number)"));
  EXPECT_THAT(said("effort [EUR/month],courses\n10,0.1\n2000,0.1\n"), HasSubstr("effort, point 2 = 2000"));
}

TEST_F(SweepErrors, sizes_that_a_method_has_no_use_for) {
  EXPECT_THAT(refusal(body("effort: ", "{method: grid, levels: 3, size: 9}")),
              HasSubstr("is not for the method grid"));
  EXPECT_THAT(refusal(body("effort: ", "{method: saltelli, levels: 3, size: 9}")),
              HasSubstr("is not for the method saltelli"));
}

TEST_F(SweepErrors, sweep_where_a_result_is_wanted) {
  const std::string path = write_experiment(scratch, "usual", usual_body);
  ASSERT_EQ(polder::testing::polder({"sweep", "run", path, "-o", scratch / "a.h5"}).code, 0);
  for (const char* command : {"run", "compare"}) {
    const Outcome outcome = polder::testing::polder({command, scratch / "a.h5"});
    EXPECT_EQ(outcome.code, 1);
    EXPECT_THAT(outcome.err, HasSubstr("a sweep")) << command;
  }
}

TEST_F(SweepErrors, shard_outside_the_plan) {
  for (const char* shard : {"0/3", "4/3", "3", "a/b", "1/0", "-1/3", "1/3x"})
    EXPECT_THAT(refusal(usual_body, {"--shard", shard}), HasSubstr("--shard = ")) << shard;
  EXPECT_THAT(refusal(usual_body, {"--shard", "3/19"}), HasSubstr("at most 18 parts"));
}

TEST_F(SweepErrors, plan_for_another_version_of_the_scenario) {
  const std::string path = write_experiment(scratch, "usual", usual_body);
  ASSERT_EQ(polder::testing::polder({"sweep", "plan", path, "-o", scratch / "p.json"}).code, 0);
  std::string changed = text_of(scratch / "small.yaml");
  changed.replace(changed.find("1.02"), 4, "1.03");
  scratch.write("small.yaml", changed);
  for (const char* what : {"run", "status", "merge"}) {
    const Outcome outcome =
        polder::testing::polder({"sweep", what, scratch / "p.json", "-o", scratch / "a.h5"});
    EXPECT_EQ(outcome.code, 1);
    EXPECT_THAT(outcome.err, HasSubstr("another version than the one this plan was made for")) << what;
  }
}

TEST_F(SweepErrors, plan_that_was_cut_or_changed) {
  const std::string path = write_experiment(scratch, "usual", usual_body);
  ASSERT_EQ(polder::testing::polder({"sweep", "plan", path, "-o", scratch / "p.json"}).code, 0);
  const std::string plan = text_of(scratch / "p.json");
  for (std::size_t size = 1; size < plan.size() - 2; size += plan.size() / 12) {
    scratch.write("cut.json", plan.substr(0, size));
    const Outcome outcome =
        polder::testing::polder({"sweep", "run", scratch / "cut.json", "-o", scratch / "a.h5"});
    EXPECT_EQ(outcome.code, 1) << size;
    EXPECT_THAT(outcome.err, HasSubstr("cut.json")) << size;
  }
  std::string other = plan;
  other.replace(other.rfind("150"), 3, "140");
  scratch.write("other.json", other);
  const Outcome outcome =
      polder::testing::polder({"sweep", "run", scratch / "other.json", "-o", scratch / "a.h5"});
  EXPECT_THAT(outcome.err, HasSubstr("a plan as it was written"));
}

TEST_F(SweepErrors, runs_of_a_scenario_that_changed_since) {
  const std::string path = write_experiment(scratch, "usual", usual_body);
  ASSERT_EQ(polder::testing::polder({"sweep", "run", path, "-o", scratch / "a.h5"}).code, 0);
  const SweepValues before = read_sweep(scratch / "a.h5");
  std::string changed = text_of(scratch / "small.yaml");
  changed.replace(changed.find("1.02"), 4, "1.03");
  scratch.write("small.yaml", changed);
  const Outcome outcome = polder::testing::polder({"sweep", "run", path, "-o", scratch / "a.h5"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("runs of another study"));
  EXPECT_EQ(read_sweep(scratch / "a.h5"), before);
  EXPECT_EQ(polder::testing::polder({"sweep", "run", path, "-o", scratch / "a.h5", "--overwrite"}).code, 0);
  EXPECT_NE(read_sweep(scratch / "a.h5"), before);
}

output::SweepRun sample_run(std::uint32_t replicate) {
  output::SweepRun run{17, replicate, replicate == 2, 0.5, {}, replicate == 2 ? "it broke" : ""};
  if (!run.failed) run.values = {1.5, -2.0, replicate + 0.25};
  return run;
}

std::string write_log(const std::string& path) {
  output::SweepLogHead head;
  head.study = "0123456789abcdef";
  head.num_values = 3;
  output::SweepLogWriter log(path, head);
  for (std::uint32_t r = 0; r < 4; ++r) log.append(sample_run(r));
  return path;
}

TEST_F(SweepErrors, log_gives_back_what_was_written) {
  const std::string path = write_log(scratch / "a.runs");
  const auto contents = output::scan_sweep_log(path);
  ASSERT_EQ(contents.entries.size(), 4U);
  EXPECT_EQ(contents.unused_bytes, 0U);
  EXPECT_FALSE(contents.being_written);
  const output::SweepLogReader reader(path);
  for (std::uint32_t r = 0; r < 4; ++r) EXPECT_EQ(reader.read(contents.entries[r]), sample_run(r));
}

TEST_F(SweepErrors, log_cut_at_any_byte_keeps_the_runs_before_the_cut) {
  const std::string path = write_log(scratch / "a.runs");
  const std::string whole = text_of(path);
  const auto all = output::scan_sweep_log(path).entries;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const std::string cut = scratch.write("cut.runs", whole.substr(0, size));
    const auto contents = output::scan_sweep_log(cut);
    std::size_t expected = 0;
    for (std::size_t r = 0; r + 1 < all.size(); ++r) expected += all[r + 1].offset <= size ? 1 : 0;
    ASSERT_EQ(contents.entries.size(), expected) << size;
    const output::SweepLogReader reader(cut);
    for (std::uint32_t r = 0; r < expected; ++r) ASSERT_EQ(reader.read(contents.entries[r]), sample_run(r));
  }
}

TEST_F(SweepErrors, log_with_a_changed_byte_gives_no_wrong_value) {
  const std::string path = write_log(scratch / "a.runs");
  const std::string whole = text_of(path);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0x20);
    const std::string damaged = scratch.write("damaged.runs", changed);
    try {
      const auto contents = output::scan_sweep_log(damaged);
      const output::SweepLogReader reader(damaged);
      for (std::uint32_t r = 0; r < contents.entries.size(); ++r)
        ASSERT_EQ(reader.read(contents.entries[r]), sample_run(r)) << at;
      ASSERT_LT(contents.entries.size(), 4U) << at;
    } catch (const InputError& error) {
      EXPECT_THAT(error.what(), HasSubstr("another kind of file"));
    }
  }
}

TEST_F(SweepErrors, cut_part_is_told_and_runs_again) {
  const std::string path = write_experiment(scratch, "usual", usual_body);
  ASSERT_EQ(polder::testing::polder({"sweep", "run", path, "-o", scratch / "whole.h5"}).code, 0);
  const std::string log = logs_of(scratch / "whole.h5").front();
  const std::size_t size = fs::file_size(log);
  for (const std::size_t left : {std::size_t{0}, std::size_t{5}, size / 7, size / 2, size - 1}) {
    fs::remove_all((scratch / "cut.h5") + ".parts");
    fs::create_directories((scratch / "cut.h5") + ".parts");
    const std::string copy = (scratch / "cut.h5") + ".parts/cut.runs";
    fs::copy_file(log, copy);
    fs::resize_file(copy, left);
    const Outcome outcome = polder::testing::polder({"sweep", "run", path, "-o", scratch / "cut.h5"});
    EXPECT_EQ(outcome.code, 0) << outcome.err;
    if (left > 0) {
      EXPECT_THAT(outcome.err, HasSubstr("the runs that are missing will run again")) << left;
    }
    EXPECT_EQ(read_sweep(scratch / "cut.h5"), read_sweep(scratch / "whole.h5")) << left;
  }
}

/// Does `body` in a mount namespace of its own; nothing when that is not allowed here.
template <class Body>
std::optional<int> on_small_disk(const std::string& place, const char* options, unsigned long flags,
                                 Body body) {
  const pid_t child = fork();
  if (child == 0) {
    if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        mount("none", place.c_str(), "tmpfs", flags, options) != 0)
      _exit(77);
    _exit(body());
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 77) return {};
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_F(SweepErrors, full_disk_is_told_and_loses_nothing) {
  const std::string path = write_experiment(scratch, "usual", usual_body);
  ASSERT_EQ(polder::testing::polder({"sweep", "run", path, "-o", scratch / "whole.h5"}).code, 0);
  const std::string disk = scratch / "disk";
  fs::create_directory(disk);
  const std::string expected = scratch / "whole.h5";
  const auto code = on_small_disk(disk, "size=24k", 0, [&] {
    const Outcome full = polder::testing::polder({"sweep", "run", path, "-o", disk + "/a.h5"});
    if (full.code != 1 || full.err.find("No space left on device") == std::string::npos) return 3;
    if (mount("none", disk.c_str(), "tmpfs", MS_REMOUNT, "size=4m") != 0) return 4;
    const Outcome rest = polder::testing::polder({"sweep", "run", path, "-o", disk + "/a.h5"});
    if (rest.code != 0 || rest.out.find("were there") == std::string::npos) return 5;
    return read_sweep(disk + "/a.h5") == read_sweep(expected) ? 0 : 6;
  });
  if (!code) GTEST_SKIP() << "no small file system can be mounted here";
  EXPECT_EQ(*code, 0);
}

TEST_F(SweepErrors, disk_that_fills_while_merging_or_analyzing_keeps_the_runs_and_the_last_result) {
  const std::string path = write_experiment(scratch, "usual", usual_body);
  const std::string disk = scratch / "disk";
  fs::create_directory(disk);
  const auto code = on_small_disk(disk, "size=4m", 0, [&] {
    const std::string output = disk + "/a.h5";
    if (polder::testing::polder({"sweep", "run", path, "-o", output}).code != 0) return 3;
    const SweepValues before = read_sweep(output);
    // Room for the log of the second extension, none for a second merged file beside the first.
    std::uintmax_t used = 0;
    for (const auto& entry : fs::recursive_directory_iterator(disk))
      if (entry.is_regular_file()) used += (entry.file_size() + 4095) / 4096 * 4096;
    const std::string size = "size=" + std::to_string(used + 3 * 4096);
    if (mount("none", disk.c_str(), "tmpfs", MS_REMOUNT, size.c_str()) != 0) return 4;
    const Outcome full = polder::testing::polder({"sweep", "run", path, "-o", output, "--replicates", "4"});
    if (full.code != 1 || full.err.find("No space left on device") == std::string::npos) return 5;
    if (!(read_sweep(output) == before)) return 6;
    if (polder::testing::polder({"sweep", "merge", path, "-o", output}).code != 1) return 7;
    if (!(read_sweep(output) == before)) return 8;
    const Outcome analysis = polder::testing::polder({"analyze", output, "--metamodel", "none"});
    if (analysis.code != 1 || !(read_sweep(output) == before)) return 9;
    for (const auto& entry : fs::directory_iterator(disk))
      if (entry.path() != output && entry.path() != output + ".parts") return 10;
    if (mount("none", disk.c_str(), "tmpfs", MS_REMOUNT, "size=4m") != 0) return 11;
    const Outcome rest = polder::testing::polder({"sweep", "run", path, "-o", output, "--replicates", "4"});
    return rest.code == 0 && rest.out.find("24 of 24 runs done") != std::string::npos ? 0 : 12;
  });
  if (!code) GTEST_SKIP() << "no small file system can be mounted here";
  EXPECT_EQ(*code, 0);
}

TEST_F(SweepErrors, folder_that_may_not_be_written) {
  const std::string path = write_experiment(scratch, "usual", usual_body);
  const std::string disk = scratch / "disk";
  fs::create_directory(disk);
  const auto code = on_small_disk(disk, "size=1m", MS_RDONLY, [&] {
    const Outcome outcome = polder::testing::polder({"sweep", "run", path, "-o", disk + "/a.h5"});
    return outcome.code == 1 && outcome.err.find("Read-only file system") != std::string::npos ? 0 : 3;
  });
  if (!code) GTEST_SKIP() << "no small file system can be mounted here";
  EXPECT_EQ(*code, 0);
}

TEST_F(SweepErrors, slurm_file_with_unknown_keys) {
  const std::string path = write_experiment(scratch, "usual", usual_body);
  const std::string config = scratch.write("cluster.yaml", "partion: main\ncpus: 0\n");
  const Outcome outcome = polder::testing::polder(
      {"sweep", "slurm", path, "--config", config, "--dry-run", "-o", scratch / "a.h5"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("Did you mean 'partition'?"));
  EXPECT_THAT(outcome.err, HasSubstr("a whole number from 1"));
}

TEST_F(SweepErrors, slurm_scripts_say_what_was_asked) {
  const std::string path = write_experiment(scratch, "usual", usual_body);
  const std::string config = scratch.write(
      "cluster.yaml", "partition: thin\nmodules: [2023, HDF5/1.14]\ncpus: 4\noptions: [--exclusive]\n");
  const Outcome outcome =
      polder::testing::polder({"sweep", "slurm", path, "--config", config, "--dry-run", "--tasks", "3",
                               "--mem", "2G", "--time", "01:00:00", "-o", scratch / "a.h5"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  for (const char* line :
       {"#SBATCH --partition=thin", "#SBATCH --array=1-3", "#SBATCH --cpus-per-task=4", "#SBATCH --mem=2G",
        "#SBATCH --time=01:00:00", "#SBATCH --exclusive", "module load 'HDF5/1.14'", "sweep merge"})
    EXPECT_THAT(outcome.out, HasSubstr(line));
  EXPECT_TRUE(fs::exists((scratch / "a.h5") + ".slurm/plan.json"));
}

}  // namespace
