// SPDX-License-Identifier: Apache-2.0
// Who has money for ventures this month, and who offers it to one of them.
#include <algorithm>
#include <cmath>

#include "agents/funding/venture_rounds.hpp"
#include "engine/elementary.hpp"
#include "engine/kernels/kernels.hpp"

namespace polder::agents {

namespace {

bool is_regional(std::uint8_t type) {
  return type == static_cast<std::uint8_t>(ActorType::regional_fund);
}

}  // namespace

Cents room_for(Cents room, double weight, Cents next) {
  return std::min(static_cast<Cents>(std::max(1.0, weight) * static_cast<double>(room)), room + next);
}

void VentureRounds::call_capital(Turn& turn, Row fund, Cents& balance) const {
  const double size = turn.read(fund_.fund_size)[fund];
  const double life = turn.read(fund_.life)[fund];
  const bool foreign = is_foreign(turn.read(fund_.type)[fund]);
  const double here = size * (foreign ? rule_.dutch_share : 1.0);
  double& vintage = turn.write(fund_.vintage)[fund];
  double& ahead = turn.write(fund_.ahead)[fund];
  vintage += 1;
  const bool evergreen = life > 180;
  double amount = 0;
  if (evergreen) {
    amount = std::min(here / rule_.succession, here - to_euros(balance));
  } else if (vintage >= life) {  // the fund ends, its manager has a new one
    vintage = 0;
    const Cents unspent = std::max<Cents>(0, balance);
    turn.transfer(foreign ? flow_.foreign_distributions : flow_.distributions, fund, 0, unspent);
    balance -= unspent;
    amount = here;
  } else if (std::fmod(vintage, rule_.succession) < 0.5) {  // a successor beside it, when money is short
    amount = here - to_euros(balance);
  }
  const double called = std::clamp(amount, 0.0, ahead);  // before, for sampled ventures
  ahead -= called;
  amount -= called;
  if (amount <= 0) return;
  const Cents cents = to_cents(amount);
  turn.transfer(foreign ? flow_.foreign_calls : flow_.calls, 0, fund, cents);
  balance += cents;
}

std::span<const double> VentureRounds::notice(std::uint8_t region, double bias, Shared& shared) const {
  for (const auto& known : shared.notices) {
    if (known.region == region && known.bias == bias) return known.chance;
  }
  auto& made = shared.notices.emplace_back(Shared::Notice{region, bias, {}});
  const std::size_t regions = std::max<std::size_t>(1, map_.num_regions());
  for (std::size_t at = 0; at < regions; ++at)
    made.chance.push_back(notice_chance(map_.distance(static_cast<std::uint8_t>(at), region), bias));
  return made.chance;
}

VentureRounds::Fund VentureRounds::describe(Turn& turn, Row row, Shared& shared) const {
  const std::uint8_t type = turn.read(fund_.type)[row];
  const double hurdle = turn.read(fund_.hurdle)[row] * 12;  // base unit is a month
  Fund fund;
  fund.id = turn.table(fund_.kind).ids()[row];
  fund.row = row;
  fund.type = type;
  fund.region = turn.read(fund_.region)[row];
  fund.focus = turn.read(fund_.theme)[row];
  fund.foreign = is_foreign(type);
  fund.first = turn.read(fund_.first_stage)[row];
  fund.last = turn.read(fund_.last_stage)[row];
  fund.ticket_min = turn.read(fund_.ticket_min)[row];
  fund.ticket_max = turn.read(fund_.ticket_max)[row];
  const double here = turn.read(fund_.fund_size)[row] * (fund.foreign ? rule_.dutch_share : 1.0);
  fund.reserve = to_cents(turn.read(fund_.reserve_share)[row] * here / 2);
  fund.next = std::max<Cents>(0, to_cents(rule_.next_funds * here - turn.write(fund_.ahead)[row]));
  auto known = std::find_if(shared.discounts.begin(), shared.discounts.end(),
                            [&](const auto& pair) { return pair.first == hurdle; });
  if (known == shared.discounts.end()) {
    known = shared.discounts.insert(known, {hurdle, {}});
    for (std::size_t stage = 0; stage < num_stages; ++stage) known->second[stage] = discount(stage, hurdle);
  }
  fund.discount = known->second;
  fund.notice = notice(turn.read(fund_.region)[row], turn.read(fund_.home_bias)[row], shared);
  return fund;
}

std::vector<VentureRounds::Fund> VentureRounds::supply(Turn& turn, Shared& shared) const {
  const auto cash = turn.write(fund_.cash);  // of this moment
  std::vector<Fund> list;
  for (const Row row : turn.table(fund_.kind).by_id()) {
    if (turn.read(fund_.type)[row] == static_cast<std::uint8_t>(ActorType::bank)) continue;
    // exits of this month are passed on next month, not invested again
    Cents balance = cash[row] - to_cents(turn.write(fund_.proceeds)[row]);
    call_capital(turn, row, balance);
    list.push_back(describe(turn, row, shared));
    list.back().balance = balance;
  }
  return list;
}

/// Whether a fund of this country holds a part of the venture.
bool VentureRounds::domestic_before(Turn& turn, Row venture) const {
  const auto holdings = turn.ties(holdings_).of(turn.table(venture_.kind).ids()[venture]);
  return std::any_of(holdings.begin(), holdings.end(), [&](const Tie& tie) {
    const Row fund = turn.table(fund_.kind).find(tie.b);
    return fund != no_row && tie.strength > 0 && !is_foreign(turn.read(fund_.type)[fund]);
  });
}

std::vector<Offer> VentureRounds::offers(Turn& turn, Row venture, const std::vector<Fund>& supply) const {
  const AgentId id = turn.table(venture_.kind).ids()[venture];
  const double weight = turn.table(venture_.kind).weights()[venture];
  const std::size_t next = next_rank(turn.write(venture_.stage)[venture]);
  const auto code = static_cast<std::uint8_t>(next + static_cast<std::size_t>(VentureStage::pre_seed));
  const Belief belief{turn.write(venture_.belief_mean)[venture],
                      turn.write(venture_.belief_precision)[venture]};
  const double expected = expected_value(belief, rule_.caution) *
                          settled_part(rule_.caution, turn.read(venture_.regulatory_variance)[venture]);
  const std::uint8_t theme = turn.write(venture_.theme)[venture],
                     region = turn.write(venture_.region)[venture];
  const auto holdings = turn.ties(holdings_).of(id);
  const bool before = domestic_before(turn, venture);
  struct Candidate {
    std::size_t at;
    bool holds;
    Cents room;
  };
  std::vector<Candidate> candidates;
  std::vector<std::uint64_t> pairs;  // who draw whether the fund notices the venture
  candidates.reserve(supply.size());
  pairs.reserve(supply.size());
  for (std::size_t at = 0; at < supply.size(); ++at) {
    const Fund& fund = supply[at];
    if (code < fund.first || code > fund.last || fund.balance <= 0) continue;
    if (fund.focus != no_theme_ && fund.focus != theme) continue;
    if (is_regional(fund.type) && fund.region != region) continue;
    const bool holds =
        std::any_of(holdings.begin(), holdings.end(), [&](const Tie& tie) { return tie.b == fund.id; });
    const Cents room = fund.balance - (holds ? 0 : fund.reserve);
    if (room <= 0) continue;
    candidates.push_back({at, holds, room});
    pairs.push_back(combine(raw(id), raw(fund.id)));
  }
  std::vector<double> draws(pairs.size());
  kernels::active().uniform(draws.data(), static_cast<std::uint64_t>(turn.key(notice_)), 0, 0, pairs.data(),
                            pairs.size());
  std::vector<Offer> list;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const auto [at, holds, room] = candidates[i];
    const Fund& fund = supply[at];
    const double luck = draws[i];
    if (!holds && luck >= fund.notice[std::min<std::size_t>(region, fund.notice.size() - 1)]) continue;
    const bool public_money =
        is_regional(fund.type) || fund.type == static_cast<std::uint8_t>(ActorType::national_fund);
    const double preference =
        (holds ? 2.0 : 0.0) + (fund.focus == theme && fund.focus != no_theme_ ? 1.0 : 0.0) + luck;
    list.push_back({fund.id, fund.row, at, expected * fund.discount[next], preference, fund.ticket_min,
                    fund.ticket_max, room_for(room, weight, fund.next), fund.foreign, !fund.foreign || before,
                    public_money});
  }
  return list;
}

}  // namespace polder::agents
