// SPDX-License-Identifier: Apache-2.0
// Firms of 10 to 249 persons begin R&D as their peers do.
//
//   chance a year = min(1/2, beta P(s, z) / (N(s, z) - P(s, z)))
//   intensity     = nu exp(sigma N(0, 1) - sigma^2 / 2)
//
// P performers and N all firms of sector s and size class z, beta beginners a year by performer, nu R&D by
// sales. A firm looks once a year, in a month of its own. Firms below ten persons begin R&D as entrants,
// those above by growing; who stops: rd_investment.hpp.
// source: R&D is concentrated and persistent by sector and size (CBS 84985NED, 82052NED); peers as the
//   cause: assumption; beta balances those who give up
// reads: sector, size_class, type.
// writes: rd_performer, rd_intensity
#pragma once
#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& research_entry_mechanism();

/// Chance a year that a firm without R&D begins it. rate: beginners a year by performer; range: 0 to 0.5
double beginning_chance(double rate, double performers, double firms);

}  // namespace polder::agents
