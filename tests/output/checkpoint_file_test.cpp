// SPDX-License-Identifier: Apache-2.0
#include "output/checkpoint_file.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <limits>
#include <sstream>

#include "engine/error.hpp"
#include "engine/ids.hpp"
#include "output/file_system.hpp"
#include "tests/output/sample_experiment.hpp"
#include "tests/support/scratch.hpp"

namespace polder::output::test::checkpoint_file_test {
namespace {

using polder::test::Scratch;

/// Every type, nothing, much, and names with folders.
void fill(ArchiveWriter& archive, std::uint64_t seed) {
  std::vector<double> numbers;
  for (std::uint64_t i = 0; i < 70000; ++i) numbers.push_back(static_cast<double>(mix64(seed + i)) * 1e-3);
  numbers[3] = -std::numeric_limits<double>::infinity();
  numbers[4] = std::numeric_limits<double>::denorm_min();
  archive.put("table/firm/cash", std::span<const double>(numbers));
  archive.put("empty", std::span<const double>());
  archive.put("cents", std::span<const std::int64_t>(std::vector<std::int64_t>{-5, INT64_MAX, INT64_MIN}));
  archive.put("ids", std::span<const std::uint64_t>(std::vector<std::uint64_t>{seed, UINT64_MAX}));
  archive.put("flags", std::span<const std::uint8_t>(std::vector<std::uint8_t>{0, 1, 255}));
  archive.put_text("text", std::string("zero \0 inside, ë", 17));
  archive.put_text("nothing", "");
}

/// Everything of a state, read through the interface the engine uses.
MemoryArchive contents(const ArchiveReader& archive) {
  MemoryArchive memory;
  std::vector<double> numbers;
  archive.get("table/firm/cash", numbers);
  memory.put("table/firm/cash", std::span<const double>(numbers));
  archive.get("empty", numbers);
  memory.put("empty", std::span<const double>(numbers));
  std::vector<std::int64_t> cents;
  archive.get("cents", cents);
  memory.put("cents", std::span<const std::int64_t>(cents));
  std::vector<std::uint64_t> ids;
  archive.get("ids", ids);
  memory.put("ids", std::span<const std::uint64_t>(ids));
  std::vector<std::uint8_t> flags;
  archive.get("flags", flags);
  memory.put("flags", std::span<const std::uint8_t>(flags));
  for (const char* name : {"text", "nothing"}) memory.put_text(name, archive.get_text(name));
  return memory;
}

MemoryArchive wanted(std::uint64_t seed) {
  MemoryArchive memory;
  fill(memory, seed);
  return memory;
}

std::string written(const Scratch& folder) {
  CheckpointWriter writer(folder / "c.h5");
  fill(*writer.state("arm 1/replicate 7"), 1);
  fill(*writer.state("arm 0/replicate 12"), 2);
  writer.put_text("experiment", "1234");
  writer.finish();
  return folder / "c.h5";
}

TEST(CheckpointFile, gives_every_state_back_bit_by_bit) {
  const Scratch folder;
  const CheckpointReader reader(written(folder));
  EXPECT_EQ(reader.states(), (std::vector<std::string>{"arm 1/replicate 7", "arm 0/replicate 12"}));
  EXPECT_EQ(contents(*reader.state("arm 1/replicate 7")), wanted(1));
  EXPECT_EQ(contents(*reader.state("arm 0/replicate 12")), wanted(2));
  EXPECT_EQ(reader.get_text("experiment"), "1234");
  EXPECT_FALSE(reader.has_state("arm 2"));
  EXPECT_FALSE(reader.state("arm 1/replicate 7")->has("table"));
  EXPECT_TRUE(reader.state("arm 1/replicate 7")->has("table/firm/cash"));
}

TEST(CheckpointFile, stays_the_old_one_until_the_new_one_is_whole) {
  const Scratch folder;
  const std::string path = written(folder);
  {
    CheckpointWriter writer(path);
    fill(*writer.state("new"), 3);
    EXPECT_TRUE(CheckpointReader(path).has_state("arm 1/replicate 7"));
  }
  EXPECT_TRUE(CheckpointReader(path).has_state("arm 1/replicate 7"));
  EXPECT_FALSE(exists(path + ".new"));
  CheckpointWriter writer(path);
  fill(*writer.state("new"), 3);
  writer.finish();
  EXPECT_EQ(CheckpointReader(path).states(), std::vector<std::string>{"new"});
}

TEST(CheckpointFile, what_is_missing_or_of_another_type_is_named) {
  const Scratch folder;
  const CheckpointReader reader(written(folder));
  const auto state = reader.state("arm 1/replicate 7");
  std::vector<std::int64_t> cents;
  EXPECT_THROW(state->get("no-such", cents), InputError);
  EXPECT_THROW(state->get("ids", cents), InputError);
  EXPECT_THROW(state->get_text("cents"), InputError);
  EXPECT_THROW(reader.state("arm 1/replicate 8"), InputError);
  EXPECT_THROW(reader.get_text("no-such"), InputError);
}

TEST(CheckpointFile, files_of_others_are_refused) {
  const Scratch folder;
  std::ofstream(folder / "text.h5") << "no checkpoint";
  hdf5::File::create(folder / "foreign.h5").root().set_attribute("title", "of another program");
  EXPECT_THROW(CheckpointReader(folder / "missing.h5"), InputError);
  EXPECT_THROW(CheckpointReader(folder / "text.h5"), InputError);
  EXPECT_THROW(CheckpointReader(folder / "foreign.h5"), InputError);
}

/// Reads everything; whether it was refused.
bool is_refused(const std::string& path) {
  try {
    const CheckpointReader reader(path);
    EXPECT_EQ(contents(*reader.state("arm 1/replicate 7")), wanted(1)) << "damage went unnoticed";
    EXPECT_EQ(contents(*reader.state("arm 0/replicate 12")), wanted(2)) << "damage went unnoticed";
    return false;
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find(path), std::string::npos) << error.what();
    return true;
  }
}

std::string bytes_of(const std::string& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}

TEST(CheckpointFile, cut_files_are_refused) {
  const Scratch folder;
  const std::string whole = bytes_of(written(folder)), path = folder / "cut.h5";
  for (std::uint64_t i = 0; i < 60; ++i) {
    const std::size_t length = i == 0 ? whole.size() - 1 : mix64(i) % whole.size();
    std::ofstream(path, std::ios::binary) << whole.substr(0, length);
    ASSERT_TRUE(is_refused(path)) << "cut at " << length;
  }
}

TEST(CheckpointFile, a_changed_byte_never_goes_unnoticed) {
  const Scratch folder;
  const std::string whole = bytes_of(written(folder)), path = folder / "damaged.h5";
  std::size_t refused = 0;
  for (std::uint64_t i = 0; i < 150; ++i) {
    std::string damaged = whole;
    // Half of them in the first pages, where the structure is.
    const std::size_t place =
        mix64(i) % (i % 2 == 0 ? whole.size() : std::min<std::size_t>(whole.size(), 8192));
    damaged[place] = static_cast<char>(damaged[place] ^ static_cast<char>(1 + mix64(i + 1000) % 255));
    std::ofstream(path, std::ios::binary) << damaged;
    refused += is_refused(path) ? 1 : 0;
    ASSERT_FALSE(::testing::Test::HasFailure()) << "byte " << place;
  }
  EXPECT_GT(refused, 70U) << "only unused bytes may change freely";
}

}  // namespace
}  // namespace polder::output::test::checkpoint_file_test
