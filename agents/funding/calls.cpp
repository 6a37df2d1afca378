// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/calls.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace polder::agents {

std::vector<Grant> allocate(std::span<const Bid> bids, Cents available) {
  std::vector<std::size_t> order(bids.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (bids[a].score != bids[b].score) return bids[a].score > bids[b].score;
    return raw(bids[a].id) < raw(bids[b].id);
  });
  std::vector<Grant> grants;
  for (const std::size_t at : order) {
    const Bid& bid = bids[at];
    if (bid.per_unit <= 0 || bid.units <= 0) continue;
    Cents amount = static_cast<Cents>(std::nearbyint(static_cast<double>(bid.per_unit) * bid.units));
    double units = bid.units;
    if (amount > available) {
      const Cents whole_units = available / bid.per_unit;
      units = static_cast<double>(whole_units);
      if (units < 1 || units >= bid.units) continue;
      amount = static_cast<Cents>(units) * bid.per_unit;
    }
    grants.push_back({at, units, amount});
    available -= amount;
  }
  return grants;
}

double admissible_request(double request, double own_means, double cost, double support, double private_share,
                          double public_ceiling) {
  if (private_share > 0) request = std::min(request, own_means * (1 - private_share) / private_share);
  if (public_ceiling < 1) request = std::min(request, public_ceiling * cost - support);
  return std::max(0.0, request);
}

}  // namespace polder::agents
