// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/venture_rounds.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "engine/elementary.hpp"

namespace polder::agents {

namespace {

constexpr double fastest = 1.5;      // milestones cannot be bought faster than this (assumption)
constexpr double short_of_cash = 3;  // months of burn (assumption)

}  // namespace

std::size_t next_rank(std::uint8_t stage) {
  return std::min(stage_rank(static_cast<VentureStage>(stage)) + 1, num_stages - 1);
}

double milestone_progress(double rd_spending, double burn, double access, double speed) {
  return std::min(fastest, rd_spending / burn) * (1 + speed * access);
}

double founders_effort(double institute_share, double elasticity) {
  return elementary::pow(1.0 - institute_share, elasticity);
}

double milestone_success(double chance, double opportunity) {
  return 1.0 - elementary::pow(1.0 - chance, opportunity);
}

double monthly_burn(double core_staff, double wage, double rd_spending, double value_added) {
  return std::max(0.0, core_staff * wage + rd_spending - value_added);
}

double notice_chance(double km, double bias) {
  return elementary::exp(-bias * km / 100);
}

double VentureRounds::signal_noise(std::int64_t trl) const {
  return rule_.signal_noise * (10 - static_cast<double>(trl)) / 5;
}

bool VentureRounds::is_foreign(std::uint8_t type) {
  return type == static_cast<std::uint8_t>(ActorType::foreign_fund);
}

void VentureRounds::run_funds(Turn& turn) const {
  const auto proceeds = turn.write(fund_.proceeds), invested = turn.write(fund_.invested);
  const auto repaid = turn.read(fund_.public_repaid);
  const auto cash = turn.write(fund_.cash);
  for (const Row fund : turn.table(fund_.kind).by_id()) {
    const bool foreign = is_foreign(turn.read(fund_.type)[fund]);
    const Cents due =
        std::clamp<Cents>(to_cents(proceeds[fund] - repaid[fund]), 0, std::max<Cents>(0, cash[fund]));
    turn.transfer(foreign ? flow_.foreign_distributions : flow_.distributions, fund, 0, due);
    proceeds[fund] = invested[fund] = 0;
  }
}

void VentureRounds::hear(Turn& turn, Row venture, double signal, double noise) const {
  double& mean = turn.write(venture_.belief_mean)[venture];
  double& precision = turn.write(venture_.belief_precision)[venture];
  const Belief after = posterior({mean, precision}, signal, noise);
  mean = after.mean;
  precision = after.precision;
}

/// A first customer, a prototype and a sandbox each tell investors once what a milestone would tell them.
void VentureRounds::hear_from_outside(Turn& turn, Row venture) const {
  const bool customer = turn.read(venture_.reference)[venture] == 1;
  const bool prototype = turn.read(venture_.prototype)[venture] == 1;
  const bool trial = turn.read(venture_.trial_data)[venture] != 0;
  if (!customer && !prototype && !trial) return;
  const AgentId id = turn.table(venture_.kind).ids()[venture];
  const double quality = turn.write(venture_.quality)[venture], noise = rule_.outside_noise;
  if (customer) hear(turn, venture, quality + noise * normal(turn.key(outside_), id, 0, 0), noise);
  if (prototype) hear(turn, venture, quality + noise * normal(turn.key(outside_), id, 0, 1), noise);
  if (trial) hear(turn, venture, quality + noise * normal(turn.key(outside_), id, 0, 2), noise);
}

void VentureRounds::reach_milestone(Turn& turn, Row venture, Row firm, double opportunity) const {
  const AgentId id = turn.table(venture_.kind).ids()[venture];
  std::int64_t& trl = turn.write(venture_.trl)[venture];
  const bool success =
      uniform(turn.key(milestone_), id, turn.step()) < milestone_success(rule_.success, opportunity);
  if (success && trl < 9) ++trl;
  if (success) {
    const double noise = signal_noise(trl);
    const double signal =
        turn.write(venture_.quality)[venture] + noise * normal(turn.key(signal_), id, turn.step());
    hear(turn, venture, signal, noise);
  }
  turn.write(venture_.milestone_in)[venture] = milestone_months(trl);
  turn.write(firm_.trl)[firm] = trl;
}

double VentureRounds::burn_of(Turn& turn, Row firm) const {
  const double core = turn.read(firm_.staff)[firm] - turn.read(firm_.rd_staff)[firm];
  return monthly_burn(core, turn.read(firm_.wage)[firm], turn.read(firm_.rd_spending)[firm],
                      turn.read(firm_.value_added)[firm]);
}

double VentureRounds::wanted_size(Turn& turn, Row venture) const {
  const std::size_t stage = next_rank(turn.write(venture_.stage)[venture]);
  const auto round = static_cast<std::uint32_t>(turn.write(venture_.rounds)[venture] + 1);
  const double z = normal(turn.key(size_), turn.table(venture_.kind).ids()[venture], 0, round);
  double median = stages.size[stage];
  for (std::size_t later = num_stages; later <= round; ++later) median *= stages.growth;
  return median * elementary::exp(rule_.size_spread * stages.size_sd[stage] * z);
}

void VentureRounds::look_for_money(Turn& turn, Row venture, Row firm, std::vector<Row>& seeking) const {
  std::uint8_t& open = turn.write(venture_.seeking)[venture];
  double& since = turn.write(venture_.seeking_since)[venture];
  const std::size_t next = next_rank(turn.write(venture_.stage)[venture]);
  const Table& ventures = turn.table(venture_.kind);
  const double cash = to_euros(turn.read(firm_.cash)[firm]) / ventures.weights()[venture];
  const double burn = turn.write(venture_.burn)[venture] = burn_of(turn, firm);
  const bool ready = static_cast<double>(turn.write(venture_.trl)[venture]) >= stages.lowest_trl[next];
  const double enough =
      rule_.runway * std::max(burn, rule_.ambition * stages.size[next] / rule_.round_length);
  since += 1;
  if (open == 0 && ready && since >= rule_.min_gap * stages.least_gap[next] && cash < enough) {
    open = 1;
    since = 0;
    turn.write(venture_.need)[venture] = wanted_size(turn, venture);
  }
  if (open == 0) return;
  if (since > rule_.patience) {
    give_up(turn, venture, firm, cash < short_of_cash * burn);
  } else {
    seeking.push_back(venture);
  }
}

void VentureRounds::advance(Turn& turn, Row venture, std::span<const double> opportunity,
                            std::vector<Row>& seeking) const {
  const Row firm = turn.table(firm_.kind).find(turn.write(venture_.firm)[venture]);
  if (firm == no_row) {
    turn.exit(venture_.kind, venture);
    return;
  }
  const std::int64_t trl = turn.write(venture_.trl)[venture];
  double& left = turn.write(venture_.milestone_in)[venture];
  left -= milestone_progress(turn.read(firm_.rd_spending)[firm], milestone_burn(trl),
                             turn.read(venture_.access)[venture], rule_.facility_speed) *
          founders_effort(turn.read(firm_.institute_share)[firm], rule_.effort);
  hear_from_outside(turn, venture);
  if (turn.read(venture_.blocked)[venture] != 0) left = std::max(left, 0.0);  // waits with its work done
  if (left <= 0 && turn.read(venture_.blocked)[venture] == 0)
    reach_milestone(turn, venture, firm, opportunity[turn.write(venture_.theme)[venture]]);
  if (!sell(turn, venture, firm)) look_for_money(turn, venture, firm, seeking);
}

/// A fund of real size pays the tickets of a sampled venture, which real ventures would ask for one after the
/// other: what it does not hold yet it calls ahead of its next fund.
void VentureRounds::pay_ticket(Turn& turn, const Offer& offer, Cents amount, Row firm, Fund& fund) const {
  const Cents more = std::max<Cents>(0, amount - fund.balance);
  if (more > 0) {
    turn.transfer(offer.foreign ? flow_.foreign_calls : flow_.calls, 0, offer.row, more);
    turn.write(fund_.ahead)[offer.row] += to_euros(more);
    fund.balance += more;
    fund.next -= more;
  }
  turn.transfer(offer.foreign ? flow_.foreign_tickets : flow_.tickets, offer.row, firm, amount);
  fund.balance -= amount;
  turn.write(fund_.invested)[offer.row] += to_euros(amount);
}

void VentureRounds::close(Turn& turn, Row venture, const Round& round, const std::vector<Offer>& offers,
                          std::vector<Fund>& supply) const {
  const Table& ventures = turn.table(venture_.kind);
  const AgentId id = ventures.ids()[venture];
  const double weight = ventures.weights()[venture];
  const Row firm = turn.table(firm_.kind).find(turn.write(venture_.firm)[venture]);
  const double size = round.size;
  Cents total = 0;
  for (const Ticket& ticket : round.tickets) total += ticket.amount;
  for (const Tie& holding : turn.ties(holdings_).of(id))
    turn.tie(holdings_, id, holding.b,
             static_cast<float>(-round.share * static_cast<double>(holding.strength)));
  for (const Ticket& ticket : round.tickets) {
    const Offer& offer = offers[ticket.offer];
    pay_ticket(turn, offer, ticket.amount, firm, supply[offer.position]);
    const double part = percent * round.share * to_euros(ticket.amount) / to_euros(total);
    turn.tie(holdings_, id, offer.fund, static_cast<float>(part));
  }
  std::uint8_t& stage = turn.write(venture_.stage)[venture];
  const std::size_t next = next_rank(stage);
  stage = static_cast<std::uint8_t>(next + static_cast<std::size_t>(VentureStage::pre_seed));
  turn.write(firm_.stage)[firm] = stage;
  turn.write(venture_.raised)[venture] += size;
  turn.write(venture_.rounds)[venture] += 1;
  turn.write(venture_.founders_share)[venture] *= 1 - round.share;
  turn.write(venture_.seeking)[venture] = 0;
  turn.write(venture_.seeking_since)[venture] = 0;
  turn.write(venture_.need)[venture] = 0;
  turn.write(firm_.venture_plan)[firm] =
      rule_.research_share * stages.research[next] * size / rule_.round_length;
  const Offer& lead = offers[round.tickets.front().offer];
  turn.write(venture_.lead)[venture] = lead.fund;
  turn.event(event_.rounds, weight);
  turn.event(event_.by_stage[next - 1], weight);
  if (!lead.foreign) return;
  turn.event(event_.foreign_led, weight);
  std::uint8_t& moved = turn.write(firm_.foreign_owned)[firm];
  if (moved != 0 || uniform(turn.key(seat_), id, turn.step()) >= rule_.relocation) return;
  moved = 1;
  turn.event(event_.relocations, weight);
}

void VentureRounds::step(Turn& turn) const {
  enter_ventures(turn, false);
  run_funds(turn);
  const std::vector<double> opportunity = themes_.read(turn);
  std::vector<Row> seeking;
  for (const Row venture : turn.table(venture_.kind).by_id()) advance(turn, venture, opportunity, seeking);

  Shared shared;
  auto supply = this->supply(turn, shared);
  const auto mean = turn.write(venture_.belief_mean), precision = turn.write(venture_.belief_precision);
  const auto& ids = turn.table(venture_.kind).ids();
  const auto unsettled = turn.read(venture_.regulatory_variance);
  const auto hope = [&](Row v) {
    return mean[v] + (0.5 - rule_.caution) / precision[v] - rule_.caution * unsettled[v];
  };
  std::sort(seeking.begin(), seeking.end(),
            [&](Row a, Row b) { return hope(a) != hope(b) ? hope(a) > hope(b) : raw(ids[a]) < raw(ids[b]); });
  for (const Row venture : seeking) {
    const auto list = offers(turn, venture, supply);
    const std::size_t next = next_rank(turn.write(venture_.stage)[venture]);
    const Wish wish{turn.write(venture_.need)[venture], turn.table(venture_.kind).weights()[venture],
                    stages.usual_share[next], rule_.max_share, rule_.least_part};
    const auto round = close_round(list, wish);
    if (round) close(turn, venture, *round, list, supply);
  }
}

}  // namespace polder::agents
