// SPDX-License-Identifier: Apache-2.0
// A merged sweep as an analysis reads it.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include <Eigen/Core>
#include <nlohmann/json.hpp>

#include "output/hdf5_file.hpp"
#include "tools/analysis/distribution.hpp"

namespace polder::analysis {

struct SweptParameter {
  std::string name, unit;
  ParameterRange
      range;          ///< distribution in base units; what the design does not tell is taken from the points
  double factor = 1;  ///< a value in the file over the same value in base units
};

struct SweptIndicator {
  std::string id, title, unit;
};

/// Values of one indicator at one time. shape: for each arm (point, replicate), NaN where a run has none.
using ArmValues = std::vector<Eigen::MatrixXd>;

class SweepData {
 public:
  /// errors: InputError when the file is missing, damaged, or no merged sweep.
  explicit SweepData(const std::string& path);

  const std::string& path() const { return path_; }
  const std::string& method() const { return method_; }
  const nlohmann::ordered_json& design() const { return design_; }
  const std::vector<std::string>& arms() const { return arms_; }
  const std::vector<SweptParameter>& parameters() const { return parameters_; }
  const std::vector<SweptIndicator>& indicators() const { return indicators_; }
  std::size_t num_points() const { return num_points_; }
  std::size_t num_replicates() const { return num_replicates_; }
  /// Days since 2020-01-01, ascending.
  const std::vector<std::int32_t>& times() const { return times_; }
  const Eigen::MatrixXd& points() const { return points_; }  ///< shape: (point, parameter), units of the file
  /// 0 missing, 1 done, 2 failed; shape: (point, replicate)
  const std::vector<std::int8_t>& status() const { return status_; }
  std::string error(std::size_t point, std::size_t replicate) const;
  ArmValues values(const std::string& indicator, std::size_t time) const;

 private:
  void read_axes(const output::hdf5::Group& root);
  void read_parameters(const output::hdf5::Group& root);
  std::string path_, method_;
  output::hdf5::File file_;
  nlohmann::ordered_json design_;
  std::vector<std::string> arms_, errors_;
  std::vector<SweptParameter> parameters_;
  std::vector<SweptIndicator> indicators_;
  std::vector<std::int32_t> times_;
  std::vector<std::int8_t> status_;
  std::size_t num_points_ = 0, num_replicates_ = 0;
  Eigen::MatrixXd points_;
};

}  // namespace polder::analysis
