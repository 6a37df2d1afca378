// SPDX-License-Identifier: Apache-2.0
// What each instrument of a package added: the account of its outlay from leave-one-out pairs, and Shapley
// shares over the instruments of the package.
//
// With F the arm of the whole package and L the same without the instrument, d = F - L, all sums in EUR from
// the start of the run to the end of a year, by kind of recipient:
//
//   supported  = clamp(d R&D at recipients, 0, outlay)
//   displaced  = min(supported, max(0, -d R&D at others of the kind))
//   additional = supported - displaced
//   leaked     = clamp(d payments of the kind to the rest of the world, 0, outlay - supported)
//   used       = clamp(d earmarked public money spent at recipients, 0, outlay) for grants, vouchers, tax
//                credits and block funding; the outlay for other forms
//                (a credit on a request, which is no money for R&D: nothing)
//   windfall   = clamp(used - d R&D at recipients, 0, outlay - supported - leaked)
//   residual   = outlay - additional - displaced - leaked - windfall      paid and not yet spent, or spent on
//                services, staff and buildings (recipient kind `other`: all of it)
//   crowded_in = d R&D at recipients - used                               private money, negative: crowded
//   out
//
// computed from the mean of the pairs (not pair by pair: cut at 0 and at the outlay, noise would count as
// windfall and displacement), with intervals by the jackknife.
//
// In a sample an agent stands for many, of whom an award may pay a part: the others behind it are taken to
// change as agents of its kind do that are no recipients, and count with those.
//
// R&D is rd_spending of firms and institutes, and tickets of funds. A year's value is the difference of two
// sums. An agent is a recipient from its first payment on, in the arm of the whole package; the same agent is
// looked up by its id in the other arm.
// source: definition of additionality (ruled for this program); Shapley, L. S. (1953), A value for n-person
// games, Contributions to the Theory of Games II, 307-317.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "output/effects.hpp"

namespace polder::output {

/// The arms that belong to one policy.
struct Package {
  std::size_t policy = 0;                          ///< arm of the whole package
  std::vector<std::string> members;                ///< instruments, at most 63
  std::vector<std::uint64_t> masks;                ///< of the further arms: which members are there
  std::vector<std::size_t> arms;                   ///< one a mask
  std::vector<std::vector<std::uint32_t>> orders;  ///< of members, sampled; empty: all subsets are there
  std::uint64_t full() const { return (std::uint64_t{1} << members.size()) - 1; }
  /// The arm of a subset; errors: std::out_of_range when it is not run.
  std::size_t arm(std::uint64_t mask) const;
  bool operator==(const Package&) const = default;
};
/// Does an arm run only for an attribution: a package without some of its members?
bool is_further_arm(std::span<const Package> packages, std::size_t arm);
std::string write_packages(const std::vector<Package>& packages);
/// errors: std::invalid_argument for another text.
std::vector<Package> read_packages(const std::string& text);

inline constexpr std::array recipient_kinds{"firm", "institute", "financier", "other"};
inline constexpr std::size_t num_recipient_kinds = recipient_kinds.size();
inline constexpr std::array account_names{"outlay", "additional", "windfall",  "displaced",
                                          "leaked", "residual",   "crowded_in"};
inline constexpr std::size_t num_accounts = account_names.size();
/// How each is computed, for the attributes of a result.
extern const std::array<const char*, num_accounts> account_formulas;

/// What the pair of arms shows. unit: EUR since the start of the run
struct Evidence {
  double outlay = 0, gain = 0, others = 0, earmarked = 0, abroad = 0;
  bool is_earmarked = true;  ///< false: all that is paid counts as used
};
/// In the order of account_names; all but the first and the last add up to the first.
std::array<double, num_accounts> account(const Evidence& evidence);

/// Shapley values of a game. value: of a subset (mask of players). range: players 1 to 16
std::vector<double> shapley(std::size_t players, const std::function<double(std::uint64_t)>& value);
/// The same from sampled orders: marginal contributions, shape (order, player).
std::vector<std::vector<double>> marginals(const std::vector<std::vector<std::uint32_t>>& orders,
                                           std::size_t players,
                                           const std::function<double(std::uint64_t)>& value);

/// Names of the series that the arms of an attributed experiment keep by year, in the result's group
/// `attribution`.
inline constexpr const char* attribution_category = "attribution";

}  // namespace polder::output
