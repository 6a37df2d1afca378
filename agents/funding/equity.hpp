// SPDX-License-Identifier: Apache-2.0
// Public co-investment in venture funds with a repayment waterfall (SEED Capital).
//
//   investment = min(share / (1 - share) * private capital, per_fund_at_most), while the budget lasts,
//                in a fund whose term has just begun
//   of the proceeds of its exits the state receives
//     `waterfall.first`  until the private capital is recovered,
//     `waterfall.second` then, until the public investment is recovered,
//     `waterfall.third`  after that
//
// source: SEED Capital (RVO): at most half, at most 10 MEUR a fund, 20 % / 50 % / 20 %. The fund
// decides where to invest.
#pragma once
#include <array>

#include "agents/funding/instrument.hpp"

namespace polder::agents {

const FormInfo& equity_form();

/// What is still to be recovered, and what the next proceeds do to it. unit: cent
struct Claims {
  Cents private_side = 0, public_side = 0;
};
/// The public part of `proceeds`; claims are reduced by what each side gets. shares: of the three stages.
Cents public_part(Cents proceeds, const std::array<double, 3>& shares, Claims& claims);

class EquityInstrument final : public Instrument {
 public:
  EquityInstrument(const Terms& terms, const Columns& columns);
  void step(Purse& purse) const override;

 private:
  void repay(Purse& purse, std::span<const Row> funds) const;
  void invest(Purse& purse) const;

  ApplicantRules rules_;
  double share_, per_fund_, ticket_min_, ticket_max_;
  std::array<double, 3> waterfall_;
  FlowId invest_flow_{}, repay_flow_{};
};

}  // namespace polder::agents
