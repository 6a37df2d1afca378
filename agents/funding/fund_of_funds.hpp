// SPDX-License-Identifier: Apache-2.0
// A public fund of funds: commits capital to private funds, pays when they call it, and shares in their
// returns.
//
//   commitment = min(share / (1 - share) private capital, per_fund_at_most)          while the budget lasts
//   s          = commitment / (private capital + (1 + m) commitment)                 the state's part
//   call       = min(s * tickets of last month, commitment - called)                 while `call_period`
//   lasts partners   = m * call                              private co-commitment, from households return =
//   called / (private capital + (1 + m) called) * proceeds of exits     pari passu
//
// Money follows investment: what a fund does not invest is not called, and lapses after the call period.
// Returns above the commitment are the state's as well. m is 0 unless a scenario says that others follow:
// that private money comes in should come out, not go in.
// source: DVI, Dutch Future Fund: pari passu with private investors, as the EIF does (recalled)
#pragma once
#include "agents/funding/instrument.hpp"

namespace polder::agents {

const FormInfo& fund_of_funds_form();

/// The state's part of a ticket. unit: EUR; partners: private money a public euro. range: 0 to 1
double public_stake(double commitment, double private_capital, double partners);

class FundOfFundsInstrument final : public Instrument {
 public:
  FundOfFundsInstrument(const Terms& terms, const Columns& columns);
  void step(Purse& purse) const override;

 private:
  void commit(Purse& purse, std::span<const AgentId> busy) const;
  /// False when the commitment has ended.
  bool run(Purse& purse, Row commitment, Row fund) const;
  void call(Purse& purse, Row commitment, Row fund) const;
  void share_proceeds(Purse& purse, Row commitment, Row fund) const;

  ApplicantRules rules_;
  double share_, per_fund_, partners_;
  int call_period_;
  Handle<double> invested_;
  FlowId call_flow_{}, return_flow_{}, partner_flow_{};
};

}  // namespace polder::agents
