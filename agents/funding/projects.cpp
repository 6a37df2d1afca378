// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/projects.hpp"

#include <algorithm>
#include <cmath>

namespace polder::agents {

namespace {

NewValue number_value(ColumnId column, double value) {
  return {column, value, 0, 0};
}
NewValue id_value(ColumnId column, AgentId id) {
  return {column, 0, static_cast<std::int64_t>(raw(id)), 0};
}

}  // namespace

int period_of(int month, const Payout& payout) {
  const int periods = static_cast<int>(payout.tranches.size());
  return std::min(periods - 1, month * periods / payout.months);
}

int period_start(int period, const Payout& payout) {
  const int periods = static_cast<int>(payout.tranches.size());
  return (period * payout.months + periods - 1) / periods;
}

std::vector<Cents> tranche_amounts(Cents award, const Payout& payout) {
  std::vector<Cents> parts(payout.tranches.size());
  split(award, payout.tranches, parts);
  return parts;
}

Recipient find_recipient(Turn& turn, const Columns& columns, AgentId id) {
  if (const Row row = turn.table(columns.firm.kind).find(id); row != no_row)
    return {id, &columns.firm, row, true};
  if (const Row row = turn.table(columns.institute.kind).find(id); row != no_row)
    return {id, &columns.institute, row, false};
  return {id, nullptr, no_row, true};
}

void Projects::start(Purse& purse, const NewProject& project, std::uint32_t ordinal) const {
  Turn& turn = purse.turn();
  Entrant entrant;
  entrant.kind = columns_->project;
  entrant.cause = project.members.front();
  entrant.ordinal = ordinal;
  const double award = to_euros(project.award);
  entrant.values = {id_value(columns_->project_instrument.column, purse.id()),
                    id_value(columns_->coordinator.column, project.members.front()),
                    number_value(columns_->members.column, static_cast<double>(project.members.size())),
                    number_value(columns_->award.column, award),
                    number_value(columns_->quality.column, project.quality),
                    number_value(columns_->months_left.column, payout_.months),
                    number_value(columns_->duration.column, payout_.months)};
  const AgentId id = turn.enter(purpose_, entrant);
  for (std::size_t m = 1; m < project.members.size(); ++m) {
    turn.tie(columns_->membership, id, project.members[m], static_cast<float>(100 * project.shares[m]));
    for (std::size_t n = 0; n < m; ++n)
      turn.tie(columns_->collaboration, project.members[n], project.members[m], trust::accepted);
  }
}

std::vector<Projects::Share> Projects::shares(Turn& turn, Row project) const {
  const AgentId coordinator = turn.write(columns_->coordinator)[project];
  std::vector<Share> list{{find_recipient(turn, *columns_, coordinator), 1.0}};
  for (const Tie& tie : turn.ties(columns_->membership).of(turn.table(columns_->project).ids()[project])) {
    const Recipient member = find_recipient(turn, *columns_, tie.b);
    if (member.row == no_row) continue;
    list.push_back({member, std::min(list.front().share, static_cast<double>(tie.strength) / 100)});
    list.front().share -= list.back().share;
  }
  return list;
}

void Projects::pay(Purse& purse, Row project, std::span<const Share> shares, Cents amount) const {
  std::vector<double> weights;
  for (const Share& s : shares) weights.push_back(s.share);
  std::vector<Cents> parts(shares.size());
  split(amount, weights, parts);
  for (std::size_t m = 0; m < shares.size(); ++m)
    purse.pay(shares[m].member.is_firm ? flows_.firm : flows_.institute, shares[m].member.row, parts[m]);
  purse.turn().write(columns_->project_paid)[project] += to_euros(amount);
}

void Projects::meet(Turn& turn, std::span<const Share> shares, float change) const {
  for (std::size_t m = 1; m < shares.size(); ++m) {
    for (std::size_t n = 0; n < m; ++n)
      turn.tie(columns_->collaboration, shares[n].member.id, shares[m].member.id, change);
  }
}

void Projects::run_one(Purse& purse, Row project, bool reuse) const {
  Turn& turn = purse.turn();
  double& left = turn.write(columns_->months_left)[project];
  const Cents award = to_cents(turn.write(columns_->award)[project]);
  const int month = payout_.months - static_cast<int>(left);
  const auto members = shares(turn, project);
  if (members.front().member.row == no_row) {  // the coordinator has left: what is not yet paid lapses
    purse.release(award - to_cents(turn.write(columns_->project_paid)[project]), reuse);
    turn.exit(columns_->project, project);
    return;
  }
  const auto tranches = tranche_amounts(award, payout_);
  const int period = period_of(month, payout_);
  const int first = period_start(period, payout_), next = period_start(period + 1, payout_);
  if (month == first) pay(purse, project, members, tranches[static_cast<std::size_t>(period)]);
  const double monthly = to_euros(tranches[static_cast<std::size_t>(period)]) / (next - first);
  for (const Share& s : members) {
    const double weight = turn.table(s.member.columns->kind).weights()[s.member.row];
    turn.write(s.member.columns->rd_funded)[s.member.row] += monthly * s.share / weight;
  }
  left -= 1;
  if (month > 0 && month % 12 == 0) meet(turn, members, trust::yearly_meeting);
  if (left > 0.5) return;
  const AgentId id = turn.table(columns_->project).ids()[project];
  const double chance = turn.write(columns_->quality)[project];
  meet(turn, members,
       uniform(turn.key(purpose_), id, turn.step()) < chance ? trust::good_end : trust::bad_end);
  turn.exit(columns_->project, project);
}

void Projects::run(Purse& purse, bool reuse) const {
  Turn& turn = purse.turn();
  const AgentId mine = purse.id();
  for (const Row row : turn.table(columns_->project).by_id()) {
    if (turn.write(columns_->project_instrument)[row] == mine) run_one(purse, row, reuse);
  }
}

}  // namespace polder::agents
