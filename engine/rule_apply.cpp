// SPDX-License-Identifier: Apache-2.0
#include "engine/rule_apply.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/allocate.hpp"
#include "engine/kernels/kernels.hpp"

namespace polder {

namespace {

using expression::Registers;
using expression::Side;

/// Changes a contiguous or a gathered stretch of a column.
void change_numbers(Action::Verb verb, double* column, const double* v, const Row* rows, Row first,
                    std::size_t n) {
  const auto& k = kernels::active();
  const auto each = [&](auto change) {
    for (std::size_t i = 0; i < n; ++i) change(column[rows[i]], v[i]);
  };
  double* stretch = column + first;
  switch (verb) {
    case Action::Verb::add:
      return rows == nullptr ? k.add(stretch, stretch, v, n) : each([](double& x, double y) { x += y; });
    case Action::Verb::multiply:
      return rows == nullptr ? k.multiply(stretch, stretch, v, n) : each([](double& x, double y) { x *= y; });
    case Action::Verb::maximum:
      return rows == nullptr ? k.maximum(stretch, stretch, v, n)
                             : each([](double& x, double y) { x = x < y ? y : x; });
    default:
      break;
  }
  if (rows == nullptr)
    std::copy_n(v, n, stretch);
  else
    each([](double& x, double y) { x = y; });
}

void assign_whole(Table& table, const ColumnInfo& info, const Assignment& a, Row row, double v) {
  if (info.type == ColumnType::flag || info.type == ColumnType::category) {
    table.column<std::uint8_t>(a.column)[row] = static_cast<std::uint8_t>(v);
    return;
  }
  if (info.type == ColumnType::id) {
    table.column<AgentId>(a.column)[row] = AgentId{std::bit_cast<std::uint64_t>(v)};
    return;
  }
  std::int64_t& cell = table.column<std::int64_t>(a.column)[row];
  const double factor = info.type == ColumnType::money ? table.weights()[row] * 100.0 : 1.0;
  const auto whole = [&](double x) { return static_cast<std::int64_t>(std::nearbyint(x)); };
  switch (a.verb) {
    case Action::Verb::add:
      cell += whole(v * factor);
      return;
    case Action::Verb::multiply:
      cell = whole(static_cast<double>(cell) * v);
      return;
    case Action::Verb::maximum:
      cell = std::max(cell, whole(v * factor));
      return;
    default:
      cell = whole(v * factor);
      return;
  }
}

class RuleApplication {
 public:
  RuleApplication(const Program::Impl& program, State& state, const ColumnView& view, MonthEdits& edits,
                  const RuleProgram& rule)
      : program_(program),
        state_(state),
        view_(view),
        edits_(edits),
        rule_(rule),
        table_(state.tables[index(rule.kind)]) {}

  void run(Decisions& all) {
    if (rule_.fund) fund(all);
    apply(all);
    state_.events[rule_.event] += all.fired.value();
  }

 private:
  std::size_t num_slots() const { return rule_.values.results.size(); }

  /// Keeps the applicants that get funded.
  void fund(Decisions& all) {
    const FundProgram& fund = *rule_.fund;
    std::vector<Application> applications;
    for (std::size_t i = 0; i < all.pairs.self.size(); ++i) {
      const double* v = all.values.data() + i * num_slots();
      applications.push_back({table_.ids()[all.pairs.self[i]], v[fund.rank_slot], v[fund.request_slot], i});
    }
    const Table& payers = state_.tables[index(fund.payer)];
    std::vector<double> budgets(payers.by_id().size());
    auto lanes = lanes_of(state_, fund.payer, view_);
    const auto scalars = evaluate_aggregates(program_, state_, view_, fund.budget);
    lanes.scalars = scalars;
    for_each_strip(fund.budget, lanes, payers.by_id(),
                   [&](std::size_t from, std::size_t n, Registers& registers) {
                     std::copy_n(registers.result(0), n, budgets.begin() + static_cast<std::ptrdiff_t>(from));
                   });
    Decisions funded;
    for (const std::size_t i : fund_in_turn(std::move(applications), budgets)) {
      funded.pairs.self.push_back(all.pairs.self[i]);
      if (!all.pairs.partner.empty()) funded.pairs.partner.push_back(all.pairs.partner[i]);
      const auto v = all.values.begin() + static_cast<std::ptrdiff_t>(i * num_slots());
      funded.values.insert(funded.values.end(), v, v + static_cast<std::ptrdiff_t>(num_slots()));
      funded.fired.add(table_.weights()[all.pairs.self[i]]);
    }
    all = std::move(funded);
  }

  /// Positions of the pairs in order of (target id, other id): the order in which contributions are applied.
  std::vector<std::size_t> in_order(const Decisions& all, Side side) const {
    auto order = positions(all.pairs.self.size());
    const auto self_ids = table_.ids();
    if (!rule_.match) {
      std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return self_ids[all.pairs.self[a]] < self_ids[all.pairs.self[b]];
      });
      return order;
    }
    const auto partner_ids = state_.tables[index(rule_.match->kind)].ids();
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      const auto key = [&](std::size_t i) {
        const std::pair ids{self_ids[all.pairs.self[i]], partner_ids[all.pairs.partner[i]]};
        return side == Side::self ? ids : std::pair{ids.second, ids.first};
      };
      return key(a) < key(b);
    });
    return order;
  }

  void apply(const Decisions& all) {
    if (all.pairs.self.empty()) return;
    apply_assignments(all);
    apply_learning(all);
    for (const std::size_t i :
         edits_need_order() ? in_order(all, Side::self) : positions(all.pairs.self.size()))
      stage_edits(all, i);
  }

  bool edits_need_order() const { return !rule_.transfers.empty() || !rule_.enters.empty(); }

  void apply_assignments(const Decisions& all) {
    for (const auto& a : rule_.assignments) {
      const bool self = a.side == Side::self;
      const KindId kind = self ? rule_.kind : rule_.match->kind;
      const auto& rows = self ? all.pairs.self : all.pairs.partner;
      const bool single = self && (!rule_.match || rule_.match->count == 1);
      // Equal contributions commute even when several meet in one row.
      const bool equal = rule_.values.constants[a.slot].has_value();
      const auto order = single || equal ? std::vector<std::size_t>{} : in_order(all, a.side);
      for (std::size_t j = 0; j < rows.size(); ++j) {
        const std::size_t i = order.empty() ? j : order[j];
        assign(state_.tables[index(kind)], program_.layout.kinds[index(kind)].columns[index(a.column)], a,
               &all.values[i * num_slots() + a.slot], &rows[i], 0, 1);
      }
    }
  }

  void apply_learning(const Decisions& all) {
    if (rule_.learns.empty()) return;
    std::size_t width = 0;
    for (const auto& learn : rule_.learns) width += static_cast<std::size_t>(learn.size);
    std::size_t offset = 0;
    for (const auto& learn : rule_.learns) {
      const auto size = static_cast<std::size_t>(learn.size);
      const KindId kind = learn.self_learns ? rule_.kind : rule_.match->kind;
      const auto& rows = learn.self_learns ? all.pairs.self : all.pairs.partner;
      const auto column = state_.tables[index(kind)].column<double>(learn.column);
      const bool single = learn.self_learns && rule_.match->count == 1;
      const auto order =
          single ? positions(rows.size()) : in_order(all, learn.self_learns ? Side::self : Side::partner);
      for (const std::size_t i : order) {
        for (std::size_t e = 0; e < size; ++e)
          column[rows[i] * size + e] += all.learned[i * width + offset + e];
      }
      offset += size;
    }
  }

  void stage_edits(const Decisions& all, std::size_t i) {
    const Row self = all.pairs.self[i], partner = rule_.match ? all.pairs.partner[i] : no_row;
    const double* v = all.values.data() + i * num_slots();
    const auto id_of = [&](Side side) {
      return side == Side::self ? table_.ids()[self] : state_.tables[index(rule_.match->kind)].ids()[partner];
    };
    for (const auto& tie : rule_.ties)
      edits_.tie(tie.network, {id_of(Side::self), id_of(Side::partner), static_cast<float>(v[tie.slot])});
    for (const auto& t : rule_.transfers) {
      const auto row = [&](const std::optional<Side>& side) {
        return !side ? Row{0} : *side == Side::self ? self : partner;
      };
      const Cents amount = to_cents(v[t.slot] * table_.weights()[self]);
      if (amount != 0) book(program_, state_, t.flow, row(t.payer), row(t.receiver), amount);
    }
    std::uint32_t ordinal = 0;
    for (const auto& enter : rule_.enters) stage_entry(enter, self, v, ordinal++);
    if (rule_.exit_self) edits_.exit(rule_.kind, self);
    if (rule_.exit_partner) edits_.exit(rule_.match->kind, partner);
  }

  void stage_entry(const EnterAction& enter, Row self, const double* v, std::uint32_t ordinal) {
    Entrant entrant;
    entrant.kind = enter.kind;
    entrant.cause = table_.ids()[self];
    entrant.ordinal = ordinal;
    entrant.weight = table_.weights()[self];
    for (const auto& [column, slot] : enter.values) {
      const bool is_id = rule_.values.result_types[slot].type == expression::Type::id;
      entrant.values.push_back(
          {column, v[slot], is_id ? std::bit_cast<std::int64_t>(v[slot]) : to_cents(v[slot] * entrant.weight),
           0});
    }
    edits_.enter(program_, state_, static_cast<Purpose>(rule_.purpose), std::move(entrant));
  }

  const Program::Impl& program_;
  State& state_;
  const ColumnView& view_;
  MonthEdits& edits_;
  const RuleProgram& rule_;
  Table& table_;
};

}  // namespace

void assign(Table& table, const ColumnInfo& info, const Assignment& a, const double* v, const Row* rows,
            Row first, std::size_t n) {
  if (info.type == ColumnType::number)
    return change_numbers(a.verb, table.column<double>(a.column).data(), v, rows, first, n);
  const auto row = [&](std::size_t i) { return rows != nullptr ? rows[i] : first + static_cast<Row>(i); };
  for (std::size_t i = 0; i < n; ++i) assign_whole(table, info, a, row(i), v[i]);
}

void apply_decisions(const Program::Impl& program, State& state, const ColumnView& view, MonthEdits& edits,
                     const RuleProgram& rule, Decisions decisions) {
  RuleApplication(program, state, view, edits, rule).run(decisions);
}

}  // namespace polder
