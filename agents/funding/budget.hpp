// SPDX-License-Identifier: Apache-2.0
// When an instrument's money becomes available: programme years counted from the start of its window, and
// calls within them.
//
//   released through call j of year Y = sum_{y<Y} years[y] + years[Y] (j + 1) / calls(Y)
//
// Without `carry_over` what a programme year leaves unspent lapses. Nothing is ever released twice, so
// commitments cannot exceed the budget by a cent.
#pragma once
#include <vector>

#include "agents/funding/terms.hpp"
#include "engine/calendar.hpp"
#include "engine/money.hpp"

namespace polder::agents {

struct BudgetPlan {
  Month start, end;          ///< inclusive window
  std::vector<Cents> years;  ///< unit: cent; one a programme year of the window
  int cadence = 1;           ///< unit: month; months between calls
  bool carry_over = true;
  Cents total() const;
  bool open(Month month) const { return month >= start && month <= end; }
  /// Is there a call (a moment of allocation) in this month?
  bool call(Month month) const { return open(month) && (month - start) % cadence == 0; }
  /// New money released in this month; 0 without a call.
  Cents released(Month month) const;
  /// Money still to be released, from this month on.
  Cents remaining(Month month) const;
  /// Does unspent money lapse at the start of this month: of the last programme year without `carry_over`, of
  /// the whole window when it has closed?
  bool lapses(Month month) const {
    return month == end + 1 || (!carry_over && open(month) && (month - start) % 12 == 0);
  }
  bool operator==(const BudgetPlan&) const = default;

 private:
  Cents released_until(int months) const;
};

/// The fields that all budgets share, for the tables of the forms.
const std::vector<FieldInfo>& budget_fields();

/// Programme years of a window of `months` months.
inline int programme_years(int months) {
  return (months + 11) / 12;
}

/// Instruments that act by rules alone may do without money.
enum class BudgetNeed : std::uint8_t { required, optional };

/// Reads budget.total, budget.per_year, budget.yearly and budget.carry_over.
/// errors: mistakes when both or neither of total and yearly are given (neither is right where a budget is
/// optional), or the shares do not sum to 1 or outlast the window.
BudgetPlan read_budget(const Terms& terms, int cadence, BudgetNeed need = BudgetNeed::required);

}  // namespace polder::agents
