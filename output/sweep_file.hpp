// SPDX-License-Identifier: Apache-2.0
// The merged sweep: one netCDF-4 file with every run of a design, written block by block of points so that
// its size does not matter to memory.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "output/experiment.hpp"
#include "output/hdf5_file.hpp"
#include "output/result_layout.hpp"

namespace polder::output {

/// Number of the format of sweep files. A change of it stands in the changelog.
inline constexpr std::int32_t sweep_format = 1;

/// One parameter that varies, with its value at every point.
struct SweepParameter {
  std::string name, units, long_name, source, distribution;
  double low = 0, high = 0;    ///< in `units`; NaN: no bound
  std::vector<double> values;  ///< in `units`, one a point
};

/// Everything but the runs.
struct SweepInfo {
  ExperimentInfo
      experiment;  ///< arms with what is kept of them, scenarios, seed, scale, start, title, provenance
  std::string name, study, plan;  ///< study and plan: 16 hex digits
  std::vector<SweepParameter> parameters;
  std::uint64_t num_points = 0;
  std::string design;           ///< JSON: request and structure of the design, without the points
  std::string experiment_yaml;  ///< the experiment file
};

enum class RunStatus : std::int8_t { missing = 0, done = 1, failed = 2 };

/// What is known of one run when it is put into the file.
struct SweepCell {
  RunStatus status = RunStatus::missing;
  double seconds = 0;
  std::string error;
  std::vector<ReplicateResult> arms;  ///< of a run that is done
};

/// Writes the file beside its name and puts it in place when it is finished.
class SweepFileWriter {
 public:
  /// errors: std::runtime_error when the place cannot be written.
  SweepFileWriter(const std::string& path, const SweepInfo& info);
  SweepFileWriter(const SweepFileWriter&) = delete;
  SweepFileWriter& operator=(const SweepFileWriter&) = delete;
  ~SweepFileWriter();
  /// Points that are best written together.
  std::uint64_t points_a_block() const { return points_a_block_; }
  /// Puts the runs of some consecutive points. shape: cells[point][replicate]
  void write(std::uint64_t first_point, std::span<const std::vector<SweepCell>> cells);
  /// Ends with the marks of completeness and puts the file in place.
  void finish();

 private:
  struct Variable {
    hdf5::Dataset dataset;
    std::size_t position;  ///< among replicate_variables(layout_)
  };
  void create();
  SweepInfo info_;
  ResultLayout layout_;
  std::string path_, beside_;
  std::optional<hdf5::File> file_;
  std::vector<Variable> variables_;
  std::optional<hdf5::Dataset> status_, seconds_;
  std::vector<std::string> errors_;  ///< (point, replicate)
  std::uint64_t points_a_block_ = 1, num_done_ = 0, num_failed_ = 0;
  bool finished_ = false;
};

}  // namespace polder::output
