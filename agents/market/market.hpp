// SPDX-License-Identifier: Apache-2.0
// Firms share the demand of their sector: the more productive win slowly, and every year has its luck.
//
//   S_i' = S_i (1 + x_i) (D' - P) / sum_j w_j S_j (1 + x_j)            over the firms of a sector
//   x_i  = chi (A_i (1 + psi n_i) / A - 1) + g_i / 12 + y (1 - age / 120)
//   g_i = s L_i^-beta (u^-1/2 - u^1/2), either sign, u uniform in ]0, 1], cut off at a factor of 7.4; E[exp
//   g_i] = 1;
//         drawn every January: Laplace in its centre, tails of its density fall by the power 3
//   D'   = D exp(gamma) (A'/A)^epsilon                                 demand grows from outside
//   work that demand asks for grows by log(D'/D) - log(A'/A)            for births (firm_demography)
//   V_i  = v S_i exp(z_i - var z / 2), z_i' = mu z_i + N(0, tau)       value added; z drawn every January
//   C_i' = C_i + a (c_i v S_i / (h A_i) - C_i),  L_i = C_i + R_i       staff follows work
//   W_i' = W_i A'/A + r (l h A_i - W_i)                                wages follow sector and firm
//
// S sales [EUR/month], w weight, D demand, P what public contracts take the place of, A_i productivity
// [EUR/h], A its mean in the sector weighted with sales, n_i share of new products, y growth of youth, L
// staff, C staff outside R&D, R R&D staff [person], V value added, v its share in sales, z luck in it (prices
// of inputs, idle capacity: revenue productivity, not A), c_i core share, h hours of a full-time equivalent,
// W wage [EUR/month/person], l labour share. Startups sell what their maturity and their users' uptake allow
// of their capacity, and hire what their cash can pay for a runway.
// source: replicator Dosi, Fagiolo & Roventini 2010; density of growth Fu et al. 2005 (units of a firm
//   whose number grows in proportion, with entry; their V is 2 s^2), spread against size Riccaboni et al.
//   2008; weak selection, growth of youth: assumption;
//   luck in value added: size Guiso, Pistaferri & Schivardi 2001, memory Abraham & White 2006
// reads: productivity, new_product_share, rd_staff, sector, type, trl, cash, industry.displaced
// writes: sales, value_added, staff, wage, age, market_shock, margin_luck
#pragma once
#include <array>
#include <cstddef>

#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& market_mechanism();

/// Spread s of log growth a year of a firm with `staff`. range: at most 0.5
double growth_spread(double spread_of_one, double staff, double exponent);

/// The luck of a year: log growth with density 2V / (R (|g| + R)^2), R = sqrt(g^2 + 2V), V = 2 s^2 (Fu et al.
/// 2005), cut off at `largest` and shifted so that exp of it has mean 1.
class YearOfLuck {
 public:
  static constexpr double largest = 2.0;         ///< log growth a year; beyond it the mean would not exist
  static constexpr double largest_spread = 0.5;  ///< of those that the shift is known for

  YearOfLuck();

  /// Log growth at quantile u. u: ]0, 1[; spread: 0 to `largest_spread`
  double growth(double u, double spread) const;

 private:
  static constexpr std::size_t steps = 64;
  std::array<double, steps + 2> shift_{};  ///< -log E[exp g] at spreads from 0 to `largest_spread`
};

/// Growth a month through competition. selection: per month; an advantage counts up to the mean itself.
double competitive_growth(double selection, double productivity, double mean_productivity,
                          double novelty_premium, double new_product_share);

/// Growth a month of a young firm beside all else, falling to 0 at ten years. age: months; at_start: per
/// month
double growth_of_youth(double at_start, double age);

/// Staff outside R&D that the value added needs. unit: person
double core_staff_needed(double core_share, double value_added, double productivity);

/// Share of its capacity that a startup can sell at a technology readiness level; 0 stands for a firm without
/// venture: all.
double maturity(double trl);

}  // namespace polder::agents
