// SPDX-License-Identifier: Apache-2.0
// The further arms that an attribution needs: each policy without one of its instruments, and the subsets of
// its package that Shapley shares ask for. All of them share the burn-in and the draws of the policy.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "engine/mechanism.hpp"
#include "engine/scenario.hpp"
#include "output/attribution.hpp"

namespace polder::tools {

/// Up to this many instruments all subsets are run.
inline constexpr std::size_t most_exact_members = 6;

/// Instruments of `policy` that `baseline` does not have, or has with other terms, in the policy's order.
std::vector<std::string> package_members(const Scenario& baseline, const Scenario& policy);

/// Subsets of n members that are run beside the whole package: all, or those without one member, none, and
/// those that the sampled orders pass.
std::vector<std::uint64_t> subsets(std::size_t members,
                                   const std::vector<std::vector<std::uint32_t>>& orders);
/// Random orders of n members and their reverses. seed: of the scenario; number: rounded up to even.
std::vector<std::vector<std::uint32_t>> sample_orders(std::size_t members, std::size_t number,
                                                      std::uint64_t seed);

/// The policy with the members of `mask` only; the others are taken away, or have the baseline's terms again.
/// errors: InputError
Scenario with_members(const Scenario& baseline, const Scenario& policy,
                      const std::vector<std::string>& members, std::uint64_t mask,
                      const Catalogue& catalogue);

/// Adds the arms of every policy in `arms` behind them. orders: for packages of more than
/// `most_exact_members`. errors: InputError when a policy has no instrument of its own, or more than 60.
std::vector<output::Package> plan_attribution(std::vector<Scenario>& arms, std::size_t orders,
                                              const Catalogue& catalogue);

}  // namespace polder::tools
