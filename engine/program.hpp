// SPDX-License-Identifier: Apache-2.0
// A compiled scenario: constant, shared by all replicates and threads. What follows is the whole life of a
// run:
//
//   Program program = compile(scenario, catalogue);      // names -> ids, formulas -> codes, rules ->
//   schedule State state = found(program, seed, replicate);       // founders from distributions and data
//   while (...) step(program, state);                    // one month
//   Recorder recorder(program); recorder.sample(state);  // indicators
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/archive.hpp"
#include "engine/mechanism.hpp"
#include "engine/scenario.hpp"
#include "engine/sink.hpp"
#include "engine/state.hpp"

namespace polder {

class Program {
 public:
  struct Impl;
  explicit Program(std::unique_ptr<Impl> impl);
  ~Program();
  Program(Program&&) noexcept;
  Program& operator=(Program&&) noexcept;

  const Scenario& scenario() const;
  const Layout& layout() const;
  const ArmInfo& arm() const;       ///< what its runs produce
  std::uint32_t num_steps() const;  ///< months of burn-in and run
  std::uint32_t burn_in() const;
  std::string describe_schedule()
      const;  ///< the order of a month, with what each part reads (old or new) and writes
  const Impl& impl() const { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

/// errors: InputError with every mistake of the scenario.
Program compile(const Scenario& scenario, const Catalogue& catalogue);

/// Founders of one replicate. errors: RunError (for example two agents of one id).
State found(const Program& program, std::uint64_t seed, std::uint32_t replicate);

/// Advances by one month. errors: RunError with formula, place, agent and month.
void step(const Program& program, State& state);

/// Lets a state that was advanced by `from` go on under `to` (one burn-in, several policies): kinds and
/// columns are matched by name, new ones get their start values. errors: RunError when a kind of `from` is
/// missing in `to`.
State adopt(const Program& from, const State& old, const Program& to);

/// Forgets what flowed and happened since the last yearly sample. For those who step a state without a
/// recorder.
void clear_year(State& state);

/// Samples of one replicate. Call `sample` after every step past the burn-in.
class Recorder {
 public:
  explicit Recorder(const Program& program);
  void sample(State& state);
  const ReplicateResult& result() const { return result_; }
  ReplicateResult& result() { return result_; }

 private:
  const Program* program_;
  ReplicateResult result_;
};

/// Runs one replicate from its founders to the end. `between` is called after every step and may stop the run
/// by returning false (then nothing is returned).
std::optional<ReplicateResult> run(const Program& program, std::uint64_t seed, std::uint32_t replicate,
                                   const std::function<bool(const State&)>& between = {});

/// Checkpoint: the state and the samples so far, to the same bits.
void save(const Program& program, const State& state, const ReplicateResult& samples, ArchiveWriter& archive);
/// errors: InputError when the archive was made by another scenario or is damaged.
void restore(const Program& program, const ArchiveReader& archive, State& state, ReplicateResult& samples);

/// Puts all tables in another row order (for the test of law 4).
void permute_rows(State& state, std::uint64_t shuffle_seed);

}  // namespace polder
