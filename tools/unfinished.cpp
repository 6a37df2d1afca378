// SPDX-License-Identifier: Apache-2.0
#include "tools/unfinished.hpp"

#include <string>
#include <utility>

#include <fmt/format.h>

#include "engine/error.hpp"

namespace polder::tools {

namespace {

/// A folder of another archive.
class FolderWriter final : public ArchiveWriter {
 public:
  FolderWriter(ArchiveWriter& archive, std::string folder) : archive_(archive), folder_(std::move(folder)) {}
  void put(const std::string& name, std::span<const double> v) override { archive_.put(folder_ + name, v); }
  void put(const std::string& name, std::span<const std::int64_t> v) override {
    archive_.put(folder_ + name, v);
  }
  void put(const std::string& name, std::span<const std::uint64_t> v) override {
    archive_.put(folder_ + name, v);
  }
  void put(const std::string& name, std::span<const std::uint8_t> v) override {
    archive_.put(folder_ + name, v);
  }
  void put_text(const std::string& name, const std::string& text) override {
    archive_.put_text(folder_ + name, text);
  }

 private:
  ArchiveWriter& archive_;
  std::string folder_;
};

class FolderReader final : public ArchiveReader {
 public:
  FolderReader(const ArchiveReader& archive, std::string folder)
      : archive_(archive), folder_(std::move(folder)) {}
  bool has(const std::string& name) const override { return archive_.has(folder_ + name); }
  void get(const std::string& name, std::vector<double>& v) const override {
    archive_.get(folder_ + name, v);
  }
  void get(const std::string& name, std::vector<std::int64_t>& v) const override {
    archive_.get(folder_ + name, v);
  }
  void get(const std::string& name, std::vector<std::uint64_t>& v) const override {
    archive_.get(folder_ + name, v);
  }
  void get(const std::string& name, std::vector<std::uint8_t>& v) const override {
    archive_.get(folder_ + name, v);
  }
  std::string get_text(const std::string& name) const override { return archive_.get_text(folder_ + name); }

 private:
  const ArchiveReader& archive_;
  std::string folder_;
};

std::string folder(std::size_t i) {
  return fmt::format("unfinished/{}/", i);
}

/// Per unfinished replicate: its number, the arm that was running + 1 (0: none), is there a branching state?
constexpr const char* index_name = "unfinished/index";
constexpr std::size_t index_fields = 3;

[[noreturn]] void refuse() {
  throw InputError(Mistake{
      {}, "checkpoint", {}, "is damaged or belongs to another experiment; delete it to start anew", {}});
}

}  // namespace

void save_unfinished(std::span<const Program> arms, std::span<const Unfinished> unfinished,
                     ArchiveWriter& archive) {
  std::vector<std::uint64_t> index;
  for (const Unfinished& one : unfinished) {
    index.push_back(one.replicate);
    index.push_back(one.arm ? *one.arm + 1 : 0);
    index.push_back(one.branch ? 1 : 0);
  }
  archive.put(index_name, std::span<const std::uint64_t>(index));
  for (std::size_t i = 0; i < unfinished.size(); ++i) {
    const Unfinished& one = unfinished[i];
    if (one.branch) {
      FolderWriter branch(archive, folder(i) + "branch/");
      save(arms.front(), *one.branch, Recorder(arms.front()).result(), branch);
    }
    if (one.arm) {
      FolderWriter arm(archive, folder(i) + "arm/");
      save(arms[*one.arm], one.state, one.samples, arm);
    }
  }
}

std::vector<Unfinished> restore_unfinished(std::span<const Program> arms, const ArchiveReader& archive) {
  std::vector<std::uint64_t> index;
  archive.get(index_name, index);
  if (index.size() % index_fields != 0) refuse();
  std::vector<Unfinished> unfinished(index.size() / index_fields);
  for (std::size_t i = 0; i < unfinished.size(); ++i) {
    const std::span<const std::uint64_t> fields(&index[i * index_fields], index_fields);
    if (fields[1] > arms.size()) refuse();
    Unfinished& one = unfinished[i];
    one.replicate = static_cast<std::uint32_t>(fields[0]);
    if (fields[2] != 0) {
      ReplicateResult nothing = Recorder(arms.front()).result();
      one.branch.emplace();
      restore(arms.front(), FolderReader(archive, folder(i) + "branch/"), *one.branch, nothing);
    }
    if (fields[1] != 0) {
      one.arm = fields[1] - 1;
      one.samples = Recorder(arms[*one.arm]).result();
      restore(arms[*one.arm], FolderReader(archive, folder(i) + "arm/"), one.state, one.samples);
    }
  }
  return unfinished;
}

}  // namespace polder::tools
