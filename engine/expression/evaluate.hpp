// SPDX-License-Identifier: Apache-2.0
// Finding and explaining faults that depend on the state (division by zero, chances outside [0, 1]).
#pragma once
#include <cstddef>
#include <string>

#include "engine/expression/expression.hpp"

namespace polder::expression {

/// Whether all n values are finite. A flag that hangs on a fault is not a number, so this finds it as well.
bool finite(const double* values, std::size_t n);
/// The same for those with alive[i] != 0: rows of agents that left may hold anything.
bool finite(const double* values, const std::uint8_t* alive, std::size_t n);
/// Whether all n values lie in [0, 1]; false for NaN.
bool all_chances(const double* values, std::size_t n);
/// Position of the first value that is not finite, or n.
std::size_t first_fault(const double* values, std::size_t n);

/// The values that a code read for one agent: `capital = 0, partner.sector = photonics`. position: in the
/// lanes.
std::string explain(const Code& code, const Lanes& lanes, std::size_t position);

}  // namespace polder::expression
