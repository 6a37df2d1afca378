// SPDX-License-Identifier: Apache-2.0
// How ventures end: sold, taken over, bought back by their owners, or closed.
#include <algorithm>

#include "agents/funding/venture_rounds.hpp"
#include "engine/elementary.hpp"

namespace polder::agents {

void VentureRounds::leave(Turn& turn, Row venture, Row firm, VentureStage stage) const {
  turn.write(firm_.stage)[firm] = static_cast<std::uint8_t>(stage);
  turn.write(firm_.trl)[firm] = 0;  // sells what it can, like other firms
  turn.write(firm_.venture_plan)[firm] = 0;
  turn.exit(venture_.kind, venture);
}

/// The institute of a spin-off gets its share of what is the founders' [EUR]. returns: what it got
double VentureRounds::pay_institute(Turn& turn, Row firm, double founders) const {
  const double share = turn.read(firm_.institute_share)[firm];
  if (share <= 0 || founders <= 0) return 0;
  const Row institute = turn.table(institute_).find(turn.read(firm_.origin)[firm]);
  if (institute == no_row) return 0;
  const Cents paid = to_cents(share * founders);
  const bool abroad = turn.write(firm_.foreign_owned)[firm] != 0;
  turn.transfer(abroad ? flow_.foreign_institutes : flow_.institutes, 0, institute, paid);
  return to_euros(paid);
}

/// Investors get `part` of one real venture; the rest of `value` is the founders' and their institute's.
void VentureRounds::pay_out(Turn& turn, Row venture, Row firm, double value, double part) const {
  const Table& ventures = turn.table(venture_.kind);
  const AgentId id = ventures.ids()[venture];
  const double weight = ventures.weights()[venture];
  const double investors = 1 - turn.write(venture_.founders_share)[venture];
  const bool abroad = turn.write(firm_.foreign_owned)[firm] != 0;
  double founders = value * weight;
  for (const Tie& holding : turn.ties(holdings_).of(id)) {
    const Row fund = turn.table(fund_.kind).find(holding.b);
    if (fund == no_row || investors <= 0) continue;
    const double share = static_cast<double>(holding.strength) / percent / investors;
    const Cents paid = to_cents(part * weight * std::min(1.0, share));
    turn.transfer(abroad ? flow_.foreign_proceeds : flow_.proceeds, 0, fund, paid);
    turn.write(fund_.proceeds)[fund] += to_euros(paid);
    founders -= to_euros(paid);
  }
  founders -= pay_institute(turn, firm, founders);
  if (abroad) turn.transfer(flow_.founders_abroad, 0, 0, std::max<Cents>(0, to_cents(founders)));
  turn.write(firm_.investors_paid)[firm] = part;
}

void VentureRounds::sell_for(Turn& turn, Row venture, Row firm, double value) const {
  const Table& ventures = turn.table(venture_.kind);
  value = std::min(value, rule_.largest_exit);
  if (uniform(turn.key(buyer_), ventures.ids()[venture], turn.step()) < rule_.foreign_buyer)
    turn.write(firm_.foreign_owned)[firm] = 1;
  pay_out(turn, venture, firm, value,
          investors_proceeds(value, turn.write(venture_.raised)[venture],
                             turn.write(venture_.founders_share)[venture]));
  turn.event(event_.exits, ventures.weights()[venture]);
  leave(turn, venture, firm, VentureStage::exited);
}

bool VentureRounds::sell(Turn& turn, Row venture, Row firm) const {
  const auto stage = static_cast<VentureStage>(turn.write(venture_.stage)[venture]);
  const double hazard = stages.exit_hazard[stage_rank(stage)] / 12;
  const AgentId id = turn.table(venture_.kind).ids()[venture];
  if (uniform(turn.key(exit_), id, turn.step()) >= 1 - elementary::exp(-hazard)) return false;
  sell_for(turn, venture, firm, elementary::exp(turn.write(venture_.quality)[venture]));
  return true;
}

/// Somebody takes over the team, or what there is of the product.
bool VentureRounds::rescue(Turn& turn, Row venture, Row firm) const {
  const AgentId id = turn.table(venture_.kind).ids()[venture];
  if (uniform(turn.key(rescue_), id, turn.step()) >= rule_.rescue) return false;
  const double team = rule_.team_price * turn.read(firm_.rd_staff)[firm];
  const double product = rule_.rescue_part * elementary::exp(turn.write(venture_.quality)[venture]);
  sell_for(turn, venture, firm, std::max(team, product));
  return true;
}

/// A firm that lives from its sales pays its investors back what they paid, as far as it is worth that.
void VentureRounds::buy_back(Turn& turn, Row venture, Row firm) const {
  const double core = turn.read(firm_.staff)[firm] - turn.read(firm_.rd_staff)[firm];
  const double surplus =
      std::max(0.0, turn.read(firm_.value_added)[firm] - core * turn.read(firm_.wage)[firm]);
  const double worth = rule_.surplus_years * surplus;
  const double part = std::min(worth, turn.write(venture_.raised)[venture]);
  pay_out(turn, venture, firm, part, part);
}

void VentureRounds::give_up(Turn& turn, Row venture, Row firm, bool broke) const {
  const AgentId id = turn.table(venture_.kind).ids()[venture];
  const bool funded = turn.write(venture_.raised)[venture] > 0;
  if (funded && rescue(turn, venture, firm)) return;
  const bool closes = broke && uniform(turn.key(closure_), id, turn.step()) < rule_.closure;
  if (funded && !closes) buy_back(turn, venture, firm);
  leave(turn, venture, firm, VentureStage::closed);
  if (!closes) return;
  turn.event(event_.closures, turn.table(venture_.kind).weights()[venture]);
  turn.exit(firm_.kind, firm);
}

}  // namespace polder::agents
