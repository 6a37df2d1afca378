// SPDX-License-Identifier: Apache-2.0
// What people do in a month in which something happens to them.
#include <algorithm>
#include <array>

#include "agents/kinds/kinds.hpp"
#include "agents/talent/talent_market.hpp"
#include "engine/kernels/kernels.hpp"

namespace polder::agents {

namespace {

constexpr std::uint32_t looks_near = 2, looks_anywhere = 2,
                        phd_looks = 4;  // openings that a person looks at (assumption)
constexpr double commuting = 40;        // unit: km; beyond it people move house (assumption)

}  // namespace

std::uint8_t TalentMarket::occupation(double draw) const {
  const ActorType type = draw < other_staff_share_                       ? ActorType::other_staff
                         : draw < other_staff_share_ + researcher_share_ ? ActorType::researcher
                                                                         : ActorType::engineer;
  return static_cast<std::uint8_t>(type);
}

void TalentMarket::separate(Turn& turn, Row row) const {
  AgentId& employer = turn.write(person_.employer)[row];
  if (employer == nobody) return;
  const bool institute = turn.write(person_.at_institute)[row] != 0;
  const Table& employers = turn.table(institute ? institute_.kind : firm_.kind);
  const Row at = employers.find(employer);
  if (at != no_row) {
    const double part = turn.table(person_.kind).weights()[row] / employers.weights()[at];
    const bool phd = turn.write(person_.type)[row] == static_cast<std::uint8_t>(ActorType::phd);
    employed(turn, institute, phd)[at] -= part;
    turn.write(person_.former_employer)[row] = employer;
  }
  employer = nobody;
  turn.write(person_.wage)[row] = 0;
  turn.write(person_.at_institute)[row] = 0;
}

void TalentMarket::hire(Turn& turn, Row row, Opening& opening, bool as_phd) const {
  const Table& employers = turn.table(opening.institute ? institute_.kind : firm_.kind);
  const Table& people = turn.table(person_.kind);
  const double part = people.weights()[row] / employers.weights()[opening.row];
  std::uint8_t& type = turn.write(person_.type)[row];
  if (opening.institute) {
    type = static_cast<std::uint8_t>(as_phd ? ActorType::phd : ActorType::researcher);
  } else if (is_founder(turn, opening.row, part)) {
    type = static_cast<std::uint8_t>(ActorType::entrepreneur);
  } else if (type == static_cast<std::uint8_t>(ActorType::entrepreneur)) {
    type = static_cast<std::uint8_t>(ActorType::engineer);
  }
  employed(turn, opening.institute, as_phd)[opening.row] += part;
  turn.write(person_.employer)[row] = opening.id;
  turn.write(person_.at_institute)[row] = opening.institute ? 1 : 0;
  turn.write(person_.tenure)[row] = 0;
  turn.write(person_.wage)[row] =
      opening.wage * (as_phd ? 1.0 : experience_pay_.pay(turn.write(person_.experience)[row]));
  const double luck = uniform(turn.key(person_draw_), people.ids()[row], turn.step());
  turn.write(person_.permanent)[row] =
      !as_phd && luck < std::max(permanent_share_, opening.permanent) ? 1 : 0;
  std::uint8_t& home = turn.write(person_.region)[row];
  if (map_.distance(home, opening.region) > commuting) home = opening.region;
  --opening.open;
}

void TalentMarket::depart(Turn& turn, Row row) const {
  separate(turn, row);
  turn.exit(person_.kind, row);
}

bool TalentMarket::stays(Turn& turn, Row row, bool phd) const {
  const auto origin = turn.read(person_.origin)[row];
  const auto& stay = phd ? phd_stay_ : first_stay_;
  const AgentId id = turn.table(person_.kind).ids()[row];
  return uniform(turn.key(stay_), id, turn.step()) < stay[std::min<std::size_t>(origin, num_origins - 1)];
}

/// Institutes ask for a field; firms take anybody.
bool TalentMarket::considers(Turn& turn, const Opening& opening, Row person, std::uint32_t draw) const {
  if (!opening.institute) return true;
  const AgentId id = turn.table(person_.kind).ids()[person];
  return uniform(turn.key(fit_), id, turn.step(), draw) <
         field_fit(shares_of(turn, fields_, opening.row), staff_fields_, turn.read(person_.field)[person]);
}

double TalentMarket::distance_cost_between(std::uint8_t home, std::uint8_t there) const {
  const std::size_t regions = map_.num_regions();
  return home < regions && there < regions ? distance_costs_[home * regions + there]
                                           : distance_cost(0, distance_weight_);
}

double TalentMarket::offer_value(Turn& turn, Row row, const Opening& opening, double draw) const {
  const double far = distance_cost_between(turn.write(person_.region)[row], opening.region);
  const double security = permanent_weight_ * std::max(0.0, opening.permanent - permanent_share_);
  const double contacts = opening.id == turn.write(person_.former_employer)[row] ? contact_weight_ : 0.0;
  return security + contacts + job_value(far, opening.pay_value, draw);
}

/// Pay without that of experience, which every employer pays, so that it compares with that of openings;
/// people live near their work.
double TalentMarket::present_value(Turn& turn, Row row, double draw) const {
  const double security = permanent_weight_ * (turn.write(person_.permanent)[row] - permanent_share_);
  const double experienced = wage_weight_ * experience_pay_.log_pay(turn.write(person_.experience)[row]);
  return security - experienced +
         job_value(distance_cost(0, distance_weight_), pay_value(turn.write(person_.wage)[row], wage_weight_),
                   draw);
}

void TalentMarket::search(Turn& turn, Row row, Market& market) const {
  const AgentId id = turn.table(person_.kind).ids()[row];
  const std::uint8_t home = turn.write(person_.region)[row];
  const AgentId present = turn.write(person_.employer)[row];
  const AgentId former = turn.write(person_.former_employer)[row];
  constexpr std::uint32_t contact_look = looks_near + looks_anywhere, looks = contact_look + 1;
  std::array<std::uint64_t, contact_look> points;
  std::array<std::uint64_t, looks + 1> luck;  // the last one of the present job
  const auto& kernels = kernels::active();
  kernels.words(points.data(), static_cast<std::uint64_t>(turn.key(look_)), raw(id), turn.step(), 0,
                points.size());
  kernels.words(luck.data(), static_cast<std::uint64_t>(turn.key(choose_)), raw(id), turn.step(), 0,
                luck.size());
  Opening* best = nullptr;
  double best_value = 0;
  for (std::uint32_t i = 0; i < looks; ++i) {
    if (i == contact_look && former == nobody) break;
    const std::size_t at = i < looks_near     ? market.ring.look_near(home, points[i])
                           : i < contact_look ? market.ring.look_anywhere(points[i])
                                              : market.employers.find(former);
    if (at >= market.posts.size() || market.posts[at].open <= 0 || market.posts[at].id == present) continue;
    Opening& opening = market.posts[at];
    if (!considers(turn, opening, row, i)) continue;
    const double value = offer_value(turn, row, opening, to_unit(luck[i]));
    if (best == nullptr || value > best_value) best = &opening, best_value = value;
  }
  if (best == nullptr) return;
  const bool has_job = present != nobody && (turn.write(person_.at_institute)[row] != 0 ||
                                             turn.table(firm_.kind).find(present) != no_row);
  if (has_job && present_value(turn, row, to_unit(luck[looks])) >= best_value) return;
  const double weight = turn.table(person_.kind).weights()[row];
  turn.event(hires_event_, weight);
  if (has_job) turn.event(job_changes_event_, weight);
  if (best->id == former) turn.event(contact_hires_event_, weight);
  separate(turn, row);
  hire(turn, row, *best, false);
}

void TalentMarket::graduate(Turn& turn, Row row, Market& market) const {
  const Table& people = turn.table(person_.kind);
  const AgentId id = people.ids()[row];
  turn.event(graduates_event_, people.weights()[row]);
  if (turn.read(person_.origin)[row] != static_cast<std::uint8_t>(Origin::nl))
    turn.event(foreign_graduates_event_, people.weights()[row]);
  if (!stays(turn, row, false)) {
    turn.event(departures_event_, people.weights()[row]);
    depart(turn, row);
    return;
  }
  turn.write(person_.experience)[row] = 0;
  turn.write(person_.tenure)[row] = 0;
  if (uniform(turn.key(next_), id, turn.step()) < to_phd_) {
    for (std::uint32_t look = 0; look < phd_looks; ++look) {
      const auto word = draw_words(turn.key(look_), id, turn.step(), 9 + look)[0];
      const std::size_t at = market.phd_ring.look_anywhere(word);
      if (at >= market.phds.size() || market.phds[at].open <= 0) continue;
      if (!considers(turn, market.phds[at], row, 9 + look)) continue;
      hire(turn, row, market.phds[at], true);
      return;
    }
  }
  turn.write(person_.type)[row] = occupation(uniform(turn.key(next_), id, turn.step(), 1));
  search(turn, row, market);
}

void TalentMarket::complete(Turn& turn, Row row, Market& market) const {
  const double weight = turn.table(person_.kind).weights()[row];
  turn.event(phd_event_, weight);
  separate(turn, row);
  turn.write(person_.type)[row] = static_cast<std::uint8_t>(ActorType::researcher);
  turn.write(person_.experience)[row] = 0;
  if (stays(turn, row, true)) {
    search(turn, row, market);
  } else {
    turn.event(departures_event_, weight);
    turn.exit(person_.kind, row);
  }
}

void TalentMarket::live(Turn& turn, const Moment& moment, Market& market) const {
  const Row row = moment.row;
  const AgentId id = turn.table(person_.kind).ids()[row];
  if (moment.retires) {
    depart(turn, row);
    return;
  }
  if (moment.lost_employer) {
    turn.write(person_.employer)[row] = nobody;
    turn.write(person_.wage)[row] = 0;
    search(turn, row, market);
    return;
  }
  switch (moment.event) {
    case Event::graduate:
      graduate(turn, row, market);
      return;
    case Event::complete:
      complete(turn, row, market);
      return;
    case Event::quit:
      separate(turn, row);
      turn.write(person_.type)[row] = static_cast<std::uint8_t>(ActorType::engineer);
      search(turn, row, market);
      return;
    case Event::lay_off:
      separate(turn, row);
      return;
    case Event::emigrate:
      turn.event(departures_event_, turn.table(person_.kind).weights()[row]);
      [[fallthrough]];
    case Event::drop_out:
    case Event::leave:
      depart(turn, row);
      return;
    case Event::change_job:
      search(turn, row, market);
      return;
    case Event::none:
      if (uniform(turn.key(search_chance_), id, turn.step()) < search_success_) search(turn, row, market);
      return;
  }
}

}  // namespace polder::agents
