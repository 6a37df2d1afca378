// SPDX-License-Identifier: Apache-2.0
// Law 10: a run killed at any instant leaves a result that can be read and continued, or none yet.
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>

#include <chrono>
#include <cstdlib>
#include <thread>

#include "engine/ids.hpp"
#include "output/result_reader.hpp"
#include "output/result_writer.hpp"
#include "tests/output/compare_results.hpp"
#include "tests/output/sample_experiment.hpp"
#include "tests/support/scratch.hpp"

namespace polder::output::test::kill_test {
namespace {

using polder::test::Scratch;

using Clock = std::chrono::steady_clock;
constexpr std::uint32_t num_replicates = 6;

/// Everything that is missing, then finish. One replicate is planned, so that the file grows several times on
/// the way.
void write_all(const std::string& path) {
  const ExperimentInfo info = sample_experiment(1);
  ResultWriter writer = ResultWriter::reopen(path, info);
  for (std::uint32_t r = 0; r < num_replicates; ++r) {
    for (std::size_t arm = 0; arm < info.arms.size(); ++arm) {
      if (!writer.is_committed(arm, r)) writer.commit(sample_replicate(info, arm, r));
    }
  }
  writer.finish();
}

/// A child that writes flat out.
pid_t start_writer(const std::string& path) {
  const pid_t child = fork();
  if (child != 0) return child;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  try {
    write_all(path);
  } catch (const std::exception&) {
    _exit(2);
  }
  _exit(0);
}

int status_of(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

/// Kills in the midst of writing, by default as many as the law's test asks for.
int num_kills() {
  const char* wanted = std::getenv("POLDER_KILLS");
  return wanted == nullptr ? 60 : std::atoi(wanted);
}

TEST(Kill, leaves_every_committed_row_right_and_the_rest_to_be_continued) {
  const Scratch folder;
  const ExperimentInfo info = sample_experiment(1);
  const auto begin = Clock::now();
  ASSERT_EQ(status_of(start_writer(folder / "whole.h5")), 0);
  const auto whole_run = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - begin);
  const ResultReader undisturbed(folder / "whole.h5");
  int absent = 0, unfinished = 0, complete = 0;
  for (std::uint64_t attempt = 0; unfinished < num_kills(); ++attempt) {
    ASSERT_LT(attempt, 20U * static_cast<std::uint64_t>(num_kills()))
        << "the writer is never hit while it writes";
    const std::string path = folder / ("r" + std::to_string(attempt) + ".h5");
    const pid_t child = start_writer(path);
    const double share = static_cast<double>(mix64(attempt) >> 11) * 0x1p-53;
    std::this_thread::sleep_for(whole_run * share);
    kill(child, SIGKILL);
    const int status = status_of(child);
    ASSERT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0) << "the writer failed";
    if (!exists(path) && !exists(partial_path(path))) {
      ++absent;
      continue;
    }
    {
      const ResultReader result(path);
      ASSERT_EQ(result.complete(), exists(path));
      expect_committed_rows_right(result, info);
      ++(result.complete() ? complete : unfinished);
    }
    write_all(path);
    const ResultReader continued(path);
    expect_equal(continued, undisturbed);
    ASSERT_FALSE(::testing::Test::HasFailure()) << "attempt " << attempt;
    std::filesystem::remove(path);
  }
  RecordProperty("absent", absent);
  RecordProperty("unfinished", unfinished);
  RecordProperty("complete", complete);
}

}  // namespace
}  // namespace polder::output::test::kill_test
