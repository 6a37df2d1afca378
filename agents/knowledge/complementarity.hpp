// SPDX-License-Identifier: Apache-2.0
// Research of a theme opens more where its activities go together: science, development, startups and
// facilities.
//
//   K_a' = K_a (1 - delta) + flow_a        the stock of each activity a of the theme in the country
//   k_a  = max(0.05, K_a / K_a0)           by its level at the end of the burn-in
//   Y    = (sum_a w_a k_a^-r)^(-1 / r),    r = 1 / sigma - 1,  w_a = K_a0 / sum K_0
//   m    = Y^theta                         opportunity of research and of ventures of the theme
//
// flows at constant prices of research [EUR/month]: basic and applied research of institutes, development of
// firms, R&D of startups, running costs of facilities in repair that serve the theme or all themes; delta
// loss of a stock, sigma elasticity of substitution, below 1: what there is least of counts most, so that the
// same money spread over activities opens more than on one of them; theta returns. Shares of cost weigh the
// activities, as in a CES function normalised at its first point. During the burn-in m is 1.
//
// m multiplies the opportunity in `research`, the hazard of success at a milestone in `venture_rounds`, and
// R&D wanted in `rd_investment` by m^eta: R&D that yields a tenth more is worth what a user cost lower by a
// tenth is. Firms without a theme have m = 1.
// source: complementary activities as a CES function: Klump, McAdam & Willman 2012 (normalisation, recalled);
//   science raises private research: Jaffe 1989 (about 0.1 for corporate patents, recalled); opportunity
//   grown by public research: the national research laboratory of Dosi et al. 2023; sigma: assumption
// reads: firm.theme, type, rd_spending; institute.theme, rd_spending, basic_share; facility.theme, opex,
//   built, condition; industry.research_price
// writes: ecosystem (national ones): the five stocks, first_activities, opportunity
// ignores: money of the theme at institutes whose strongest theme is another, partners abroad, people
#pragma once
#include <array>
#include <cstddef>
#include <vector>

#include "engine/mechanism.hpp"

namespace polder::agents {

inline constexpr std::size_t num_activities = 5;
using Activities = std::array<double, num_activities>;

/// Y above. substitution: above 0, below 1; first: what `now` is compared with; nothing first counts nothing.
/// returns: 1 where all are as at first, or nothing was there at first; homogeneous of degree 1
double complement(const Activities& now, const Activities& first, double substitution);

const MechanismInfo& complementarity_mechanism();

/// Opportunity of the themes, for mechanisms of firms.
class ThemeOpportunity {
 public:
  /// errors: the mechanism must declare ecosystem.theme, national and opportunity, and firm.theme.
  explicit ThemeOpportunity(Setup& setup);
  /// One a theme: m above, to the power given; 1 for themes that no national ecosystem is about.
  std::vector<double> read(Turn& turn, double power = 1) const;

 private:
  KindId ecosystem_;
  Handle<std::uint8_t> theme_, national_;
  Handle<double> opportunity_;
  std::size_t num_themes_;
};

}  // namespace polder::agents
