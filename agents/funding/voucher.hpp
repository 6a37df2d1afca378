// SPDX-License-Identifier: Apache-2.0
// Vouchers: a first contact with a knowledge institute at little or no price.
//
//   value   = min(request, value_at_most);   public part = share * value, own part = (1 - share) * value
//
// At each round eligible firms apply with chance `application_rate`; vouchers are drawn by lot, or given as
// firms arrive, while the budget lasts. A share `unused` is never turned in, nor is one whose own part the
// firm cannot pay: that money lapses or is given out again. The institute (agents/funding/contacts.hpp) gets
// both parts and works for them; firm and institute are tied with strength `contact`, which the network's
// decay takes away again. What the firm learns, `absorption` says.
// source: vouchers of 7,500 EUR by lottery, 2004-05 (Cornet, Vroomen & van der Steeg 2006: of ten vouchers
// eight additional, one windfall, one unused); MIT 50 % up to 3,750 EUR.
#pragma once
#include "agents/funding/calls.hpp"
#include "agents/funding/contacts.hpp"
#include "agents/funding/projects.hpp"

namespace polder::agents {

const FormInfo& voucher_form();

class VoucherInstrument final : public Instrument {
 public:
  VoucherInstrument(const Terms& terms, const Columns& columns, const Geography& map);
  void step(Purse& purse) const override;
  const ApplicantRules* firm_rules() const override { return &rules_; }

 private:
  void hold_round(Purse& purse) const;
  /// False when the voucher is not turned in.
  bool redeem(Purse& purse, Row firm, const Grant& grant, std::span<const Row> providers) const;

  ApplicantRules rules_;
  Providers providers_;
  double application_rate_, share_, at_most_, unused_, contact_;
  bool lottery_;
  FlowId own_flow_{};
  Projects projects_;
  const Geography* map_;
};

}  // namespace polder::agents
