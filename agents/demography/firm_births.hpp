// SPDX-License-Identifier: Apache-2.0
// Firms are born: employers by sector, startups of any sector. A part of `firm_demography`, whose header has
// the equations.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/mechanism.hpp"

namespace polder::agents {

/// Births of firms.
class FirmBirths {
 public:
  explicit FirmBirths(Setup& setup);
  /// A month. left: employers that left in it, of whom as many are born in the burn-in
  void bear(Turn& turn, double left) const;

 private:
  /// Possible parents, in the order of their ids.
  struct Parents {
    std::vector<std::vector<Row>> by_sector;
    std::vector<Row> startups_with_research, other_startups;
  };
  /// Births that an industry plans for a month.
  struct Plan {
    AgentId industry;
    std::size_t sector;
    double births;
  };
  Parents parents(Turn& turn) const;
  std::vector<Plan> plan(Turn& turn, const Parents& parents) const;
  /// Some children of those on a list; `born` grows by the weight of each.
  struct Family {
    const std::vector<Row>& parents;
    AgentId cause;
    double expected;
    bool startup;
    std::uint32_t first = 0;  ///< number of the first child: two families of one cause differ in their draws
  };
  void bear_family(Turn& turn, const Family& family, double& born) const;
  Entrant child(Turn& turn, Row parent, AgentId cause, std::uint32_t ordinal, bool startup) const;
  double weight_of(bool startup) const {
    return startup ? std::min(startup_weight_, 1.0 / scale_) : 1.0 / scale_;
  }

  KindId firm_, industry_;
  Handle<double> age_, staff_, productivity_, wage_, exports_, intensity_;
  Handle<std::int64_t> cash_;
  Handle<std::uint8_t> type_, size_class_, sector_, region_, theme_, performer_;
  Handle<std::uint8_t> industry_sector_;
  Handle<double> births_, work_growth_;
  std::size_t births_event_;
  Purpose birth_, startup_;
  double birth_rate_, from_one_person_, entrant_staff_, spread_, startups_, startup_research_, startup_cash_,
      startup_weight_, start_cash_, scale_;
  std::vector<double> birth_counts_;  // by sector; below 0: none given
};

}  // namespace polder::agents
