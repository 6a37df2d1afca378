// SPDX-License-Identifier: Apache-2.0
#include "output/result_writer.hpp"

#include <sys/stat.h>

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "engine/error.hpp"
#include "output/result_csv.hpp"
#include "output/result_reader.hpp"
#include "tests/output/compare_results.hpp"
#include "tests/output/sample_experiment.hpp"
#include "tests/support/scratch.hpp"

namespace polder::output::test::result_writer_test {
namespace {

using polder::test::Scratch;

std::string finished(const Scratch& folder, const std::string& name, const ExperimentInfo& info,
                     const std::vector<std::pair<std::size_t, std::uint32_t>>& order) {
  std::string path = folder / name;
  ResultWriter writer(path, info);
  for (const auto& [arm, replicate] : order) writer.commit(sample_replicate(info, arm, replicate));
  writer.finish();
  return path;
}

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(ResultWriter, gives_back_every_number_it_was_given) {
  const Scratch folder;
  const ExperimentInfo info = sample_experiment(2);
  const ResultReader result(finished(folder, "r.h5", info, {{0, 0}, {0, 1}, {1, 0}, {1, 1}}));
  EXPECT_TRUE(result.complete());
  expect_committed_rows_right(result, info);
  EXPECT_EQ(result.num_replicates(), 2U);
  EXPECT_EQ(result.arms(), (std::vector<std::string>{"baseline", "growth-fund-photonics"}));
}

TEST(ResultWriter, gives_the_same_values_for_any_order_of_commits) {
  const Scratch folder;
  const ExperimentInfo info = sample_experiment(3);
  const ResultReader one(finished(folder, "a.h5", info, {{0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 1}, {1, 2}}));
  const ResultReader other(finished(folder, "b.h5", info, {{1, 2}, {0, 1}, {1, 0}, {0, 2}, {0, 0}, {1, 1}}));
  expect_equal(one, other);
}

TEST(ResultWriter, grows_beyond_the_planned_replicates) {
  const Scratch folder;
  const ExperimentInfo few = sample_experiment(1), many = sample_experiment(5);
  const std::vector<std::pair<std::size_t, std::uint32_t>> order = {{0, 0}, {1, 0}, {1, 4}, {0, 1},
                                                                    {0, 2}, {1, 1}, {0, 4}};
  expect_equal(ResultReader(finished(folder, "few.h5", few, order)),
               ResultReader(finished(folder, "many.h5", many, order)));
}

TEST(ResultWriter, leaves_rows_empty_that_were_not_committed) {
  const Scratch folder;
  const ExperimentInfo info = sample_experiment(3);
  const ResultReader result(finished(folder, "r.h5", info, {{0, 0}, {0, 1}, {0, 2}, {1, 1}}));
  expect_committed_rows_right(result, info);
  EXPECT_FALSE(result.is_committed(1, 0));
  EXPECT_TRUE(std::isnan(result.replicates("startups", 1, 0)[0]));
  EXPECT_FALSE(std::isnan(result.replicates("startups", 1, 0)[1]));
}

TEST(ResultWriter, can_be_read_while_it_writes) {
  const Scratch folder;
  const ExperimentInfo info = sample_experiment(3);
  ResultWriter writer(folder / "r.h5", info);
  writer.commit(sample_replicate(info, 1, 1));
  const ResultReader result(folder / "r.h5");
  EXPECT_FALSE(result.complete());
  EXPECT_TRUE(result.is_committed(1, 1));
  expect_committed_rows_right(result, info);
  writer.commit(sample_replicate(info, 0, 2));
  expect_committed_rows_right(ResultReader(folder / "r.h5"), info);
}

TEST(ResultWriter, goes_on_with_an_unfinished_result_to_the_same_values) {
  const Scratch folder;
  const ExperimentInfo info = sample_experiment(2);
  const ResultReader undisturbed(finished(folder, "a.h5", info, {{0, 0}, {0, 1}, {1, 0}, {1, 1}}));
  {
    ResultWriter writer(folder / "b.h5", info);
    writer.commit(sample_replicate(info, 1, 1));
    writer.commit(sample_replicate(info, 0, 0));
  }
  EXPECT_FALSE(exists(folder / "b.h5"));
  ResultWriter again = ResultWriter::reopen(folder / "b.h5", info);
  EXPECT_EQ(again.committed(), (std::vector<std::pair<std::size_t, std::uint32_t>>{{0, 0}, {1, 1}}));
  EXPECT_TRUE(again.is_committed(1, 1));
  EXPECT_FALSE(again.is_committed(1, 0));
  again.commit(sample_replicate(info, 0, 1));
  again.commit(sample_replicate(info, 1, 0));
  again.finish();
  expect_equal(undisturbed, ResultReader(folder / "b.h5"));
  EXPECT_FALSE(exists(folder / "b.h5.partial"));
}

TEST(ResultWriter, adds_replicates_to_a_finished_result) {
  const Scratch folder;
  const ExperimentInfo info = sample_experiment(2);
  const ResultReader whole(finished(folder, "a.h5", info, {{0, 0}, {0, 1}, {1, 0}, {1, 1}}));
  finished(folder, "b.h5", info, {{0, 0}, {1, 0}});
  ResultWriter again = ResultWriter::reopen(folder / "b.h5", info);
  EXPECT_EQ(again.committed().size(), 2U);
  again.commit(sample_replicate(info, 0, 1));
  again.commit(sample_replicate(info, 1, 1));
  again.finish();
  expect_equal(whole, ResultReader(folder / "b.h5"));
}

TEST(ResultWriter, refuses_to_go_on_with_another_experiment) {
  const Scratch folder;
  ExperimentInfo info = sample_experiment(2);
  { const ResultWriter writer(folder / "r.h5", info); }
  info.seed = 5;
  EXPECT_NE(message_of([&] { ResultWriter::reopen(folder / "r.h5", info); }).find("another seed"),
            std::string::npos);
  info = sample_experiment(2);
  info.scenarios[1].resolved += "budget: 1\n";
  EXPECT_NE(message_of([&] { ResultWriter::reopen(folder / "r.h5", info); }).find("another scenario"),
            std::string::npos);
}

TEST(ResultWriter, refuses_to_overwrite_an_unfinished_result) {
  const Scratch folder;
  const ExperimentInfo info = sample_experiment(2);
  {
    ResultWriter writer(folder / "r.h5", info);
    writer.commit(sample_replicate(info, 0, 0));
  }
  EXPECT_NE(message_of([&] { ResultWriter(folder / "r.h5", info); }).find("continue that run"),
            std::string::npos);
  const ResultWriter fresh(folder / "r.h5", info, ResultWriter::Existing::replace);
  EXPECT_TRUE(fresh.committed().empty());
}

TEST(ResultWriter, refuses_two_writers_of_one_result) {
  const Scratch folder;
  const ExperimentInfo info = sample_experiment(2);
  const ResultWriter writer(folder / "r.h5", info);
  EXPECT_NE(message_of([&] { ResultWriter::reopen(folder / "r.h5", info); }).find("another run"),
            std::string::npos);
}

TEST(ResultWriter, refuses_places_for_a_file_before_it_writes_anything) {
  const Scratch folder;
  const ExperimentInfo info = sample_experiment(2);
  const auto refusal = [&](const std::string& path) { return message_of([&] { ResultWriter(path, info); }); };
  EXPECT_NE(refusal(folder / ".").find("a folder"), std::string::npos);
  EXPECT_NE(refusal(folder / "none/r.h5").find("there is no folder"), std::string::npos);
  ASSERT_EQ(mkfifo((folder / "pipe").c_str(), 0600), 0);
  EXPECT_NE(refusal(folder / "pipe").find("a device or pipe"), std::string::npos);
  EXPECT_TRUE(std::filesystem::is_fifo(folder / "pipe"));
  EXPECT_FALSE(std::filesystem::exists(folder / "pipe.partial"));
}

TEST(ResultWriter, refuses_arms_that_cannot_be_compared) {
  const Scratch folder;
  ExperimentInfo info = sample_experiment(2);
  info.arms[1].label = "baseline";
  info.arms[1].series[0].unit = "GEUR";
  info.arms[1].series[2].id = "a/b";
  const std::string message = message_of([&] { ResultWriter(folder / "r.h5", info); });
  EXPECT_NE(message.find("two arms"), std::string::npos) << message;
  EXPECT_NE(message.find("GEUR"), std::string::npos) << message;
  EXPECT_NE(message.find("a/b"), std::string::npos) << message;
}

TEST(ResultWriter, says_where_it_cannot_write) {
  const ExperimentInfo info = sample_experiment(2);
  try {
    const ResultWriter writer("/nowhere/at/all/r.h5", info);
    FAIL() << "wrote into a folder that does not exist";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("/nowhere/at/all/r.h5"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("there is no folder"), std::string::npos) << error.what();
  }
}

TEST(ResultWriter, numbers_replicates_of_a_later_shard) {
  const Scratch folder;
  ExperimentInfo info = sample_experiment(2);
  info.first_replicate = 100;
  const ResultReader result(finished(folder, "r.h5", info, {{0, 101}, {1, 101}, {0, 100}, {1, 100}}));
  EXPECT_EQ(result.first_replicate(), 100U);
  EXPECT_EQ(result.num_replicates(), 2U);
  expect_committed_rows_right(result, info);
}

}  // namespace
}  // namespace polder::output::test::result_writer_test
