// SPDX-License-Identifier: Apache-2.0
// Writes an experiment to a result file, replicate by replicate, so that a kill at any instant loses nothing
// that was committed (law 10).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/sink.hpp"
#include "output/file_system.hpp"
#include "output/result_structure.hpp"

namespace polder::output {

/// While it runs, the result is `<path>.partial`: a whole HDF5 file in which every array already has its
/// place. A commit overwrites its numbers there, and then one byte of `committed`. `finish` writes the
/// compressed file with the effects and puts it at `path` in one rename. The values of a finished file do not
/// depend on the order of commits or on interruptions.
class ResultWriter final : public Sink {
 public:
  enum class Existing : std::uint8_t { refuse, replace };

  /// Begins a new result. A finished result at `path` stays until `finish` replaces it. errors: InputError
  /// when an unfinished result stands there (unless `existing` says replace), when another run writes it, or
  /// when the arms do not fit together; std::runtime_error when it cannot be written.
  ResultWriter(std::string path, ExperimentInfo info, Existing existing = Existing::refuse);

  /// Goes on with the unfinished (or finished) result at `path`; begins a new one when there is none. Nothing
  /// that was committed is touched. errors: InputError also when it is of another experiment.
  static ResultWriter reopen(std::string path, ExperimentInfo info);

  /// Replicates may come in any order and beyond the planned number.
  void commit(const ReplicateResult& result) override;

  bool is_committed(std::size_t arm, std::uint32_t replicate) const;
  /// (arm, replicate) pairs, ascending.
  std::vector<std::pair<std::size_t, std::uint32_t>> committed() const;

  /// Completes the result; the writer cannot be used afterwards.
  void finish();

  const std::string& path() const { return path_; }
  const std::string& partial_path() const { return partial_path_; }

 private:
  struct Continue {};
  ResultWriter(Continue, std::string path, ExperimentInfo info);
  void open_partial();
  void rewrite_partial(const std::string& source, std::uint64_t capacity);
  std::uint64_t position(std::uint32_t replicate) const { return replicate - info_.first_replicate; }

  std::string path_, partial_path_;
  ExperimentInfo info_;
  ResultLayout layout_;
  std::vector<ReplicateVariable> variables_;
  WriterLock lock_;
  std::optional<hdf5::File> file_;
  std::vector<std::optional<hdf5::Dataset>> arrays_;  ///< by variable; none where a variable has no room
  std::optional<hdf5::Dataset> committed_array_;
  std::uint64_t capacity_ = 0;
  std::vector<std::int8_t> committed_;  ///< (arm, capacity)
};

/// The unfinished neighbour of a result's path.
std::string partial_path(const std::string& path);

}  // namespace polder::output
