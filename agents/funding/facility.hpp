// SPDX-License-Identifier: Apache-2.0
// The facility form: public money builds and runs a research or test facility, or helps existing ones with
// their running costs.
//
//   upkeep first: opex * built * (1 - host_share) - cash, as far as the month's money reaches
//   then building, until capex_share * budget is paid:  built = paid for building / (capex_share * budget)
//   the rest is kept by the facility for later upkeep
//
// With `supports` nothing is built: the month's money goes to all facilities of that type by what their
// running costs lack, and what they do not lack stays in the budget. What a facility does to its users stands
// in agents/knowledge/facilities.hpp: slots, a fee, meetings.
// source: Roadmap for large facilities (NWO: running costs at most five years of ten); shares: assumption
// writes: a row of `facility`, its `built` and cash
#pragma once
#include <optional>

#include "agents/funding/instrument.hpp"

namespace polder::agents {

const FormInfo& facility_form();

/// Money of one month of a facility that is being built. unit: cent
struct FacilitySpending {
  Cents upkeep = 0;   ///< to the facility for this month
  Cents build = 0;    ///< to suppliers
  Cents reserve = 0;  ///< to the facility for later
  bool operator==(const FacilitySpending&) const = default;
};
/// available: this month's money; lacking: running costs not covered; unbuilt: still to be paid for building
FacilitySpending divide_spending(Cents available, Cents lacking, Cents unbuilt);

class FacilityInstrument final : public Instrument {
 public:
  FacilityInstrument(const Terms& terms, const Columns& columns);
  void step(Purse& purse) const override;

 private:
  struct Sites {
    KindId kind{};
    Handle<std::uint8_t> type, region, theme;
    Handle<double> low, high, capacity, fee, fee_small, reach, meeting, opex, host_share, built, used,
        waiting;
    Handle<std::int64_t> cash;
    Handle<AgentId> owner;
  };
  Row find_site(Turn& turn, AgentId owner) const;
  Cents lacking(Turn& turn, Row site) const;
  void found_site(Purse& purse, double built) const;
  void build(Purse& purse) const;
  void support(Purse& purse) const;

  Sites site_;
  std::uint8_t type_ = 0, place_ = 0, theme_ = 0;
  std::optional<std::uint8_t> supports_;
  double low_ = 1, high_ = 9, capacity_, fee_, fee_small_, capex_share_, reach_, meeting_, host_share_,
         opex_ = 0;
  FlowId build_flow_{}, run_flow_{};
};

}  // namespace polder::agents
