// SPDX-License-Identifier: Apache-2.0
// One burn-in, several policies: the state goes on under another program. Kinds, columns, networks, accounts
// and events are matched by name; what the new program adds gets its start values.
#include <fmt/format.h>

#include <algorithm>

#include "engine/error.hpp"
#include "engine/turn.hpp"

namespace polder {

namespace {

/// New position of each old name; the new list must contain it when `required`.
std::vector<std::optional<std::size_t>> positions_of(const std::vector<std::string>& old_names,
                                                     const std::vector<std::string>& new_names) {
  std::vector<std::optional<std::size_t>> to;
  for (const auto& name : old_names) {
    const auto at = std::find(new_names.begin(), new_names.end(), name);
    to.push_back(at == new_names.end() ? std::nullopt
                                       : std::optional{static_cast<std::size_t>(at - new_names.begin())});
  }
  return to;
}

/// The table of an old kind with the columns of the new one.
void adopt_table(const Program::Impl& from, const Table& old, std::size_t old_kind, const Program::Impl& to,
                 State& state, std::size_t new_kind) {
  const KindLayout &was = from.layout.kinds[old_kind], &is = to.layout.kinds[new_kind];
  const auto same_columns = was.columns.size() == is.columns.size() &&
                            std::equal(was.columns.begin(), was.columns.end(), is.columns.begin(),
                                       [](const ColumnInfo& a, const ColumnInfo& b) {
                                         return a.name == b.name && a.type == b.type && a.size == b.size;
                                       });
  if (same_columns) {
    state.tables[new_kind] = old;
    return;
  }
  Table& table = state.tables[new_kind];
  table = Table(is);
  std::vector<Row> rows;
  for (const Row row : old.by_id()) rows.push_back(table.insert(old.ids()[row], old.weights()[row]));
  table.finish_changes();
  fill_start_values(to, state, to.founding[new_kind], rows, {}, true);
  for (std::size_t c = 0; c < was.columns.size(); ++c) {
    const auto column = is.find(was.columns[c].name);
    if (!column || is.columns[index(*column)].type != was.columns[c].type) continue;
    if (is.columns[index(*column)].size != was.columns[c].size)
      throw RunError(fmt::format("{}.{} of the policy {} has another number of elements than in its baseline",
                                 is.name, was.columns[c].name, to.scenario.name));
    const auto size = static_cast<std::size_t>(was.columns[c].size);
    std::visit(
        [&](const auto& values) {
          auto& target = std::get<std::decay_t<decltype(values)>>(table.raw_column(*column));
          for (std::size_t i = 0; i < rows.size(); ++i) {
            std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(old.by_id()[i] * size), size,
                        target.begin() + static_cast<std::ptrdiff_t>(rows[i] * size));
          }
        },
        old.raw_column(static_cast<ColumnId>(c)));
  }
}

std::vector<std::string> names_of(const std::vector<KindLayout>& kinds) {
  std::vector<std::string> names;
  for (const auto& k : kinds) names.push_back(k.name);
  return names;
}

std::string flow_name(const FlowInfo& f) {
  return f.instrument + "\n" + f.payer.name + "\n" + f.receiver.name;
}
std::vector<std::string> names_of(const std::vector<FlowInfo>& flows) {
  std::vector<std::string> names;
  for (const auto& f : flows) names.push_back(flow_name(f));
  return names;
}

template <class T>
void move_by_name(const std::vector<T>& old_values, const std::vector<std::string>& old_names,
                  std::vector<T>& values, const std::vector<std::string>& new_names) {
  values.assign(new_names.size(), T{});
  const auto to = positions_of(old_names, new_names);
  for (std::size_t i = 0; i < to.size(); ++i)
    if (to[i]) values[*to[i]] = old_values[i];
}

}  // namespace

State adopt(const Program& from, const State& old, const Program& to) {
  const auto &was = from.impl(), &is = to.impl();
  State state;
  state.seed = old.seed;
  state.replicate = old.replicate;
  state.step = old.step;
  for (const auto& kind : is.layout.kinds) state.tables.emplace_back(kind);
  state.networks.resize(is.layout.networks.size());
  move_by_name(old.ledger.named, was.named_accounts, state.ledger.named, is.named_accounts);
  move_by_name(old.ledger.year_flows, names_of(was.flows), state.ledger.year_flows, names_of(is.flows));
  move_by_name(old.events, was.layout.events, state.events, is.layout.events);
  move_by_name(old.event_sums, was.layout.events, state.event_sums, is.layout.events);
  move_by_name(old.networks, was.layout.networks, state.networks, is.layout.networks);
  state.sample_sums.assign(is.num_sample_sums, 0.0);
  const auto kinds = positions_of(names_of(was.layout.kinds), names_of(is.layout.kinds));
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    if (!kinds[k])
      throw RunError(fmt::format("the policy {} lacks the kind {} of its baseline", is.scenario.name,
                                 was.layout.kinds[k].name));
    adopt_table(was, old.tables[k], k, is, state, *kinds[k]);
  }
  MonthEdits edits(is);
  for (const std::size_t p : is.schedule.order) {
    if (is.parts[p].mechanism == nullptr) continue;
    const ColumnView view(state, is);
    PartTurn turn(is, state, view, edits);
    is.parts[p].mechanism->adopted(turn);
  }
  edits.apply_entries_only(is, state);
  return state;
}

}  // namespace polder
