// SPDX-License-Identifier: Apache-2.0
// The runs of one attempt at a part of a sweep, as a log: a head, then one record a finished run, each with a
// checksum. A record is written in one piece and never changed, so a kill at any instant loses at most the
// run that was being written, and a file cut at any byte still gives every run before the cut. Attempts never
// share a file: a part that is done twice leaves two logs with the same values.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "output/file_system.hpp"

namespace polder::output {

/// Who writes a log, and what its runs belong to.
struct SweepLogHead {
  std::string study;  ///< 16 hex digits: scenarios, seed, what is kept; other studies' runs do not fit
  std::uint32_t shard = 1, shards = 1;
  std::uint64_t num_values = 0;  ///< numbers a run
  std::uint32_t threads = 1;     ///< runs side by side
  std::uint64_t num_runs = 0;    ///< that this attempt set out to do
  std::string host, polder_version, commit;
  std::int64_t process = 0;
  std::string started;  ///< UTC, ISO 8601
  bool operator==(const SweepLogHead&) const = default;
};

/// One run of all arms at one point.
struct SweepRun {
  std::uint64_t point = 0;  ///< hash of the values of the parameters
  std::uint32_t replicate = 0;
  bool failed = false;
  double seconds = 0;          ///< own time: founders, steps and samples
  std::vector<double> values;  ///< all arms', one after the other; empty when failed
  std::string error;           ///< of a failed run
  bool operator==(const SweepRun&) const = default;
};

/// Writes one log. Whoever asks sees that it is being written until the process ends.
class SweepLogWriter {
 public:
  /// Makes the file; it must not exist. errors: std::runtime_error with path and reason.
  SweepLogWriter(const std::string& path, const SweepLogHead& head);
  SweepLogWriter(const SweepLogWriter&) = delete;
  SweepLogWriter& operator=(const SweepLogWriter&) = delete;
  ~SweepLogWriter();
  /// errors: std::runtime_error when it does not fit on the disk; the runs before it are kept.
  void append(const SweepRun& run);
  const std::string& path() const { return path_; }

 private:
  void write_all(const std::string& bytes);
  std::string path_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

/// Where one run stands in a log.
struct SweepLogEntry {
  std::uint64_t point = 0;
  std::uint32_t replicate = 0;
  bool failed = false;
  double seconds = 0;
  std::uint64_t offset = 0;    ///< of the record
  std::uint64_t checksum = 0;  ///< of values and error: equal runs have equal ones
};

/// What a log holds, without the values.
struct SweepLogContents {
  SweepLogHead head;
  std::vector<SweepLogEntry> entries;
  std::uint64_t bytes = 0, unused_bytes = 0;  ///< in the file; after the last whole record
  bool being_written = false;
};

/// Looks through a log. A file cut within its head has no entries and an empty study.
/// errors: InputError when the file is no log, or one of another format; std::runtime_error when it cannot be
/// read.
SweepLogContents scan_sweep_log(const std::string& path);

/// Reads runs one by one from one log.
class SweepLogReader {
 public:
  explicit SweepLogReader(const std::string& path);
  SweepLogReader(const SweepLogReader&) = delete;
  SweepLogReader& operator=(const SweepLogReader&) = delete;
  ~SweepLogReader();
  /// errors: InputError when the record is damaged.
  SweepRun read(const SweepLogEntry& entry) const;

 private:
  std::string path_;
  int descriptor_ = -1;
};

}  // namespace polder::output
