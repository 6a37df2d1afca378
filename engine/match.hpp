// SPDX-License-Identifier: Apache-2.0
// Choosing partners: uniformly, by weight among sampled candidates, or among neighbours of a network. Choices
// depend on ids and draws only, never on rows or threads. Draw numbers: 1 + 256 t for the t-th try or
// candidate, 0x80000001 + t for weighted choices.
#pragma once
#include <span>
#include <vector>

#include "engine/rows.hpp"

namespace polder {

/// Chosen pairs, in the order of `self`; agents without a partner are left out.
struct Pairs {
  std::vector<Row> self, partner;
};

class Matcher {
 public:
  Matcher(const Program::Impl& program, const State& state, const ColumnView& view, const RuleProgram& rule);
  /// Partners for the chosen rows of the rule's kind. Safe to call from several threads.
  void match(std::span<const Row> chosen, Pairs& pairs) const;

 private:
  void match_uniformly(std::span<const Row> chosen, Pairs& pairs) const;
  void match_by_weight(Row self, Pairs& pairs) const;
  std::vector<Row> candidates_of(Row self) const;
  /// A weight or condition that is no finite number.
  [[noreturn]] void fault(double value, const expression::Lanes& lanes, std::size_t at) const;

  const State& state_;
  const RuleProgram& rule_;
  const Table &self_, &partner_;
  bool same_kind_;
  std::span<const Row> pool_;  // candidates in id order
  std::vector<Row> filtered_;  // storage of the pool when a type filters it
  const std::uint8_t* types_ = nullptr;
  DrawKey key_;
  expression::Lanes lanes_;
  std::vector<double> scalars_;
};

}  // namespace polder
