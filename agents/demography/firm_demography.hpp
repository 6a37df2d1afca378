// SPDX-License-Identifier: Apache-2.0
// Firms are born, change type and size class, and leave.
//
//   births a month of a sector: B_s' = B_s exp(growth of the work that its demand asks for)
//   in the burn-in as many employers are born as left, shared out by B_s: their number stays
//   exit chance a month: 1 - exp(-(e h(age) - h0) r_s z(size) / 12), q when cash is below 0, 1 below the
//     least staff
//   startup or SME -> scale-up in January at 10 persons three years ago and growth of 20 % a year since, in
//     staff or in sales; back in the first January at which that is no longer so; startup -> scale-up at 50
//     persons
//   SME <-> large firm at 250 persons; startups of ten years become SMEs or large firms; the id stays
//   staff and sales of the last three Januaries are kept; who was not there three years ago is no scale-up
//
// h: 4.4 % in year 1, 11.5 % in years 2 and 3, 7.8 % in years 4 and 5, then `late_hazard`; e 1 for startups
// and 1.66 for employers, who leave by closing or by going on without staff (h and e in the first five
// years); h0 what lack of cash or staff adds to them here; r_s relative hazard of the sector, z(size) falls
// with staff, so that large firms seldom vanish. An entrant takes sector, region and ways from a firm of its
// sector, a startup from a startup with or without R&D.
//
// source: CBS cohort of 2015 and new employers, derived (scenarios/data/README.md, 4); births 26,000 new
// employers a year
//   (CBS); scale-up as in the ScaleUp Dashboard (Erasmus Centre for Entrepreneurship; staff or turnover:
//   recalled); startup of 50 persons: assumption; hazard by size, late hazard: assumption
// reads: age, staff, sales, cash, sector and what entrants inherit
// writes: type, size_class, staff and sales 1, 2 and 3 years ago, industry.births; enters and exits firms
#pragma once
#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& firm_demography_mechanism();

}  // namespace polder::agents
