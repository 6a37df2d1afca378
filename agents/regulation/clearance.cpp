// SPDX-License-Identifier: Apache-2.0
#include "agents/regulation/clearance.hpp"

#include <algorithm>
#include <cmath>

#include "agents/regulation/clearance_state.hpp"

namespace polder::agents {

double gamma_time(double mean, int shape, DrawKey key, AgentId id, std::uint32_t round) {
  double sum = 0;
  for (int i = 0; i < shape; ++i) sum += exponential(key, id, round, static_cast<std::uint32_t>(i));
  return mean * sum / shape;
}

double refusal_chance(double base, double after_dialogue, double after_sandbox) {
  return std::clamp(base * after_dialogue * after_sandbox, 0.0, 1.0);
}

double served_share(double free, double weight) {
  return weight > 0 ? std::clamp(free / weight, 0.0, 1.0) : 0.0;
}

double whole_places(double places, double weight, double draw) {
  return weight > 0 ? std::floor(places / weight + draw) * weight : 0.0;
}

double kept_for_later(double free, double weight, double time) {
  return std::clamp(free, 0.0, (weight - 1) * time);
}

double clearance_after(double left, double progress, double floor) {
  return std::max(std::min(left, floor), left - progress);
}

ClearanceState Clearance::state(Turn& turn, Row venture) const {
  return static_cast<ClearanceState>(turn.write(state_)[venture]);
}

void Clearance::set_state(Turn& turn, Row venture, ClearanceState state) const {
  turn.write(state_)[venture] = static_cast<std::uint8_t>(state);
}

std::vector<Clearance::Authority> Clearance::authorities(Turn& turn) const {
  std::vector<Authority> list;
  for (const Row row : turn.table(regulator_).by_id()) {
    const double staff = turn.read(staff_)[row] + turn.read(extra_staff_)[row];
    list.push_back({row, turn.read(theme_)[row], turn.read(concerned_)[row], turn.read(time_)[row],
                    turn.read(cost_)[row], turn.read(refusal_)[row], turn.read(variance_)[row],
                    staff * turn.read(cases_)[row], turn.read(slots_)[row], turn.read(dialogue_)[row],
                    1 - turn.read(harmonised_)[row]});
    for (const auto handle : {pending_count_, in_sandbox_, queue_, cleared_, refused_})
      turn.write(handle)[row] = 0;
  }
  return list;
}

/// Once in a venture's life: does its product need clearance? Those beyond the gate at the start have it.
void Clearance::decide(Turn& turn, Row venture, const Authority* authority) const {
  const AgentId id = turn.table(venture_).ids()[venture];
  const bool needed = authority != nullptr && uniform(turn.key(concern_draw_), id, 0) < authority->concerned;
  const bool past = turn.read(trl_)[venture] > gate_level_;
  set_state(turn, venture,
            !needed ? ClearanceState::not_needed
            : past  ? ClearanceState::granted
                    : ClearanceState::ahead);
}

double Clearance::work_of(Turn& turn, AgentId id, std::int64_t refusals, const Authority& authority) const {
  const double work =
      gamma_time(authority.time, shape_, turn.key(time_draw_), id, static_cast<std::uint32_t>(refusals));
  return work * authority.work * (refusals > 0 ? second_ : 1.0);
}

void Clearance::apply(Turn& turn, Row venture, ClearanceState next, const Authority& authority) const {
  const AgentId id = turn.table(venture_).ids()[venture];
  turn.write(left_)[venture] = work_of(turn, id, turn.write(refusals_)[venture], authority);
  set_state(turn, venture, next);
}

/// Moves a venture on that nobody assesses: it asks for clearance, talks early, or redesigns.
void Clearance::approach(Turn& turn, Row venture, const Authority& authority) const {
  const AgentId id = turn.table(venture_).ids()[venture];
  const std::int64_t level = turn.read(trl_)[venture];
  double& left = turn.write(left_)[venture];
  switch (state(turn, venture)) {
    case ClearanceState::ahead:
      if (level >= file_level_) {
        apply(turn, venture, ClearanceState::assessment, authority);
      } else if (level >= dialogue_level_ && uniform(turn.key(join_draw_), id, 0) < authority.dialogue) {
        apply(turn, venture, ClearanceState::dialogue, authority);
        turn.write(talked_)[venture] = 1;
      }
      break;
    case ClearanceState::dialogue:
      left = clearance_after(left, 1, (1 - parallel_) * work_of(turn, id, 0, authority));
      if (level >= file_level_) set_state(turn, venture, ClearanceState::assessment);
      break;
    case ClearanceState::redesign:
      left -= 1;
      if (left <= 0) apply(turn, venture, ClearanceState::assessment, authority);
      break;
    default:
      break;
  }
}

bool Clearance::waits(Turn& turn, Row venture) const {
  const ClearanceState now = state(turn, venture);
  return now == ClearanceState::assessment || now == ClearanceState::redesign;
}

void Clearance::conclude(Turn& turn, const Authority& authority, Row venture, AgentId id,
                         double weight) const {
  const bool talked = turn.write(talked_)[venture] != 0;
  const bool tried = turn.write(sandbox_)[venture] != 0;
  const double chance =
      refusal_chance(authority.refusal, talked ? dialogue_refusal_ : 1.0, tried ? sandbox_refusal_ : 1.0);
  if (uniform(turn.key(refuse_), id, turn.step()) < chance) {
    set_state(turn, venture, ClearanceState::redesign);
    turn.write(left_)[venture] = redesign_;
    turn.write(refusals_)[venture] += 1;
    turn.write(refused_)[authority.row] += weight;
    turn.event(refused_event_, weight);
  } else {
    set_state(turn, venture, ClearanceState::granted);
    turn.write(left_)[venture] = 0;
    turn.write(pending_)[venture] = 0;
    turn.write(sandbox_)[venture] = std::min(0.0, turn.write(sandbox_)[venture]);
    turn.write(cleared_)[authority.row] += weight;
    turn.event(cleared_event_, weight);
  }
}

/// A month of assessment for a share of the products behind the agent; who cannot pay for it waits.
void Clearance::assess(Turn& turn, const Authority& authority, const Case& one, double share) const {
  const double price = authority.cost * share / std::max(1.0, authority.time);
  if (to_euros(turn.read(cash_)[one.firm]) < price * one.weight) share = 0;
  turn.write(queue_)[authority.row] += (1 - share) * one.weight;
  if (share <= 0) return;
  turn.transfer(cost_flow_, one.firm, 0, to_cents(price * one.weight));
  double& left = turn.write(left_)[one.venture];
  left = clearance_after(left, share, 0);
  if (left <= 0) conclude(turn, authority, one.venture, one.id, one.weight);
}

void Clearance::run_sandbox(Turn& turn, const std::vector<Case>& cases,
                            const std::vector<Authority>& list) const {
  const auto sandbox = turn.write(sandbox_);
  std::vector<double> free(list.size(), -1);
  for (const Case& one : cases) {
    double& places = free[one.authority];
    const AgentId regulator = turn.table(regulator_).ids()[list[one.authority].row];
    if (places < 0)
      places = whole_places(list[one.authority].slots, one.weight, uniform(turn.key(order_), regulator, 0));
  }
  for (const Case& one : cases) {
    if (sandbox[one.venture] > 0) free[one.authority] -= one.weight;
  }
  for (const Case& one : cases) {  // longest pending first
    if (sandbox[one.venture] != 0 || free[one.authority] < one.weight) continue;
    free[one.authority] -= one.weight;
    sandbox[one.venture] = sandbox_term_;
  }
  for (const Case& one : cases) {
    double& months = sandbox[one.venture];
    if (months <= 0) continue;
    turn.write(in_sandbox_)[list[one.authority].row] += one.weight;
    months -= 1;
    if (months > 0) continue;
    months = -1;
    turn.write(trial_data_)[one.venture] = 1;
    turn.write(left_)[one.venture] *= sandbox_work_;
  }
}

void Clearance::finish_month(Turn& turn, Row venture, const Authority& authority) const {
  const ClearanceState now = state(turn, venture);
  const bool cleared = now == ClearanceState::granted || now == ClearanceState::not_needed;
  const double sandbox = turn.write(sandbox_)[venture];
  double variance = cleared ? 0 : authority.variance;
  if (turn.write(talked_)[venture] != 0) variance *= dialogue_variance_;
  if (sandbox != 0) variance *= sandbox_variance_;
  turn.write(venture_variance_)[venture] = variance;
  turn.write(blocked_)[venture] = !cleared && sandbox <= 0 && turn.read(trl_)[venture] >= gate_level_ ? 1 : 0;
  if (!waits(turn, venture)) return;
  turn.write(pending_)[venture] += 1;
  turn.write(pending_count_)[authority.row] += turn.table(venture_).weights()[venture];
}

void Clearance::assess_all(Turn& turn, const std::vector<Case>& cases,
                           const std::vector<Authority>& list) const {
  std::vector<double> free;
  for (const Authority& authority : list)
    free.push_back(authority.capacity + turn.write(unused_)[authority.row]);
  double weight = 1;
  for (const Case& one : cases) {
    weight = std::max(weight, one.weight);
    if (state(turn, one.venture) != ClearanceState::assessment) continue;
    const double share = served_share(free[one.authority], one.weight);
    free[one.authority] -= share * one.weight;
    assess(turn, list[one.authority], one, share);
  }
  for (std::size_t i = 0; i < list.size(); ++i)
    turn.write(unused_)[list[i].row] = kept_for_later(free[i], weight, list[i].time);
}

void Clearance::step(Turn& turn) const {
  const std::vector<Authority> list = authorities(turn);
  const Table& ventures = turn.table(venture_);
  const auto theme = turn.read(venture_theme_);
  std::vector<std::size_t> of_theme(256, list.size());
  for (std::size_t i = list.size(); i-- > 0;) of_theme[list[i].theme] = i;
  std::vector<Case> cases;
  std::vector<Row> open;
  for (const Row row : ventures.by_id()) {
    turn.write(trial_data_)[row] = 0;
    const std::size_t at = of_theme[theme[row]];
    if (state(turn, row) == ClearanceState::undecided)
      decide(turn, row, at < list.size() ? &list[at] : nullptr);
    const ClearanceState now = state(turn, row);
    if (at == list.size() || now == ClearanceState::not_needed || now == ClearanceState::granted) continue;
    open.push_back(row);
    approach(turn, row, list[at]);
    if (!waits(turn, row)) continue;
    const Row firm = turn.table(firm_).find(turn.read(venture_firm_)[row]);
    if (firm == no_row) continue;
    const AgentId id = ventures.ids()[row];
    cases.push_back({at, turn.write(pending_)[row], draw_words(turn.key(order_), id, 0)[0], id, row, firm,
                     ventures.weights()[row]});
  }
  std::sort(cases.begin(), cases.end(), [](const Case& a, const Case& b) {
    if (a.pending != b.pending) return a.pending > b.pending;
    return a.draw != b.draw ? a.draw < b.draw : raw(a.id) < raw(b.id);
  });
  run_sandbox(turn, cases, list);
  assess_all(turn, cases, list);
  for (const Row row : open) finish_month(turn, row, list[of_theme[theme[row]]]);
}

}  // namespace polder::agents
