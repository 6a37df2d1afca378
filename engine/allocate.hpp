// SPDX-License-Identifier: Apache-2.0
// Allocating budgets over ranked applications.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "engine/ids.hpp"

namespace polder {

struct Application {
  AgentId applicant;
  double rank = 0;  ///< higher first, ties by id
  double request = 0;
  std::size_t position = 0;  ///< of the caller's own list
};

/// Payers fund in turn, one application each, down the ranked list, until nobody in turn can pay the next one
/// or the list ends. budgets: what each payer can spend, reduced by what it pays. Returns the positions of
/// the funded applications, best first.
std::vector<std::size_t> fund_in_turn(std::vector<Application> applications, std::span<double> budgets);

}  // namespace polder
