// SPDX-License-Identifier: Apache-2.0
// Grants: calls for proposals of single applicants or consortia, cofunded, ranked or drawn, paid in tranches.
//
// At each call eligible agents apply with chance `application_rate`; a request is limited by own means and
// by the ceiling on public support; bids are granted by score (or by lot, or as they arrive) until the
// released budget is spent. Projects are then paid over `payout.over` and earmark the money as R&D spending
// (`rd_funded`). What comes of it the recipients decide: own R&D may rise (liquidity, ties) or be displaced.
// source: calls and proposals INFSO-SKIN (Ahrweiler et al. 2015), state aid rules
#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "agents/funding/calls.hpp"
#include "agents/funding/consortia.hpp"
#include "agents/funding/instrument.hpp"
#include "agents/funding/projects.hpp"

namespace polder::agents {

const FormInfo& grant_form();

class GrantInstrument final : public Instrument {
 public:
  GrantInstrument(const Terms& terms, const Columns& columns, const Geography& map);
  void step(Purse& purse) const override;
  const ApplicantRules* firm_rules() const override { return firm_rules_ ? &*firm_rules_ : nullptr; }

 private:
  struct Applicant;
  struct Proposal;
  std::vector<Applicant> applicants(Turn& turn) const;
  void add_applicants(Turn& turn, const ApplicantRules& rules, bool firms,
                      std::vector<Applicant>& list) const;
  std::vector<Proposal> proposals(Turn& turn, const std::vector<Applicant>& applicants) const;
  double judgement(Turn& turn, AgentId applicant, std::uint32_t group) const;
  int num_groups(Turn& turn, const Recipient& who) const;
  void reject(Turn& turn, const Proposal& proposal, const std::vector<Applicant>& applicants) const;
  void hold_call(Purse& purse) const;
  void award(Purse& purse, const Proposal& proposal, const Grant& grant,
             const std::vector<Applicant>& applicants) const;

  std::optional<ApplicantRules> firm_rules_, institute_rules_;
  Method method_;
  double noise_, application_rate_, private_share_, public_ceiling_;
  ConsortiumRules consortium_;
  double group_plan_;              // rd_plan of one group of an institute; 0: one group
  double abroad_, abroad_spread_;  // members abroad: mean and standard deviation
  Payout payout_;
  Projects projects_;
  const Geography* map_;
};

}  // namespace polder::agents
