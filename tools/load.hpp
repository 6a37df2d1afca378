// SPDX-License-Identifier: Apache-2.0
// Scenarios from files and from results, as the subcommands want them.
#pragma once
#include <string>
#include <vector>

#include "engine/mechanism.hpp"
#include "engine/scenario.hpp"

namespace polder::output {
class ResultReader;
}

namespace polder::tools {

/// Is this a result (HDF5) rather than a scenario? False when it cannot be read.
bool is_result(const std::string& path);

/// Reads one scenario. errors: InputError
Scenario load_scenario(const std::string& path, const std::vector<std::string>& settings,
                       const Catalogue& catalogue);

/// Reads a baseline and its policies. A setting of something that only some of the files know (a parameter of
/// a policy) is applied to those; one that none of them knows is a mistake. errors: InputError, also when the
/// arms differ in clock, seed or scale, or two have one name.
std::vector<Scenario> load_arms(const std::vector<std::string>& paths,
                                const std::vector<std::string>& settings, const Catalogue& catalogue);

/// The scenarios of all arms of a result, as they are embedded in it, with further settings. errors:
/// InputError
std::vector<Scenario> load_result(const output::ResultReader& result,
                                  const std::vector<std::string>& settings, const Catalogue& catalogue);

}  // namespace polder::tools
