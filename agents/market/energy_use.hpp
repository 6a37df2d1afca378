// SPDX-License-Identifier: Apache-2.0
// Energy that sectors use for a euro of value added falls as new products for energy are adopted.
//
//   intensity' = intensity exp(-tau / 12) (1 - s (adopted' - adopted))         at most to where all adopted
//   use        = intensity (1 + levy)^-e v demand of the sector
//
// tau saving of its own accord [1/year], v value added by sales, adopted mean share of business customers of
// the theme energy that use a new product, s what a new product saves of a user's energy, levy price of
// externalities by the price of the old product, e price elasticity. Nobody pays less for saving here: firms'
// costs stay as they are.
// source: intensities CBS (recalled, sectors.csv); elasticity Labandeira et al. 2017 (0.2 in the short
//   run to 0.6 in the long, recalled); s: assumption.
// reads: user.adopted, levy, theme, user_type, size; industry.demand, sector.
// writes: industry.energy_intensity, energy_use, new_energy
// ignores: materials, households, kinds of energy, emissions
#pragma once
#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& energy_use_mechanism();

/// Energy by value added after a month. tau: a month; saving: 0 to 1; rise: change of the adopted share
double intensity_after(double intensity, double tau, double saving, double rise);
/// Factor by which a levy on the old product lowers use. levy, elasticity: at least 0. range: above 0 to 1
double use_under_levy(double levy, double elasticity);

}  // namespace polder::agents
