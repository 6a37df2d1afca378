// SPDX-License-Identifier: Apache-2.0
// What agents do in one arm of an attributed experiment, added up by year, and who is paid: so that two arms
// of a replicate can be compared agent by agent while both are at hand.
#pragma once
#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/program.hpp"

namespace polder::tools {

/// Sums over a period of one agent, full scale. unit: EUR
struct Activity {
  double research = 0;   ///< R&D; tickets of funds
  double earmarked = 0;  ///< public money for it that was spent
};

/// What changed at real agents behind recipients who were not paid themselves: they are taken to change as
/// agents that are no recipients do. others: change of those; base: what they do without the instrument;
/// unpaid: what the unpaid behind recipients do without it. unit: EUR
double change_of_unpaid(double others, double base, double unpaid);

class Tally {
 public:
  static constexpr std::size_t num_kinds = 3;  ///< firm, institute, financier
  /// members: instruments whose recipients are noted.
  Tally(const Program& program, std::vector<std::string> members);
  /// Adds the month that the state has just finished; closes the period in the months of `closing`.
  void month(const State& state);
  struct Period {
    std::array<std::unordered_map<std::uint64_t, Activity>, num_kinds> agents;
    /// So far, one a member: share of the real agents behind an agent that were paid, 0 to 1
    std::vector<std::unordered_map<std::uint64_t, double>> recipients;
  };
  const std::vector<Period>& periods() const { return periods_; }
  /// Samples of the series of output::attribution_names, one row a series over ArmInfo::times. whole: the
  /// tally of the arm with all instruments, for an arm without `member`; null: only sums over all agents.
  std::vector<std::vector<double>> samples(const Tally* whole, std::size_t member) const;

 private:
  void add(const State& state, std::size_t kind);
  void note(const State& state, std::size_t member);
  const Program* program_;
  std::vector<std::string> members_;
  std::vector<std::set<std::pair<std::uint64_t, std::uint64_t>>> awards_;  ///< known ones and whom they pay
  std::vector<int> closing_;                                               ///< positions in ArmInfo::times
  std::vector<Period> periods_;
  Period now_;
};

}  // namespace polder::tools
