// SPDX-License-Identifier: Apache-2.0
#include "agents/registry.hpp"

#include "agents/demography/firm_demography.hpp"
#include "agents/funding/instruments.hpp"
#include "agents/funding/policy.hpp"
#include "agents/funding/prototypes.hpp"
#include "agents/funding/venture_rounds.hpp"
#include "agents/kinds/kinds.hpp"
#include "agents/knowledge/absorption.hpp"
#include "agents/knowledge/collaboration.hpp"
#include "agents/knowledge/complementarity.hpp"
#include "agents/knowledge/ecosystems.hpp"
#include "agents/knowledge/facilities.hpp"
#include "agents/knowledge/hubs.hpp"
#include "agents/knowledge/knowledge_spillover.hpp"
#include "agents/knowledge/partners_abroad.hpp"
#include "agents/knowledge/rd_investment.hpp"
#include "agents/knowledge/research.hpp"
#include "agents/knowledge/research_entry.hpp"
#include "agents/knowledge/technology_transfer.hpp"
#include "agents/market/accounts.hpp"
#include "agents/market/digital_infrastructure.hpp"
#include "agents/market/energy_use.hpp"
#include "agents/market/market.hpp"
#include "agents/market/users.hpp"
#include "agents/regulation/clearance.hpp"
#include "agents/talent/dual_appointments.hpp"
#include "agents/talent/entrepreneurial_intent.hpp"
#include "agents/talent/talent_market.hpp"
#include "agents/talent/technical_wages.hpp"
#include "agents/talent/training.hpp"

namespace polder::agents {

Catalogue catalogue() {
  Catalogue all;
  all.kinds = {firm_kind(),    institute_kind(), financier_kind(),  government_kind(), person_kind(),
               venture_kind(), project_kind(),   instrument_kind(), industry_kind(),   facility_kind(),
               user_kind(),    regulator_kind(), hub_kind(),        ecosystem_kind()};
  all.mechanisms.push_back(policy_mechanism());
  all.mechanisms.push_back(instruments_mechanism());
  all.mechanisms.push_back(venture_rounds_mechanism());
  all.mechanisms.push_back(market_mechanism());
  all.mechanisms.push_back(accounts_mechanism());
  all.mechanisms.push_back(rd_investment_mechanism());
  all.mechanisms.push_back(research_entry_mechanism());
  all.mechanisms.push_back(research_mechanism());
  all.mechanisms.push_back(absorption_mechanism());
  all.mechanisms.push_back(knowledge_spillover_mechanism());
  all.mechanisms.push_back(collaboration_mechanism());
  all.mechanisms.push_back(firm_demography_mechanism());
  all.mechanisms.push_back(technology_transfer_mechanism());
  all.mechanisms.push_back(talent_market_mechanism());
  all.mechanisms.push_back(technical_wages_mechanism());
  all.mechanisms.push_back(facilities_mechanism());
  all.mechanisms.push_back(users_mechanism());
  all.mechanisms.push_back(clearance_mechanism());
  all.mechanisms.push_back(prototypes_mechanism());
  all.mechanisms.push_back(hubs_mechanism());
  all.mechanisms.push_back(dual_appointments_mechanism());
  all.mechanisms.push_back(training_mechanism());
  all.mechanisms.push_back(entrepreneurial_intent_mechanism());
  all.mechanisms.push_back(ecosystems_mechanism());
  all.mechanisms.push_back(complementarity_mechanism());
  all.mechanisms.push_back(partners_abroad_mechanism());
  all.mechanisms.push_back(energy_use_mechanism());
  all.mechanisms.push_back(digital_infrastructure_mechanism());
  all.forms = forms();
  return all;
}

}  // namespace polder::agents
