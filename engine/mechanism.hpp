// SPDX-License-Identifier: Apache-2.0
// What a mechanism written in C++ is: tables that describe it, a constructor that resolves names (Setup), and
// one function that advances the state by a month (Turn). Rules written in YAML use the same schedule.
#pragma once
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/draw.hpp"
#include "engine/expression/expression.hpp"
#include "engine/layout.hpp"
#include "engine/state.hpp"

namespace polder {

/// One number a user may set: the source of validation, YAML keys, `polder describe`, schema and
/// documentation.
struct FieldInfo {
  const char* name;
  const char* unit;           ///< "1" for none
  const char* default_value;  ///< a formula, for example "0.8" or "18 months"; "" means required
  const char* low;            ///< "" means unbounded
  const char* high;
  const char* meaning;
  const char* source;  ///< or "assumption"
};

/// One attribute of a kind that mechanisms use.
struct AttributeInfo {
  const char* name;
  ColumnType type;
  const char* unit;  ///< of numbers and vectors; "" else
  const char* meaning;
  const char* start = "";   ///< formula for founders and entrants unless the scenario gives one
  const char* labels = "";  ///< of categories: the name of a label set of the scenario, or "a|b|c"; of
                            ///< vectors: the same, one number a label
  const char* target = "";  ///< of ids: a kind
  int size = 1;             ///< of vectors
  bool account = false;     ///< of money: an account of the ledger
};

struct KindInfo {
  const char* name;
  bool scaled;  ///< carries weights and shrinks with `scale`
  const char* meaning;
  std::vector<AttributeInfo> attributes;
};

/// How a mechanism touches a column. `read` sees the values of the start of the month unless the writer
/// stands in `after`. `write` replaces values (one writer a column, or several ordered by `after`); `add` are
/// contributions that commute (integer money through the ledger).
enum class Access : std::uint8_t { read, write, add };
struct ColumnUse {
  const char* kind;
  const char* column;
  Access access;
};

/// A flow of money that a mechanism causes: an account is "kind.column" or a plain name (a named account).
struct FlowUse {
  const char* name;  ///< booked under this name
  const char* payer;
  const char* receiver;
};

class Setup;
class Turn;

class Mechanism {
 public:
  virtual ~Mechanism() = default;
  /// Once, after all founders exist, in schedule order: state that depends on other agents (employers,
  /// portfolios, ...).
  virtual void found(Turn&) const {}
  /// Once, when a state that ran under another program goes on under this one (a policy branches from its
  /// baseline): may enter agents that only this scenario has, such as the rows of new instruments.
  virtual void adopted(Turn&) const {}
  /// One month.
  virtual void step(Turn&) const = 0;
};

struct MechanismInfo {
  const char* name;
  const char* family;    ///< funding | talent | knowledge | market | regulation | demography
  const char* sentence;  ///< what it does
  const char* equation;
  const char* source;
  const char* ignores;  ///< what it leaves out
  std::vector<FieldInfo> fields;
  std::vector<ColumnUse> columns;
  std::vector<FlowUse> flows;
  std::vector<const char*> networks;
  std::vector<const char*> events;  ///< counted by `events(name)` in indicators
  std::vector<const char*> after;   ///< mechanisms whose results of this month it reads
  std::unique_ptr<Mechanism> (*make)(Setup&);
};

/// A form of policy instrument and the keys it understands, dotted (`budget.total`). Keys whose unit is
/// "formula" are formulas over an applicant, "label" are words, "list" lists of constants.
struct FormInfo {
  const char* name;
  const char* meaning;
  std::vector<FieldInfo> fields;
};

/// Everything the domain offers to scenarios. Made by agents/registry.cpp.
struct Catalogue {
  std::vector<KindInfo> kinds;
  std::vector<MechanismInfo> mechanisms;
  std::vector<FormInfo> forms;
};

/// A resolved column. T: double (numbers, vectors), std::int64_t (money, integers), std::uint8_t (flags,
/// categories), AgentId.
template <class T>
struct Handle {
  KindId kind{};
  ColumnId column{};
};

/// Given to a mechanism's constructor: names become handles, settings become numbers. Mistakes are collected.
class Setup {
 public:
  virtual ~Setup() = default;
  virtual const Layout& layout() const = 0;
  virtual const Scenario& scenario() const = 0;
  virtual Mistakes& mistakes() = 0;
  /// A field of the mechanism in base units (its default when not set), range checked.
  virtual double parameter(std::string_view field) = 0;
  virtual KindId kind(std::string_view name) = 0;
  virtual ColumnId column_id(std::string_view kind, std::string_view column) = 0;
  /// The column must stand in MechanismInfo::columns.
  template <class T>
  Handle<T> column(std::string_view kind_name, std::string_view name) {
    return {kind(kind_name), column_id(kind_name, name)};
  }
  virtual FlowId flow(std::string_view name, std::string_view payer, std::string_view receiver) = 0;
  /// A flow booked under an instrument's id (public money), from one account to another.
  virtual FlowId instrument_flow(std::string_view instrument, std::string_view payer,
                                 std::string_view receiver) = 0;
  virtual std::size_t network(std::string_view name) = 0;
  virtual std::size_t event(std::string_view name) = 0;
  virtual Purpose purpose(std::string_view what) = 0;  ///< of this mechanism's draws
  /// A compiler for formulas over one kind; the reads of its codes are declared with `reads`.
  virtual expression::Compiler compiler(std::string_view self_kind, std::string_view owner) = 0;
  virtual void reads(const expression::Code& code) = 0;
  /// Position of a label; a mistake when missing.
  virtual std::uint8_t label(std::string_view label_set, std::string_view label) = 0;
  /// Labels of a category column.
  virtual const Labels& labels(std::string_view kind, std::string_view column) = 0;
};

/// Rows [first, last) of a table: the unit of parallel work.
struct Block {
  Row first, last;
  std::size_t number;
  std::size_t size() const { return last - first; }
};

/// An entrant: found by the kind's start formulas, then changed by `values`; its cash comes from `payer`.
struct Entrant {
  KindId kind{};
  AgentId cause = nobody;  ///< the agent or event that caused it (part of its id)
  std::uint32_t ordinal = 0;
  double weight = 1;
  std::vector<NewValue> values;
};

/// One mechanism's access to the state in one month.
class Turn {
 public:
  virtual ~Turn() = default;
  const Table& table(KindId kind) const { return view_.tables[index(kind)]; }
  /// Values that the schedule decided this mechanism sees (of the month's start, or of now).
  template <class T>
  std::span<const T> read(Handle<T> h) const;
  template <class T>
  std::span<T> write(Handle<T> h);

  std::uint32_t step() const { return view_.step; }
  virtual Month month() const = 0;
  virtual bool in_burn_in() const = 0;
  DrawKey key(Purpose purpose) const { return draw_key(view_.seed, view_.replicate, purpose); }
  std::uint32_t replicate() const { return view_.replicate; }

  /// Calls body for every block of the table, possibly in parallel. Holes have alive() 0 and weight 0.
  virtual void for_each_block(KindId kind, const std::function<void(Block)>& body) = 0;

  /// Dense flow between a column account and a named account: amounts[i] >= 0 cents move for row block.first
  /// + i. May be called from inside for_each_block (once a block and flow).
  virtual void transfer_block(FlowId flow, Block block, std::span<const Cents> amounts) = 0;
  /// One payment; rows of named sides are ignored. Not from inside for_each_block.
  virtual void transfer(FlowId flow, Row payer, Row receiver, Cents amount) = 0;

  /// Takes effect at the end of the month, in id order. Not from inside for_each_block.
  virtual AgentId enter(Purpose purpose, const Entrant& entrant) = 0;
  virtual void exit(KindId kind, Row row) = 0;

  const Ties& ties(std::size_t network) const { return view_.networks[network]; }
  virtual void tie(std::size_t network, AgentId a, AgentId b,
                   float change) = 0;  ///< not from inside for_each_block

  /// Counts an event with the weight of the agents it stands for. Not from inside for_each_block.
  virtual void event(std::size_t event, double weight) = 0;

  /// Evaluates result `slot` of a code for the given rows of its kind (aggregates included). out: one value a
  /// row.
  virtual void evaluate(const expression::Code& code, KindId kind, std::span<const Row> rows,
                        std::size_t slot, std::span<double> out) = 0;

 protected:
  /// What mechanisms reach for agent by agent, so without a virtual call.
  struct View {
    std::span<Table> tables;
    std::span<const Ties> networks;
    std::span<const std::vector<const void*>> columns;  ///< [kind][column]: what the part reads
    std::uint64_t seed = 0;
    std::uint32_t replicate = 0, step = 0;
  };
  explicit Turn(const View& view) : view_(view) {}
  Turn(const Turn&) = default;
  Turn& operator=(const Turn&) = default;

 private:
  View view_;
};

template <class T>
std::span<const T> Turn::read(Handle<T> h) const {
  return {static_cast<const T*>(view_.columns[index(h.kind)][index(h.column)]),
          view_.tables[index(h.kind)].length(h.column)};
}
template <class T>
std::span<T> Turn::write(Handle<T> h) {
  return {static_cast<T*>(view_.tables[index(h.kind)].memory(h.column)),
          view_.tables[index(h.kind)].length(h.column)};
}

}  // namespace polder
