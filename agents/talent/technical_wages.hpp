// SPDX-License-Identifier: Apache-2.0
// Pay of technical staff follows scarcity: more vacancies a searcher, higher pay; so a euro of R&D buys less.
//
//   theta = vacancies / people who look
//   w*    = (theta / theta0)^b,  w' = w + (w* - w) / T      industry.technical_pay
//   p     = 1 + l (w - 1)                                   industry.research_price, for rd_investment and
//   research
//
//   w       pay of technical staff by its level in the burn-in             1
//   theta0  mean of theta over the burn-in (with the same inertia)         1
//   b       field `elasticity`, T field `adjustment`, l share of labour in costs of R&D
//
// One market: people of any field fill any post (`talent_market`), so the index is the same for all sectors.
// In the burn-in it is 1.
// source: wage curve, -0.1 of pay to unemployment (Blanchflower & Oswald 1994, recalled), times 0.5 of
//   matches to vacancies a searcher (Petrongolo & Pissarides 2001, recalled); support that ends in pay:
//   Goolsbee 1998
// reads: vacancies, people without employer
// ignores: pay by field and region, bargaining, pay of technical people who do no R&D in the accounts; pay of
// a
//   person stands in `talent_market`
#pragma once
#include <span>

#include "engine/mechanism.hpp"
#include "engine/turn.hpp"

namespace polder::agents {

const MechanismInfo& technical_wages_mechanism();

/// Pay at which scarcity would leave it in the end, by its level in the burn-in. range: both above 0
double scarcity_pay(double tightness, double normal_tightness, double elasticity);

/// Price of R&D by its level in the burn-in. labour_share: in [0, 1]
inline double research_price(double pay, double labour_share) {
  return 1.0 + labour_share * (pay - 1.0);
}

/// What industries hold in common: the number of the first; 1 where there is none.
inline double common(const Table& industries, std::span<const double> numbers) {
  const auto rows = industries.by_id();
  return rows.empty() ? 1.0 : numbers[rows.front()];
}

}  // namespace polder::agents
