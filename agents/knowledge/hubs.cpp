// SPDX-License-Identifier: Apache-2.0
#include "agents/knowledge/hubs.hpp"

#include <algorithm>
#include <functional>

#include "agents/kinds/kinds.hpp"
#include "agents/support/meetings.hpp"
#include "agents/support/work.hpp"
#include "engine/kernels/kernels.hpp"

namespace polder::agents {

namespace {

constexpr double reserve_months = 3;  // of costs that a hub keeps in cash (assumption)
constexpr double most_activity = 2;   // a programme grows to twice its plan at most (assumption)
constexpr int quarter = 3;

}  // namespace

double hub_spending(double cash, double due, double most) {
  const double needed = std::min(std::max(0.0, cash), due);
  return std::clamp(std::max(needed, cash - reserve_months * due), 0.0, std::max(0.0, most));
}

double coached_part(double activity, double mentors, double cases, double tenants) {
  return tenants > 0 ? std::min(1.0, activity * mentors * cases / tenants) : 0.0;
}

double attendance(double activity, double events, double seats, double members) {
  return members > 0 ? std::min(1.0, quarter * activity * events * seats / members) : 0.0;
}

/// The month's money of one hub; returns its activity. payers: government rows by label of their body
double Hubs::pay(Turn& turn, Row hub, const std::vector<Row>& payers) const {
  const double opex = turn.read(opex_)[hub], host = turn.read(host_share_)[hub];
  const std::uint8_t body = turn.read(body_)[hub];
  const Row payer = body < payers.size() ? payers[body] : no_row;
  const Cents support = to_cents(opex * turn.read(public_share_)[hub]);
  if (payer != no_row && support > 0) {
    turn.transfer(appropriation_, 0, payer, support);
    turn.transfer(support_, payer, hub, support);
    turn.write(outlays_)[payer] += to_euros(support);
  }
  const double cash = to_euros(turn.read(cash_)[hub]);
  const Cents spent =
      to_cents(hub_spending(cash, opex * std::max(0.0, 1 - host), opex * (most_activity - host)));
  const Cents wages = to_cents(to_euros(spent) * wage_share_);
  turn.transfer(wages_, hub, 0, wages);
  turn.transfer(inputs_, hub, 0, spent - wages);
  return opex > 0 ? std::min(most_activity, host + to_euros(spent) / opex) : 1.0;
}

std::vector<Hubs::Site> Hubs::open_sites(Turn& turn) const {
  const Table& hubs = turn.table(hub_);
  const Table& governments = turn.table(government_);
  std::vector<Row> payers;
  for (const Row row : governments.by_id()) {
    const std::uint8_t body = turn.read(payer_body_)[row];
    if (body >= payers.size()) payers.resize(std::size_t{body} + 1, no_row);
    payers[body] = row;
  }
  std::vector<Site> sites;
  for (const Row row : hubs.by_id()) {
    const double activity = pay(turn, row, payers);
    turn.write(activity_)[row] = activity;
    sites.push_back({row, hubs.ids()[row], turn.read(region_)[row], turn.read(theme_)[row],
                     turn.read(national_)[row] != 0, turn.read(places_)[row], activity});
  }
  return sites;
}

/// True when the venture has a place no longer. It had its time, or its firm is gone.
bool Hubs::leave(Turn& turn, Row venture, Row firm) const {
  double& months = turn.write(hub_months_)[venture];
  months += 1;
  if (firm != no_row && months < stay_) return false;
  if (firm != no_row) turn.event(graduates_, turn.table(venture_).weights()[venture]);
  turn.write(venture_hub_)[venture] = nobody;
  return true;
}

void Hubs::apply(Turn& turn, Row venture, Row firm, std::vector<Site>& sites) const {
  const AgentId id = turn.table(venture_).ids()[venture];
  if (turn.read(age_)[firm] >= youth_ || uniform(turn.key(ask_), id, turn.step()) >= asking_) return;
  const std::uint8_t region = turn.read(venture_region_)[venture], theme = turn.read(venture_theme_)[venture];
  Site* best = nullptr;
  double best_score = -1;
  for (Site& site : sites) {
    if (site.places <= 0 || site.region != region) continue;
    if (site.theme != no_theme_ && site.theme != theme) continue;
    const double draw = uniform(turn.key(choose_), AgentId{combine(raw(id), raw(site.id))}, 0);
    const double score = draw * (site.theme != no_theme_ ? 2 : 1);
    if (score > best_score) best = &site, best_score = score;
  }
  if (best == nullptr) return;
  const double weight = turn.table(venture_).weights()[venture], room = best->places - best->tenants;
  // One that stands for more startups than there is room for gets it as often as room for them would allow.
  if (uniform(turn.key(room_), id, turn.step()) * weight >= room) return;
  turn.write(venture_hub_)[venture] = best->id;
}

void Hubs::house(Turn& turn, std::vector<Site>& sites) const {
  const Table& ventures = turn.table(venture_);
  const Table& firms = turn.table(firm_);
  const auto hub = turn.write(venture_hub_);
  const auto site_of = [&](AgentId id) {
    const auto at = std::lower_bound(sites.begin(), sites.end(), id,
                                     [](const Site& s, AgentId other) { return raw(s.id) < raw(other); });
    return at != sites.end() && at->id == id ? &*at : nullptr;
  };
  for (const Row row : ventures.by_id()) {
    if (hub[row] == nobody) continue;
    Site* site = site_of(hub[row]);
    const Row firm = firms.find(turn.read(venture_firm_)[row]);
    if (leave(turn, row, firm) || site == nullptr) continue;
    const double weight = ventures.weights()[row];
    site->tenants += weight;
    const Cents rent = to_cents(turn.read(rent_)[site->row] * weight);
    turn.transfer(rent_flow_, firm, site->row,
                  std::min(rent, std::max<Cents>(0, turn.read(firm_cash_)[firm])));
  }
  for (const Row row : ventures.by_id()) {
    if (hub[row] != nobody || turn.write(hub_months_)[row] > 0) continue;
    const Row firm = firms.find(turn.read(venture_firm_)[row]);
    if (firm == no_row) continue;
    apply(turn, row, firm, sites);
    if (Site* site = site_of(hub[row]); site != nullptr) site->tenants += ventures.weights()[row];
  }
}

void Hubs::coach(Turn& turn, std::vector<Site>& sites) const {
  const auto hub = turn.write(venture_hub_);
  const auto coached = turn.write(coached_);
  for (const Site& site : sites) turn.write(tenants_)[site.row] = site.tenants;
  for (const Row row : turn.table(venture_).by_id()) {
    coached[row] = 0;
    if (hub[row] == nobody) continue;
    const Row site = turn.table(hub_).find(hub[row]);
    if (site == no_row) continue;
    coached[row] = coached_part(turn.write(activity_)[site], turn.read(mentors_)[site], cases_,
                                turn.write(tenants_)[site]);
  }
}

/// Firms with R&D and institutes, in the order of their ids.
std::vector<Hubs::Member> Hubs::everybody(Turn& turn) const {
  const Table& firms = turn.table(firm_);
  const Table& institutes = turn.table(institute_);
  const auto performer = turn.read(performer_);
  std::vector<Member> all;
  for (const Row row : rows_by_id_where(turn, firm_, [&](Row row) { return performer[row] != 0; })) {
    all.push_back({firms.ids()[row], row, true, turn.read(firm_region_)[row], turn.read(firm_theme_)[row],
                   firms.weights()[row]});
  }
  const auto num_firms = static_cast<std::ptrdiff_t>(all.size());
  for (const Row row : institutes.by_id())
    all.push_back({institutes.ids()[row], row, false, turn.read(institute_region_)[row],
                   turn.read(institute_theme_)[row], institutes.weights()[row]});
  std::inplace_merge(all.begin(), all.begin() + num_firms, all.end(),
                     [](const Member& a, const Member& b) { return raw(a.id) < raw(b.id); });
  return all;
}

void Hubs::gather(Turn& turn, const Site& site, const std::vector<Member>& members) const {
  double all = 0;
  for (const Member& m : members) all += m.weight;
  turn.write(members_)[site.row] = all;
  const double chance =
      attendance(site.activity, turn.read(events_)[site.row], turn.read(seats_)[site.row], all);
  std::vector<std::uint64_t> pairs;  // of member and hub
  for (const Member& m : members) pairs.push_back(combine(raw(m.id), raw(site.id)));
  std::vector<double> attends(members.size());
  kernels::active().uniform(attends.data(), static_cast<std::uint64_t>(turn.key(attend_)), turn.step(), 0,
                            pairs.data(), pairs.size());
  std::vector<Participant> came;
  double present = 0;
  for (std::size_t m = 0; m < members.size(); ++m) {
    if (attends[m] >= chance) continue;
    present += members[m].weight;
    came.push_back({members[m].id, members[m].weight});
  }
  const double met = meet_on_circle(turn, collaboration_, came,
                                    {turn.key(meet_), raw(site.id), meeting_, static_cast<float>(strength_)});
  turn.write(participants_)[site.row] = present / quarter;
  turn.write(contacts_)[site.row] = met / quarter;
  if (met > 0) turn.event(contacts_event_, met);
}

/// Members are served in an order of their own that stays; who is served has a part of its effort less.
void Hubs::serve(Turn& turn, const Site& site, const std::vector<Member>& members) const {
  double places = turn.read(brokers_)[site.row] * reach_ * site.activity;
  if (places <= 0) return;
  const auto order = [&](const Member& m) {
    return draw_words(turn.key(place_), AgentId{combine(raw(m.id), raw(site.id))}, 0)[0];
  };
  std::vector<std::pair<std::uint64_t, const Member*>> queue;
  for (const Member& m : members) queue.emplace_back(order(m), &m);
  // A heap, since few of many are served.
  std::make_heap(queue.begin(), queue.end(), std::greater<>{});
  for (auto last = queue.end(); last != queue.begin(); --last) {
    std::pop_heap(queue.begin(), last, std::greater<>{});
    const Member* m = (last - 1)->second;
    const double part = std::min(1.0, places / m->weight);  // of the real members it stands for
    if (part <= 0) break;
    double& brokered = turn.write(m->firm ? firm_brokered_ : institute_brokered_)[m->row];
    brokered = std::max(brokered, relief_ * part);
    places -= part * m->weight;
  }
}

void Hubs::step(Turn& turn) const {
  if (turn.table(hub_).num_agents() == 0) return;
  std::vector<Site> sites = open_sites(turn);
  house(turn, sites);
  coach(turn, sites);
  if (turn.month().month() % quarter != 1) return;
  std::ranges::fill(turn.write(firm_brokered_), 0.0);
  std::ranges::fill(turn.write(institute_brokered_), 0.0);
  const std::vector<Member> all = everybody(turn);
  for (const Site& site : sites) {
    std::vector<Member> members;
    for (const Member& m : all) {
      if ((site.national || m.region == site.region) && (site.theme == no_theme_ || m.theme == site.theme))
        members.push_back(m);
    }
    gather(turn, site, members);
    serve(turn, site, members);
  }
}

}  // namespace polder::agents
