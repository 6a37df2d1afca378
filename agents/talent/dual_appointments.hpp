// SPDX-License-Identifier: Apache-2.0
// People of institutes who also work at a firm, without any scheme that pays for it.
//
//   once a year:  ends with chance e, or when the holder has left the institute, or the firm is gone
//                 begins with chance s e / (1 - s) for researchers without one
//   firm        = the last employer where it is one of the institute's partners, else one drawn by trust
//   tie(institute, firm) += contact;  the firm pays the institute `cost` a year, as far as its cash reaches
//
// s share of researchers who hold one in the long run, e share that ends in a year. In the first
// September of the burn-in the share s begins one.
// source: some 1,300 endowed part-time professors beside 32,000 fte of academic staff (Rathenau,
//   recalled), and lectors of hogescholen; e, contact, cost: assumption
// reads: person.type, employer, former_employer, at_institute; the network; firm.cash
// writes: person.second_employer (of those without a scheme), the network
// ignores: appointments of people of firms at institutes, which count as the same tie
#pragma once
#include <span>

#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& dual_appointments_mechanism();

/// Chance a year to begin one, so that the share stays. share: 0 to below 1; ending: 0 to 1. range: 0 to 1
double beginning_chance(double share, double ending);

/// A firm that an institute trusts, with the sum of trust up to it.
struct Partner {
  Row firm;
  double until;
};
/// Where a researcher goes. partners: of the institute, one at least; former: the last employer, or no_row;
/// draw: in [0, 1)
Row chosen(std::span<const Partner> partners, Row former, double draw);

}  // namespace polder::agents
