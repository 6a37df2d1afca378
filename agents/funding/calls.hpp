// SPDX-License-Identifier: Apache-2.0
// Calls for proposals: bids are put in order and granted down the list while the money lasts, as in
// INFSO-SKIN (Ahrweiler et al. 2015).
//
// A simulated applicant of weight w stands for w real ones that ask for `per_unit` each. When the money left
// does not reach for all of them, whole real applicants are granted, so the budget binds at every scale.
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "engine/ids.hpp"
#include "engine/money.hpp"

namespace polder::agents {

enum class Method : std::uint8_t { ranked, first_come, lottery };
inline constexpr const char* allocation_methods = "ranked|first_come|lottery";

/// One application. score: higher goes first, ties by id.
struct Bid {
  AgentId id = nobody;
  double score = 0;
  double units = 1;    ///< real applicants it stands for
  Cents per_unit = 0;  ///< unit: cent; asked for by each
};

struct Grant {
  std::size_t bid = 0;  ///< position in the bids
  double units = 0;     ///< real applicants granted, at most Bid::units
  Cents amount = 0;     ///< unit: cent
};

/// Grants in the order of allocation. The amounts sum to at most `available`.
std::vector<Grant> allocate(std::span<const Bid> bids, Cents available);

/// The amount an applicant may ask for once its own contribution and the ceiling on public support are looked
/// at. request: asked for; own_means: own money for the project; cost: of the project; support: public money
/// it already gets for it; private_share: least own share of request and own money together; public_ceiling:
/// largest public share of the cost. unit: EUR. range: 0 to request. source: state aid ceilings and cofunding
/// rules of the schemes (RVO).
double admissible_request(double request, double own_means, double cost, double support, double private_share,
                          double public_ceiling);

}  // namespace polder::agents
