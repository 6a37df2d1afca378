// SPDX-License-Identifier: Apache-2.0
// Firms of 10 to 249 persons begin R&D as their peers do.
//
//   chance a year = min(1/2, beta q0(s, z) N(s, z) / (N(s, z) - P(s, z)))
//   intensity     = nu exp(sigma N(0, 1) - sigma^2 / 2)
//
// P performers and N all firms of sector s and size class z, q0 share of performers with fewer than ten
// researchers at the start, beta beginners a year by such a performer, nu R&D by sales. Only small teams give
// up (rd_investment.hpp), so they say how many must begin. The share of the start and not that of today: else
// R&D of a sector that lost some would die out. A firm looks once a year, in a month of its own.
// Firms below ten persons begin R&D as entrants; those of 250 and more neither begin nor give up by chance.
// source: R&D is concentrated and persistent by sector and size (CBS 84985NED, 82052NED); peers as the
//   cause: assumption; beta balances those who give up
// reads: sector, size_class, type, rd_staff, industry.sector.
// writes: rd_performer, rd_intensity; industry.small_teams
#pragma once
#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& research_entry_mechanism();

/// Chance a year that a firm without R&D begins it. rate: beginners a year by peer; peers: performers with a
/// small team, as many as the share of the start gives now; range: 0 to 0.5
double beginning_chance(double rate, double peers, double performers, double firms);

}  // namespace polder::agents
