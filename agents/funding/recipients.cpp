// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/recipients.hpp"

#include <algorithm>
#include <utility>

#include "agents/support/meetings.hpp"

namespace polder::agents {

namespace {

/// Columns of a state by name; nothing where the scenario does not use them.
class View {
 public:
  View(const Program& program, const State& state) : program_(program), state_(state) {}
  const Table* table(std::string_view kind) const {
    const auto id = program_.layout().find_kind(kind);
    return id ? &state_.tables[index(*id)] : nullptr;
  }
  template <class T>
  std::span<const T> column(std::string_view kind, std::string_view name) const {
    const auto id = program_.layout().find_kind(kind);
    if (!id) return {};
    const auto column = program_.layout().kinds[index(*id)].find(name);
    if (!column) return {};
    return state_.tables[index(*id)].template column<T>(*column);
  }
  const Ties* network(std::string_view name) const {
    const auto& names = program_.layout().networks;
    const auto at = std::find(names.begin(), names.end(), name);
    return at == names.end() ? nullptr : &state_.networks[static_cast<std::size_t>(at - names.begin())];
  }

 private:
  const Program& program_;
  const State& state_;
};

void add_positive(const View& view, const char* kind, const char* column, std::vector<PaidAgent>& list) {
  const auto values = view.column<double>(kind, column);
  if (values.empty()) return;
  const Table& table = *view.table(kind);
  for (const Row row : table.by_id())
    if (values[row] > 0) list.push_back({table.ids()[row], nobody});
}

AgentId instrument_row(const View& view, std::string_view instrument) {
  const auto codes = view.column<std::int64_t>("instrument", "code");
  if (codes.empty()) return nobody;
  const Table& table = *view.table("instrument");
  const auto code = static_cast<std::int64_t>(hash_name(instrument) >> 12);
  for (const Row row : table.by_id())
    if (codes[row] == code) return table.ids()[row];
  return nobody;
}

void add_members(const View& view, AgentId instrument, std::vector<PaidAgent>& list) {
  const auto of = view.column<AgentId>("project", "instrument");
  const auto coordinator = view.column<AgentId>("project", "coordinator");
  if (of.empty() || coordinator.empty()) return;
  const Table& projects = *view.table("project");
  const auto units = view.column<double>("project", "units");
  const Ties* membership = view.network("projects");
  const Table* firms = view.table("firm");
  const auto add = [&](AgentId member, Row project) {
    const double real = firms != nullptr ? real_agents(*firms, member) : 1.0;
    const double paid = units.empty() ? real : units[project];
    list.push_back({member, projects.ids()[project], std::min(1.0, paid / real)});
  };
  for (const Row row : projects.by_id()) {
    if (of[row] != instrument) continue;
    add(coordinator[row], row);
    if (membership)
      for (const Tie& tie : membership->of(projects.ids()[row])) add(tie.b, row);
  }
}

void add_funds(const View& view, AgentId instrument, std::vector<PaidAgent>& list) {
  const auto lender = view.column<AgentId>("financier", "lender");
  if (lender.empty()) return;
  const Table& funds = *view.table("financier");
  for (const Row row : funds.by_id())
    if (lender[row] == instrument) list.push_back({funds.ids()[row], nobody});
}

void add_users(const View& view, std::vector<PaidAgent>& list) {
  const auto access = view.column<double>("venture", "access");
  const auto firm = view.column<AgentId>("venture", "firm");
  if (access.empty() || firm.empty()) return;
  for (const Row row : view.table("venture")->by_id())
    if (access[row] > 0) list.push_back({firm[row], nobody});
}

/// A tax credit on something else than R&D.
bool is_on_request(const InstrumentSpec& spec) {
  return std::any_of(spec.settings.begin(), spec.settings.end(), [](const Setting& setting) {
    return setting.key == "on" && !setting.values.empty() && setting.values.front().text == "request";
  });
}

}  // namespace

std::vector<PaidAgent> recipients(const Program& program, const State& state, std::string_view instrument) {
  const auto& all = program.scenario().instruments;
  const auto spec = std::find_if(all.begin(), all.end(), [&](const auto& i) { return i.id == instrument; });
  std::vector<PaidAgent> list;
  if (spec == all.end()) return list;
  const View view(program, state);
  const AgentId row = instrument_row(view, instrument);
  if (row == nobody) return list;
  add_members(view, row, list);
  if (spec->form == "equity") add_funds(view, row, list);
  if (spec->form == "tax_credit")
    add_positive(view, "firm", is_on_request(*spec) ? "profit_credit" : "tax_credit", list);
  if (spec->form == "block") add_positive(view, "institute", "block_funded", list);
  if (spec->form == "facility") add_users(view, list);
  for (const char* kind : {"firm", "institute"}) {
    if (spec->form == "network") add_positive(view, kind, "organised", list);
    if (spec->form == "talent") add_positive(view, kind, "recruiting", list);
  }
  if (spec->form == "talent") add_positive(view, "firm", "training", list);
  const auto key = [](const PaidAgent& r) { return std::pair{raw(r.id), raw(r.award)}; };
  std::sort(list.begin(), list.end(),
            [&](const PaidAgent& a, const PaidAgent& b) { return key(a) < key(b); });
  list.erase(std::unique(list.begin(), list.end(),
                         [&](const PaidAgent& a, const PaidAgent& b) { return key(a) == key(b); }),
             list.end());
  return list;
}

}  // namespace polder::agents
