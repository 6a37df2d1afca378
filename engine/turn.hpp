// SPDX-License-Identifier: Apache-2.0
// One month under way: staged entries, exits, ties and money, and the access that mechanisms get. Private to
// engine/.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "engine/rows.hpp"

namespace polder {

/// An entrant waiting for the end of the month; its values stand with those of all others.
struct StagedEntry {
  AgentId id;
  KindId kind;
  double weight;
  std::size_t first_value, num_values;
};

/// What one month changes besides columns; applied in id order when the month ends.
class MonthEdits {
 public:
  explicit MonthEdits(const Program::Impl& program);
  /// Leaves the memory of entries to the next month of this thread.
  ~MonthEdits();
  MonthEdits(const MonthEdits&) = delete;
  MonthEdits& operator=(const MonthEdits&) = delete;
  AgentId enter(const Program::Impl& program, const State& state, Purpose purpose, const Entrant& entrant);
  void exit(KindId kind, Row row) { exits_[index(kind)].push_back(row); }
  void tie(std::size_t network, TieEdit edit) { ties_[network].push_back(edit); }
  /// errors: RunError when two agents would share an id.
  void apply(const Program::Impl& program, State& state);
  /// Entries alone: outside of a month, when a state goes on under another program.
  void apply_entries_only(const Program::Impl& program, State& state);

 private:
  void apply_exits(const Program::Impl& program, State& state, std::vector<AgentId>& gone);
  void apply_entries(const Program::Impl& program, State& state);
  struct Entries {
    std::vector<StagedEntry> list;
    std::vector<NewValue> values;  // of all of them
  };
  static Entries& spare();
  Entries entries_;
  std::vector<std::vector<Row>> exits_;     // one a kind
  std::vector<std::vector<TieEdit>> ties_;  // one a network
};

/// Books `amount` from payer to receiver; rows of named sides are ignored.
void book(const Program::Impl& program, State& state, FlowId flow, Row payer, Row receiver, Cents amount);
/// Sum of all accounts: never changes during a run (law 5).
Cents total_money(const Program& program, const State& state);

/// Implementation of Turn for one part.
class PartTurn final : public Turn {
 public:
  PartTurn(const Program::Impl& program, State& state, const ColumnView& view, MonthEdits& edits)
      : Turn({state.tables, state.networks, view.all(), state.seed, state.replicate, state.step}),
        program_(program),
        state_(state),
        view_(view),
        edits_(edits) {}
  Month month() const override;
  bool in_burn_in() const override;
  void for_each_block(KindId kind, const std::function<void(Block)>& body) override;
  void transfer_block(FlowId flow, Block block, std::span<const Cents> amounts) override;
  void transfer(FlowId flow, Row payer, Row receiver, Cents amount) override {
    book(program_, state_, flow, payer, receiver, amount);
  }
  AgentId enter(Purpose purpose, const Entrant& entrant) override {
    return edits_.enter(program_, state_, purpose, entrant);
  }
  void exit(KindId kind, Row row) override { edits_.exit(kind, row); }
  void tie(std::size_t network, AgentId a, AgentId b, float change) override {
    edits_.tie(network, {a, b, change});
  }
  void event(std::size_t event, double weight) override { state_.events[event] += weight; }
  void evaluate(const expression::Code& code, KindId kind, std::span<const Row> rows, std::size_t slot,
                std::span<double> out) override;

 private:
  const Program::Impl& program_;
  State& state_;
  const ColumnView& view_;
  MonthEdits& edits_;
  void settle_blocks();
  // While inside for_each_block: sums of the blocks in which money moved.
  std::unique_ptr<Cents[]> partials_;  // [block][flow]
  std::size_t partials_size_ = 0;
  std::vector<std::uint8_t> moved_;  // one a block
};

}  // namespace polder
