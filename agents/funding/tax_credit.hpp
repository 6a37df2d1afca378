// SPDX-License-Identifier: Apache-2.0
// A tax credit for R&D (WBSO): brackets over a firm's yearly R&D cost, settled monthly, within a budget.
//
//   credit(B) = sum_k rate_k * (part of B in bracket k),   B = b * 12 * own R&D of last month
//   b         = base, or min(1, wages and costs by hour * R&D hours / R&D)
//               who spends more beside an hour claims less
//   paid      = credit(B) / 12 * f
//   f         = min(1, budget released this year and not yet paid / all claims)
//   support   = b * f * rate of the bracket that B ends in, the firm's expected marginal rate
//   r2        = (target - cost of the lower brackets) / sum of cost above the limit
//
// Starters have `starter_rate` in the first bracket. With `second_rate: solve` the last rate is set once, at
// the start of the window, to r2: then the claims of that moment cost as much as the reference rates (or as
// the yearly budget).
// source: WBSO 2020, 32 % to 350 kEUR, starters 40 %, 16 % above, 1,281 MEUR (RVO); f is an assumption
// (the Dutch state sets next year's rates after an overrun).
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "agents/funding/instrument.hpp"

namespace polder::agents {

const FormInfo& tax_credit_form();

/// Rates by bracket; the last bracket has no upper limit.
struct Brackets {
  std::vector<double> limits;  ///< unit: EUR/year; upper limits, ascending, one less than rates
  std::vector<double> rates;
};
/// Credit on a yearly cost. unit: EUR/year
double credit(const Brackets& brackets, double yearly_cost);
/// Rate on the last euro of a yearly cost.
double marginal_rate(const Brackets& brackets, double yearly_cost);
/// Rate of the last bracket at which all claims cost `target`. range: 0 to the rate of the bracket below
double solve_last_rate(double target, double cost_of_lower_brackets, double cost_above, double rate_below);

class TaxCreditInstrument final : public Instrument {
 public:
  TaxCreditInstrument(const Terms& terms, const Columns& columns);
  void step(Purse& purse) const override;
  const ApplicantRules* firm_rules() const override { return rules_ ? &*rules_ : nullptr; }

 private:
  struct Claim {
    Row row;
    double base;  ///< EUR/year of one real firm
    double weight;
    bool starter;
    double recognised;  ///< share of own R&D in the base
    Cents amount = 0;   ///< of this month, all real firms together
  };
  std::vector<Claim> claims(Turn& turn) const;
  Brackets brackets_for(bool starter, double last_rate) const;
  double solve(const std::vector<Claim>& claims) const;
  void settle(Purse& purse, std::vector<Claim>& claims, double last_rate) const;

  std::optional<ApplicantRules> rules_;
  Brackets brackets_;
  double starter_rate_, starter_age_, base_, per_hour_, cap_;
  bool on_request_ = false, solve_ = false;
  std::vector<double> reference_rates_;
  double reference_starter_rate_ = 0;
  FlowId flow_{};
};

}  // namespace polder::agents
