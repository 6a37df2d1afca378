// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/contacts.hpp"

#include "agents/funding/consortia.hpp"
#include "engine/elementary.hpp"

namespace polder::agents {

namespace {

Candidate describe(Turn& turn, const RecipientColumns& columns, Row row, bool institute) {
  const auto knowledge = turn.read(columns.knowledge);
  const std::size_t size = knowledge.size() / turn.table(columns.kind).num_rows();
  return {turn.table(columns.kind).ids()[row],
          turn.read(columns.region)[row],
          turn.read(columns.theme)[row],
          knowledge.subspan(row * size, size),
          institute,
          0};
}

}  // namespace

Row choose_institute(Turn& turn, const Columns& columns, const Geography& map, Row firm,
                     std::span<const Row> providers, DrawKey key) {
  const Candidate self = describe(turn, columns.firm, firm, false);
  Row best = no_row;
  double least = 0;
  for (const Row row : providers) {  // the least of exponential times at rates `weight`: a weighted choice
    const Candidate other = describe(turn, columns.institute, row, true);
    const double weight = attraction(self, other, map.distance(self.region, other.region));
    const double luck = uniform(key, AgentId{combine(raw(self.id), raw(other.id))}, turn.step());
    const double time = -elementary::log(luck) / weight;
    if (best == no_row || time < least) best = row, least = time;
  }
  return best;
}

Providers::Providers(const Terms& terms, std::string_view key) : kind_(terms.setup().kind("institute")) {
  const FormulaText condition = terms.formula(key);
  if (condition.empty()) return;
  all_ = false;
  auto compiler = terms.setup().compiler("institute", terms.spec().id);
  compiler.add(condition,
               {.type = expression::Type::flag, .dimension = {}, .labels = nullptr, .chance = false});
  condition_ = compiler.finish();
  terms.setup().reads(condition_);
}

std::vector<Row> Providers::find(Turn& turn) const {
  const auto by_id = turn.table(kind_).by_id();
  std::vector<Row> rows(by_id.begin(), by_id.end());
  if (all_ || rows.empty()) return rows;
  std::vector<double> flags(rows.size());
  turn.evaluate(condition_, kind_, rows, 0, flags);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (flags[i] != 0) rows[kept++] = rows[i];
  rows.resize(kept);
  return rows;
}

}  // namespace polder::agents
