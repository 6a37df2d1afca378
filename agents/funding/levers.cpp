// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/levers.hpp"

#include <algorithm>

#include "agents/funding/instrument.hpp"
#include "engine/elementary.hpp"

namespace polder::agents {

Levers::Levers(Setup& s)
    : training(s.column<double>("firm", "training")),
      courses(s.column<double>("firm", "courses")),
      staff(s.column<double>("firm", "staff")),
      block_funded(s.column<double>("institute", "block_funded")),
      funded_posts(s.column<double>("institute", "funded_posts")),
      permanent_offer(s.column<double>("institute", "permanent_offer")),
      transfer_posts(s.column<double>("institute", "transfer_posts")),
      researchers(s.column<double>("institute", "researchers")) {}

void Levers::clear(Turn& turn, const Columns& columns) const {
  for (const auto handle :
       {block_funded, funded_posts, permanent_offer, transfer_posts, columns.institute.recruiting,
        columns.firm.recruiting, columns.institute.organised, columns.firm.organised}) {
    const auto values = turn.write(handle);
    turn.for_each_block(handle.kind,
                        [&](Block block) { std::fill_n(values.data() + block.first, block.size(), 0.0); });
  }
}

void Levers::forget(Turn& turn, double loss) const {
  const double keep = elementary::exp(-loss);
  const auto values = turn.write(training);
  turn.for_each_block(training.kind, [&](Block block) {
    for (Row row = block.first; row < block.last; ++row) values[row] *= keep;
  });
}

}  // namespace polder::agents
