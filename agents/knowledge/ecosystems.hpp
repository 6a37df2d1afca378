// SPDX-License-Identifier: Apache-2.0
// Ecosystems are measured once a year: who belongs to them, how they are tied, and where they are in their
// life.
//
//   members      firms with R&D, startups and institutes of the theme in the province (national: in all)
//   growth       = ln(L / Lp) / 3 years,   Lp' = Lp + (L - Lp) / 3                       L R&D staff of firms
//   openness     = ties of members to others or to firms younger than five years, by all their ties
//   lock_in      = strength of ties to members who are no newcomers, by the strength of all ties
//   links_abroad = partners abroad of members, a simulated firm as many times as it stands for firms
//   overlap      = 1 - cognitive distance of the mean profiles to the nearest of the same theme elsewhere
//   stage        : emerging below `critical` firms; else growing from `fast` on; else renewing with a share
//                  of firms younger than five years of at least `renewal`; else mature
//
// An ecosystem is a scope and decides nothing: what is measured here comes of what its members do.
// source: stages by size, growth and renewal after Menzel & Fornahl 2010 (cluster life cycles); lock-in,
//   openness and overlap: the strategy of 2020, challenges 8 and 9; thresholds: assumption
// reads: type, theme, region, age, rd_staff, knowledge, partners_abroad of firms and institutes; the network
// writes: the rows of `ecosystem`
// ignores: declining ones that fall below the critical size count as emerging
#pragma once
#include "agents/kinds/kinds.hpp"
#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& ecosystems_mechanism();

struct LifeRules {
  double critical = 30;  ///< firms
  double fast = 0.0025;  ///< growth a month
  double renewal = 0.3;  ///< share of young firms
};
/// Stage of life. firms: number; growth: a month, the unit of the rules; entry: share of young firms
LifeStage life_stage(const LifeRules& rules, double firms, double growth, double entry);

/// Growth a month of a number whose lag of three years is `past`; 0 when either is 0.
double growth_over_lag(double now, double past);

}  // namespace polder::agents
