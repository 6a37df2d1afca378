// SPDX-License-Identifier: Apache-2.0
// The main loop. One month:
//
//   copies(t)   = columns that some part must read as they were at the month's start although a part before
//   it writes them part_k(t)   reads columns as the schedule says (old, copy or new), writes its own columns,
//   books money, stages edits edits(t)    = exits, then entries, then ties, in id order, after all parts
//
//   copies(t) before part_1(t) before ... before part_n(t) before edits(t) before month t + 1
#pragma once
#include <functional>
#include <string>

#include "engine/turn.hpp"

namespace polder {

/// Copies of columns at the start of a month, for the parts that need them.
class OldColumns {
 public:
  OldColumns(const Program::Impl& program, const State& state);
  /// Leaves its memory to the next month of this thread.
  ~OldColumns();
  OldColumns(const OldColumns&) = delete;
  OldColumns& operator=(const OldColumns&) = delete;
  /// What part `part` sees.
  ColumnView view_of(std::size_t part, const Program::Impl& program, const State& state) const;

 private:
  using Copies = std::vector<std::pair<std::pair<KindId, ColumnId>, Column>>;
  static Copies& spare();
  Copies copies_;
};

/// One month as `step` makes it; calls `after` with the name of each phase when it is done: a mechanism, the
/// rules of a batch by their first, `copies of the month's start`, `end of the month`.
void step_watched(const Program& program, State& state,
                  const std::function<void(const std::string& phase)>& after);

}  // namespace polder
