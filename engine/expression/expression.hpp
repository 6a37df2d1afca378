// SPDX-License-Identifier: Apache-2.0
// The rule language: formulas are parsed, checked for names, types and dimensions, and lowered to block
// programs.
//
//   Compiler compiler(scope, mistakes);
//   auto slot = compiler.add(formula, {.type = number, .dimension = money});   // several formulas share one
//   Code Code code = compiler.finish();                                              // common subexpressions
//   once evaluate(code, lanes, registers);  registers.result(slot)[i]                // per strip of at most
//   256 agents
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/draw.hpp"
#include "engine/layout.hpp"

namespace polder::expression {

/// Agents evaluated at once: a register of a strip fits in the first-level cache with its neighbours.
inline constexpr std::size_t strip = 256;

enum class Type : std::uint8_t { number, flag, category, id, vector };

struct ValueType {
  Type type = Type::number;
  Dimension dimension;
  const Labels* labels = nullptr;
  int size = 1;
  bool percent_rate = false;
};

/// Whose column a formula reads.
enum class Side : std::uint8_t { self, partner };
struct Read {
  Side side;
  KindId kind;
  ColumnId column;
  auto operator<=>(const Read&) const = default;  // NOLINT(modernize-use-nullptr)
};

/// What names mean in a formula.
struct Scope {
  const Layout* layout = nullptr;
  std::optional<KindId> self;     ///< bare names are its attributes
  std::optional<KindId> partner;  ///< partner.name
  std::string owner;              ///< rule, mechanism or instrument: the purpose of its draws
  bool draws = true;              ///< may the formula draw?
  bool aggregates = true;         ///< may it use sum(...), mean(...), ...?
  std::uint32_t first_draw =
      2;  ///< number of its first draw (n = 0: the chance of a rule, 1: its match); codes of one owner that
          ///< are evaluated for the same agents need different ranges: 2 + num_draws of the others
  /// Extra scalar inputs, changing at most once a step, in order of their slots in Lanes::scalars (after the
  /// aggregates).
  std::vector<std::pair<std::string, ValueType>> scalars;
};

enum class Op : std::uint8_t;  // defined in code.hpp

struct Instruction {
  Op op;
  std::uint16_t out = 0, a = 0, b = 0, c = 0;
  std::uint32_t aux = 0;  ///< column, aggregate, scalar, draw number, start of a table
  double constant = 0;
};

struct Aggregate;

/// A column a code reads, for messages.
struct ReadName {
  std::string name;  ///< `age`, `partner.age`
  ColumnType type = ColumnType::number;
  int size = 1;
  const Labels* labels = nullptr;
};

/// A column of self and the bytes of a row: without a list of rows it is read from row to row.
struct Stream {
  ColumnId column{};
  std::size_t bytes = 8;
};

/// A block program. Constant; shared by all threads and replicates.
struct Code {
  std::vector<Instruction> instructions;
  std::vector<std::uint16_t> results;  ///< register of each formula added
  std::vector<ValueType> result_types;
  std::vector<std::optional<double>> constants;  ///< value of a formula that turned out constant
  std::vector<Read> reads;                       ///< sorted, unique
  std::vector<Aggregate> aggregates;  ///< to be evaluated before the code; scalars[0..) in this order
  Purpose purpose{};                  ///< of its draws
  std::uint16_t num_registers = 0;
  std::uint32_t num_draws = 0;
  std::uint32_t first_draw = 2;
  /// Per result: can a division by zero, a root or logarithm outside its domain, a mean over nobody or an
  /// impossible draw make it infinite or NaN? (Numbers can also overflow; conditions cannot.)
  std::vector<bool> may_fault;
  std::vector<ReadName> read_names;                      ///< of `reads`, in the same order
  std::vector<Stream> streams;                           ///< those of `reads` that are of self
  std::vector<std::pair<std::uint16_t, double>> pinned;  ///< registers that hold constants
  std::size_t vector_size = 0;                           ///< the longest vector read
  std::vector<double> tables;                            ///< values that pairs of labels look up
};

enum class Reduction : std::uint8_t { sum, mean, count, share, minimum, maximum, quantile, gini, events };

/// `sum(firm.sales where type == startup)`: reduction of a value over a kind, weighted with the agents'
/// weights.
struct Aggregate {
  Reduction reduction = Reduction::sum;
  KindId kind{};
  /// Result 0: the value (1 for count; for share the condition as 1 or 0, so that a share is the mean of its
  /// value), result 1: the filter (1 without one; of `share(kind where a, of: b)` it is b). No results for
  /// events.
  Code code;
  bool has_value = false, has_filter = false;
  double argument = 0;            ///< of quantile
  std::string event;              ///< of events(name)
  std::uint32_t event_index = 0;  ///< its position in Layout::events
  std::optional<ColumnId>
      by;  ///< `sum(firm.sales by sector)`: one scalar a label; looked up with self's label
  std::uint32_t num_groups = 1;
  std::uint32_t first_scalar = 0;
  std::string text;
};

/// The agents a code is evaluated for.
struct Lanes {
  std::size_t n = 0;                        ///< at most `strip`
  std::span<const void* const> self;        ///< one pointer a column of self's kind
  const std::uint64_t* self_ids = nullptr;  ///< of the table
  const double* self_weights = nullptr;     ///< of the table
  Row first = 0;                            ///< rows first..first+n when `rows` is null
  const Row* rows = nullptr;
  Row ahead = 0;  ///< ask memory meanwhile for the rows that many further on (without `rows`); 0: for none
  std::span<const void* const> partner;
  const std::uint64_t* partner_ids = nullptr;
  const double* partner_weights = nullptr;
  const Row* partner_rows = nullptr;
  std::span<const double> scalars;  ///< values of the code's aggregates, then of the scope's scalars
  std::uint64_t seed = 0;
  std::uint32_t replicate = 0, step = 0;
  std::uint32_t draw_offset =
      0;  ///< element of a vector; draw k has n = first_draw + k + draw_offset * num_draws
};

/// Numbers that have no values yet, kept when fewer are wanted later.
class Scratch {
 public:
  double* reserve(std::size_t n) {
    if (n > size_) numbers_ = std::make_unique_for_overwrite<double[]>(size_ = n);
    return numbers_.get();
  }
  double* data() { return numbers_.get(); }

 private:
  std::unique_ptr<double[]> numbers_;
  std::size_t size_ = 0;
};

/// Scratch of one thread for one code.
class Registers {
 public:
  explicit Registers(const Code& code) { reset(code); }
  Registers(Registers&&) noexcept = default;
  Registers& operator=(Registers&&) noexcept = default;
  Registers(const Registers&) = delete;  // pointers into itself
  Registers& operator=(const Registers&) = delete;
  ~Registers() = default;
  /// Prepares for another code; keeps its memory.
  void reset(const Code& code);
  double* at(std::uint16_t index) { return values_ + std::size_t{index} * strip; }
  /// Values of a formula for the agents evaluated last. May point into a column. Ids are the bits of the
  /// doubles.
  const double* result(std::size_t slot) const { return pointers_[code_->results[slot]]; }
  /// Whether a result of the last evaluation points into a column of the table.
  bool in_column(std::size_t slot) const {
    return result(slot) < values_ || result(slot) >= values_ + std::size_t{code_->num_registers} * strip;
  }

 private:
  friend class Evaluation;
  const Code* code_ = nullptr;
  Scratch memory_;  ///< registers, aligned for vector loads
  double* values_ = nullptr;
  std::vector<const double*> pointers_;  ///< where each register's values are: in its memory or in a column
  std::vector<std::uint64_t> ids_;
  Scratch wide_;  ///< vectors of a strip, row-major
};

/// Evaluates all formulas of a code for the agents of `lanes`.
void evaluate(const Code& code, const Lanes& lanes, Registers& registers);

/// What a formula must be. Categories are positions in their labels; flags are 0 or 1.
struct Wanted {
  Type type = Type::number;
  std::optional<Dimension> dimension = std::nullopt;  ///< nothing: any
  const Labels* labels = nullptr;
  bool chance = false;      ///< dimensionless, or 1/time: `x % /month` is a probability a month, `x /year` a
                            ///< hazard (rulings); the code yields the monthly probability
  std::string target = {};  ///< kind of a wanted id, empty: any
};

class Compiler {
 public:
  Compiler(Scope scope, Mistakes& mistakes);
  ~Compiler();
  Compiler(Compiler&&) noexcept;
  Compiler& operator=(Compiler&&) noexcept;
  /// Checks and lowers one formula; mistakes are added with place and path, and the slot then yields 0.
  std::size_t add(const FormulaText& formula, const Wanted& wanted);
  /// Names a slot so that later formulas can use it (`let`). A condition that was added as a number stays a
  /// condition.
  void name(const std::string& local, std::size_t slot);
  Code finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Evaluates a formula of parameters and literals only, for example `266.6 MEUR * (1 - facility_share)`.
/// errors: added to mistakes; then {0}. A wanted dimension is checked; a bare number fits only dimension
/// none, except 0.
Constant evaluate_constant(const FormulaText& formula, const Layout& layout, std::optional<Dimension> wanted,
                           Mistakes& mistakes);

/// Names, functions and units for `polder describe` and the schema.
struct FunctionInfo {
  std::string name, signature, meaning;
};
const std::vector<FunctionInfo>& functions();

}  // namespace polder::expression
