// SPDX-License-Identifier: Apache-2.0
#include "agents/market/users.hpp"

#include <algorithm>

#include "agents/kinds/kinds.hpp"
#include "agents/market/users_state.hpp"
#include "engine/elementary.hpp"

namespace polder::agents {

double first_match(std::span<const double> knowledge, std::span<const double> requirement) {
  double squares = 0;
  for (std::size_t k = 0; k < knowledge.size(); ++k) {
    const double gap = knowledge[k] - requirement[k];
    squares += gap * gap;
  }
  const auto length = static_cast<double>(std::max<std::size_t>(1, knowledge.size()));
  return std::clamp(1 - elementary::sqrt(squares / length), 0.0, 1.0);
}

double match_after(double match, double step, double standard) {
  return match + std::min(1.0, step * (1 + standard)) * (1 - match);
}

double threshold_after(double threshold, double ban, double levy, double elasticity) {
  return threshold * (1 - ban) * std::max(0.0, 1 - elasticity * levy);
}

double uptake(double match, double threshold, double full_match) {
  return std::clamp(match / full_match, 0.5, 1.25) * (match >= threshold ? 1.0 : 0.5);
}

double adopted_after(double adopted, double supply, double innovators, double imitators, double pull,
                     double budget, double life) {
  const double hazard = std::min(1.0, (innovators + imitators * adopted) * pull);
  const double adopting = std::min(hazard * std::max(0.0, supply - adopted), budget);
  return std::clamp(adopted + adopting - adopted / life, 0.0, 1.0);
}

std::vector<Users::Group> Users::groups(Turn& turn) const {
  std::vector<Group> list;
  const Table& table = turn.table(user_);
  for (const Row row : table.by_id()) {
    const double least =
        threshold_after(turn.read(threshold_)[row], turn.read(ban_)[row], turn.read(levy_)[row], elasticity_);
    list.push_back({row, table.ids()[row], turn.read(theme_)[row], least, turn.read(standard_)[row]});
  }
  return list;
}

/// The group that a product is meant for: drawn once among those of its theme.
void Users::assign(Turn& turn, Row venture, Row firm, const std::vector<Group>& groups) const {
  const AgentId id = turn.table(venture_).ids()[venture];
  const std::uint8_t theme = turn.read(venture_theme_)[venture];
  const Group* best = nullptr;
  std::uint64_t best_draw = 0;
  for (const Group& group : groups) {
    if (group.theme != theme) continue;
    const std::uint64_t draw =
        draw_words(turn.key(group_draw_), AgentId{combine(raw(id), raw(group.id))}, 0)[0];
    if (best == nullptr || draw > best_draw) best = &group, best_draw = draw;
  }
  if (best == nullptr) return;
  const auto knowledge = turn.read(knowledge_).subspan(std::size_t{firm} * knowledge_size, knowledge_size);
  const auto requirement =
      turn.read(requirement_).subspan(std::size_t{best->row} * knowledge_size, knowledge_size);
  turn.write(venture_user_)[venture] = best->id;
  turn.write(match_)[venture] = first_match(knowledge, requirement);
}

bool Users::on_market(Turn& turn, Row venture) const {
  return static_cast<double>(turn.read(trl_)[venture]) >= market_level_ && turn.read(blocked_)[venture] == 0;
}

void Users::sign(Turn& turn, Row venture, Row firm, bool accepted) const {
  double& reference = turn.write(reference_)[venture];
  if (reference == 1) reference = 2;
  if (reference != 0) return;
  const AgentId id = turn.table(venture_).ids()[venture];
  const bool launched = turn.read(contract_left_)[firm] > 0 && turn.read(contract_new_)[firm] != 0;
  const bool first = accepted && on_market(turn, venture) &&
                     uniform(turn.key(sign_draw_), id, turn.step()) < reference_rate_;
  if (!launched && !first) return;
  reference = 1;
  turn.event(reference_event_, turn.table(venture_).weights()[venture]);
}

void Users::develop(Turn& turn, Row venture, Row firm, Group& group) const {
  const AgentId id = turn.table(venture_).ids()[venture];
  const double weight = turn.table(venture_).weights()[venture];
  double& match = turn.write(match_)[venture];
  const bool launched = turn.read(contract_left_)[firm] > 0 && turn.read(contract_new_)[firm] != 0;
  const double chance = launched ? 1.0
                                 : involvement_ * (1 + facility_involvement_ * turn.read(access_)[venture] +
                                                   coaching_involvement_ * turn.read(coached_)[venture]);
  if (static_cast<double>(turn.read(trl_)[venture]) >= first_level_ &&
      uniform(turn.key(involve_), id, turn.step()) < chance) {
    match = match_after(match, step_, group.standard);
    turn.write(iterations_)[venture] += 1;
    turn.event(iteration_event_, weight);
  }
  const bool accepted = match >= group.threshold;
  sign(turn, venture, firm, accepted);
  turn.write(uptake_)[firm] = uptake(match, group.threshold, full_match_);
  if (!on_market(turn, venture)) return;
  group.products += weight;
  if (accepted) group.accepted += weight;
}

/// A group for which no product is on the market, in a small sample most of them, is taken to accept as
/// others do.
void Users::diffuse(Turn& turn, const std::vector<Group>& groups) const {
  double products = 0, accepted = 0;
  for (const Group& group : groups) products += group.products, accepted += group.accepted;
  const double usual = products > 0 ? accepted / products : 0.0;
  for (const Group& group : groups) {
    double& supply = turn.write(supply_)[group.row];
    supply = group.products > 0 ? group.accepted / group.products : usual;
    double& adopted = turn.write(adopted_)[group.row];
    const double pull = 1 + turn.read(ban_)[group.row] + turn.read(levy_)[group.row];
    adopted = adopted_after(adopted, supply, turn.read(innovators_)[group.row],
                            turn.read(imitators_)[group.row], pull, turn.read(budget_)[group.row], life_);
  }
}

void Users::step(Turn& turn) const {
  std::vector<Group> list = groups(turn);
  const auto user = turn.write(venture_user_);
  for (const Row venture : turn.table(venture_).by_id()) {
    const Row firm = turn.table(firm_).find(turn.read(venture_firm_)[venture]);
    if (firm == no_row) continue;
    if (user[venture] == nobody) assign(turn, venture, firm, list);
    const auto at = std::lower_bound(list.begin(), list.end(), user[venture],
                                     [](const Group& g, AgentId id) { return raw(g.id) < raw(id); });
    if (at != list.end() && at->id == user[venture]) develop(turn, venture, firm, *at);
  }
  const int months = turn.in_burn_in() ? burn_in_pace_ : 1;
  for (int month = 0; month < months; ++month) diffuse(turn, list);
}

}  // namespace polder::agents
