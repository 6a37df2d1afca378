// SPDX-License-Identifier: Apache-2.0
// Files that are cut off, foreign or from the future are refused in words; a full disk is reported with its
// place.
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <csignal>

#include <cstring>
#include <fstream>
#include <functional>

#include "engine/error.hpp"
#include "engine/ids.hpp"
#include "output/result_reader.hpp"
#include "output/result_writer.hpp"
#include "tests/output/compare_results.hpp"
#include "tests/output/sample_experiment.hpp"
#include "tests/support/scratch.hpp"

namespace polder::output::test::damage_test {
namespace {

using polder::test::Scratch;

std::string finished_result(const Scratch& folder) {
  const ExperimentInfo info = sample_experiment(2);
  ResultWriter writer(folder / "whole.h5", info);
  for (std::uint32_t r = 0; r < 2; ++r) {
    for (std::size_t arm = 0; arm < 2; ++arm) writer.commit(sample_replicate(info, arm, r));
  }
  writer.finish();
  return folder / "whole.h5";
}

std::string unfinished_result(const Scratch& folder) {
  const ExperimentInfo info = sample_experiment(2);
  ResultWriter writer(folder / "begun.h5", info);
  writer.commit(sample_replicate(info, 0, 0));
  return writer.partial_path();
}

/// What opening says; empty when it opens.
std::string refusal(const std::string& path) {
  try {
    const ResultReader result(path);
    return {};
  } catch (const InputError& error) {
    return error.what();
  }
}

void write_bytes(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

void expect_refused_wherever_it_is_cut(const std::string& whole, const std::string& cut) {
  const auto size = std::filesystem::file_size(whole);
  std::vector<std::uintmax_t> lengths = {0,  1,  7,  8,   9,   47,  48,       49,
                                         95, 96, 97, 511, 512, 513, size / 2, size - 1};
  for (std::uint64_t i = 0; i < 150; ++i) lengths.push_back(mix64(i) % size);
  for (const auto length : lengths) {
    std::filesystem::copy_file(whole, cut, std::filesystem::copy_options::overwrite_existing);
    std::filesystem::resize_file(cut, length);
    const std::string message = refusal(cut);
    ASSERT_NE(message.find(cut), std::string::npos)
        << "cut at " << length << " of " << size << ": " << message;
  }
}

TEST(Damage, cut_results_are_refused_with_their_path) {
  const Scratch folder;
  expect_refused_wherever_it_is_cut(finished_result(folder), folder / "cut.h5");
  expect_refused_wherever_it_is_cut(unfinished_result(folder), folder / "cut2.h5");
}

TEST(Damage, files_of_others_are_refused) {
  const Scratch folder;
  write_bytes(folder / "text.h5", "scenario: nl-2020\n");
  write_bytes(folder / "empty.h5", "");
  write_bytes(folder / "fake.h5", "\x89HDF\r\n\x1a\n" + std::string(4000, '\x55'));
  std::filesystem::create_directory(folder / "folder.h5");
  hdf5::File::create(folder / "foreign.h5").root().set_attribute("title", "of another program");
  for (const char* name : {"text.h5", "empty.h5", "fake.h5", "folder.h5", "foreign.h5", "missing.h5"}) {
    EXPECT_NE(refusal(folder / name).find(name), std::string::npos) << name << ": " << refusal(folder / name);
  }
  EXPECT_NE(refusal(folder / "foreign.h5").find("another program"), std::string::npos);
  EXPECT_NE(refusal(folder / "missing.h5").find("no such file"), std::string::npos);
}

TEST(Damage, another_format_is_named) {
  const Scratch folder;
  const std::string path = finished_result(folder);
  hdf5::File::open(path, hdf5::File::Access::write).root().set_attribute("format", std::int32_t{99});
  EXPECT_NE(refusal(path).find("99"), std::string::npos) << refusal(path);
  EXPECT_NE(refusal(path).find(std::to_string(result_format)), std::string::npos) << refusal(path);
}

/// What writing a result says; empty when it succeeds.
std::string failure(const std::function<void()>& action) {
  try {
    action();
    return {};
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

/// Files of this process end at so many bytes while this lives.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    old_handler_ = signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &old_);
    const rlimit limit{bytes, old_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &old_);
    signal(SIGXFSZ, old_handler_);
  }

 private:
  rlimit old_{};
  void (*old_handler_)(int) = SIG_DFL;
};

TEST(FullDisk, a_file_that_may_not_grow_is_reported_and_leaves_nothing_behind) {
  const Scratch folder;
  for (const rlim_t bytes : {100U, 5000U, 30000U}) {
    std::string message;
    {
      const FileSizeLimit limit(bytes);
      message = failure([&] { ResultWriter(folder / "r.h5", sample_experiment(2)); });
    }
    EXPECT_NE(message.find(folder / "r.h5.partial"), std::string::npos) << bytes << ": " << message;
    EXPECT_NE(message.find("File too large"), std::string::npos) << bytes << ": " << message;
    EXPECT_TRUE(std::filesystem::is_empty(folder.path())) << bytes;
  }
}

TEST(FullDisk, commits_survive_when_there_is_no_room_to_finish) {
  const Scratch folder;
  const ExperimentInfo info = sample_experiment(2);
  const std::string path = folder / "r.h5";
  {
    ResultWriter writer(path, info);
    for (std::uint32_t r = 0; r < 2; ++r) {
      for (std::size_t arm = 0; arm < 2; ++arm) writer.commit(sample_replicate(info, arm, r));
    }
    const FileSizeLimit limit(20000);
    EXPECT_NE(failure([&] { writer.finish(); }).find(path), std::string::npos);
  }
  expect_committed_rows_right(ResultReader(path), info);
  ResultWriter again = ResultWriter::reopen(path, info);
  EXPECT_EQ(again.committed().size(), 4U);
  again.finish();
  expect_committed_rows_right(ResultReader(path), info);
  EXPECT_TRUE(ResultReader(path).complete());
}

TEST(FullDisk, a_full_file_system_is_reported_with_its_place) {
  const Scratch folder;
  const std::string place = folder / "small";
  std::filesystem::create_directory(place);
  if (mount("none", place.c_str(), "tmpfs", 0, "size=96k") != 0)
    GTEST_SKIP() << "needs the right to mount: " << std::strerror(errno);
  const ExperimentInfo info = sample_experiment(400);
  const std::string message = failure([&] { ResultWriter(place + "/r.h5", info); });
  EXPECT_NE(message.find(place + "/r.h5"), std::string::npos) << message;
  EXPECT_NE(message.find("No space left on device"), std::string::npos) << message;
  EXPECT_TRUE(std::filesystem::is_empty(place));
  EXPECT_EQ(umount2(place.c_str(), MNT_DETACH), 0);
}

}  // namespace
}  // namespace polder::output::test::damage_test
