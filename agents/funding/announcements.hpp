// SPDX-License-Identifier: Apache-2.0
// What announced programmes do to the confidence of firms and institutes in future support.
//
//   h_k       = min(1, months committed / months needed) / (1 + variation)
//   certainty = 1 - (1 - c0) prod_k (1 - h_k)       over announced instruments k one is eligible for
//
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
/// Weight of one instrument in the certainty. range: 0 to 1
double commitment(int committed, int needed, std::span<const Cents> years);

}  // namespace polder::agents
