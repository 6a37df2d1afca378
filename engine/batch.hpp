// SPDX-License-Identifier: Apache-2.0
// Rules that go over the same agents one after the other are batched: a block of rows passes through all of
// them while it is in cache. A batch gives the same values as its rules one by one:
//
//   immediate(R)  = R writes its own rows only, strip by strip; all other rules write after their last block
//   R joins E     when  writes(E) and writes(R) are disjoint, or R writes no earlier than E (both immediate,
//                 both late, or R late)
//                 and   what R reads is not written by E, or E is immediate and R reads its own rows only
//                 and   what E reads of other rows, or late, is not written by R immediately
//
// Aggregates are evaluated before the first block, so a rule that has any only starts a batch.
// Private to engine/.
#pragma once
#include <vector>

#include "engine/program_impl.hpp"

namespace polder {

/// Parts of a month that run together, in the order of the schedule: one mechanism, or rules of one kind.
std::vector<std::vector<std::size_t>> derive_batches(const Program::Impl& program);

}  // namespace polder
