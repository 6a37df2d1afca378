// SPDX-License-Identifier: Apache-2.0
// How far fibre, 4G and 5G reach in each province.
//
//   c_k(t) = linear between the figures of the years around t        write: government.fibre, mobile_4g,
//   mobile_5g
//
// c_k is the share of homes (fibre) or of populated areas (mobile) that network k covers, from the columns
// `fibre_YEAR`, `mobile_4g_YEAR` and `mobile_5g_YEAR` of the file of regions: figures of 1 January. Before
// the first figure and after the last one the nearest holds. Nothing in the model builds networks: the series
// come from outside. `collaboration` reads them: distance counts for less where both ends are covered
// (`digital_reach`).
//
// source: figures: scenarios/data/README.md. That connections bring distant collaboration: Agrawal & Goldfarb
//   2008; Forman & van Zeebroeck 2012 (recalled).
// ignores: speed, price and use; effects on productivity and on services
#pragma once
#include <span>

#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& digital_infrastructure_mechanism();

/// A figure of a year.
struct Coverage {
  int year = 0;
  double share = 0;  ///< range: 0 to 1
};
/// Coverage in a month, from figures of 1 January in the order of their years. range: 0 to 1; 0 without
/// figures
double coverage_at(std::span<const Coverage> figures, Month month);

/// The part of a province's connections: mean of the three shares. range: 0 to 1
inline double connected(double fibre, double mobile_4g, double mobile_5g) {
  return (fibre + mobile_4g + mobile_5g) / 3;
}

}  // namespace polder::agents
