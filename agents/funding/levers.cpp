// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/levers.hpp"

#include <algorithm>
#include <utility>

#include "agents/funding/instrument.hpp"
#include "engine/elementary.hpp"

namespace polder::agents {

Levers::Levers(Setup& s)
    : training(s.column<double>("firm", "training")),
      courses(s.column<double>("firm", "courses")),
      staff(s.column<double>("firm", "staff")),
      brokered(s.column<double>("firm", "brokered")),
      block_funded(s.column<double>("institute", "block_funded")),
      funded_posts(s.column<double>("institute", "funded_posts")),
      permanent_offer(s.column<double>("institute", "permanent_offer")),
      transfer_posts(s.column<double>("institute", "transfer_posts")),
      researchers(s.column<double>("institute", "researchers")),
      institute_brokered(s.column<double>("institute", "brokered")) {}

void Levers::clear(Turn& turn, const Columns& columns) const {
  for (const auto handle : {block_funded, funded_posts, permanent_offer, transfer_posts,
                            columns.institute.recruiting, columns.firm.recruiting}) {
    const auto values = turn.write(handle);
    turn.for_each_block(handle.kind,
                        [&](Block block) { std::fill_n(values.data() + block.first, block.size(), 0.0); });
  }
}

void Levers::start_from_brokers(Turn& turn, const Columns& columns) const {
  for (const auto& [organised, base] : {std::pair{columns.institute.organised, institute_brokered},
                                        std::pair{columns.firm.organised, brokered}}) {
    const auto values = turn.write(organised);
    const auto from = turn.read(base);
    turn.for_each_block(organised.kind, [&](Block block) {
      std::copy_n(from.data() + block.first, block.size(), values.data() + block.first);
    });
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
