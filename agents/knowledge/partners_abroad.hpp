// SPDX-License-Identifier: Apache-2.0
// Institutes have partners abroad, whom they meet on their own account and in international projects, and
// write articles with them.
//
//   l'          = l (1 - f) + c exp(g t) + M / R        partners abroad by researcher
//   joint share = 1 - exp(-l / h)
//   articles with partners abroad ~ Poisson(articles * joint share), at most all
//
// R researchers, PhD candidates counting half; those who come bring as many partners as their colleagues
// have. f share of partners forgotten a month, c partners that a researcher finds a month without projects, g
// growth of these as contact over distance gets cheaper, t months since the burn-in, M members abroad of the
// projects that the institute joins this month, h partners a researcher at which 63 % of articles are joint.
// l begins where the joint share is the usual one; in the burn-in c is what keeps it there but for g, given
// the projects of that time.
// source: NCSES 10001 (articles with international institutions: 44.6 % in 2003, 59.8 % in 2015, 66.4 % in
//   2020); g is the growth of -ln(1 - share) from 2003 to 2015, 3.6 % a year; partners in projects of the
//   framework programmes: Breschi & Cusmano 2004 (recalled); f as trust within the country; h: assumption
// reads: institute.researchers, phds, publications; project.members_abroad, months_left, duration
// writes: institute.partners_abroad, contacts_abroad, articles_abroad
// ignores: partners abroad of firms, who they are, contacts of researchers who came from abroad; learning
//   from abroad stands in `knowledge_spillover` and does not follow these partners
#pragma once
#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& partners_abroad_mechanism();

/// Share of articles with partners abroad. partners: abroad, by researcher; half_way: h. range: 0 to 1
double joint_share(double partners, double half_way);
/// The partners by researcher at which the share is this. range: share below 1
double partners_for(double share, double half_way);

}  // namespace polder::agents
