// SPDX-License-Identifier: Apache-2.0
// Firms of 10 to 249 persons begin R&D as their peers do.
//
//   chance a year = min(1/2, beta Q(s, z) / (N(s, z) - P(s, z)))
//   intensity     = nu exp(sigma N(0, 1) - sigma^2 / 2)
//
// P performers, Q those of fewer than ten researchers and N all firms of sector s and size class z, beta
// beginners a year by small performer, nu R&D by sales. Only small teams give up (rd_investment.hpp), so Q
// and not P says how many must begin for the number to stay. A firm looks once a year, in a month of its own.
// Firms below ten persons begin R&D as entrants; those of 250 and more neither begin nor give up by chance.
// source: R&D is concentrated and persistent by sector and size (CBS 84985NED, 82052NED); peers as the
//   cause: assumption; beta balances those who give up
// reads: sector, size_class, type, rd_staff.
// writes: rd_performer, rd_intensity
#pragma once
#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& research_entry_mechanism();

/// Chance a year that a firm without R&D begins it. rate: beginners a year by peer (performers with a small
/// team); range: 0 to 0.5
double beginning_chance(double rate, double peers, double performers, double firms);

}  // namespace polder::agents
