// SPDX-License-Identifier: Apache-2.0
// Where files come from: the disk, or memory (results that re-run themselves, tests, fuzzing).
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/error.hpp"

namespace polder::scenarios {

/// Larger files are refused.
/// unit: byte
inline constexpr std::size_t largest_file = 16U << 20U;

/// A place that holds files.
class FileSource {
 public:
  enum class Status : std::uint8_t { found, missing, directory, not_a_file, too_large, unreadable };
  struct File {
    Status status = Status::missing;
    std::string content;
  };
  virtual ~FileSource() = default;
  virtual File read(const std::string& path) const = 0;
  /// Names of the files and directories in a directory, sorted; empty when there is none.
  virtual std::vector<std::string> list(const std::string& directory) const = 0;
};

/// Files on disk; relative paths start from `root` (empty: the working directory).
class DiskSource final : public FileSource {
 public:
  explicit DiskSource(std::string root = {}) : root_(std::move(root)) {}
  File read(const std::string& path) const override;
  std::vector<std::string> list(const std::string& directory) const override;

 private:
  std::string root_;
};

/// Files in memory by their path (`nl-2020.yaml`, `data/firms.csv`), without a disk behind them.
class MemorySource final : public FileSource {
 public:
  explicit MemorySource(std::map<std::string, std::string> files) : files_(std::move(files)) {}
  File read(const std::string& path) const override;
  std::vector<std::string> list(const std::string& directory) const override;

 private:
  std::map<std::string, std::string> files_;
};

/// The first place of `text` that is no text (not UTF-8, a control character), with the reason.
std::optional<Mistake> find_rubbish(std::string_view text, const std::string& file);

/// Reads a text file: there, regular, at most `largest_file`, UTF-8, no control characters. Strips the byte
/// order mark and turns CRLF into LF. Mistakes name the file itself when `named_at` has no file, else the
/// place that names it. errors: false, with the reason in `mistakes`.
bool read_text_file(const FileSource& source, const std::string& path, const Mark& named_at,
                    const std::string& key_path, std::string& text, std::string& bytes, Mistakes& mistakes);

/// `path` seen from the directory of `file`, without `.` and `..` where possible.
std::string path_from(std::string_view file, std::string_view path);
/// The directory part, `.` when there is none.
std::string directory_of(std::string_view path);
/// 16 hex digits: FNV-1a, 64 bits, of the bytes.
/// source: Fowler, Noll & Vo 1991
std::string checksum(std::string_view bytes);

}  // namespace polder::scenarios
