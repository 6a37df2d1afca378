// SPDX-License-Identifier: Apache-2.0
#include "engine/rule_apply.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/allocate.hpp"
#include "engine/kernels/kernels.hpp"
#include "engine/parallel.hpp"

namespace polder {

namespace {

using expression::Registers;
using expression::Side;

/// Parts of a table that take contributions side by side: more would search all pairs more often.
constexpr std::size_t most_ranges = 16;

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

  void run(std::vector<Decisions> blocks) {
    if (rule_.fund) {
      Decisions all = merge(blocks);
      fund(all);
      blocks.clear();
      blocks.push_back(std::move(all));
    }
    apply_assignments(blocks);
    apply_learning(blocks);
    if (stages_edits()) {
      const Decisions all = merge(blocks);
      for (const std::size_t i : edits_need_order() ? in_order(all) : positions(all.pairs.self.size()))
        stage_edits(all, i);
    }
    ExactSum fired;
    for (const Decisions& block : blocks) fired.add(block.fired);
    state_.events[rule_.event] += fired.value();
  }

 private:
  using Blocks = std::vector<Decisions>;

  std::size_t num_slots() const { return rule_.values.results.size(); }

  static Decisions merge(const Blocks& blocks) {
    if (blocks.size() == 1) return blocks[0];
    Decisions all;
    for (const Decisions& b : blocks) {
      const auto append = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
      append(all.pairs.self, b.pairs.self);
      append(all.pairs.partner, b.pairs.partner);
      append(all.values, b.values);
    }
    return all;
  }

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

  /// Positions of the pairs in order of (self id, partner id): the order of payments and entries.
  std::vector<std::size_t> in_order(const Decisions& all) const {
    auto order = positions(all.pairs.self.size());
    const auto self_ids = table_.ids();
    if (!rule_.match) {
      std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return self_ids[all.pairs.self[a]] < self_ids[all.pairs.self[b]];
      });
      return order;
    }
    const auto partner_ids = state_.tables[index(rule_.match->kind)].ids();
    const auto key = [&](std::size_t i) {
      return std::pair{self_ids[all.pairs.self[i]], partner_ids[all.pairs.partner[i]]};
    };
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
    return order;
  }

  bool edits_need_order() const { return !rule_.transfers.empty() || !rule_.enters.empty(); }
  bool stages_edits() const {
    return edits_need_order() || !rule_.ties.empty() || rule_.exit_self || rule_.exit_partner;
  }

  /// One pair of one block that changes a row.
  struct Contribution {
    const Decisions* block;
    std::size_t pair;
    Row target;
    AgentId other;
  };

  /// Calls change(block, pair, row) for all pairs; no row is changed by two threads. Unless they commute, the
  /// contributions to a row come in order of the other's id.
  template <class Change>
  void for_each_target(const Blocks& blocks, Side side, bool commute, const Change& change) const {
    if (side == Side::self && (!rule_.match || rule_.match->count == 1)) {
      for_each_index(blocks.size(), [&](std::size_t b) {
        const auto& rows = blocks[b].pairs.self;
        for (std::size_t i = 0; i < rows.size(); ++i) change(blocks[b], i, rows[i]);
      });
      return;
    }
    const KindId kind = side == Side::self ? rule_.kind : rule_.match->kind;
    const std::size_t rows = state_.tables[index(kind)].num_rows();
    const std::size_t ranges = std::min(num_blocks(rows), most_ranges);
    for_each_index(ranges, [&](std::size_t r) {
      const auto first = static_cast<Row>(rows * r / ranges),
                 last = static_cast<Row>(rows * (r + 1) / ranges);
      auto contributions = contributions_to(blocks, side, first, last);
      if (!commute) sort_by_ids(contributions, kind);
      for (const Contribution& c : contributions) change(*c.block, c.pair, c.target);
    });
  }

  std::vector<Contribution> contributions_to(const Blocks& blocks, Side side, Row first, Row last) const {
    std::vector<Contribution> found;
    const auto other_ids = side == Side::self ? state_.tables[index(rule_.match->kind)].ids() : table_.ids();
    for (const Decisions& block : blocks) {
      const auto& targets = side == Side::self ? block.pairs.self : block.pairs.partner;
      const auto& others = side == Side::self ? block.pairs.partner : block.pairs.self;
      for (std::size_t i = 0; i < targets.size(); ++i) {
        if (targets[i] >= first && targets[i] < last)
          found.push_back({&block, i, targets[i], other_ids[others[i]]});
      }
    }
    return found;
  }

  void sort_by_ids(std::vector<Contribution>& contributions, KindId kind) const {
    const auto ids = state_.tables[index(kind)].ids();
    std::sort(contributions.begin(), contributions.end(), [&](const auto& a, const auto& b) {
      return a.target != b.target ? ids[a.target] < ids[b.target] : a.other < b.other;
    });
  }

  void apply_assignments(const Blocks& blocks) {
    for (const auto& a : rule_.assignments) {
      const KindId kind = a.side == Side::self ? rule_.kind : rule_.match->kind;
      Table& table = state_.tables[index(kind)];
      const ColumnInfo& info = program_.layout.kinds[index(kind)].columns[index(a.column)];
      // Equal contributions commute even when several meet in one row.
      const bool equal = rule_.values.constants[a.slot].has_value();
      for_each_target(blocks, a.side, equal, [&](const Decisions& block, std::size_t i, Row row) {
        assign(table, info, a, &block.values[i * num_slots() + a.slot], &row, 0, 1);
      });
    }
  }

  void apply_learning(const Blocks& blocks) {
    std::size_t width = 0, offset = 0;
    for (const auto& learn : rule_.learns) width += static_cast<std::size_t>(learn.size);
    for (const auto& learn : rule_.learns) {
      const auto size = static_cast<std::size_t>(learn.size);
      const Side side = learn.self_learns ? Side::self : Side::partner;
      const KindId kind = learn.self_learns ? rule_.kind : rule_.match->kind;
      const auto column = state_.tables[index(kind)].column<double>(learn.column);
      for_each_target(blocks, side, false, [&](const Decisions& block, std::size_t i, Row row) {
        for (std::size_t e = 0; e < size; ++e)
          column[row * size + e] += block.learned[i * width + offset + e];
      });
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
                     const RuleProgram& rule, std::vector<Decisions> blocks) {
  RuleApplication(program, state, view, edits, rule).run(std::move(blocks));
}

}  // namespace polder
