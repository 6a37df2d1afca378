// SPDX-License-Identifier: Apache-2.0
// The tables of the collaboration mechanism and its constructor.
#include <memory>

#include "agents/kinds/kinds.hpp"
#include "agents/knowledge/collaboration_state.hpp"
#include "agents/support/labels.hpp"
#include "engine/elementary.hpp"

namespace polder::agents {

Collaboration::Collaboration(Setup& setup)
    : firm_(setup.kind("firm")),
      institute_(setup.kind("institute")),
      government_(setup.kind("government")),
      rd_staff_(setup.column<double>("firm", "rd_staff")),
      knowledge_(setup.column<double>("firm", "knowledge")),
      researchers_(setup.column<double>("institute", "researchers")),
      phds_(setup.column<double>("institute", "phds")),
      institute_knowledge_(setup.column<double>("institute", "knowledge")),
      publications_(setup.column<double>("institute", "publications")),
      copublications_(setup.column<double>("institute", "copublications")),
      with_firms_(setup.column<double>("institute", "public_private_copublications")),
      fibre_(setup.column<double>("government", "fibre")),
      mobile_4g_(setup.column<double>("government", "mobile_4g")),
      mobile_5g_(setup.column<double>("government", "mobile_5g")),
      performer_(setup.column<std::uint8_t>("firm", "rd_performer")),
      region_(setup.column<std::uint8_t>("firm", "region")),
      theme_(setup.column<std::uint8_t>("firm", "theme")),
      institute_region_(setup.column<std::uint8_t>("institute", "region")),
      institute_theme_(setup.column<std::uint8_t>("institute", "theme")),
      government_type_(setup.column<std::uint8_t>("government", "type")),
      government_region_(setup.column<std::uint8_t>("government", "region")),
      partners_(setup.column<std::int64_t>("firm", "partners")),
      institute_partners_(setup.column<std::int64_t>("institute", "partners")),
      network_(setup.network("collaboration")),
      allied_(setup.network("alliances")),
      alliances_(setup.event("alliances")),
      purpose_(setup.purpose("alliance")),
      founding_(setup.purpose("founding")),
      past_(setup.purpose("past")),
      publish_(setup.purpose("copublish")),
      no_theme_(theme_none(setup, "firm")),
      map_(setup.scenario()),
      firm_activity_(12.0 * setup.parameter("firm_activity")),
      institute_activity_(12.0 * setup.parameter("institute_activity")),
      known_first_(setup.parameter("known_first")),
      partners_of_partners_(setup.parameter("partners_of_partners")),
      established_(setup.parameter("established")),
      cost_(setup.parameter("coordination_cost")),
      half_distance_(setup.parameter("half_distance")),
      best_distance_(setup.parameter("best_distance")),
      success_(setup.parameter("success")),
      gain_(setup.parameter("trust_gain")),
      loss_(setup.parameter("trust_loss")),
      articles_per_tie_(setup.parameter("articles_per_tie")),
      articles_with_firms_(setup.parameter("articles_with_firms")),
      history_(setup.parameter("history")),
      fading_(setup.parameter("fading")),
      past_projects_(12.0 * setup.parameter("past_projects")),
      digital_reach_(setup.parameter("digital_reach")),
      scale_(setup.scenario().scale) {
  constexpr double decay = 0.6931471805599453;
  for (std::size_t a = 0; a < map_.num_regions(); ++a) {
    for (std::size_t b = 0; b < map_.num_regions(); ++b) {
      const double km = map_.distance(static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(b));
      farness_.push_back(decay * km / half_distance_);
    }
  }
}

const MechanismInfo& collaboration_mechanism() {
  using enum Access;
  static const MechanismInfo info{
      "collaboration",
      "knowledge",
      "Firms with R&D and institutes form alliances: known partners first, then partners of partners, then "
      "fitting strangers",
      "chance 1 - exp(-a sqrt(R) / 12); partner by trust, by trust twice, or by exp(-km (1 - s c c) / L) "
      "phi(d)",
      "Tomasello, Vaccario & Schweitzer 2017; Tomasello, Burkholz & Schweitzer 2017; Scholz et al. 2010",
      "contracts, costs of alliances, firms without R&D as partners, partners abroad",
      {{"firm_activity", "1/year", "0.12", "0", "10",
        "alliances a year that a firm with one researcher starts", "assumption"},
       {"institute_activity", "1/year", "0.4", "0", "10",
        "alliances a year that an institute with one researcher starts", "assumption"},
       {"known_first", "1", "0.45", "0", "1", "chance to invite a known partner",
        "recalled: 30 to 60 % of ties are repeated"},
       {"partners_of_partners", "1", "0.25", "0", "1", "chance to invite a partner's partner", "assumption"},
       {"established", "1", "0.6", "0", "1",
        "chance that a stranger is met through the network, so by degree",
        "recalled: 0.75 for R&D (Tomasello et al. 2017)"},
       {"coordination_cost", "1", "0.5", "0", "10", "what keeps invited partners from joining", "assumption"},
       {"half_distance", "km", "120 km", "5 km", "5000 km", "distance at which a stranger is half as likely",
        "assumption"},
       {"best_distance", "1", "0.35", "0.05", "1", "cognitive distance at which most is learned",
        "assumption"},
       {"success", "1", "0.7", "0", "1", "share of alliances that raise trust", "assumption"},
       {"trust_gain", "1", "0.3", "0", "2", "tie strength gained by a successful alliance",
        "assumption, after NEMO"},
       {"trust_loss", "1", "0.1", "0", "2", "tie strength lost by a failed one", "NEMO: -0.05 to -0.1"},
       {"articles_per_tie", "1/year", "40", "0", "1000",
        "joint articles by tie strength to another institute", "assumption"},
       {"articles_with_firms", "1/year", "1", "0", "1000", "joint articles by tie strength to a firm",
        "assumption"},
       {"history", "month", "120 months", "2 months", "240 months",
        "months of alliances and projects behind the network at the founding", "assumption"},
       {"fading", "1/month", "0.02 /month", "0 /month", "1 /month",
        "speed at which that past has faded; as the network does", "assumption"},
       {"past_projects", "1/year", "0 /year", "0 /year", "100 /year",
        "funded projects a year in that past that an institute with one researcher led, by the root of "
        "researchers as for alliances",
        "a scenario's calibration"},
       {"digital_reach", "1", "0.1", "0", "0.9",
        "part of a distance that does not count where fibre, 4G and 5G cover both ends wholly",
        "assumption; connections bring distant collaboration: Agrawal & Goldfarb 2008; Forman & van "
        "Zeebroeck "
        "2012 (recalled)"}},
      {{"firm", "rd_staff", read},
       {"firm", "knowledge", read},
       {"firm", "rd_performer", read},
       {"firm", "region", read},
       {"firm", "theme", read},
       {"institute", "researchers", read},
       {"institute", "phds", read},
       {"institute", "knowledge", read},
       {"institute", "region", read},
       {"institute", "theme", read},
       {"institute", "publications", read},
       {"government", "type", read},
       {"government", "region", read},
       {"government", "fibre", read},
       {"government", "mobile_4g", read},
       {"government", "mobile_5g", read},
       {"firm", "partners", write},
       {"institute", "partners", write},
       {"institute", "copublications", write},
       {"institute", "public_private_copublications", write}},
      {},
      {"collaboration", "alliances"},
      {"alliances"},
      {"rd_investment", "research", "absorption"},
      [](Setup& setup) -> std::unique_ptr<Mechanism> { return std::make_unique<Collaboration>(setup); }};
  return info;
}

}  // namespace polder::agents
