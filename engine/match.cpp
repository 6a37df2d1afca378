// SPDX-License-Identifier: Apache-2.0
#include "engine/match.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "engine/error.hpp"
#include "engine/expression/evaluate.hpp"
#include "engine/kernels/kernels.hpp"

namespace polder {

namespace {

constexpr std::uint32_t try_number(std::uint32_t t) {
  return 1 + 256 * t;
}
constexpr std::uint32_t choice_number(std::uint32_t t) {
  return 0x80000001U + t;
}
constexpr std::uint32_t most_tries = 64;
constexpr std::size_t default_candidates = 64;

std::size_t position_of(double u, std::size_t count) {
  return std::min(count - 1, static_cast<std::size_t>(u * static_cast<double>(count)));
}

}  // namespace

Matcher::Matcher(const Program::Impl& program, const State& state, const ColumnView& view,
                 const RuleProgram& rule)
    : state_(state),
      rule_(rule),
      self_(state.tables[index(rule.kind)]),
      partner_(state.tables[index(rule.match->kind)]),
      same_kind_(rule.kind == rule.match->kind),
      pool_(partner_.by_id()),
      key_(draw_key(state.seed, state.replicate, rule.purpose)),
      lanes_(lanes_of(state, rule.kind, view)) {
  const MatchProgram& match = *rule.match;
  if (match.type_column) {
    types_ = static_cast<const std::uint8_t*>(view.columns(match.kind)[index(*match.type_column)]);
    for (const Row row : partner_.by_id()) {
      if (types_[row] == match.type_label) filtered_.push_back(row);
    }
    pool_ = filtered_;
  }
  if (!match.uniform) scalars_ = evaluate_aggregates(program, state, view, match.code);
  lanes_.scalars = scalars_;
  lanes_.partner = view.columns(match.kind);
  lanes_.partner_ids = partner_.id_bits();
  lanes_.partner_weights = partner_.weights().data();
}

void Matcher::match(std::span<const Row> chosen, Pairs& pairs) const {
  const MatchProgram& match = *rule_.match;
  if (match.uniform && !match.network) return match_uniformly(chosen, pairs);
  for (const Row self : chosen) match_by_weight(self, pairs);
}

void Matcher::match_uniformly(std::span<const Row> chosen, Pairs& pairs) const {
  if (pool_.empty()) return;
  const unsigned count = rule_.match->count;
  std::array<std::uint64_t, expression::strip> ids{};
  std::array<double, expression::strip> u{};
  for (std::size_t from = 0; from < chosen.size(); from += expression::strip) {
    const std::size_t n = std::min(expression::strip, chosen.size() - from);
    for (std::size_t i = 0; i < n; ++i) ids[i] = self_.id_bits()[chosen[from + i]];
    kernels::active().uniform(u.data(), static_cast<std::uint64_t>(key_), state_.step, try_number(0),
                              ids.data(), n);
    for (std::size_t i = 0; i < n; ++i) {
      const Row self = chosen[from + i];
      const std::size_t first = pairs.partner.size();
      for (std::uint32_t t = 0; t < most_tries && pairs.partner.size() - first < count; ++t) {
        const double draw = t == 0 ? u[i] : uniform(key_, AgentId{ids[i]}, state_.step, try_number(t));
        const Row partner = pool_[position_of(draw, pool_.size())];
        const bool known = std::find(pairs.partner.begin() + static_cast<std::ptrdiff_t>(first),
                                     pairs.partner.end(), partner) != pairs.partner.end();
        if ((same_kind_ && partner == self) || known) continue;
        pairs.self.push_back(self);
        pairs.partner.push_back(partner);
      }
    }
  }
}

std::vector<Row> Matcher::candidates_of(Row self) const {
  const MatchProgram& match = *rule_.match;
  const AgentId id = self_.ids()[self];
  std::vector<Row> candidates;
  if (match.network) {
    for (const Tie& tie : state_.networks[*match.network].of(id)) {
      const Row row = partner_.find(tie.b);
      if (row != no_row && (types_ == nullptr || types_[row] == match.type_label)) candidates.push_back(row);
    }
    return candidates;
  }
  const std::size_t wanted = match.candidates == 0 ? default_candidates : match.candidates;
  if (pool_.size() <= wanted) {
    candidates.assign(pool_.begin(), pool_.end());
  } else {
    for (std::uint32_t t = 0; t < wanted; ++t) {
      candidates.push_back(pool_[position_of(uniform(key_, id, state_.step, try_number(t)), pool_.size())]);
    }
  }
  if (same_kind_) std::erase(candidates, self);
  return candidates;
}

void Matcher::fault(double value, const expression::Lanes& lanes, std::size_t at) const {
  const FormulaSite& site = rule_.match->weight_site;
  throw RunError(fmt::format("{}: a weight of rule `{}` is {} for agent {:016x} in step {}: {} with {}",
                             site.place, rule_.id, value, raw(self_.ids()[lanes.rows[at]]), state_.step,
                             site.text, expression::explain(rule_.match->code, lanes, at)));
}

void Matcher::match_by_weight(Row self, Pairs& pairs) const {
  std::vector<Row> candidates = candidates_of(self);
  const std::vector<Row> selves(candidates.size(), self);
  std::vector<double> weights(candidates.size());
  expression::Lanes lanes = lanes_;
  expression::Registers registers(rule_.match->code);
  for (std::size_t from = 0; from < candidates.size(); from += expression::strip) {
    lanes.n = std::min(expression::strip, candidates.size() - from);
    lanes.rows = selves.data() + from;
    lanes.partner_rows = candidates.data() + from;
    expression::evaluate(rule_.match->code, lanes, registers);
    for (std::size_t i = 0; i < lanes.n; ++i) {
      const double where = registers.result(1)[i], w = where != 0 ? registers.result(0)[i] : 0.0;
      if (!std::isfinite(where) || !std::isfinite(w)) fault(std::isfinite(where) ? w : where, lanes, i);
      weights[from + i] = std::max(w, 0.0);
    }
  }
  for (unsigned t = 0; t < rule_.match->count; ++t) {
    double total = 0;
    for (const double w : weights) total += w;
    if (!(total > 0)) return;
    double left = uniform(key_, self_.ids()[self], state_.step, choice_number(t)) * total;
    std::size_t at = 0;
    while (at + 1 < weights.size() && (weights[at] == 0 || left >= weights[at])) left -= weights[at++];
    while (weights[at] == 0) --at;  // rounding at the end of the list
    pairs.self.push_back(self);
    pairs.partner.push_back(candidates[at]);
    const Row taken = candidates[at];
    for (std::size_t i = 0; i < candidates.size(); ++i)
      if (candidates[i] == taken) weights[i] = 0;
  }
}

}  // namespace polder
