// SPDX-License-Identifier: Apache-2.0
// Firms learn from partners as far as they can absorb.
//
//   AC_i  = 1 - exp(-kappa (K_i / L_i + T))                         own R&D and training per employee
//   A_i'  = A_i (1 + lambda AC_i room_i sum_j w_ij phi(d_ij) G_ij / (1 + sum_j w_ij))
//   k_i'  = k_i + mu AC_i sum_j w_ij phi(d_ij) (k_j - k_i) / (1 + sum_j w_ij)  profiles converge
//   G_ij  = min(0.5, max(0, ln(A_j / A_i))) for firms, G0 for institutes
//
// K R&D stock [EUR], L staff [person], T training stock [EUR/person], w tie strength up to 1, d cognitive
// distance, phi inverted U, G gap of productivity, k knowledge profile, j partners, room see frontier.hpp.
// Institutes learn nothing here; their profile is the source.
// source: Cohen & Levinthal 1990; Nooteboom et al. 2007; kappa, lambda, mu, G0: assumption
// reads: rd_stock, staff, rd_performer, network collaboration, institute.knowledge
// writes: absorptive_capacity, productivity, knowledge
#pragma once
#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& absorption_mechanism();

/// kappa: person/EUR; stock_per_employee: EUR/person. range: 0 to 1
double absorptive_capacity(double kappa, double stock_per_employee);

/// Gap that a firm can close by learning from a firm: log ratio of productivities. range: 0 to 0.5
double productivity_gap(double own, double partner);

}  // namespace polder::agents
