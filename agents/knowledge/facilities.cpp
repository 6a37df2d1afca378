// SPDX-License-Identifier: Apache-2.0
#include "agents/knowledge/facilities.hpp"

#include <algorithm>
#include <cmath>

#include "agents/kinds/kinds.hpp"
#include "agents/knowledge/facilities_state.hpp"
#include "agents/support/meetings.hpp"
#include "engine/elementary.hpp"

namespace polder::agents {

namespace {

constexpr double affordable = 3;               // months of fee that a user keeps in cash (assumption)
constexpr float meeting_strength = 0.05F;      // assumption
constexpr double firm_project_level = 5;       // readiness of what projects of firms test (assumption)
constexpr double institute_project_level = 3;  // the same for institutes (assumption)

}  // namespace

double condition_after(double condition, double coverage, double speed) {
  return condition + speed * (coverage - condition);
}

double coverage_of_costs(double host_share, double spent, double opex) {
  return opex > 0 ? std::min(1.0, host_share + spent / opex) : 1.0;
}

double meeting_chance(double p, double others) {
  return others > 0 ? 1 - elementary::pow(1 - p, others) : 0.0;
}

double reach_chance(double km, double reach) {
  return km > 0 ? elementary::exp(-km / reach) : 1.0;
}

/// Running costs of the month are paid from fees and support, as far as they reach.
void Facilities::upkeep(Turn& turn, Row site) const {
  const double opex = turn.read(opex_)[site] * turn.read(built_)[site];
  const double host = turn.read(host_share_)[site];
  const Cents due = to_cents(opex * std::max(0.0, 1 - host));
  const Cents spent = std::clamp<Cents>(turn.read(cash_)[site], 0, due);
  const Cents wages = to_cents(to_euros(spent) * wage_share_);
  turn.transfer(wages_, site, 0, wages);
  turn.transfer(inputs_, site, 0, spent - wages);
  double& condition = turn.write(condition_)[site];
  condition = condition_after(condition, coverage_of_costs(host, to_euros(spent), opex), disrepair_);
}

std::vector<Facilities::Site> Facilities::open_sites(Turn& turn) const {
  std::vector<Site> sites;
  const Table& table = turn.table(facility_);
  for (const Row row : table.by_id()) {
    upkeep(turn, row);
    const double slots = turn.read(capacity_)[row] * turn.read(built_)[row] * turn.write(condition_)[row];
    sites.push_back({row, table.ids()[row], turn.read(region_)[row], turn.read(theme_)[row],
                     turn.read(low_)[row], turn.read(high_)[row], turn.read(fee_)[row],
                     turn.read(fee_small_)[row], turn.read(reach_)[row], turn.read(meeting_)[row], slots});
    for (const auto handle : {used_, by_ventures_, by_firms_, by_institutes_, waiting_, waited_sum_})
      turn.write(handle)[row] = 0;
  }
  return sites;
}

AgentId Facilities::choose(Turn& turn, const Asker& asker, double need,
                           const std::vector<Site>& sites) const {
  const auto level = static_cast<std::uint32_t>(asker.level);
  if (uniform(turn.key(need_draw_), asker.id, 0, level) >= need) return nobody;
  const DrawKey key = turn.key(choice_);
  AgentId best = nobody;
  double best_score = -1;
  for (const Site& site : sites) {
    if (asker.level < site.low || asker.level > site.high) continue;
    if (site.theme != no_theme_ && site.theme != asker.theme) continue;
    const auto words = draw_words(key, AgentId{combine(raw(asker.id), raw(site.id))}, 0);
    if (to_unit(words[0]) >= reach_chance(map_.distance(site.region, asker.region), site.reach)) continue;
    const double score = to_unit(words[1]) * (site.theme != no_theme_ ? 2 : 1);
    if (score > best_score) best = site.id, best_score = score;
  }
  return best;
}

void Facilities::add_claim(Turn& turn, const Asker& asker, AgentId facility, const std::vector<Site>& sites,
                           std::vector<Claim>& claims) const {
  const auto at = std::lower_bound(sites.begin(), sites.end(), facility,
                                   [](const Site& s, AgentId id) { return raw(s.id) < raw(id); });
  if (at == sites.end() || at->id != facility) return;
  const bool venture = asker.use == Use::venture;
  const double fee = at->fee * (asker.small ? at->fee_small : 1.0);
  const Cents cash = asker.use == Use::institute_project ? turn.read(institute_cash_)[asker.payer]
                                                         : turn.read(firm_cash_)[asker.payer];
  double& access = turn.write(venture ? venture_access_ : project_access_)[asker.row];
  const bool holds = access > 0;
  access = 0;
  if (to_euros(cash) < affordable * fee * asker.weight) return;
  const double waited = turn.write(venture ? venture_waited_ : project_waited_)[asker.row];
  claims.push_back({static_cast<std::size_t>(at - sites.begin()), holds, waited,
                    draw_words(turn.key(queue_), asker.id, 0)[0], asker, fee});
}

void Facilities::ask_ventures(Turn& turn, const std::vector<Site>& sites, std::vector<Claim>& claims) const {
  const Table& ventures = turn.table(venture_);
  const Table& firms = turn.table(firm_);
  const auto trl = turn.read(trl_);
  const auto chosen_for = turn.write(test_level_);
  const auto chosen = turn.write(venture_facility_);
  const auto access = turn.write(venture_access_), waited = turn.write(venture_waited_);
  for (const Row row : ventures.by_id()) {
    const bool decides = chosen_for[row] != trl[row];
    if (!decides && chosen[row] == nobody) continue;
    const AgentId firm_id = turn.read(venture_firm_)[row];
    const Row firm = firms.find(firm_id);
    if (firm == no_row) continue;
    const Asker asker{ventures.ids()[row],
                      row,
                      Use::venture,
                      firm_id,
                      firm,
                      turn.read(venture_region_)[row],
                      turn.read(venture_theme_)[row],
                      static_cast<double>(trl[row]),
                      ventures.weights()[row],
                      turn.read(firm_size_)[firm] <= static_cast<std::uint8_t>(SizeClass::small)};
    if (decides) {
      chosen_for[row] = trl[row];
      waited[row] = access[row] = 0;
      chosen[row] = choose(turn, asker, need_, sites);
    }
    if (chosen[row] != nobody) add_claim(turn, asker, chosen[row], sites, claims);
  }
}

bool Facilities::describe_lead(Turn& turn, AgentId coordinator, Asker& asker) const {
  asker.partner = coordinator;
  if (const Row firm = turn.table(firm_).find(coordinator); firm != no_row) {
    asker.use = Use::firm_project;
    asker.payer = firm;
    asker.region = turn.read(firm_region_)[firm];
    asker.theme = turn.read(firm_theme_)[firm];
    asker.level = firm_project_level;
    asker.small = turn.read(firm_size_)[firm] <= static_cast<std::uint8_t>(SizeClass::small);
    return true;
  }
  const Row institute = turn.table(institute_).find(coordinator);
  if (institute == no_row) return false;
  asker.use = Use::institute_project;
  asker.payer = institute;
  asker.region = turn.read(institute_region_)[institute];
  asker.theme = turn.read(institute_theme_)[institute];
  asker.level = institute_project_level;
  asker.small = false;
  return true;
}

void Facilities::ask_projects(Turn& turn, const std::vector<Site>& sites, std::vector<Claim>& claims) const {
  const Table& projects = turn.table(project_);
  const auto asked = turn.write(asked_);
  const auto chosen = turn.write(project_facility_);
  for (const Row row : projects.by_id()) {
    const bool decides = asked[row] == 0;
    if (!decides && chosen[row] == nobody) continue;
    if (turn.read(repaying_)[row] != 0) {  // a loan whose development has ended
      chosen[row] = nobody;
      turn.write(project_access_)[row] = 0;
      continue;
    }
    Asker asker{projects.ids()[row],
                row,
                Use::firm_project,
                nobody,
                no_row,
                0,
                0,
                0,
                turn.read(project_units_)[row],
                false};
    asked[row] = 1;
    if (!describe_lead(turn, turn.read(coordinator_)[row], asker)) continue;
    if (decides) {
      const bool firm = asker.use == Use::firm_project;
      chosen[row] = choose(turn, asker, firm ? firm_project_need_ : institute_project_need_, sites);
    }
    if (chosen[row] != nobody) add_claim(turn, asker, chosen[row], sites, claims);
  }
}

void Facilities::give(Turn& turn, const Site& site, const Claim& claim, double slots) const {
  const Asker& asker = claim.asker;
  const bool venture = asker.use == Use::venture, institute = asker.use == Use::institute_project;
  turn.write(venture ? venture_access_ : project_access_)[asker.row] = slots / asker.weight;
  turn.write(venture ? venture_waited_ : project_waited_)[asker.row] = slots > 0 ? 0 : claim.waited + 1;
  turn.write(used_)[site.row] += slots;
  turn.write(venture ? by_ventures_ : institute ? by_institutes_ : by_firms_)[site.row] += slots;
  const double waiting = asker.weight - slots;
  turn.write(waiting_)[site.row] += waiting;
  turn.write(waited_sum_)[site.row] += waiting * claim.waited;
  if (slots <= 0) return;
  turn.transfer(institute ? institute_fee_ : firm_fee_, asker.payer, site.row, to_cents(claim.fee * slots));
}

void Facilities::meet(Turn& turn, const Site& site, const std::vector<const Claim*>& users) const {
  if (users.size() < 2) return;
  const DrawKey key = turn.key(meet_);
  const double present = turn.write(used_)[site.row];
  const Table& firms = turn.table(firm_);
  for (const Claim* user : users) {
    const AgentId id = user->asker.id;
    if (uniform(key, id, turn.step(), 0) >= meeting_chance(site.meeting, present - 1)) continue;
    const double pick = uniform(key, id, turn.step(), 1) * static_cast<double>(users.size());
    const AgentId self = user->asker.partner, other = users[static_cast<std::size_t>(pick)]->asker.partner;
    if (other != self && makes_tie(user->asker.weight, real_agents(firms, self), real_agents(firms, other),
                                   uniform(key, id, turn.step(), 2)))
      turn.tie(collaboration_, self, other, meeting_strength);
  }
}

void Facilities::serve(Turn& turn, const std::vector<Site>& sites, std::vector<Claim>& claims) const {
  std::sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) {
    if (a.site != b.site) return a.site < b.site;
    if (a.holds != b.holds) return a.holds;
    if (a.waited != b.waited) return a.waited > b.waited;
    return a.draw != b.draw ? a.draw < b.draw : raw(a.asker.id) < raw(b.asker.id);
  });
  std::size_t next = 0;
  while (next < claims.size()) {
    const Site& site = sites[claims[next].site];
    double free = std::floor(site.slots + 1e-9);
    std::vector<const Claim*> users;
    for (const std::size_t here = claims[next].site; next < claims.size() && claims[next].site == here;
         ++next) {
      const double given = std::min(claims[next].asker.weight, free);
      free -= given;
      give(turn, site, claims[next], given);
      if (given > 0) users.push_back(&claims[next]);
    }
    meet(turn, site, users);
  }
}

void Facilities::step(Turn& turn) const {
  const std::vector<Site> sites = open_sites(turn);
  if (sites.empty()) return;
  std::vector<Claim> claims;
  ask_ventures(turn, sites, claims);
  ask_projects(turn, sites, claims);
  serve(turn, sites, claims);
}

}  // namespace polder::agents
