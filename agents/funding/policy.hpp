// SPDX-License-Identifier: Apache-2.0
// Governments and public research: base funding of institutes, what institutes spend, and how committees see
// applicants.
//
//   base_i        = split of each government's `research_budget` in proportion to the institutes' own
//   rd_spending_i = base_i + rd_funded_i (last month);      70 % wages, 30 % purchases
//   research_budget' = research_budget exp(growth), likewise researchers and PhD posts, after the burn-in
//   rd_plan_i     = max(0, project_share * research_budget_i - rd_funded_i)          room for projects
//   quality of a firm       = 0.2 + 0.4 AC + 0.2 min(1, innovations) + 0.2 min(1, partners / 5)
//   quality of an institute = 0.5 + 0.2 basic_share + 0.3 min(1, partners / 20)
//
// AC: absorptive capacity.
// source: base funding and room for projects INFSO-SKIN (Ahrweiler et al. 2015); quality scores: assumption
#pragma once
#include "engine/mechanism.hpp"

namespace polder::agents {

const MechanismInfo& policy_mechanism();

/// What a committee expects of a firm's proposal. range: 0 to 1; rises with each argument.
double firm_quality(double absorptive_capacity, double innovations, double partners);
/// The same for an institute.
double institute_quality(double basic_share, double partners);
/// Room of an institute for projects. unit: EUR/month
double project_room(double research_budget, double funded, double project_share);

class Policy final : public Mechanism {
 public:
  explicit Policy(Setup& setup);
  void found(Turn& turn) const override;
  void step(Turn& turn) const override;

 private:
  void fund(Turn& turn) const;
  void spend(Turn& turn) const;
  void judge(Turn& turn) const;
  void grow(Turn& turn) const;

  double project_share_, wage_share_, growth_;
  KindId government_, institute_, firm_;
  Handle<double> government_budget_, outlays_, budget_, researchers_, phds_, funded_, block_, spending_,
      plan_, basic_share_, institute_quality_;
  Handle<std::int64_t> institute_partners_;
  Handle<double> capacity_, innovations_, firm_quality_;
  Handle<std::int64_t> partners_;
  Handle<std::uint8_t> performer_;
  FlowId appropriation_, base_funding_, wages_, inputs_;
};

}  // namespace polder::agents
