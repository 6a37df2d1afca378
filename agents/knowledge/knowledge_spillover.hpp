// SPDX-License-Identifier: Apache-2.0
// Knowledge spills over: R&D nearby and alike makes firms more productive, as far as they can absorb.
//
//   I(r, s) = sum_q near(r, q) ((1 - b) K(q, s) + b K(q) + l U(q))
//             / sum_q near(r, q) ((1 - b) V(q, s) + b V(q)),  near = exp(-km / L)
//   I(r, t) likewise over themes, with b = l = 0
//   A_i'    = A_i (1 + AC_i room_i (rho I / (1 + I / h) + f (1 + g B_i)) / 12)
//   I       = I(r_i, s_i) + I(r_i, t_i)
//
// K R&D stock of firms (of a sector, or of all in the region), U of institutes times their reach
// (open_science.hpp) [EUR], V value added a year,
// r, q regions, s sectors, t themes, b similarity of different sectors, l link of science to industry,
// L = half distance / ln 2 [km], AC absorptive capacity, rho return a year, h saturation,
// f research abroad, a constant stream that everyone may learn from, and firms with R&D more of it with
// partners there: g what partners add to it, B chance to have some less the usual one (`partners_abroad`), so
// that only more or fewer partners than usual count; room see frontier.hpp.
// source: distance decay times similarity, -55 to -70 % per 500 km, none if dissimilar: Deltas & Karkalakos
//   2013; rho from the gap of social and private returns, 0.55 - 0.21 (Bloom et al. 2013),
//   at full absorption; f: Coe & Helpman 1995 (recalled), size calibrated in the scenario; productivity of
//   Belgian manufacturers grows faster with R&D partners abroad: Cincera et al. 2003; partners pay with
//   enough own R&D only: Lokshin, Belderbos & Carree 2008; pipelines: Bathelt, Malmberg & Maskell 2004
//   (recalled); g: assumption
// reads: rd_stock, value_added, region, sector, theme, absorptive_capacity, reach_abroad,
//   institute.rd_spending, institute.openness
// writes: productivity
#pragma once
#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& knowledge_spillover_mechanism();

/// Weight of knowledge at a distance. unit: km. range: 1 at 0, 0.5 at the half distance
double spillover_weight(double km, double half_distance);

/// Yearly gain of productivity from research abroad at full absorption. pipelines: g, 0 to 1; reach: B, -1
/// to 1
double learned_abroad(double abroad_a_year, double pipelines, double reach);

/// Relative gain of productivity a month. return_a_year, abroad_a_year: at full absorption, from the R&D
/// stock around and from research abroad; pool: R&D stock by value added a year
double spillover_gain(double return_a_year, double absorptive_capacity, double pool, double saturation,
                      double abroad_a_year);

}  // namespace polder::agents
