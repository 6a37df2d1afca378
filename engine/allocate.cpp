// SPDX-License-Identifier: Apache-2.0
#include "engine/allocate.hpp"

#include <algorithm>

namespace polder {

std::vector<std::size_t> fund_in_turn(std::vector<Application> applications, std::span<double> budgets) {
  std::sort(applications.begin(), applications.end(), [](const Application& a, const Application& b) {
    return a.rank != b.rank ? a.rank > b.rank : a.applicant < b.applicant;
  });
  std::vector<std::size_t> funded;
  std::size_t turn = 0;
  for (const auto& application : applications) {
    std::size_t tried = 0;
    while (tried < budgets.size() && budgets[turn] < application.request) {
      turn = (turn + 1) % budgets.size();
      ++tried;
    }
    if (tried == budgets.size()) break;
    budgets[turn] -= application.request;
    turn = (turn + 1) % budgets.size();
    funded.push_back(application.position);
  }
  return funded;
}

}  // namespace polder
