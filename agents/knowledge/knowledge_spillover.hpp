// SPDX-License-Identifier: Apache-2.0
// Knowledge spills over: R&D stocks nearby and alike make firms more productive, as far as they can absorb.
//
//   I(r, s) = sum_q exp(-km(r, q) / L) (K(q, s) + b K(q, other s) + l U(q)) / sum_q exp(-km / L) (V(q, s) + b
//   V(q, other s)) I(r, t) likewise over themes, b = 0 A_i'    = A_i (1 + rho AC_i (I(r_i, s_i) + I(r_i,
//   t_i)) / 12)
//
// K R&D stock of firms, U of institutes [EUR], V value added a year [EUR], r, q regions, s sectors, t themes,
// b similarity of different sectors, l link of science to industry, L = half distance / ln 2 [km], AC
// absorptive capacity, rho return a year. source: distance decay times similarity, -55 to -70 % per 500 km,
// none if dissimilar: Deltas & Karkalakos 2013 (domain 1.14, C9); rho from the gap of social and private
// returns, 0.55 - 0.21 (Bloom et al. 2013), at full absorption. reads: rd_stock, value_added, region, sector,
// theme, absorptive_capacity, institute.rd_spending. writes: productivity.
#pragma once
#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& knowledge_spillover_mechanism();

/// Weight of knowledge at a distance. unit: km. range: 1 at 0, 0.5 at the half distance
double spillover_weight(double km, double half_distance);

/// Relative gain of productivity a month. return_a_year at full absorption, pool: R&D stock by value added a
/// year
double spillover_gain(double return_a_year, double absorptive_capacity, double pool);

}  // namespace polder::agents
