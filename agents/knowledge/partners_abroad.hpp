// SPDX-License-Identifier: Apache-2.0
// Institutes and firms with R&D have partners abroad, whom they meet on their own account and in
// international projects; institutes write articles with them.
//
//   l'          = l (1 - f) + c exp(g t) + M / R        partners abroad by researcher of an institute
//   joint share = 1 - exp(-l / h)
//   articles with partners abroad ~ Poisson(articles * joint share), at most all
//
//   n'          = n (1 - f) + f c_s u + M / (1 + M / m)  partners abroad of a firm with R&D
//   u           = a L^1/2                               their usual number
//   reach       = n / (1 + n) - u / (1 + u)             chance to have some, less the usual one
//
// R researchers, PhD candidates counting half; those who come bring as many partners as their colleagues
// have. f share of partners forgotten a month, c partners that a researcher finds a month without projects, g
// growth of these as contact over distance gets cheaper, t months since the burn-in, M members abroad of the
// projects that are joined this month, h partners a researcher at which 63 % of articles are joint.
// l begins where the joint share is the usual one; in the burn-in c is what keeps it there but for g, given
// the projects of that time.
// L R&D staff [person], a partners of a firm with one, m most partners that one project leaves a firm. n is
// the mean of firms like it, whose numbers are taken to be geometric, so that n / (1 + n) of them have some.
// A firm that begins R&D has the usual number. In the burn-in n stays there, and c_s becomes the part that
// larger teams of the sector find without projects, given the projects of that time; 1 for small teams.
// m is small since a firm knew many of those members before, and as many firms join Horizon Europe in the
// baseline as keep the usual number up: 1,100 a year bring larger teams 60 % of what they find.
// source: NCSES 10001 (articles with international institutions: 44.6 % in 2003, 59.8 % in 2015, 66.4 % in
//   2020); g is the growth of -ln(1 - share) from 2003 to 2015, 3.6 % a year; partners in projects of the
//   framework programmes: Breschi & Cusmano 2004 (recalled); f as trust within the country; h, m: assumption.
//   Firms: 40.2 % of innovative firms here co-operated, 7.4 % with the United States (Community Innovation
//   Survey of 2008 in Gill & Raiser 2012, table 5.1); times the 2.3 to 3.2 with Europe for one with the
//   United States in Finland and Belgium (Eurostat STAT/10/166) 17 to 24 %, so a is such that 20 % of firms
//   with R&D and ten persons or more have some. Large firms do so far more often than others, in
//   Norway three times (OECD STI Scoreboard 2015), and partners of Dutch small high-tech firms are farther
//   away with more R&D (de Jong & Freel 2010): the root of R&D staff, as for alliances, is an assumption
// reads: institute.researchers, phds, publications; firm.rd_performer, rd_staff, sector; industry.sector;
//   project.members_abroad, units, months_left, duration
// writes: institute.partners_abroad, contacts_abroad, articles_abroad; firm.partners_abroad, reach_abroad;
//   industry.contacts_abroad
// ignores: who they are, contacts of researchers who came from abroad and of owners abroad, exports; what
//   firms learn from them stands in `knowledge_spillover`
#pragma once
#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& partners_abroad_mechanism();

/// Share of articles with partners abroad. partners: abroad, by researcher; half_way: h. range: 0 to 1
double joint_share(double partners, double half_way);
/// The partners by researcher at which the share is this. range: share below 1
double partners_for(double share, double half_way);

/// Usual partners abroad of a firm. one_researcher: a; researchers: R&D staff
double usual_partners(double one_researcher, double researchers);
/// Members abroad of a project that become partners of a firm. most: m
double partners_of_project(double members, double most);
/// Share of firms with some, at this mean number. range: 0 to 1
double share_with_partners(double partners);

}  // namespace polder::agents
