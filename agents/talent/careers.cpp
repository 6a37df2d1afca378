// SPDX-License-Identifier: Apache-2.0
#include "agents/talent/careers.hpp"

#include <utility>
#include <vector>

#include "engine/elementary.hpp"

namespace polder::agents {

Event Chances::decide(double draw) const {
  for (std::size_t i = 0; i < upper.size(); ++i) {
    if (draw < upper[i]) return events[i];
  }
  return Event::none;
}

Chances chances(const CareerHazards& h, Status status, Origin origin, bool early) {
  const auto from = static_cast<std::size_t>(origin);
  const double abroad = early ? h.early_emigration[from] : h.emigration[from];
  std::vector<std::pair<Event, double>> list;
  switch (status) {
    case Status::student:
      list = {{Event::graduate, h.graduation}, {Event::drop_out, h.drop_out}};
      break;
    case Status::phd:
      list = {{Event::complete, h.completion}, {Event::quit, h.quitting}};
      break;
    case Status::employed:
      list = {{Event::change_job, h.job_change},
              {Event::lay_off, h.layoff},
              {Event::leave, h.leaving},
              {Event::emigrate, abroad}};
      break;
    case Status::unemployed:
      list = {{Event::leave, h.leaving}, {Event::emigrate, abroad}};
      break;
  }
  double sum = 0;
  for (const auto& [event, hazard] : list) sum += hazard;
  const double total = 1 - elementary::exp(-sum);
  Chances result;
  double below = 0;
  for (std::size_t i = 0; i < result.upper.size(); ++i) {
    if (i < list.size() && sum > 0) {
      below += total * list[i].second / sum;
      result.events[i] = list[i].first;
    }
    result.upper[i] = below;
  }
  return result;
}

}  // namespace polder::agents
