// SPDX-License-Identifier: Apache-2.0
// Partners abroad of firms with R&D.
#include <algorithm>

#include "agents/knowledge/partners_abroad_state.hpp"
#include "agents/knowledge/rd_investment.hpp"
#include "agents/support/meetings.hpp"
#include "agents/support/work.hpp"
#include "engine/elementary.hpp"
#include "engine/parallel.hpp"

namespace polder::agents {

double usual_partners(double one_researcher, double researchers) {
  return one_researcher * elementary::sqrt(std::max(0.0, researchers));
}

double partners_of_project(double members, double most) {
  return members / (1.0 + members / most);
}

double share_with_partners(double partners) {
  return partners / (1.0 + partners);
}

/// Share of the usual new partners that larger teams find without projects, by sector.
std::vector<double> PartnersAbroad::own_contacts(Turn& turn) const {
  std::vector<double> shares(num_sectors_, 1.0);
  const auto sectors = turn.read(industry_sector_);
  for (const Row row : turn.table(industry_).by_id())
    if (sectors[row] < num_sectors_) shares[sectors[row]] = std::max(0.0, turn.write(firm_contacts_)[row]);
  return shares;
}

void PartnersAbroad::set_partners(Turn& turn, Row row, double number, double usual) const {
  turn.write(firm_partners_)[row] = number;
  turn.write(reach_)[row] = share_with_partners(number) - share_with_partners(usual);
}

/// In the burn-in partners are the usual ones. What part of the new ones that keep them up comes without
/// projects is counted, by sector. Small teams, who hardly join projects, find all of theirs on their own
/// account.
void PartnersAbroad::hold_usual(Turn& turn, const std::vector<Joined>& joined) const {
  constexpr double memory = 12;   // months over which projects are averaged
  constexpr double detail = 1e6;  // of whole numbers
  const Table& table = turn.table(firm_);
  const auto performer = turn.read(performer_), sector = turn.read(sector_);
  const auto staff = turn.read(rd_staff_);
  LabelSums needed(num_blocks(table.num_rows()), num_sectors_, 1);
  turn.for_each_block(firm_, [&](Block block) {
    const auto sum = needed.of_block(block.number);
    for (Row row = block.first; row < block.last; ++row) {
      const double usual = performer[row] != 0 ? usual_partners(one_researcher_, staff[row]) : 0.0;
      set_partners(turn, row, usual, usual);
      if (staff[row] >= small_team)
        sum[sector[row]] += whole(detail * table.weights()[row] * fading_ * usual);
    }
  });
  std::vector<double> met(num_sectors_, 0.0);
  for (const Joined& one : joined)
    if (staff[one.firm] >= small_team) met[sector[one.firm]] += one.kept * one.units;
  const double months = std::min(memory, turn.step() + 1.0);
  const auto sectors = turn.read(industry_sector_);
  const auto contacts = turn.write(firm_contacts_);
  for (const Row row : turn.table(industry_).by_id()) {
    if (sectors[row] >= num_sectors_) continue;
    const double all = static_cast<double>(needed.total(sectors[row], 0)) / detail;
    if (all > 0) contacts[row] += (1.0 - met[sectors[row]] / all - contacts[row]) / months;
  }
}

void PartnersAbroad::step_firms(Turn& turn, const std::vector<Joined>& joined) const {
  if (turn.in_burn_in()) {
    hold_usual(turn, joined);
    return;
  }
  const Table& table = turn.table(firm_);
  const auto own = own_contacts(turn);
  const auto performer = turn.read(performer_), sector = turn.read(sector_);
  const auto staff = turn.read(rd_staff_);
  const auto partners = turn.write(firm_partners_);
  turn.for_each_block(firm_, [&](Block block) {
    for (Row row = block.first; row < block.last; ++row) {
      if (performer[row] == 0) {
        if (partners[row] != 0) set_partners(turn, row, 0, 0);
        continue;
      }
      const double usual = usual_partners(one_researcher_, staff[row]);
      const double found = staff[row] < small_team ? usual : own[sector[row]] * usual;
      const double had = partners[row];
      set_partners(turn, row, had > 0 ? had + fading_ * (found - had) : usual, usual);
    }
  });
  for (const Joined& one : joined)
    if (performer[one.firm] != 0 && makes_tie(one.units, table.weights()[one.firm], 1, one.lot))
      set_partners(turn, one.firm, partners[one.firm] + one.kept,
                   usual_partners(one_researcher_, staff[one.firm]));
}

}  // namespace polder::agents
