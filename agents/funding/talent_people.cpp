// SPDX-License-Identifier: Apache-2.0
// Who holds dual appointments: people of the institute, as many as the appointments of the firms stand for.
#include <algorithm>
#include <cmath>
#include <map>

#include "agents/funding/talent.hpp"

namespace polder::agents {

/// Appointments that run are matched with people; those that ended, or whose holder has another job, are
/// taken away. People whom another scheme pays are left alone.
void TalentInstrument::name_appointees(const Purse& purse) const {
  Turn& turn = purse.turn();
  const Table& people = turn.table(person_);
  const Table& firms = turn.table(columns().firm.kind);
  if (people.num_agents() == 0) return;
  std::map<std::pair<AgentId, AgentId>, double> wanted;  // (institute, firm): real appointments
  for (const Row row : turn.table(columns().project).by_id()) {
    if (turn.write(columns().project_instrument)[row] != purse.id()) continue;
    const AgentId firm = turn.write(columns().coordinator)[row];
    if (const Row at = firms.find(firm); at != no_row)
      for (const Tie& tie : turn.ties(columns().membership).of(turn.table(columns().project).ids()[row]))
        if (turn.table(columns().institute.kind).find(tie.b) != no_row)
          wanted[{tie.b, firm}] += firms.weights()[at];
  }
  const auto employer = turn.read(employer_);
  const auto at_institute = turn.read(at_institute_);
  const auto second = turn.write(second_employer_), by = turn.write(appointed_by_);
  const DrawKey key = turn.key(purpose("appointee"));
  std::map<AgentId, std::vector<std::pair<std::uint64_t, Row>>> free;
  std::map<AgentId, bool> asked;
  for (const auto& [pair, number] : wanted) asked[pair.first] = true;
  for (const Row row : people.by_id()) {
    if (second[row] != nobody && by[row] != purse.id()) continue;  // of another scheme, or without one
    if (second[row] == nobody && (!at_institute[row] || !asked.contains(employer[row]))) continue;
    if (second[row] != nobody) {
      const auto at = at_institute[row] ? wanted.find({employer[row], second[row]}) : wanted.end();
      if (at != wanted.end() && at->second > 0) {
        at->second -= people.weights()[row];
      } else {
        second[row] = by[row] = nobody;
      }
      continue;
    }
    free[employer[row]].emplace_back(draw_words(key, people.ids()[row], 0)[0], row);
  }
  for (auto& [institute, list] : free) std::sort(list.begin(), list.end(), std::greater<>());
  for (const auto& [pair, number] : wanted) {
    auto& list = free[pair.first];
    for (double left = number; !list.empty() && left > 0; list.pop_back()) {
      const double weight = people.weights()[list.back().second];
      // The same draw in every month: otherwise each month would be another chance to round up.
      if (left < weight && uniform(key, pair.second, 0) >= left / weight) break;
      second[list.back().second] = pair.second;
      by[list.back().second] = purse.id();
      left -= weight;
    }
  }
}

}  // namespace polder::agents
