// SPDX-License-Identifier: Apache-2.0
// A research and test facility: public money builds and runs it, ventures queue for slots and pay a fee,
// users meet each other.
//
//   usable capacity = capacity * min(1, money paid / (capex_share * budget)) * 0.98^(months after the window)
//   reach           = 1 in the own region, else exp(-km / reach_km)
//
// reach: chance that a venture considers the facility at all. A slot (`venture.access`) only shortens and
// cheapens the venture's next milestone; the venture rules say by how much.
// source: facility agent domain 1.14 and C2 (attraction of inputs, no productivity bonus; Helmers & Overman
// 2017); decay and meeting chance are assumptions.
#pragma once
#include <optional>

#include "agents/funding/instrument.hpp"
#include "agents/geography.hpp"

namespace polder::agents {

const FormInfo& facility_form();

/// Value of `venture.access` while a month is decided: held a slot last month. Positive values are the share
/// of the real ventures behind the agent that hold one this month.
inline constexpr double access_before = -1.0;

/// Slots that can be used. unit: projects. paid, capex: EUR; months_after: since the window ended, 0 within
/// it
double usable_capacity(double capacity, double paid, double capex, int months_after);

class FacilityInstrument final : public Instrument {
 public:
  FacilityInstrument(const Terms& terms, const Columns& columns, const Geography& map);
  void step(Purse& purse) const override;

 private:
  struct User {
    bool new_user;
    std::uint64_t place_in_queue;
    AgentId id;
    Row venture, firm;
    double weight;
    double fee;  ///< EUR a month of one real firm
  };
  void spend(Purse& purse) const;
  std::vector<User> queue(Turn& turn) const;
  bool reaches(Turn& turn, AgentId id, std::uint8_t region) const;
  void meet(Turn& turn, const std::vector<User>& users) const;

  const Geography* map_;
  std::uint8_t place_;
  std::optional<std::uint8_t> theme_;
  double trl_low_ = 1, trl_high_ = 9;
  double capacity_, fee_, fee_small_, capex_share_, reach_, meeting_;
  FlowId build_flow_{}, run_flow_{}, fee_flow_{};
};

}  // namespace polder::agents
