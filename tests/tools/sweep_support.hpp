// SPDX-License-Identifier: Apache-2.0
// Small sweeps, and all that a merged sweep holds as comparable values.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "command_line.hpp"

namespace polder::testing {

/// An experiment over the scenario small.yaml in `scratch`, written there; returns its path. `body`: further
/// lines, indented by two.
std::string write_experiment(const Scratch& scratch, const std::string& name, const std::string& body);

/// The usual one: 6 points x 3 replicates, baseline and a policy.
inline constexpr const char* usual_body = R"yaml(
  policies: [more-courses.yaml]
  replicates: 3
  design: {method: grid, levels: 3}
  parameters:
    effort: {range: [50 EUR/month, 150 EUR/month]}
    workshops: {levels: [60, 90]}
)yaml";

/// Every value of a merged sweep but those that may differ between equal ones: provenance and the seconds.
struct SweepValues {
  std::map<std::string, std::vector<std::uint64_t>> numbers;  ///< bits
  std::map<std::string, std::vector<std::string>> texts;
  bool operator==(const SweepValues&) const = default;
};
SweepValues read_sweep(const std::string& path);

/// Numbers of one array. shape: flat
std::vector<double> read_numbers(const std::string& path, const std::string& group, const std::string& name);

/// All bytes of a file.
std::string text_of(const std::string& path);

/// Paths of the logs beside a result, sorted.
std::vector<std::string> logs_of(const std::string& output);

}  // namespace polder::testing
