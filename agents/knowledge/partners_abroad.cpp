// SPDX-License-Identifier: Apache-2.0
#include "agents/knowledge/partners_abroad.hpp"

#include <algorithm>
#include <memory>
#include <vector>

#include "agents/support/work.hpp"
#include "engine/elementary.hpp"

namespace polder::agents {

double joint_share(double partners, double half_way) {
  return 1.0 - elementary::exp(-partners / half_way);
}

double partners_for(double share, double half_way) {
  return -half_way * elementary::log(1.0 - share);
}

namespace {

class PartnersAbroad final : public Mechanism {
 public:
  explicit PartnersAbroad(Setup& setup);
  void step(Turn& turn) const override;

 private:
  std::vector<double> met_in_projects(Turn& turn) const;

  KindId institute_, project_;
  Handle<double> researchers_, phds_, publications_, partners_, contacts_, articles_, months_left_, duration_;
  Handle<std::int64_t> members_abroad_;
  Handle<AgentId> coordinator_;
  std::size_t membership_;
  int burn_in_;
  double fading_, growth_, half_way_, usual_share_;
  Purpose write_;
};

PartnersAbroad::PartnersAbroad(Setup& s)
    : institute_(s.kind("institute")),
      project_(s.kind("project")),
      researchers_(s.column<double>("institute", "researchers")),
      phds_(s.column<double>("institute", "phds")),
      publications_(s.column<double>("institute", "publications")),
      partners_(s.column<double>("institute", "partners_abroad")),
      contacts_(s.column<double>("institute", "contacts_abroad")),
      articles_(s.column<double>("institute", "articles_abroad")),
      months_left_(s.column<double>("project", "months_left")),
      duration_(s.column<double>("project", "duration")),
      members_abroad_(s.column<std::int64_t>("project", "members_abroad")),
      coordinator_(s.column<AgentId>("project", "coordinator")),
      membership_(s.network("projects")),
      burn_in_(s.scenario().clock.burn_in),
      fading_(s.parameter("fading")),
      growth_(s.parameter("growth")),
      half_way_(s.parameter("half_way")),
      usual_share_(s.parameter("usual_share")),
      write_(s.purpose("write")) {}

/// Members abroad of the projects that began last month, by row of the institutes that take part.
std::vector<double> PartnersAbroad::met_in_projects(Turn& turn) const {
  const Table& projects = turn.table(project_);
  const Table& institutes = turn.table(institute_);
  const auto left = turn.read(months_left_), duration = turn.read(duration_);
  const auto abroad = turn.read(members_abroad_);
  const auto coordinator = turn.read(coordinator_);
  std::vector<double> met(institutes.num_rows(), 0.0);
  const auto meet = [&](AgentId who, double members) {
    if (const Row row = institutes.find(who); row != no_row) met[row] += members;
  };
  for (const Row row : projects.by_id()) {
    if (abroad[row] <= 0 || left[row] < duration[row]) continue;
    const auto members = static_cast<double>(abroad[row]);
    meet(coordinator[row], members);
    for (const Tie& tie : turn.ties(membership_).of(projects.ids()[row])) meet(tie.b, members);
  }
  return met;
}

void PartnersAbroad::step(Turn& turn) const {
  constexpr double memory = 12;  // months over which the burn-in averages projects
  const Table& table = turn.table(institute_);
  const std::vector<double> met = met_in_projects(turn);
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

}  // namespace

const MechanismInfo& partners_abroad_mechanism() {
  using enum Access;
  static const MechanismInfo info{
      .name = "partners_abroad",
      .family = "knowledge",
      .sentence =
          "Institutes meet partners abroad on their own account and in projects, and write articles with "
          "them",
      .equation =
          "l' = l (1 - f) + c exp(g t) + M / R; share of articles with partners abroad = 1 - exp(-l / h)",
      .source =
          "NCSES 10001 (share and its growth from 2003 to 2015); Breschi & Cusmano 2004 (projects of "
          "framework "
          "programmes, recalled); half_way: assumption",
      .ignores = "partners abroad of firms, who they are, contacts of researchers who came from abroad",
      .fields = {{"usual_share", "1", "66.4 %", "1 %", "99 %",
                  "share of articles with partners abroad in the burn-in",
                  "NCSES 10001: 39,007 of 58,750 in 2020"},
                 {"growth", "1/year", "0.036 /year", "-0.2 /year", "0.2 /year",
                  "growth of partners found, as contact over distance gets cheaper",
                  "NCSES 10001, derived: -ln(1 - share) from 0.591 in 2003 to 0.911 in 2015"},
                 {"fading", "1/month", "2 %/month", "0", "1", "share of partners that is forgotten",
                  "assumption: as trust within the country"},
                 {"half_way", "1", "2", "0.01", "1000",
                  "partners abroad a researcher at which 63 % of articles are joint", "assumption"}},
      .columns = {{"institute", "researchers", read},
                  {"institute", "phds", read},
                  {"institute", "publications", read},
                  {"institute", "partners_abroad", write},
                  {"institute", "contacts_abroad", write},
                  {"institute", "articles_abroad", write},
                  {"project", "members_abroad", read},
                  {"project", "months_left", read},
                  {"project", "duration", read},
                  {"project", "coordinator", read}},
      .flows = {},
      .networks = {"projects"},
      .events = {},
      .after = {"research"},
      .make = [](Setup& setup) -> std::unique_ptr<Mechanism> {
        return std::make_unique<PartnersAbroad>(setup);
      }};
  return info;
}

}  // namespace polder::agents
