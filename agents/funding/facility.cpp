// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/facility.hpp"

#include <algorithm>
#include <cmath>

#include "agents/funding/projects.hpp"
#include "agents/kinds/kinds.hpp"
#include "engine/elementary.hpp"

namespace polder::agents {

namespace {

constexpr double monthly_keep = 0.98;  // of the capacity, once nobody pays for it (assumption)
constexpr double affordable = 3;       // months of fee that a user keeps in cash (assumption)
constexpr float meeting_strength = 0.05F;

std::vector<FieldInfo> facility_fields() {
  std::vector<FieldInfo> fields = budget_fields();
  const std::vector<FieldInfo> own{
      {"place", "label", "(required)", "", "", "region of the facility", "scenario"},
      {"serves.theme", "label", "", "", "", "theme of the ventures it serves; default all", "scenario"},
      {"serves.trl", "list", "3|8", "1", "9", "lowest and highest technology readiness level served",
       "scenario"},
      {"serves.capacity", "1", "20", "0", "", "projects served at a time", "scenario"},
      {"serves.fee", "EUR/month", "20 kEUR/month", "0 EUR/month", "", "fee of one project", "scenario"},
      {"serves.fee_small_firm", "1", "50 %", "0", "1", "part of the fee that micro and small firms pay",
       "scenario"},
      {"serves.reach", "km", "100 km", "1 km", "1000 km",
       "distance at which a third of the ventures still come", "assumption"},
      {"serves.meeting", "1", "10 %", "0", "1", "chance a month that a user meets another one", "assumption"},
      {"capex_share", "1", "60 %", "0", "1", "share of the budget that builds it, the rest runs it",
       "assumption"},
  };
  fields.insert(fields.end(), own.begin(), own.end());
  return fields;
}

}  // namespace

const FormInfo& facility_form() {
  static const FormInfo form{"facility", "A research and test facility with slots, a fee and a queue",
                             facility_fields()};
  return form;
}

double usable_capacity(double capacity, double paid, double capex, int months_after) {
  const double built = capex > 0 ? std::min(1.0, paid / capex) : 1.0;
  return capacity * built * elementary::pow(monthly_keep, months_after);
}

FacilityInstrument::FacilityInstrument(const Terms& terms, const Columns& columns, const Geography& map)
    : Instrument(terms, columns, 1),
      map_(&map),
      place_(terms.label("place", "regions")),
      capacity_(terms.number("serves.capacity")),
      fee_(terms.number("serves.fee")),
      fee_small_(terms.number("serves.fee_small_firm")),
      capex_share_(terms.number("capex_share")),
      reach_(terms.number("serves.reach")),
      meeting_(terms.number("serves.meeting")),
      build_flow_(terms.setup().instrument_flow(terms.spec().id, "government.cash", "suppliers")),
      run_flow_(terms.setup().instrument_flow(terms.spec().id, "government.cash", "households")),
      fee_flow_(terms.setup().flow("facility_fee", "firm.cash", "suppliers")) {
  if (terms.has("serves.theme")) theme_ = terms.label("serves.theme", "themes");
  const auto trl = terms.numbers("serves.trl");
  if (trl.size() != 2 || trl[0] > trl[1]) {
    terms.mistake("serves.trl", "another range", "two levels, the lowest first, for example [3, 8]");
  } else {
    trl_low_ = trl[0];
    trl_high_ = trl[1];
  }
}

void FacilityInstrument::spend(Purse& purse) const {
  const Cents amount = purse.available();
  if (amount <= 0) return;
  const Cents capex = to_cents(to_euros(plan().total()) * capex_share_);
  const Cents build = std::clamp<Cents>(capex - purse.turn().write(columns().paid)[purse.row()], 0, amount);
  purse.commit(amount);
  purse.pay(build_flow_, 0, build);
  purse.pay(run_flow_, 0, amount - build);
}

bool FacilityInstrument::reaches(Turn& turn, AgentId id, std::uint8_t region) const {
  if (region == place_) return true;
  const double chance = elementary::exp(-map_->distance(place_, region) / reach_);
  return uniform(turn.key(purpose("reach")), id, 0) < chance;  // the same answer in every month
}

std::vector<FacilityInstrument::User> FacilityInstrument::queue(Turn& turn) const {
  const Table& ventures = turn.table(columns().venture);
  const Table& firms = turn.table(columns().firm.kind);
  const DrawKey order = turn.key(purpose("queue"));
  std::vector<User> users;
  for (const Row row : ventures.by_id()) {
    const double access = turn.write(columns().access)[row];
    const auto trl = static_cast<double>(turn.read(columns().trl)[row]);
    if (access > 0 || trl < trl_low_ || trl > trl_high_) continue;
    if (theme_ && turn.read(columns().venture_theme)[row] != *theme_) continue;
    const AgentId id = ventures.ids()[row];
    if (!reaches(turn, id, turn.read(columns().venture_region)[row])) continue;
    const Row firm = firms.find(turn.read(columns().venture_firm)[row]);
    if (firm == no_row) continue;
    const bool small =
        turn.read(columns().firm_size_class)[firm] <= static_cast<std::uint8_t>(SizeClass::small);
    const double weight = firms.weights()[firm];
    const double fee = fee_ * (small ? fee_small_ : 1.0);
    if (to_euros(turn.read(columns().firm_cash)[firm]) < affordable * fee * weight) continue;
    users.push_back({access != access_before, draw_words(order, id, 0)[0], id, row, firm, weight, fee});
  }
  std::sort(users.begin(), users.end(), [](const User& a, const User& b) {
    if (a.new_user != b.new_user) return b.new_user;
    return a.place_in_queue != b.place_in_queue ? a.place_in_queue < b.place_in_queue : raw(a.id) < raw(b.id);
  });
  return users;
}

void FacilityInstrument::meet(Turn& turn, const std::vector<User>& users) const {
  const DrawKey key = turn.key(purpose("meet"));
  const Table& firms = turn.table(columns().firm.kind);
  for (const User& user : users) {
    if (uniform(key, user.id, turn.step(), 0) >= meeting_) continue;
    const double pick = uniform(key, user.id, turn.step(), 1) * static_cast<double>(users.size());
    const User& other = users[static_cast<std::size_t>(pick)];
    if (other.firm != user.firm)
      turn.tie(columns().collaboration, firms.ids()[user.firm], firms.ids()[other.firm], meeting_strength);
  }
}

void FacilityInstrument::step(Purse& purse) const {
  Turn& turn = purse.turn();
  spend(purse);
  const double capex = to_euros(plan().total()) * capex_share_;
  const int after = std::max(0, turn.month() - plan().end);
  double slots = usable_capacity(capacity_, to_euros(turn.write(columns().paid)[purse.row()]), capex, after);
  std::vector<User> users = queue(turn);
  double waiting = 0, served = 0;
  std::size_t kept = 0;
  for (User& user : users) {
    waiting += user.weight;
    const double given = std::min(user.weight, std::floor(slots));
    if (given < 1) continue;
    slots -= given;
    served += given;
    turn.transfer(fee_flow_, user.firm, 0, to_cents(user.fee * given));
    turn.write(columns().access)[user.venture] = given / user.weight;
    users[kept++] = user;
  }
  users.resize(kept);
  meet(turn, users);
  purse.count(applications_event(), waiting / 12, awards_event(), served / 12);  // project years
}

}  // namespace polder::agents
