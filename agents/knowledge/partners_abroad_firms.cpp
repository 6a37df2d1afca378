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

/// In the burn-in: what part of the new partners that keep the usual number up comes without projects, by
/// sector. Small teams, who hardly join projects, find all of theirs on their own account.
void PartnersAbroad::count_contacts(Turn& turn, const std::vector<Joined>& joined) const {
  constexpr double memory = 12;   // months over which projects are averaged
  constexpr double detail = 1e6;  // of whole numbers
  enum Quantity : std::uint8_t { needed, in_projects, num_quantities };
  const Table& table = turn.table(firm_);
  const auto performer = turn.read(performer_), sector = turn.read(sector_);
  const auto staff = turn.read(rd_staff_);
  LabelSums sums(num_blocks(table.num_rows()), num_sectors_, num_quantities);
  turn.for_each_block(firm_, [&](Block block) {
    const auto sum = sums.of_block(block.number);
    for (Row row = block.first; row < block.last; ++row)
      if (performer[row] != 0 && staff[row] >= small_team)
        sum[sector[row] * std::size_t{num_quantities} + needed] +=
            whole(detail * table.weights()[row] * fading_ * usual_partners(one_researcher_, staff[row]));
  });
  std::vector<double> met(num_sectors_, 0.0);
  for (const Joined& one : joined)
    if (staff[one.firm] >= small_team) met[sector[one.firm]] += one.kept * one.units;
  const auto sectors = turn.read(industry_sector_);
  const auto contacts = turn.write(firm_contacts_);
  for (const Row row : turn.table(industry_).by_id()) {
    if (sectors[row] >= num_sectors_) continue;
    const double all = static_cast<double>(sums.total(sectors[row], needed)) / detail;
    if (all > 0) contacts[row] += (1.0 - met[sectors[row]] / all - contacts[row]) / memory;
  }
}

/// Share of the usual new partners that larger teams find without projects, by sector.
std::vector<double> PartnersAbroad::own_contacts(Turn& turn) const {
  std::vector<double> shares(num_sectors_, 1.0);
  const auto sectors = turn.read(industry_sector_);
  for (const Row row : turn.table(industry_).by_id())
    if (sectors[row] < num_sectors_) shares[sectors[row]] = std::max(0.0, turn.write(firm_contacts_)[row]);
  return shares;
}

void PartnersAbroad::step_firms(Turn& turn, const std::vector<Joined>& joined) const {
  const bool pinned = turn.in_burn_in();
  if (pinned) count_contacts(turn, joined);
  const Table& table = turn.table(firm_);
  const auto own = own_contacts(turn);
  const auto performer = turn.read(performer_), sector = turn.read(sector_);
  const auto staff = turn.read(rd_staff_);
  const auto partners = turn.write(firm_partners_), reach = turn.write(reach_);
  const auto set = [&](Row row, double usual, double number) {
    partners[row] = number;
    reach[row] = share_with_partners(number) - share_with_partners(usual);
  };
  turn.for_each_block(firm_, [&](Block block) {
    for (Row row = block.first; row < block.last; ++row) {
      if (performer[row] == 0) {
        if (partners[row] != 0) partners[row] = reach[row] = 0;
        continue;
      }
      const double usual = usual_partners(one_researcher_, staff[row]);
      const double found = staff[row] < small_team ? usual : own[sector[row]] * usual;
      const bool has = !pinned && partners[row] > 0;
      set(row, usual, has ? partners[row] + fading_ * (found - partners[row]) : usual);
    }
  });
  if (pinned) return;
  for (const Joined& one : joined)
    if (performer[one.firm] != 0 && makes_tie(one.units, table.weights()[one.firm], 1, one.lot))
      set(one.firm, usual_partners(one_researcher_, staff[one.firm]), partners[one.firm] + one.kept);
}

}  // namespace polder::agents
