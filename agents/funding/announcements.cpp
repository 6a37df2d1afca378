// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/announcements.hpp"

#include <algorithm>
#include <cmath>

namespace polder::agents {

int committed_months(const BudgetPlan& plan, Month announced, Month now, Month end_of_run, bool yearly) {
  constexpr int permanent = 1200;
  if (plan.total() <= 0 || now < announced || now > plan.end) return 0;
  const int left = plan.end >= end_of_run ? permanent : plan.end - now + 1;
  return yearly ? std::min(12, left) : left;
}

double commitment(int committed, int needed, std::span<const Cents> years) {
  if (committed <= 0 || years.empty()) return 0;
  double sum = 0, squares = 0;
  for (const Cents year : years) {
    const double euros = to_euros(year);
    sum += euros;
    squares += euros * euros;
  }
  const double n = static_cast<double>(years.size()), mean = sum / n;
  const double variance = std::max(0.0, squares / n - mean * mean);
  const double variation = mean > 0 ? std::sqrt(variance) / mean : 0.0;
  return std::min(1.0, static_cast<double>(committed) / needed) / (1 + variation);
}

double reliance(double budget, double research, double full) {
  return budget < full * research ? std::max(0.0, budget) / (full * research) : 1.0;
}

}  // namespace polder::agents
