// SPDX-License-Identifier: Apache-2.0
// Users and the products of ventures: each product is meant for a group of users with a requirement, comes
// nearer to it in iterations with them, is accepted or not, and diffuses.
//
//   match_0 = 1 - distance(knowledge of the firm, requirement) / sqrt(K)           K numbers of a profile
//   iteration a month with chance i (1 + l access + m coached) from `first_level` on, certain in a public
//     contract for a new product:  match' = match + s (1 + standard) (1 - match)
//
//   accepted  : match >= threshold (1 - ban) (1 - e levy)
//
//   uptake    = clamp(match / m, 0.5, 1.25), halved when not accepted: sales by those that maturity allows
//
//   adopted'  = adopted + min((p + q adopted) (supply - adopted)+ (1 + ban + levy), B) - adopted / life
//
//   reference : a first customer signs with chance f a month when accepted and ready, once a venture; it is a
//     signal to investors
//
// i chance, l gain through a slot in a facility, m through coaching in an incubator, s step, m match of a
// product that meets its market, e elasticity of acceptance to the price of the old product [1], p and q
// innovators and imitators [1/month], supply share of products on the market that are accepted, B share of
// members whose budget allows a new product [1/month], life of a product generation [month]. Nothing here
// changes productivity: matching products sell (market), and a reference tells investors something
// (venture_rounds).
// In the burn-in diffusion runs at the setting `burn_in_pace`: old products have had years to spread.
// source: Bass 1969 (adoption); threshold, budget and that pace: assumption; innovation-directed procurement
//   raises sales of new products (Czarnitzki et al. 2020); numbers: assumption
// reads: firm.knowledge, contracts, venture.trl, access, clearance; users' requirement and what
//   instruments set
// writes: venture.user, user_match, iterations, reference; firm.uptake; user.adopted, supply
// ignores: prices, word of mouth between groups, products of firms that are no ventures
#pragma once
#include <span>

#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& users_mechanism();

/// How well a product made from this knowledge meets a requirement. shape: equal lengths. range: 0 to 1
double first_match(std::span<const double> knowledge, std::span<const double> requirement);

/// Match after an iteration. step, standard: 0 to 1. range: match to 1
double match_after(double match, double step, double standard);

/// Least match that is accepted when part of the old products is forbidden or made dearer. range: 0 and above
double threshold_after(double threshold, double ban, double levy, double elasticity);

/// Sales by those that maturity allows. range: 0.25 to 1.25
double uptake(double match, double threshold, double full_match);

/// Share of members that use a new product after a month of Bass diffusion towards `supply`, of whom at most
/// `budget` can pay for it. life: months
double adopted_after(double adopted, double supply, double innovators, double imitators, double pull,
                     double budget, double life);

}  // namespace polder::agents
