// SPDX-License-Identifier: Apache-2.0
// The merged tree as YAML text again.
#pragma once
#include <cstdint>
#include <string>

#include "scenarios/node.hpp"

namespace polder::scenarios {

enum class Origins : std::uint8_t { hidden, shown };

/// The tree as one YAML document that reads back to the same tree; with origins every line ends with `#
/// file:line`.
std::string write_yaml(const Node& tree, Origins origins);

}  // namespace polder::scenarios
