// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/budget.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace polder::agents {

namespace {

int months_of_year(int window, int year) {
  return std::min(12, window - 12 * year);
}

std::vector<double> shares_of_years(const Terms& terms, int window) {
  const int years = programme_years(window);
  std::vector<double> shares = terms.numbers("budget.per_year");
  if (shares.empty()) {
    for (int y = 0; y < years; ++y) shares.push_back(months_of_year(window, y));
    return shares;
  }
  if (static_cast<int>(shares.size()) > years) {
    terms.mistake("budget.per_year", fmt::format("{} shares", shares.size()),
                  fmt::format("at most {}, the programme years of the window", years));
  }
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  if (std::fabs(sum - 1) > 1e-6) {
    terms.mistake("budget.per_year", fmt::format("shares that sum to {:.4g} %", 100 * sum),
                  "shares that sum to 100 %");
  }
  shares.resize(static_cast<std::size_t>(years), 0.0);
  return shares;
}

}  // namespace

Cents BudgetPlan::total() const {
  return std::accumulate(years.begin(), years.end(), Cents{0});
}

Cents BudgetPlan::released_until(int months) const {
  if (months < 0) return 0;
  const auto year = std::min(static_cast<std::size_t>(months / 12), years.size() - 1);
  const Cents before =
      std::accumulate(years.begin(), years.begin() + static_cast<std::ptrdiff_t>(year), Cents{0});
  const int first = static_cast<int>(year) * 12;  // months since the start
  const int last = std::min(first + 11, end - start);
  const int first_call = (first + cadence - 1) / cadence;
  const int calls = last / cadence - first_call + 1;
  const int done = months / cadence - first_call + 1;
  if (calls <= 0 || done >= calls) return before + years[year];
  return before + years[year] / calls * done + years[year] % calls * done / calls;
}

Cents BudgetPlan::released(Month month) const {
  if (!call(month) || years.empty()) return 0;
  const int months = month - start;
  return released_until(months) - released_until(months - cadence);
}

Cents BudgetPlan::remaining(Month month) const {
  if (month > end || years.empty()) return 0;
  return total() - (month > start ? released_until(month - start - 1) : 0);
}

const std::vector<FieldInfo>& budget_fields() {
  static const std::vector<FieldInfo> fields{
      {"budget.total", "EUR", "(required, or budget.yearly)", "0 EUR", "", "money for the whole window",
       "scenario"},
      {"budget.per_year", "list", "", "0", "1",
       "shares of `total` by programme year, from the start of the window", "scenario"},
      {"budget.yearly", "EUR", "0 EUR", "0 EUR", "",
       "money for each programme year (an annual appropriation)", "scenario"},
      {"budget.carry_over", "label", "true", "", "",
       "does unspent money move to the next programme year? (true, false)", "scenario"},
      {"smallest_scale", "1", "0.01", "0", "1",
       "scale below which a run says little about this instrument; documentation only",
       "rule: ten simulated awards a year, any scale where institutes or funds are paid"},
  };
  return fields;
}

BudgetPlan read_budget(const Terms& terms, int cadence, BudgetNeed need) {
  const InstrumentSpec& spec = terms.spec();
  BudgetPlan plan{spec.start, spec.end, {}, std::max(1, cadence), terms.flag("budget.carry_over")};
  const int window = spec.end - spec.start + 1;
  if (window <= 0) {
    terms.mistake("window", to_string(spec.start) + " to " + to_string(spec.end),
                  "a window that ends after it starts");
    return plan;
  }
  if (need == BudgetNeed::optional && !terms.has("budget.total") && !terms.has("budget.yearly")) {
    plan.years.resize(static_cast<std::size_t>(programme_years(window)), 0);
    return plan;
  }
  if (terms.has("budget.total") == terms.has("budget.yearly")) {
    terms.mistake("budget",
                  terms.has("budget.total") ? "`total` and `yearly`" : "neither `total` nor `yearly`",
                  "either `total` (for the window) or `yearly`");
    return plan;
  }
  plan.years.resize(static_cast<std::size_t>(programme_years(window)));
  if (terms.has("budget.total")) {
    split(to_cents(terms.number("budget.total")), shares_of_years(terms, window), plan.years);
  } else {
    const double yearly = terms.number("budget.yearly");
    for (std::size_t y = 0; y < plan.years.size(); ++y)
      plan.years[y] = to_cents(yearly * months_of_year(window, static_cast<int>(y)) / 12);
  }
  return plan;
}

}  // namespace polder::agents
