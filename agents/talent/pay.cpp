// SPDX-License-Identifier: Apache-2.0
#include "agents/talent/pay.hpp"

#include "engine/elementary.hpp"

namespace polder::agents {

double ReturnOnExperience::pay(double experience) const {
  return elementary::exp(log_pay(experience));
}

void raise_wages(std::span<double> wages, std::span<const double> experience,
                 std::span<const std::uint8_t> at_institute, const ReturnOnExperience& by, double general) {
  const double month = elementary::exp(by.rate);
  for (std::size_t i = 0; i < wages.size(); ++i) {
    const double experienced = experience[i] < by.most ? month : 1.0;
    wages[i] *= experienced * (at_institute[i] != 0 ? 1.0 : general);
  }
}

}  // namespace polder::agents
