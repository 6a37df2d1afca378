// SPDX-License-Identifier: Apache-2.0
// What announced programmes do to the confidence of firms and institutes in future support.
//
//   h_k       = min(1, months committed / months needed) / (1 + variation)
//   r_k       = min(1, B_k / (f R_k))
//   certainty = 1 - (1 - c0) prod_k (1 - r_k h_k)   over announced instruments k one is eligible for
//
// B_k: mean budget a year; R_k: R&D that all who are eligible plan a year, so that r_k is how far they can
// rely on the programme: in full from the part f of their R&D on, on a small programme hardly at all.
// variation: coefficient of variation of the yearly budgets; c0: certainty without any programme. A
// multi-year budget commits its whole window, an annual appropriation twelve months; a window that outlasts
// the run counts as permanent. Nothing is announced without a budget.
// source: stable support works better (Guellec & van Pottelsberghe 2003); waiting as its cause and the form
//   are assumptions
#pragma once
#include <span>

#include "agents/funding/budget.hpp"

namespace polder::agents {

/// Months of support that are committed when one looks at the instrument in `now`; 0 before its announcement
/// and after its end.
int committed_months(const BudgetPlan& plan, Month announced, Month now, Month end_of_run, bool yearly);
/// How lasting and stable an instrument is. range: 0 to 1
double commitment(int committed, int needed, std::span<const Cents> years);
/// How far those eligible rely on a programme. budget, research: EUR/year; full: part of their R&D from which
/// they do so in full. range: 0 to 1
double reliance(double budget, double research, double full);

}  // namespace polder::agents
