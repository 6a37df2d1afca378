// SPDX-License-Identifier: Apache-2.0
// Loans for risky development (Innovatiekrediet): a share of project cost by firm size, paid over the
// development, forgiven on technical failure, else repaid as an annuity.
//
//   loan    = min(share(size) * cost, cap) for cost >= project_min
//   annuity = debt * i / (1 - (1 + i)^-n)            i: interest a month, n: months of repayment
//
// source: Innovatiekrediet (RVO, 2020): 45/35/25 % of cost, 7 % interest, at least 150 kEUR cost, at most
// 10 MEUR, first come first served. The chance of technical failure is an assumption.
#pragma once
#include <array>

#include "agents/funding/instrument.hpp"

namespace polder::agents {

const FormInfo& loan_form();

/// Monthly payment of a loan. unit: as the debt; term in months, rate a month
double annuity(double debt, double monthly_rate, int term);

class LoanInstrument final : public Instrument {
 public:
  LoanInstrument(const Terms& terms, const Columns& columns);
  void step(Purse& purse) const override;
  const ApplicantRules* firm_rules() const override { return &rules_; }

 private:
  void lend(Purse& purse) const;
  void run(Purse& purse, Row project) const;
  void develop(Purse& purse, Row project, Row firm) const;
  void collect(Purse& purse, Row project, Row firm) const;

  ApplicantRules rules_;
  double application_rate_, rate_, failure_, cap_, project_min_;
  bool forgive_;
  int term_, months_;
  std::array<double, 4> shares_;  ///< by size class
  FlowId lend_flow_{}, repay_flow_{};
};

}  // namespace polder::agents
