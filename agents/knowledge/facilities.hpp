// SPDX-License-Identifier: Apache-2.0
// Research and test facilities: ventures and funded projects that need a test queue for slots, pay a fee,
// meet each other; a facility whose running costs are not paid falls into disrepair.
//
//   c'     = c + d (q - c),  q = min(1, h + spent / opex)            condition follows paid upkeep
//   slots  = capacity * built * c
//   chosen = the highest u2 (theme fits ? 2 : 1) among facilities with the level in their range, of the theme
//            or of none, that are near: u1 < exp(-km / reach)
//   order  = who holds a slot, then who waited longest, then by draw and id
//   tie    with another user: chance 1 - (1 - p)^m a month, m others present
//
// c condition, d disrepair [1/month], h part of running costs that hosts bear in kind, u1 and u2 draws of
// (user, facility), p chance of one meeting. A venture decides once a readiness level (chance `need`) whether
// its next step needs a test and keeps the slot until that step is done; a funded project decides once and
// keeps it until its end. `venture.access` is the share of the real ventures behind the agent that hold a
// slot; it shortens and cheapens the milestone (venture_rounds), nothing else: inputs and links are drawn in,
// nobody becomes more productive by a bonus. Whoever cannot pay three months of fees does not queue.
// source: Helmers & Overman 2017 (a facility draws in inputs, it does not make scientists more
//   productive); rates: assumption
// reads: ventures (trl, theme, region, firm), projects (coordinator), cash, sizes
// writes: facility state, venture.access and the queue
// adds: fees, upkeep, ties
// ignores: use by the hosts' own research, booking ahead, quality of staff
#pragma once
#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& facilities_mechanism();

/// Condition after a month. coverage: paid part of the running costs, 0 to 1; speed: per month. range: 0 to 1
double condition_after(double condition, double coverage, double speed);

/// Part of the running costs that is paid. host_share: in kind; spent, opex: EUR/month. range: 0 to 1
double coverage_of_costs(double host_share, double spent, double opex);

/// Chance that a user ties with another one this month. p: of one meeting; others: users present beside it
double meeting_chance(double p, double others);

/// Share of the chances that a user at this distance considers the facility. unit: km
double reach_chance(double km, double reach);

}  // namespace polder::agents
