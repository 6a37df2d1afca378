// SPDX-License-Identifier: Apache-2.0
#include "engine/rule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <numeric>

#include "engine/error.hpp"
#include "engine/exact_sum.hpp"
#include "engine/expression/evaluate.hpp"
#include "engine/kernels/kernels.hpp"
#include "engine/match.hpp"
#include "engine/parallel.hpp"
#include "engine/rule_apply.hpp"

namespace polder {

namespace {

using expression::Registers;
using expression::Side;
using expression::strip;

/// A code that computes for long enough asks for the next strip meanwhile.
Row rows_ahead(const expression::Code& code) {
  constexpr std::size_t long_code = 8;  // instructions
  return code.instructions.size() < long_code ? 0 : static_cast<Row>(strip);
}

class RuleRun {
 public:
  RuleRun(const Program::Impl& program, State& state, const ColumnView& view, MonthEdits& edits,
          const RuleProgram& rule)
      : program_(program),
        state_(state),
        view_(view),
        edits_(edits),
        rule_(rule),
        table_(state.tables[index(rule.kind)]),
        needs_decisions_(decides_first(rule)),
        blocks_(num_blocks(table_.num_rows())),
        select_scalars_(evaluate_aggregates(program, state, view, rule.select)),
        value_scalars_(evaluate_aggregates(program, state, view, rule.values)),
        chance_key_(draw_key(state.seed, state.replicate, rule.purpose)) {
    if (needs_decisions()) list_vectors();
    if (rule.match) matcher_.emplace(program, state, view, rule);
    if (rule.type_column)
      types_ = static_cast<const std::uint8_t*>(view.columns(rule.kind)[index(*rule.type_column)]);
  }

  /// One block of rows; blocks may run in parallel.
  void decide(std::size_t block) {
    const std::size_t rows = table_.num_rows();
    decide(static_cast<Row>(block * block_rows), static_cast<Row>(std::min(rows, (block + 1) * block_rows)),
           blocks_[block]);
  }
  /// After the last block.
  void apply() { apply_decisions(program_, state_, view_, edits_, rule_, std::move(blocks_)); }

 private:
  bool is_dense() const {
    return !rule_.has_when && !rule_.has_chance && !rule_.match && !rule_.fund && types_ == nullptr;
  }
  const ColumnInfo& column_of(const Assignment& a) const {
    return program_.layout.kinds[index(rule_.kind)].columns[index(a.column)];
  }
  std::size_t num_slots() const { return rule_.values.results.size(); }
  bool needs_decisions() const { return needs_decisions_; }
  Month month() const {
    const auto& clock = program_.scenario.clock;
    return clock.start + (static_cast<int>(state_.step) - clock.burn_in);
  }

  [[noreturn]] void fault(const char* what, const FormulaSite& site, double value,
                          const expression::Code& code, const expression::Lanes& lanes,
                          std::size_t at) const {
    const Row row = lanes.rows != nullptr ? lanes.rows[at] : lanes.first + static_cast<Row>(at);
    throw RunError(fmt::format("{}: {} of rule `{}` is {} for {} {:016x} in {}: {} with {}", site.place, what,
                               rule_.id, value, program_.layout.kinds[index(rule_.kind)].name,
                               raw(table_.ids()[row]), to_string(month()), site.text,
                               expression::explain(code, lanes, at)));
  }

  // ---- one block ----

  void decide(Row first, Row last, Decisions& out) {
    Registers values(rule_.values);
    if (is_dense() && !table_.has_holes() && !needs_decisions()) {
      for (Row from = first; from < last; from += static_cast<Row>(strip))
        evaluate_own(from, nullptr, std::min(strip, std::size_t{last - from}), values, out);
      return;
    }
    std::array<Row, block_rows> rows;
    const std::span<const Row> chosen(rows.data(), select_block(first, last, rows.data()));
    if (needs_decisions()) return decide_pairs(chosen, values, out);
    for (std::size_t from = 0; from < chosen.size(); from += strip)
      evaluate_own(0, chosen.data() + from, std::min(strip, chosen.size() - from), values, out);
  }

  /// Rows of the block that are alive, of the right type, eligible and lucky; returns their number.
  std::size_t select_block(Row first, Row last, Row* chosen) {
    Registers select(rule_.select);
    std::size_t count = 0;
    for (Row from = first; from < last; from += static_cast<Row>(strip))
      count += select_strip(from, std::min(strip, std::size_t{last - from}), select, chosen + count);
    return count;
  }

  std::size_t select_strip(Row from, std::size_t n, Registers& select, Row* chosen) {
    const auto& k = kernels::active();
    std::array<double, strip> present, lucky, both;
    const double* flag = nullptr;  // nobody is left out yet
    if (table_.has_holes() || types_ != nullptr) flag = find_present(from, n, present.data());
    const auto narrow = [&](const double* more) {
      if (flag != nullptr) k.logical_and(both.data(), flag, more, n);
      flag = flag != nullptr ? both.data() : more;
    };
    if (rule_.has_when || rule_.has_chance) {
      auto lanes = lanes_of(state_, rule_.kind, view_);
      lanes.scalars = select_scalars_;
      lanes.first = from;
      lanes.n = n;
      lanes.ahead = rows_ahead(rule_.select);
      expression::evaluate(rule_.select, lanes, select);
      if (rule_.has_when) {
        check_when(select.result(0), flag, lanes);
        narrow(select.result(0));
      }
      if (rule_.has_chance) {
        const std::size_t slot = rule_.has_when ? 1 : 0;
        if (!rule_.select.constants[slot]) check_chances(select.result(slot), flag, lanes);
        k.bernoulli(lucky.data(), select.result(slot), static_cast<std::uint64_t>(chance_key_), state_.step,
                    0, table_.id_bits() + from, n);
        narrow(lucky.data());
      }
    }
    if (flag != nullptr) return k.select_rows(chosen, flag, from, n);
    std::iota(chosen, chosen + n, from);
    return n;
  }

  const double* find_present(Row from, std::size_t n, double* present) const {
    const std::uint8_t* alive = table_.alive().data() + from;
    for (std::size_t i = 0; i < n; ++i) {
      const bool right = types_ == nullptr || types_[from + i] == rule_.type_label;
      present[i] = alive[i] != 0 && right ? 1.0 : 0.0;
    }
    return present;
  }

  void check_when(const double* when, const double* flag, const expression::Lanes& lanes) const {
    if (!rule_.select.may_fault[0] || expression::finite(when, lanes.n)) return;
    for (std::size_t i = 0; i < lanes.n; ++i) {
      if ((flag == nullptr || flag[i] != 0) && !std::isfinite(when[i]))
        fault("the condition", rule_.when_site, when[i], rule_.select, lanes, i);
    }
  }

  void check_chances(const double* chance, const double* flag, const expression::Lanes& lanes) const {
    if (expression::all_chances(chance, lanes.n)) return;
    for (std::size_t i = 0; i < lanes.n; ++i) {
      const bool good = chance[i] >= 0.0 && chance[i] <= 1.0;
      if ((flag == nullptr || flag[i] != 0) && !good)
        fault("the chance", rule_.chance_site, chance[i], rule_.select, lanes, i);
    }
  }

  void decide_pairs(std::span<const Row> chosen, Registers& values, Decisions& out) {
    if (chosen.empty()) return;
    if (matcher_)
      matcher_->match(chosen, out.pairs);
    else
      out.pairs.self.assign(chosen.begin(), chosen.end());
    evaluate_pairs(values, out);
  }

  expression::Lanes value_lanes() const {
    auto lanes = lanes_of(state_, rule_.kind, view_);
    lanes.scalars = value_scalars_;
    if (rule_.match) {
      const Table& partner = state_.tables[index(rule_.match->kind)];
      lanes.partner = view_.columns(rule_.match->kind);
      lanes.partner_ids = partner.id_bits();
      lanes.partner_weights = partner.weights().data();
    }
    return lanes;
  }

  void check_values(Registers& values, const expression::Lanes& lanes) const {
    for (std::size_t slot = 0; slot < num_slots(); ++slot) {
      if (rule_.values.result_types[slot].type == expression::Type::id) continue;  // bits, not numbers
      const double* v = values.result(slot);
      if (expression::finite(v, lanes.n)) continue;
      const std::size_t at = expression::first_fault(v, lanes.n);
      fault("a value", rule_.value_sites[slot], v[at], rule_.values, lanes, at);
    }
  }

  /// Rules that write only their own rows, and need nothing else: written at once.
  void evaluate_own(Row first, const Row* rows, std::size_t n, Registers& values, Decisions& out) {
    auto lanes = value_lanes();
    lanes.first = first;
    lanes.rows = rows;
    lanes.n = n;
    lanes.ahead = rows_ahead(rule_.values);
    expression::evaluate(rule_.values, lanes, values);
    check_values(values, lanes);
    const double* acts = rule_.has_require ? values.result(rule_.require_slot) : nullptr;
    const std::vector<double> kept = keep_columns(values, n);
    for (std::size_t i = 0; i < rule_.assignments.size(); ++i) {
      const auto& a = rule_.assignments[i];
      const double* v = kept.empty() ? values.result(a.slot) : kept.data() + i * n;
      if (acts != nullptr)
        assign_where(a, v, acts, rows, first, n);
      else
        assign(table_, column_of(a), a, v, rows, first, n);
    }
    const auto weights = table_.weights();
    if (rows == nullptr && acts == nullptr) return out.fired.add(weights.subspan(first, n));
    std::array<double, strip> fired;
    for (std::size_t i = 0; i < n; ++i) {
      const double weight = weights[rows != nullptr ? rows[i] : first + i];
      fired[i] = acts == nullptr || acts[i] != 0 ? weight : 0.0;
    }
    out.fired.add(std::span(fired.data(), n));
  }

  /// A result may point into a column: with several assignments none may see what another wrote. Empty when
  /// none does.
  std::vector<double> keep_columns(Registers& values, std::size_t n) const {
    std::vector<double> kept;
    const bool aliases = rule_.assignments.size() > 1 &&
                         std::any_of(rule_.assignments.begin(), rule_.assignments.end(),
                                     [&](const Assignment& a) { return values.in_column(a.slot); });
    if (aliases) {
      for (const auto& a : rule_.assignments)
        kept.insert(kept.end(), values.result(a.slot), values.result(a.slot) + n);
    }
    return kept;
  }

  void assign_where(const Assignment& a, const double* v, const double* acts, const Row* rows, Row first,
                    std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
      if (acts[i] == 0) continue;
      const Row row = rows != nullptr ? rows[i] : first + static_cast<Row>(i);
      assign(table_, column_of(a), a, v + i, &row, 0, 1);
    }
  }

  void evaluate_pairs(Registers& values, Decisions& out) {
    auto lanes = value_lanes();
    Pairs& pairs = out.pairs;
    out.values.reserve(pairs.self.size() * num_slots());
    std::size_t kept = 0;
    for (std::size_t from = 0; from < pairs.self.size(); from += strip) {
      lanes.n = std::min(strip, pairs.self.size() - from);
      lanes.rows = pairs.self.data() + from;
      if (rule_.match) lanes.partner_rows = pairs.partner.data() + from;
      prefetch_vectors(lanes);
      expression::evaluate(rule_.values, lanes, values);
      check_values(values, lanes);
      for (std::size_t i = 0; i < lanes.n; ++i) {
        if (rule_.has_require && values.result(rule_.require_slot)[i] == 0) continue;
        for (std::size_t slot = 0; slot < num_slots(); ++slot) out.values.push_back(values.result(slot)[i]);
        const Row self = pairs.self[from + i], partner = rule_.match ? pairs.partner[from + i] : no_row;
        learn_changes(self, partner, values, i, out);
        pairs.self[kept] = self;
        if (rule_.match) pairs.partner[kept] = partner;
        ++kept;
      }
    }
    pairs.self.resize(kept);
    if (rule_.match) pairs.partner.resize(kept);
    if (!rule_.fund) add_fired(pairs.self, out.fired);
  }

  void add_fired(std::span<const Row> rows, ExactSum& fired) const {
    std::array<double, strip> weights;
    for (std::size_t from = 0; from < rows.size(); from += strip) {
      const std::size_t n = std::min(strip, rows.size() - from);
      kernels::active().gather(weights.data(), table_.weights().data(), rows.data() + from, n);
      fired.add(std::span(weights.data(), n));
    }
  }

  /// Asks for the vectors of both sides, which lie far apart, before they are needed.
  void prefetch_vectors(const expression::Lanes& lanes) const {
    for (const auto& [side, column, bytes] : vectors_) {
      const Row* rows = side == Side::self ? lanes.rows : lanes.partner_rows;
      for (std::size_t i = 0; i < lanes.n; ++i) {
        for (std::size_t at = 0; at < bytes; at += 64) __builtin_prefetch(column + rows[i] * bytes + at);
      }
    }
  }

  void list_vectors() {
    const auto list = [&](Side side, KindId kind, ColumnId column) {
      const ColumnInfo& info = program_.layout.kinds[index(kind)].columns[index(column)];
      if (info.type != ColumnType::vector) return;
      vectors_.push_back({side, static_cast<const char*>(view_.columns(kind)[index(column)]),
                          static_cast<std::size_t>(info.size) * 8});
    };
    for (const auto& read : rule_.values.reads) list(read.side, read.kind, read.column);
    for (const auto& learn : rule_.learns) {
      list(learn.self_learns ? Side::self : Side::partner, learn.self_learns ? rule_.kind : rule_.match->kind,
           learn.column);
    }
  }

  void learn_changes(Row self, Row partner, Registers& values, std::size_t i, Decisions& out) {
    for (const auto& learn : rule_.learns) {
      const auto size = static_cast<std::size_t>(learn.size);
      const KindId to_kind = learn.self_learns ? rule_.kind : rule_.match->kind;
      const KindId from_kind = learn.self_learns ? rule_.match->kind : rule_.kind;
      const Row to = learn.self_learns ? self : partner, from = learn.self_learns ? partner : self;
      const auto* target =
          static_cast<const double*>(view_.columns(to_kind)[index(learn.column)]) + to * size;
      const auto* source =
          static_cast<const double*>(view_.columns(from_kind)[index(learn.source_column)]) + from * size;
      const double strength = values.result(learn.slot)[i];
      for (std::size_t e = 0; e < size; ++e) out.learned.push_back(strength * (source[e] - target[e]));
    }
  }

  const Program::Impl& program_;
  State& state_;
  const ColumnView& view_;
  MonthEdits& edits_;
  const RuleProgram& rule_;
  Table& table_;
  bool needs_decisions_;
  std::vector<Decisions> blocks_;
  std::vector<double> select_scalars_, value_scalars_;
  DrawKey chance_key_;
  std::optional<Matcher> matcher_;
  const std::uint8_t* types_ = nullptr;
  struct VectorColumn {
    Side side;
    const char* column;
    std::size_t bytes;  // a row
  };
  std::vector<VectorColumn> vectors_;
};

}  // namespace

void run_rules(const Program::Impl& program, State& state, MonthEdits& edits,
               std::span<const DueRule> rules) {
  if (rules.empty()) return;
  std::deque<RuleRun> runs;
  for (const auto& [rule, view] : rules) runs.emplace_back(program, state, view, edits, *rule);
  for_each_index(num_blocks(state.tables[index(rules.front().rule->kind)].num_rows()), [&](std::size_t b) {
    for (RuleRun& run : runs) run.decide(b);
  });
  for (RuleRun& run : runs) run.apply();
}

}  // namespace polder
