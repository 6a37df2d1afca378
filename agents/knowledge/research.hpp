// SPDX-License-Identifier: Apache-2.0
// R&D succeeds by chance: better processes, new products and patents in firms, articles of institutes.
//
//   better process with chance 1 - exp(-zeta m (RD / V)^gamma):
//     A' = A (1 + room max(0, x)),  x = -x0 + 2 x0 Beta(3, 3)
//   innovations I ~ Poisson(RD / c),  N' = N (1 - 1/36) + I,  patents ~ Poisson(pi c I (RD / RD0)^(rho - 1))
//   n' = n (1 - 1/36) + (1 - n') (1 - exp(-theta c I / S))
//   articles of an institute ~ Poisson(b (a (researchers + funded posts + PhDs / 2) + f (F - F0))+),  its
//     patents ~ Poisson(p RD)
//
// RD R&D [EUR/month] by its price (`technical_wages`, else 1), V value added, A productivity, room see
// frontier.hpp, m opportunity of the theme (`complementarity`, else 1), c R&D of one innovation [EUR], n
// share of sales from products younger than 36 months, S sales [EUR/month], N innovations of the last 36
// months, pi patent propensity of the sector [1/EUR] at R&D of RD0, rho returns, b share of basic research, F
// project money, F0 that which its researchers come with (known where `talent_market` is used, else 0). R&D
// counts relative to value added, with falling returns: the gain does not hang on size.
// source: success and Beta(3, 3) draws Dosi, Fagiolo & Roventini 2010 (only improvements are adopted);
//   patents by R&D: data of the sectors, falling returns within a firm Hausman, Hall & Griliches 1984;
//   zeta, theta, a, f set so that the totals of 2020 come out (6,400 patents, 60,000 articles, 10 % new
//   products)
// reads: rd_spending, sales, value_added, industry.productivity, industry.research_price, theme,
//   ecosystem.opportunity; researchers, phds, funded_posts, rd_funded, usual_projects, basic_share
// writes: productivity, new_product_share, innovations, patents, publications
#pragma once
#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& research_mechanism();

/// Chance a month of a better process. intensity: R&D by value added. range: 0 to 1
double research_success_probability(double opportunity, double intensity, double returns);

/// Relative gain of productivity from one success; draw: of Beta(3, 3). range: 0 to support
double productivity_gain(double support, double draw);

/// Patents expected of innovations that cost `research` [EUR], in a firm that spends `spending` [EUR/month]
/// on R&D: by euro of R&D they fall with the power returns - 1. reference: R&D at which `propensity` [1/EUR]
/// holds
double patents_expected(double propensity, double research, double spending, double reference,
                        double returns);

/// Share of new products after a month with innovations that cost `research`, at these sales a month.
double new_product_share_after(double share, double research, double sales, double yield, double lifetime);

}  // namespace polder::agents
