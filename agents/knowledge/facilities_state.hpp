// SPDX-License-Identifier: Apache-2.0
// Columns and the month's lists of the facilities mechanism. Private to agents/knowledge/.
#pragma once
#include <vector>

#include "agents/geography.hpp"
#include "agents/knowledge/facilities.hpp"

namespace polder::agents {

/// The mechanism; see facilities.hpp.
class Facilities final : public Mechanism {
 public:
  explicit Facilities(Setup& setup);
  void step(Turn& turn) const override;

 private:
  enum class Use : std::uint8_t { venture, firm_project, institute_project };
  /// One facility this month.
  struct Site {
    Row row;
    AgentId id;
    std::uint8_t region, theme;
    double low, high, fee, fee_small, reach, meeting, slots;
  };
  /// Who wants a test and who pays for it; weight: real projects behind the agent.
  struct Asker {
    AgentId id;  ///< of the venture or project
    Row row;     ///< of the same
    Use use;
    AgentId partner;  ///< firm or institute that meets others
    Row payer;
    std::uint8_t region, theme;
    double level, weight;
    bool small;
  };
  struct Claim {
    std::size_t site;
    bool holds;
    double waited;
    std::uint64_t draw;
    Asker asker;
    double fee;  ///< EUR a month of one real project
  };
  struct Users;

  std::vector<Site> open_sites(Turn& turn) const;
  void upkeep(Turn& turn, Row site) const;
  AgentId choose(Turn& turn, const Asker& asker, double need, const std::vector<Site>& sites) const;
  void ask_ventures(Turn& turn, const std::vector<Site>& sites, std::vector<Claim>& claims) const;
  void ask_projects(Turn& turn, const std::vector<Site>& sites, std::vector<Claim>& claims) const;
  bool describe_lead(Turn& turn, AgentId coordinator, Asker& asker) const;
  void add_claim(Turn& turn, const Asker& asker, AgentId facility, const std::vector<Site>& sites,
                 std::vector<Claim>& claims) const;
  void serve(Turn& turn, const std::vector<Site>& sites, std::vector<Claim>& claims) const;
  void give(Turn& turn, const Site& site, const Claim& claim, double slots) const;
  void meet(Turn& turn, const Site& site, const std::vector<const Claim*>& users) const;

  KindId facility_, venture_, project_, firm_, institute_;
  Handle<std::uint8_t> region_, theme_;
  Handle<double> low_, high_, capacity_, fee_, fee_small_, reach_, meeting_, opex_, host_share_, built_;
  Handle<std::int64_t> cash_;
  Handle<double> condition_, used_, by_ventures_, by_firms_, by_institutes_, waiting_, waited_sum_;
  Handle<std::int64_t> trl_, test_level_;
  Handle<std::uint8_t> venture_theme_, venture_region_;
  Handle<AgentId> venture_firm_, venture_facility_;
  Handle<double> venture_access_, venture_waited_;
  Handle<AgentId> coordinator_, project_facility_;
  Handle<double> project_units_;
  Handle<std::uint8_t> asked_, repaying_;
  Handle<double> project_access_, project_waited_;
  Handle<std::uint8_t> firm_region_, firm_theme_, firm_size_, institute_region_, institute_theme_;
  Handle<std::int64_t> firm_cash_, institute_cash_;
  FlowId firm_fee_, institute_fee_, wages_, inputs_;
  std::size_t collaboration_;
  Geography map_;
  std::uint8_t no_theme_;
  double need_, firm_project_need_, institute_project_need_, disrepair_, wage_share_;
  Purpose need_draw_, choice_, queue_, meet_;
};

}  // namespace polder::agents
