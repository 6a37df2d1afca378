// SPDX-License-Identifier: Apache-2.0
#include "agents/knowledge/partners_abroad.hpp"

#include <algorithm>
#include <memory>
#include <vector>

#include "agents/knowledge/partners_abroad_state.hpp"
#include "agents/support/work.hpp"
#include "engine/elementary.hpp"

namespace polder::agents {

double joint_share(double partners, double half_way) {
  return 1.0 - elementary::exp(-partners / half_way);
}

double partners_for(double share, double half_way) {
  return -half_way * elementary::log(1.0 - share);
}

PartnersAbroad::PartnersAbroad(Setup& s)
    : institute_(s.kind("institute")),
      firm_(s.kind("firm")),
      industry_(s.kind("industry")),
      project_(s.kind("project")),
      researchers_(s.column<double>("institute", "researchers")),
      phds_(s.column<double>("institute", "phds")),
      publications_(s.column<double>("institute", "publications")),
      partners_(s.column<double>("institute", "partners_abroad")),
      contacts_(s.column<double>("institute", "contacts_abroad")),
      articles_(s.column<double>("institute", "articles_abroad")),
      months_left_(s.column<double>("project", "months_left")),
      duration_(s.column<double>("project", "duration")),
      units_(s.column<double>("project", "units")),
      members_abroad_(s.column<std::int64_t>("project", "members_abroad")),
      coordinator_(s.column<AgentId>("project", "coordinator")),
      performer_(s.column<std::uint8_t>("firm", "rd_performer")),
      sector_(s.column<std::uint8_t>("firm", "sector")),
      industry_sector_(s.column<std::uint8_t>("industry", "sector")),
      rd_staff_(s.column<double>("firm", "rd_staff")),
      firm_partners_(s.column<double>("firm", "partners_abroad")),
      reach_(s.column<double>("firm", "reach_abroad")),
      firm_contacts_(s.column<double>("industry", "contacts_abroad")),
      membership_(s.network("projects")),
      num_sectors_(std::max<std::size_t>(1, s.labels("firm", "sector").items.size())),
      burn_in_(s.scenario().clock.burn_in),
      fading_(s.parameter("fading")),
      growth_(s.parameter("growth")),
      half_way_(s.parameter("half_way")),
      usual_share_(s.parameter("usual_share")),
      one_researcher_(s.parameter("one_researcher")),
      most_kept_(s.parameter("most_kept")),
      write_(s.purpose("write")),
      meet_(s.purpose("meet")) {}

/// Members abroad of the projects that began last month, for the institutes and firms that take part.
PartnersAbroad::Met PartnersAbroad::met_in_projects(Turn& turn) const {
  const Table& projects = turn.table(project_);
  const Table& institutes = turn.table(institute_);
  const Table& firms = turn.table(firm_);
  const auto left = turn.read(months_left_), duration = turn.read(duration_), units = turn.read(units_);
  const auto abroad = turn.read(members_abroad_);
  const auto coordinator = turn.read(coordinator_);
  constexpr double first_month = 1.5;  // a new project has run for one when it is first seen
  const DrawKey key = turn.key(meet_);
  Met met{std::vector<double>(institutes.num_rows(), 0.0), {}};
  const auto meet = [&](Row project, AgentId who) {
    const auto members = static_cast<double>(abroad[project]);
    if (const Row row = institutes.find(who); row != no_row)
      met.institutes[row] += members;
    else if (const Row firm = firms.find(who); firm != no_row)
      met.firms.push_back({firm, partners_of_project(members, most_kept_), units[project],
                           uniform(key, AgentId{combine(raw(projects.ids()[project]), raw(who))}, 0)});
  };
  for (const Row row : projects.by_id()) {
    if (abroad[row] <= 0 || duration[row] - left[row] > first_month) continue;
    meet(row, coordinator[row]);
    for (const Tie& tie : turn.ties(membership_).of(projects.ids()[row])) meet(row, tie.b);
  }
  return met;
}

void PartnersAbroad::step(Turn& turn) const {
  const Met met = met_in_projects(turn);
  step_institutes(turn, met.institutes);
  step_firms(turn, met.firms);
}

void PartnersAbroad::step_institutes(Turn& turn, const std::vector<double>& met) const {
  constexpr double memory = 12;  // months over which the burn-in averages projects
  const Table& table = turn.table(institute_);
  const auto publications = turn.read(publications_);
  const auto partners = turn.write(partners_), contacts = turn.write(contacts_),
             articles = turn.write(articles_);
  const double usual = partners_for(usual_share_, half_way_);
  const int month = static_cast<int>(turn.step()) - burn_in_;
  const double cheaper = elementary::exp(growth_ * std::max(0, month));
  for (const Row row : table.by_id()) {
    const double people = turn.read(researchers_)[row] + turn.read(phds_)[row] / 2;
    articles[row] = 0;
    if (people <= 0) continue;
    const double in_projects = met[row] / people;
    if (turn.in_burn_in() || partners[row] <= 0) {
      const double needed = (fading_ + growth_) * usual - in_projects;
      contacts[row] += partners[row] <= 0 ? needed : (needed - contacts[row]) / memory;
      partners[row] = usual;
    } else {
      partners[row] += -fading_ * partners[row] + std::max(0.0, contacts[row]) * cheaper + in_projects;
    }
    const double expected = publications[row] * joint_share(partners[row], half_way_);
    articles[row] =
        std::min(publications[row], poisson(expected, turn.key(write_), table.ids()[row], turn.step(), 0));
  }
}

const MechanismInfo& partners_abroad_mechanism() {
  using enum Access;
  static const MechanismInfo info{
      .name = "partners_abroad",
      .family = "knowledge",
      .sentence =
          "Institutes and firms with R&D meet partners abroad on their own account and in projects; "
          "institutes "
          "write articles with them",
      .equation =
          "l' = l (1 - f) + c exp(g t) + M / R; share of articles with partners abroad = 1 - exp(-l / h); "
          "firms: "
          "n' = n (1 - f) + f c u + M / (1 + M / m), u = a sqrt(L)",
      .source =
          "NCSES 10001 (share and its growth from 2003 to 2015); Breschi & Cusmano 2004 (projects of "
          "framework "
          "programmes, recalled); firms: Community Innovation Survey of 2008, de Jong & Freel 2010; "
          "half_way, "
          "most_kept: assumption",
      .ignores =
          "who they are, contacts of researchers who came from abroad and of owners abroad, exports; what "
          "firms "
          "learn from them stands in knowledge_spillover",
      .fields = {{"usual_share", "1", "66.4 %", "1 %", "99 %",
                  "share of articles with partners abroad in the burn-in",
                  "NCSES 10001: 39,007 of 58,750 in 2020"},
                 {"growth", "1/year", "0.036 /year", "-0.2 /year", "0.2 /year",
                  "growth of partners found, as contact over distance gets cheaper",
                  "NCSES 10001, derived: -ln(1 - share) from 0.591 in 2003 to 0.911 in 2015"},
                 {"fading", "1/month", "2 %/month", "0", "1", "share of partners that is forgotten",
                  "assumption: as trust within the country"},
                 {"half_way", "1", "2", "0.01", "1000",
                  "partners abroad a researcher at which 63 % of articles are joint", "assumption"},
                 {"one_researcher", "1", "0.14", "0", "10",
                  "partners abroad of a firm with one researcher; they rise with the root of researchers",
                  "calibrated: 20 % of firms of ten persons and more with R&D have some, see the header"},
                 {"most_kept", "1", "0.2", "0.001", "100",
                  "most partners that one project leaves a firm, on the mean",
                  "assumption: it knew many of them before; projects of the baseline then bring larger teams "
                  "60 % of "
                  "those they find"}},
      .columns = {{"institute", "researchers", read},
                  {"institute", "phds", read},
                  {"institute", "publications", read},
                  {"institute", "partners_abroad", write},
                  {"institute", "contacts_abroad", write},
                  {"institute", "articles_abroad", write},
                  {"firm", "rd_performer", read},
                  {"firm", "rd_staff", read},
                  {"firm", "sector", read},
                  {"firm", "partners_abroad", write},
                  {"firm", "reach_abroad", write},
                  {"industry", "sector", read},
                  {"industry", "contacts_abroad", write},
                  {"project", "members_abroad", read},
                  {"project", "units", read},
                  {"project", "months_left", read},
                  {"project", "duration", read},
                  {"project", "coordinator", read}},
      .flows = {},
      .networks = {"projects"},
      .events = {},
      .after = {"instruments", "research"},
      .make = [](Setup& setup) -> std::unique_ptr<Mechanism> {
        return std::make_unique<PartnersAbroad>(setup);
      }};
  return info;
}

}  // namespace polder::agents
