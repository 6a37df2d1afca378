// SPDX-License-Identifier: Apache-2.0
// Brokers, clusters and campuses: effort that lowers the cost of setting up consortia, and meetings that make
// ties.
//
//   brokers       = min(broker_share B / cost_per_broker, members / reach)       B: budget of the month
//   organised_i   = relief                       for the reach * brokers members that are served
//   participants  = those of attendance * members for whom the rest of B pays price_of_meeting
//   tie(i, j)    += strength with chance `meeting`, j the next participant on a random circle
//
// Members are the eligible firms and institutes, served in an order that is their own and stays. What is not
// needed is not spent. Firms may pay a part of the meetings. Consortia, trust and learning follow by their
// own rules; nobody's R&D is raised.
// source: brokers and meetings as the strategy of 2020 names them (challenge 8); that they lower effort and
//   make ties, cost, reach, relief and chances: assumption
#pragma once
#include <optional>

#include "agents/funding/instrument.hpp"

namespace polder::agents {

const FormInfo& network_form();

/// Brokers that a month's money and the members have work for. cost: EUR/month
double brokers_needed(double money, double cost, double members, double reach);

class NetworkInstrument final : public Instrument {
 public:
  NetworkInstrument(const Terms& terms, const Columns& columns);
  void step(Purse& purse) const override;

 private:
  struct Member {
    AgentId id = nobody;
    const RecipientColumns* columns = nullptr;
    Row row = no_row;
    bool is_firm = true;
    double weight = 1;
    std::uint64_t place = 0;  ///< in the queue
  };
  std::vector<Member> members(Turn& turn) const;
  void serve(Purse& purse, const std::vector<Member>& members, Cents money) const;
  void gather(Purse& purse, const std::vector<Member>& members, Cents money) const;

  std::optional<ApplicantRules> firm_rules_, institute_rules_;
  double broker_share_, cost_per_broker_, reach_, relief_, attendance_, price_, private_share_, meeting_,
      strength_;
  FlowId broker_flow_{}, meeting_flow_{}, own_flow_{};
};

}  // namespace polder::agents
