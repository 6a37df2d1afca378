// SPDX-License-Identifier: Apache-2.0
// The account of instruments in a result: computed from the arms that are in the file, written when it is
// finished (group `attribution`).
#pragma once
#include <string>
#include <vector>

#include "output/attribution.hpp"
#include "output/result_rewrite.hpp"

namespace polder::output {

/// One package with all its numbers.
struct Attribution {
  std::string policy;
  std::vector<std::string> members;
  std::vector<int> years;
  std::size_t replicates = 0;
  /// accounts[member][recipient kind][year][account]; unit: EUR a year
  std::vector<std::vector<std::vector<std::vector<MeanInterval>>>> accounts;
  /// over all years and kinds: totals[member][account]; unit: EUR
  std::vector<std::vector<MeanInterval>> totals;
  /// shares[measure][member] of what the package changes over the run; unit: EUR
  struct Share {
    MeanInterval value;
    double order_error = 0;  ///< standard error of sampling orders; 0: exact
  };
  std::vector<std::vector<Share>> shares;
};
/// Measures that are shared out.
inline constexpr std::array share_names{"outlay", "total_rd", "private_rd"};

/// Series of one arm: what all arms keep, then what only arms without one member keep.
std::vector<SeriesInfo> attribution_series(const ArmInfo& arm);
/// Positions in ArmInfo::times of the last sample of each year.
std::vector<int> yearly_samples(const ArmInfo& arm);
/// Names, in the order of attribution_series.
std::vector<std::string> attribution_names();

/// The package plan that a file carries; empty: none.
std::vector<Package> packages_of(const hdf5::File& file);
/// errors: InputError when the file does not hold what the packages need.
std::vector<Attribution> attribute(const hdf5::File& file, const Contents& contents);

/// Says in the file which arms belong together (attribute `packages` of the group).
void add_packages(hdf5::File& file, const ExperimentInfo& info);
/// Writes the account of every package.
void add_attribution(hdf5::File& file, const ExperimentInfo& info, const ResultLayout& layout,
                     const Contents& contents);

}  // namespace polder::output
