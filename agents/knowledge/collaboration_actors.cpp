// SPDX-License-Identifier: Apache-2.0
// The firms and institutes of a month, with their ties.
#include "agents/kinds/kinds.hpp"
#include "agents/knowledge/collaboration_state.hpp"
#include "agents/market/digital_infrastructure.hpp"
#include "agents/support/meetings.hpp"
#include "agents/support/work.hpp"

namespace polder::agents {

/// How far fibre, 4G and 5G cover each region; 0 where no province says so.
std::vector<double> Collaboration::connected_regions(Turn& turn) const {
  std::vector<double> share(std::size_t{1} << 8, 0.0);
  const auto type = turn.read(government_type_), region = turn.read(government_region_);
  for (const Row row : turn.table(government_).by_id()) {
    if (type[row] != static_cast<std::uint8_t>(ActorType::province)) continue;
    share[region[row]] =
        connected(turn.read(fibre_)[row], turn.read(mobile_4g_)[row], turn.read(mobile_5g_)[row]);
  }
  return share;
}

/// Firms with R&D and institutes, in the order of their ids.
std::vector<Actor> Collaboration::list_actors(Turn& turn) const {
  const Table& firms = turn.table(firm_);
  const Table& institutes = turn.table(institute_);
  const auto performer = turn.read(performer_), region = turn.read(region_), theme = turn.read(theme_);
  const auto rd_staff = turn.read(rd_staff_), knowledge = turn.read(knowledge_);
  const auto share = connected_regions(turn);
  const auto rows = rows_by_id_where(turn, firm_, [&](Row row) { return performer[row] != 0; });
  std::vector<Actor> all;
  all.reserve(rows.size() + institutes.num_agents());
  constexpr std::size_t ahead = 16;  // memory of firms is asked for before their turn
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row row = rows[i];
    if (i + ahead < rows.size()) {
      const Row next = rows[i + ahead];
      __builtin_prefetch(&firms.ids()[next]);
      __builtin_prefetch(&firms.weights()[next]);
      __builtin_prefetch(&rd_staff[next]);
    }
    all.push_back({firms.ids()[row],
                   rd_staff[row],
                   firm_activity_,
                   region[row],
                   theme[row],
                   true,
                   row,
                   knowledge.subspan(row * std::size_t{knowledge_size}, knowledge_size),
                   {},
                   0,
                   firms.weights()[row],
                   share[region[row]]});
  }
  const auto researchers = turn.read(researchers_), phds = turn.read(phds_),
             profile = turn.read(institute_knowledge_);
  const auto num_firms = static_cast<std::ptrdiff_t>(all.size());
  const auto at = turn.read(institute_region_), field = turn.read(institute_theme_);
  for (const Row row : institutes.by_id()) {
    all.push_back({institutes.ids()[row],
                   researchers[row] + phds[row],
                   institute_activity_,
                   at[row],
                   field[row],
                   false,
                   row,
                   profile.subspan(row * std::size_t{knowledge_size}, knowledge_size),
                   {},
                   0,
                   1,
                   share[at[row]]});
  }
  std::inplace_merge(all.begin(), all.begin() + num_firms, all.end(),
                     [](const Actor& a, const Actor& b) { return a.id < b.id; });
  return all;
}

namespace {
/// Of an institute: a simulated firm stands for as many partners as it stands for firms.
std::int64_t real_partners(const Table& firms, std::span<const Tie> ties) {
  std::vector<AgentId> ids;
  ids.reserve(ties.size());
  for (const Tie& tie : ties) ids.push_back(tie.b);
  std::vector<Row> rows(ids.size());
  firms.find_all(ids, rows);
  double number = 0;
  for (const Row row : rows) number += row == no_row ? 1.0 : firms.weights()[row];
  return whole(number);
}
}  // namespace

/// Actors and ties are both in id order: one walk along the two gives every actor its ties. count: also write
/// how many partners everybody has.
void Collaboration::attach_ties(Turn& turn, std::span<Actor> actors, bool count) const {
  const Table& firms = turn.table(firm_);
  const Table& institutes = turn.table(institute_);
  const auto partners = turn.write(partners_), institute_partners = turn.write(institute_partners_);
  if (count) {
    std::fill(partners.begin(), partners.end(), 0);
    std::fill(institute_partners.begin(), institute_partners.end(), 0);
  }
  const auto ties = turn.ties(network_).all();
  auto actor = actors.begin();
  for (std::size_t first = 0, last = 0; first < ties.size(); first = last) {
    const AgentId id = ties[first].a;
    double trust = 0;
    for (; last < ties.size() && ties[last].a == id; ++last)
      trust += static_cast<double>(ties[last].strength);
    while (actor != actors.end() && actor->id < id) ++actor;
    const bool known = actor != actors.end() && actor->id == id;
    if (known) {
      actor->ties = ties.subspan(first, last - first);
      actor->trust = trust;
    }
    if (!count) continue;
    const auto here = ties.subspan(first, last - first);
    if (const Row row = !known ? firms.find(id) : actor->firm ? actor->row : no_row; row != no_row)
      partners[row] = static_cast<std::int64_t>(here.size());
    else if (const Row institute = known ? actor->row : institutes.find(id); institute != no_row)
      institute_partners[institute] = real_partners(firms, here);
  }
}

}  // namespace polder::agents
