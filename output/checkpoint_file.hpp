// SPDX-License-Identifier: Apache-2.0
// Checkpoints on disk: named states (replicates in progress), each an archive of named arrays.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/archive.hpp"
#include "output/hdf5_file.hpp"

namespace polder::output {

/// Number of the format that this program writes and reads.
inline constexpr std::int32_t checkpoint_format = 1;

/// Writes one checkpoint beside its path and puts it in place when it is whole; without `finish` the old one
/// stays.
class CheckpointWriter {
 public:
  /// errors: std::runtime_error when the file cannot be written.
  explicit CheckpointWriter(std::string path);
  CheckpointWriter(const CheckpointWriter&) = delete;
  CheckpointWriter& operator=(const CheckpointWriter&) = delete;
  ~CheckpointWriter();
  /// A state of its own; `name` may hold `/`, each name once. The archive must not outlive this writer.
  std::unique_ptr<ArchiveWriter> state(const std::string& name);
  /// Facts about the whole checkpoint (seed, scenario, arguments).
  void put_text(const std::string& name, const std::string& text);
  void finish();

 private:
  std::string path_, fresh_path_;
  bool finished_ = false;
  std::unique_ptr<hdf5::File> file_;
};

/// Reads a checkpoint. Damage anywhere in it is found by checksums.
class CheckpointReader {
 public:
  /// errors: InputError when the file is missing, damaged, no checkpoint, or one of another format.
  explicit CheckpointReader(const std::string& path);
  const std::vector<std::string>& states() const { return states_; }  ///< in the order they were written
  bool has_state(const std::string& name) const;
  /// errors: InputError when there is none. The archive must not outlive this reader.
  std::unique_ptr<ArchiveReader> state(const std::string& name) const;
  /// errors: InputError when there is none.
  std::string get_text(const std::string& name) const;

 private:
  std::string path_;
  hdf5::File file_;
  std::vector<std::string> states_;
};

}  // namespace polder::output
