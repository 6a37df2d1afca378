// SPDX-License-Identifier: Apache-2.0
// Firms decide on R&D by its user cost, by how far they trust support and by the money they have.
//
//   R0'    = R0 + (nu S - R0) / T                         R&D wanted without support follows sales
//   want   = R0 (1 - s)^-eta p^(1 - eta) M m^eta          R&D wanted at this user cost and price of R&D
//   P'     = P + (want - P) / T                           the plan follows what is wanted
//   goal   = P + phi F                                    the rest of a grant takes the place of own R&D
//   money  = cash - reserve + half of the unused credit line
//   RD     = min(goal, max(money, 0.9 last RD)), at least the earmarked F, at most cash
//   K'     = K (1 - delta) + RD / p
//   staff  = RD / (p cost of one)
//
// nu R&D intensity, S sales, s expected support rate of tax credits, M = 1 - omega (1 - certainty): the share
// omega of R&D waits when support is not to be relied on, F earmarked grants [EUR/month], phi the part of
// them that firms with money add to their plan, eta user cost
// elasticity, m opportunity of the theme (`complementarity`, else 1), K R&D stock [EUR], delta its loss, p
// price of R&D by its level in the burn-in (`technical_wages`, else 1). What a grant adds at a firm with
// money is put in (phi); what comes out is who is short of money: there a euro adds a euro or more. Founders
// plan their R&D in the data less the part that grants and rounds of ventures brought about. During the
// burn-in the intensity found so stays, and nu is derived from it at the support of that time.
// source: user cost with the elasticities that follow from the evaluations of the WBSO (2011-17,
//   2018-22); liquidity, the value of waiting: assumption, stable support works better Guellec & van
//   Pottelsberghe 2003; slow adjustment Lokshin & Mohnen 2010 (-0.2 at short, -0.7 at long notice); R&D
//   labour CBS 84985NED, Rathenau Instituut 2023
// reads: sales, value_added, staff, productivity, cash, debt, rd_funded, tax_credit_rate, certainty,
//   industry.research_price, theme, ecosystem.opportunity
// adds: cash.
// writes: rd_intensity, rd_base, rd_plan, rd_spending, rd_staff, rd_stock, rd_hours, rd_performer
#pragma once
#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& rd_investment_mechanism();

/// A team of this many researchers neither gives up by chance nor is a peer of beginners. unit: person;
/// source: assumption
inline constexpr double small_team = 10;

/// Factor by which support raises the R&D wanted: (1 - s)^-eta. range: s below 1, larger ones count as 0.95
double user_cost_response(double support_rate, double elasticity);

/// Share of wanted R&D that goes ahead at this confidence in the support. range: certainty 0 to 1
double certainty_factor(double certainty, double waiting_share);

/// R&D of a firm that pays `funded` of it with grants. unit: EUR/month
struct ResearchMeans {
  double cash = 0;     ///< unit: EUR
  double reserve = 0;  ///< unit: EUR, kept for other payments
  double credit = 0;   ///< unit: EUR, unused part of the credit line
  double last = 0;     ///< R&D of last month
  double funded = 0;   ///< earmarked grants of this month
};
double research_spending(double goal, const ResearchMeans& means);

}  // namespace polder::agents
