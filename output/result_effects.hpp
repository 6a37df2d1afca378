// SPDX-License-Identifier: Apache-2.0
// The effects of every policy on every indicator, as they stand in a finished result.
#pragma once
#include "output/effects.hpp"
#include "output/result_rewrite.hpp"

namespace polder::output {

/// Effect at every time of one indicator. shape: values (replicate, time), NaN where unknown.
std::vector<PairedEffect> effects_over_time(std::span<const double> baseline, std::span<const double> policy,
                                            std::size_t num_times);

/// Writes `/effects/<policy>/<indicator>_<statistic>` for every arm but the first, from the arrays already in
/// `file`.
void add_effects(hdf5::File& file, const ExperimentInfo& info, const ResultLayout& layout,
                 std::uint64_t num_replicates);

}  // namespace polder::output
