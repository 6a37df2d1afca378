// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/policy.hpp"

#include <algorithm>
#include <memory>
#include <vector>

#include "engine/elementary.hpp"

namespace polder::agents {

namespace {

const std::vector<FieldInfo> policy_fields{
    {"project_share", "1", "50 %", "0", "2",
     "funded projects an institute can run, relative to its base funding", "assumption"},
    {"wage_share", "1", "70 %", "0", "1", "share of institutes' spending that is wages",
     "assumption (labour share of R&D)"},
    {"growth", "1/year", "0", "-0.1", "0.1",
     "growth of base funding, of researchers and of PhD posts after the burn-in", "assumption: none"},
};

std::unique_ptr<Mechanism> make_policy(Setup& setup) {
  return std::make_unique<Policy>(setup);
}

}  // namespace

const MechanismInfo& policy_mechanism() {
  using enum Access;
  static const MechanismInfo info{
      .name = "policy",
      .family = "funding",
      .sentence =
          "Governments pay the base funding of institutes, institutes spend what they have, committees form "
          "expectations",
      .equation =
          "rd_spending = base and block funding + funded projects; rd_plan = max(0, share * base - funded)",
      .source = "INFSO-SKIN, Ahrweiler et al. 2015 (room for projects); quality scores: assumption",
      .ignores =
          "political choice of budgets, differences between institutes in growth, savings of institutes",
      .fields = policy_fields,
      .columns = {{"government", "cash", add},
                  {"government", "research_budget", write},
                  {"government", "outlays", write},
                  {"institute", "cash", add},
                  {"institute", "research_budget", write},
                  {"institute", "researchers", write},
                  {"institute", "phds", write},
                  {"institute", "rd_funded", read},
                  {"institute", "block_funded", read},
                  {"institute", "rd_spending", write},
                  {"institute", "rd_plan", write},
                  {"institute", "basic_share", read},
                  {"institute", "partners", read},
                  {"institute", "expected_quality", write},
                  {"firm", "absorptive_capacity", read},
                  {"firm", "innovations", read},
                  {"firm", "partners", read},
                  {"firm", "rd_performer", read},
                  {"firm", "expected_quality", write}},
      .flows = {{"appropriation", "treasury", "government.cash"},
                {"base_funding", "government.cash", "institute.cash"},
                {"institute_wages", "institute.cash", "households"},
                {"institute_inputs", "institute.cash", "suppliers"}},
      .networks = {},
      .events = {},
      .after = {},
      .make = make_policy};
  return info;
}

double firm_quality(double absorptive_capacity, double innovations, double partners) {
  return 0.2 + 0.4 * std::clamp(absorptive_capacity, 0.0, 1.0) + 0.2 * std::clamp(innovations, 0.0, 1.0) +
         0.2 * std::clamp(partners / 5, 0.0, 1.0);
}

double institute_quality(double basic_share, double partners) {
  return 0.5 + 0.2 * std::clamp(basic_share, 0.0, 1.0) + 0.3 * std::clamp(partners / 20, 0.0, 1.0);
}

double project_room(double research_budget, double funded, double project_share) {
  return std::max(0.0, project_share * research_budget - funded);
}

Policy::Policy(Setup& s)
    : project_share_(s.parameter("project_share")),
      wage_share_(s.parameter("wage_share")),
      growth_(s.parameter("growth")),
      government_(s.kind("government")),
      institute_(s.kind("institute")),
      firm_(s.kind("firm")),
      government_budget_(s.column<double>("government", "research_budget")),
      outlays_(s.column<double>("government", "outlays")),
      budget_(s.column<double>("institute", "research_budget")),
      researchers_(s.column<double>("institute", "researchers")),
      phds_(s.column<double>("institute", "phds")),
      funded_(s.column<double>("institute", "rd_funded")),
      block_(s.column<double>("institute", "block_funded")),
      spending_(s.column<double>("institute", "rd_spending")),
      plan_(s.column<double>("institute", "rd_plan")),
      basic_share_(s.column<double>("institute", "basic_share")),
      institute_quality_(s.column<double>("institute", "expected_quality")),
      institute_partners_(s.column<std::int64_t>("institute", "partners")),
      capacity_(s.column<double>("firm", "absorptive_capacity")),
      innovations_(s.column<double>("firm", "innovations")),
      firm_quality_(s.column<double>("firm", "expected_quality")),
      partners_(s.column<std::int64_t>("firm", "partners")),
      performer_(s.column<std::uint8_t>("firm", "rd_performer")),
      appropriation_(s.flow("appropriation", "treasury", "government.cash")),
      base_funding_(s.flow("base_funding", "government.cash", "institute.cash")),
      wages_(s.flow("institute_wages", "institute.cash", "households")),
      inputs_(s.flow("institute_inputs", "institute.cash", "suppliers")) {}

void Policy::found(Turn& turn) const {
  judge(turn);
  const auto plan = turn.write(plan_);
  const auto budget = turn.read(budget_);
  for (const Row row : turn.table(institute_).by_id())
    plan[row] = project_room(budget[row], 0, project_share_);
}

void Policy::fund(Turn& turn) const {
  const Table& institutes = turn.table(institute_);
  const auto budget = turn.read(budget_);
  const auto spending = turn.write(spending_);
  std::vector<double> weights;
  for (const Row row : institutes.by_id()) weights.push_back(std::max(0.0, budget[row]));
  std::fill(spending.begin(), spending.end(), 0.0);
  std::vector<Cents> parts(weights.size());
  for (const Row payer : turn.table(government_).by_id()) {
    const Cents total = to_cents(turn.read(government_budget_)[payer]);
    turn.write(outlays_)[payer] = to_euros(total);
    if (total <= 0 || parts.empty()) continue;
    split(total, weights, parts);
    turn.transfer(appropriation_, 0, payer, total);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const Row row = institutes.by_id()[i];
      turn.transfer(base_funding_, payer, row, parts[i]);
      spending[row] += to_euros(parts[i]) / institutes.weights()[row];
    }
  }
}

void Policy::spend(Turn& turn) const {
  const Table& institutes = turn.table(institute_);
  const auto spending = turn.write(spending_), plan = turn.write(plan_);
  const auto funded = turn.read(funded_), budget = turn.read(budget_), block = turn.read(block_);
  for (const Row row : institutes.by_id()) {
    spending[row] += funded[row] + block[row];
    const Cents total = to_cents(spending[row] * institutes.weights()[row]);
    const Cents wages = to_cents(to_euros(total) * wage_share_);
    turn.transfer(wages_, row, 0, wages);
    turn.transfer(inputs_, row, 0, total - wages);
    plan[row] = project_room(budget[row] + block[row], funded[row], project_share_);
  }
}

void Policy::judge(Turn& turn) const {
  const auto capacity = turn.read(capacity_), innovations = turn.read(innovations_);
  const auto partners = turn.read(partners_);
  const auto performer = turn.read(performer_);
  const auto quality = turn.write(firm_quality_);
  turn.for_each_block(firm_, [&](Block block) {
    for (Row row = block.first; row < block.last; ++row) {
      if (performer[row])
        quality[row] = firm_quality(capacity[row], innovations[row], static_cast<double>(partners[row]));
    }
  });
  const auto basic = turn.read(basic_share_);
  const auto institute_partners = turn.read(institute_partners_);
  const auto institute_quality_now = turn.write(institute_quality_);
  for (const Row row : turn.table(institute_).by_id())
    institute_quality_now[row] = institute_quality(basic[row], static_cast<double>(institute_partners[row]));
}

/// Public research grows at a constant rate: money, researchers and PhD posts alike.
void Policy::grow(Turn& turn) const {
  if (growth_ == 0 || turn.in_burn_in()) return;
  const double factor = elementary::exp(growth_);
  for (double& budget : turn.write(government_budget_)) budget *= factor;
  for (const auto handle : {budget_, researchers_, phds_}) {
    for (double& value : turn.write(handle)) value *= factor;
  }
}

void Policy::step(Turn& turn) const {
  grow(turn);
  fund(turn);
  spend(turn);
  judge(turn);
}

}  // namespace polder::agents
