// SPDX-License-Identifier: Apache-2.0
// Pay of a person: what the employer offers at hire, by experience, and what it becomes while somebody stays.
//
//   at hire  wage  = W r(x),  r(x) = exp(b (min(x, x1) - x0))          PhD candidates: W alone
//   a month  wage' = wage r(x + 1) / r(x) g;  at institutes W' = W g too
//   g = G' / G,  G mean of W over technical posts of firms, filled ones too    industry.general_pay
//
//   W   pay of technical staff that the employer offers                  EUR/month
//   x   experience in the present field, x1 where pay no longer rises with it, x0 where it is W    month
//   b   return on experience                                             1/month
//   G   general pay; W of firms holds scarcity (`technical_wages`)       EUR/month
//
// Who stays gets the rises that all get; what the own employer pays more or less since then shows at a change
// of job only.
// source: earnings function: Mincer 1974 (recalled); pay of those who stay follows the market, not the
//   employer: assumption (collective agreements); public budgets and pay follow that of the market
//   (the state's yearly adjustment for wages, recalled)
#pragma once
#include <algorithm>
#include <span>

namespace polder::agents {

/// What experience adds to pay.
struct ReturnOnExperience {
  double rate = 0;   ///< unit: 1/month
  double most = 0;   ///< experience from which on pay no longer rises; unit: month
  double usual = 0;  ///< experience at which pay is that of the employer; unit: month
  /// ln r(x). experience: month
  double log_pay(double experience) const { return rate * (std::min(experience, most) - usual); }
  double pay(double experience) const;  ///< r(x)
};

/// Pay of people in a job after one more month. wages: 0 of those without one; experience: before the month;
/// general: growth factor of general pay
void raise_wages(std::span<double> wages, std::span<const double> experience, const ReturnOnExperience& by,
                 double general);

}  // namespace polder::agents
