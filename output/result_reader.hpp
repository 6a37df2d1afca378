// SPDX-License-Identifier: Apache-2.0
// Opens results, finished or not, and gives out what was committed.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "output/result_attribution.hpp"
#include "output/result_flows.hpp"
#include "output/result_networks.hpp"

namespace polder::output {

/// Numbers of all replicates of all arms, the last axis running fastest; NaN where nothing was committed or
/// sampled.
struct Array {
  hdf5::Shape shape;
  std::vector<double> values;
};

class ResultReader {
 public:
  /// Opens `path`, or the unfinished result beside it when there is none yet. errors: InputError when the
  /// file is missing, damaged, of another program or of another format.
  explicit ResultReader(const std::string& path);

  const std::string& path() const { return path_; }
  bool complete() const { return complete_; }
  std::uint64_t seed() const { return seed_; }
  double scale() const { return scale_; }
  Month start() const { return start_; }
  const std::string& title() const { return title_; }
  const std::vector<std::string>& arms() const { return arms_; }  ///< the first is the baseline
  std::uint64_t num_replicates() const { return contents_.num_replicates; }
  std::uint32_t first_replicate() const { return first_replicate_; }
  bool is_committed(std::size_t arm, std::uint64_t position) const { return contents_.has(arm, position); }
  const std::vector<Month>& times() const { return times_; }
  const std::vector<int>& years() const { return years_; }
  const std::vector<Axis>& axes() const { return axes_; }
  const std::vector<SeriesInfo>& indicators() const { return indicators_; }
  /// errors: InputError with the nearest known id.
  const SeriesInfo& indicator(const std::string& id) const;

  /// shape: (arm, replicate, time)
  Array series(const std::string& id) const;
  /// shape: (arm, replicate, time, label). errors: InputError when the indicator is not split by this axis.
  Array grouped(const std::string& id, const std::string& axis) const;
  /// One value a replicate; shape: num_replicates().
  std::vector<double> replicates(const std::string& id, std::size_t arm, std::size_t time) const;

  std::vector<FlowColumn> flow_columns() const { return read_flow_columns(file_); }
  std::vector<FlowRow> flow_rows() const { return read_flow_rows(file_, contents_); }
  std::vector<InstrumentColumn> instruments() const;
  /// shape: (arm, replicate, year, instrument). name: applications, awards, or outlay (EUR).
  Array instrument_table(const std::string& name) const;
  const std::vector<std::string>& kinds() const { return kinds_; }
  /// shape: (arm, replicate, kind). name: founded or simulated.
  Array counts(const std::string& name) const;

  /// Networks of which the result has a place for snapshots; `moments` as in the file.
  std::vector<NetworkInfo> networks() const { return read_network_infos(file_); }
  /// Snapshots of the committed arms, by network, arm and moment.
  std::vector<std::pair<std::size_t, NetworkSnapshot>> snapshots() const {
    return read_snapshots(file_, contents_);
  }

  /// Which arms belong together, and the account of their instruments.
  std::vector<Package> packages() const { return packages_of(file_); }
  std::vector<Attribution> attribution() const { return attribute(file_, contents_); }

  /// The scenario of an arm with its files (by path), to run it again.
  ArmScenario scenario(std::size_t arm) const;
  Provenance provenance() const;

 private:
  void read_axes(const hdf5::Group& root);
  void read_indicators(const hdf5::Group& root);
  Array masked(Array array) const;
  Array numbers(const hdf5::Dataset& dataset) const;
  Array euros(const hdf5::Dataset& dataset) const;

  std::string path_;
  hdf5::File file_;
  Contents contents_;
  bool complete_ = false;
  std::uint64_t seed_ = 0;
  double scale_ = 1;
  Month start_;
  std::string title_;
  std::uint32_t first_replicate_ = 0;
  std::vector<std::string> arms_, kinds_;
  std::vector<Month> times_;
  std::vector<int> years_;
  std::vector<Axis> axes_;
  std::vector<SeriesInfo> indicators_;
};

}  // namespace polder::output
