// SPDX-License-Identifier: Apache-2.0
#include "agents/talent/pay.hpp"

#include "engine/elementary.hpp"

namespace polder::agents {

double ReturnOnExperience::pay(double experience) const {
  return elementary::exp(log_pay(experience));
}

void raise_wages(std::span<double> wages, std::span<const double> experience, const ReturnOnExperience& by,
                 double general) {
  const double month = general * elementary::exp(by.rate);
  for (std::size_t i = 0; i < wages.size(); ++i) wages[i] *= experience[i] < by.most ? month : general;
}

}  // namespace polder::agents
