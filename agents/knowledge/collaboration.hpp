// SPDX-License-Identifier: Apache-2.0
// Firms and institutes form alliances: known partners first, then their partners, then fitting strangers.
//
//   active with chance 1 - exp(-a R^1/2 / 12) a month, R researchers; invites 1 + Geometric(1/2) partners
//   each: a known partner by trust (chance p1), a partner of a partner (p2), else one of 8 strangers by
//     exp(-km (1 - s c c') / L) (0.05 + phi(d)), times 3 if of one theme; met through the network with chance
//     p3
//   joins with chance exp(-k (1 + d) / (1 + trust)); all members are then tied:
//   trust + g when the alliance succeeds (chance q), else - h
//
// d cognitive distance, phi inverted U, L half distance / ln 2, s digital reach, c and c' coverage of both
// provinces by fibre, 4G and 5G, k coordination cost. Trust is the tie
// strength in the network `collaboration`; the network's decay forgets it. Alliances alone, without projects
// and meetings, also stand in the network `alliances`. Co-publications come of the ties of institutes.
// A partner of a partner who is an institute is one of few of its partners: those of one research group.
// source: partner choice by label and degree Tomasello, Vaccario & Schweitzer 2017, alliances that grow by
//   invitation Tomasello, Burkholz & Schweitzer 2017; known partners first, trust + and - NEMO, Scholz
//   et al. 2010; chances: see the table
// reads: rd_staff, researchers, knowledge, region, theme, publications
// writes: partners, copublications, public_private_copublications, both networks
#pragma once
#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& collaboration_mechanism();

/// Chance a month that an actor with these researchers starts an alliance. activity: per year
double alliance_chance(double activity, double researchers);

/// Chance that an invited actor joins. distance: cognitive; trust: tie strength
double joining_chance(double coordination_cost, double distance, double trust);

/// How far two organisations work together, from 0 to 1: it rises ever less with trust, so that partners of
/// many projects do not write ever more articles. range: 0 to 1
double familiarity(double trust);

/// What distance leaves of the appeal of a stranger. far: distance by half distance, times ln 2; reach: part
/// of a distance that does not count between wholly covered provinces; coverage: of both, 0 to 1.
/// range: 0 to 1
double nearness(double far, double reach, double coverage, double coverage_there);

/// Number of partners invited at quantile u: 1 + Geometric(1/2), at most 5.
int num_invited(double u);

}  // namespace polder::agents
