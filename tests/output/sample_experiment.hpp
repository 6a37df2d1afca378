// SPDX-License-Identifier: Apache-2.0
// A small experiment with known numbers: what a replicate holds follows from its arm and number alone.
#pragma once
#include <string>

#include "output/experiment.hpp"

namespace polder::output::test {

/// Two arms that share one indicator with splits, one yearly and one half-yearly; the policy has an
/// indicator, a region, an instrument and flows of its own.
ExperimentInfo sample_experiment(std::uint32_t replicates);

/// The replicate of an arm. Values differ everywhere, so that a misplaced one is noticed.
ReplicateResult sample_replicate(const ExperimentInfo& info, std::size_t arm, std::uint32_t replicate);

/// The value of a series at a place. shape: `label` counts from 1, 0 is the overall value.
double sample_value(std::size_t arm, std::uint32_t replicate, const std::string& id, Month month,
                    std::size_t label = 0);

}  // namespace polder::output::test
