// SPDX-License-Identifier: Apache-2.0
// Inside of a Program: everything the step needs, resolved. Private to engine/.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/expression/expression.hpp"
#include "engine/program.hpp"
#include "engine/schedule.hpp"

namespace polder {

/// Start value of one column, for founders and entrants.
struct StartFormula {
  ColumnId column{};
  expression::Code code;
  bool uses_cell = false;  ///< reads `cell.x`, which entrants do not have
};

/// How a kind is founded.
struct Founding {
  KindId kind{};
  double count = 0;  ///< without a data file, at scale 1
  const DataTable* data = nullptr;
  std::vector<double> cell_counts;   ///< agents a cell, at scale 1
  std::vector<double> cell_weights;  ///< 0: 1/scale; of scaled kinds never more than 1/scale
  struct CellColumn {
    ColumnId column{};
    std::vector<double> values;  ///< one a cell, base units; labels as positions; money in EUR
    int element = 0;             ///< of a vector
  };
  std::vector<CellColumn> set;              ///< columns that set attributes
  std::vector<CellColumn> sums;             ///< `sum.x`: totals over the cell at scale 1
  std::vector<std::vector<double>> extras;  ///< `cell.x` scalars, in the order of the start formulas' scopes
  std::vector<StartFormula> start;          ///< in order of dependence
};

/// One assignment of a rule.
struct Assignment {
  Action::Verb verb{};
  expression::Side side{};
  ColumnId column{};
  std::size_t slot = 0;
};

struct LearnAction {
  ColumnId column{};
  int size = 1;
  ColumnId source_column{};
  bool self_learns = true;  ///< self moves towards partner, else partner towards self
  std::size_t slot = 0;     ///< strength
};

struct TieAction {
  std::size_t network = 0;
  std::size_t slot = 0;
};

struct TransferAction {
  FlowId flow{};
  std::size_t slot = 0;
  std::optional<expression::Side> payer, receiver;  ///< nothing: the named side of the flow
};

struct EnterAction {
  KindId kind{};
  std::vector<std::pair<ColumnId, std::size_t>> values;  ///< column, slot
};

/// Where a formula stands, for faults that show only during a run.
struct FormulaSite {
  std::string place, text;
};

struct MatchProgram {
  KindId kind{};
  std::uint8_t type_label = 0;
  std::optional<ColumnId> type_column;  ///< `with: university` names a type of a kind
  unsigned count = 1;
  unsigned candidates = 0;  ///< 0: every agent is a candidate
  std::optional<std::size_t> network;
  bool uniform = true;
  expression::Code code;  ///< slot 0: weight, slot 1: where
  FormulaSite weight_site;
};

struct FundProgram {
  KindId payer{};
  std::size_t request_slot = 0, rank_slot = 0;
  expression::Code budget;  ///< over the payer
};

/// A compiled YAML rule.
struct RuleProgram {
  std::string id;
  KindId kind{};
  std::uint8_t type_label = 0;
  std::optional<ColumnId> type_column;  ///< `who: university` names a type of a kind
  int every = 1;
  Purpose purpose{};
  std::size_t event = 0;
  bool has_when = false, has_chance = false;
  expression::Code select;  ///< slot 0: when, slot 1: chance
  std::optional<MatchProgram> match;
  bool has_require = false;
  std::size_t require_slot = 0;
  expression::Code values;               ///< everything evaluated for the chosen agents or pairs
  std::vector<FormulaSite> value_sites;  ///< one a slot of `values`
  FormulaSite when_site, chance_site;
  std::optional<FundProgram> fund;
  std::vector<Assignment> assignments;
  std::vector<LearnAction> learns;
  std::vector<TieAction> ties;
  std::vector<TransferAction> transfers;
  std::vector<EnterAction> enters;
  bool exit_self = false, exit_partner = false;
};

/// Whether a rule first decides for all agents and then applies what was decided; otherwise it only writes
/// rows of its own, at once.
inline bool decides_first(const RuleProgram& rule) {
  return rule.match || rule.fund || !rule.learns.empty() || !rule.ties.empty() || !rule.transfers.empty() ||
         !rule.enters.empty() || rule.exit_self || rule.exit_partner;
}

/// One part of a month: a mechanism or a rule.
struct Part {
  std::string name;
  const Mechanism* mechanism = nullptr;
  std::size_t rule = 0;
};

/// An aggregate that is wanted overall, or for each label of a category column of its kind.
struct AggregateRequest {
  const expression::Aggregate* aggregate;
  std::optional<ColumnId> axis;
  std::size_t num_labels = 1;  ///< 1 without an axis
};

/// An indicator: its formula over aggregates, and where their monthly values are added up.
struct Probe {
  std::size_t series = 0;
  int every = 12;
  IndicatorSpec::Period period{};
  double unit_factor = 1;  ///< displayed = base / factor
  expression::Code code;   ///< over nothing; its aggregates feed it
  struct Group {
    const Labels* labels = nullptr;     ///< nothing: overall
    std::vector<ColumnId> columns;      ///< the axis' column in each aggregate's kind
    std::vector<std::size_t> requests;  ///< one an aggregate: its place in Program::Impl::requests
    std::size_t first_sum = 0;          ///< in State::sample_sums
    std::size_t num_labels() const { return labels ? labels->items.size() : 1; }
  };
  std::vector<Group> groups;
};

struct Program::Impl {
  Scenario scenario;
  Layout layout;
  ArmInfo arm;
  std::vector<std::string> named_accounts;
  std::vector<FlowInfo> flows;
  std::vector<std::optional<ColumnId>> account_columns;                  ///< one a kind
  std::vector<std::optional<FlowId>> founding_flows, liquidation_flows;  ///< one a kind
  std::vector<Founding> founding;                                        ///< one a kind
  std::vector<std::unique_ptr<Mechanism>> mechanisms;
  std::vector<RuleProgram> rules;
  std::vector<Part> parts;                        ///< rules, then mechanisms; Schedule::order sorts them
  std::vector<PartInfo> part_infos;               ///< what the parts declare, in the order of `parts`
  Schedule schedule;                              ///< order and copies of the parts
  std::vector<std::vector<std::size_t>> batches;  ///< parts that run together, in the schedule's order
  std::vector<float> network_keep;                ///< 1 - monthly decay
  std::vector<Probe> probes;
  std::vector<AggregateRequest> requests;  ///< of all probes, each once; those of one aggregate side by side
  std::size_t num_sample_sums = 0;
  std::vector<std::pair<std::size_t, std::size_t>> instrument_events;  ///< applications, awards
  std::uint32_t num_steps = 0;
};

inline std::vector<std::size_t> positions(std::size_t n) {
  std::vector<std::size_t> p(n);
  for (std::size_t i = 0; i < n; ++i) p[i] = i;
  return p;
}

}  // namespace polder
