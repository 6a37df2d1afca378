// SPDX-License-Identifier: Apache-2.0
// Startups that do R&D become ventures; those of the start have a past.
#include <algorithm>
#include <cmath>

#include "agents/funding/venture_rounds.hpp"
#include "engine/parallel.hpp"

namespace polder::agents {

std::int64_t founding_level(double age) {
  return static_cast<std::int64_t>(std::min(8.0, 3 + std::floor(age / 12)));
}

std::size_t founding_rank(double age, double z) {
  constexpr std::array<double, num_stages> least_age{0, 12, 36, 60, 84},
      least_quality{-10, 0.5, 1.3, 1.9, 2.3};
  std::size_t rank = 0;
  while (rank + 1 < num_stages && age >= least_age[rank + 1] && z >= least_quality[rank + 1]) ++rank;
  return rank;
}

void VentureRounds::found(Turn& turn) const {
  enter_ventures(turn, true);
}

void VentureRounds::enter_ventures(Turn& turn, bool founding) const {
  const auto type = turn.read(firm_.type), performer = turn.read(firm_.performer);
  const auto stage = turn.write(firm_.stage);
  const Table& firms = turn.table(firm_.kind);
  std::vector<std::vector<Row>> found(num_blocks(firms.num_rows()));
  turn.for_each_block(firm_.kind, [&](Block block) {
    for (Row row = block.first; row < block.last; ++row) {
      if (type[row] == static_cast<std::uint8_t>(ActorType::startup) && performer[row] != 0 &&
          stage[row] == 0 && firms.alive()[row])
        found[block.number].push_back(row);
    }
  });
  for (const auto& rows : found) {
    for (const Row row : rows) enter_venture(turn, row, founding);
  }
}

VentureRounds::Past VentureRounds::past_of(Turn& turn, Row firm, double z, bool founding) const {
  Past past;
  past.belief = {rule_.mean_log_value, 1 / (rule_.log_value_sd * rule_.log_value_sd)};
  if (!founding) return past;
  const double age = turn.read(firm_.age)[firm];
  const AgentId id = turn.table(firm_.kind).ids()[firm];
  past.rank = founding_rank(age, z);
  past.trl = std::max(founding_level(age), static_cast<std::int64_t>(stages.lowest_trl[past.rank]));
  for (std::int64_t level = 3; level <= past.trl; ++level) {
    const double noise = signal_noise(level);
    const double luck = normal(turn.key(signal_), id, 0, static_cast<std::uint32_t>(level));
    past.belief = posterior(past.belief, rule_.mean_log_value + rule_.log_value_sd * z + noise * luck, noise);
  }
  for (std::size_t rank = 1; rank <= past.rank; ++rank) {
    past.raised += stages.size[rank];
    past.founders_share *= 0.8;  // a fifth a round (assumption)
  }
  past.part = uniform(turn.key(milestone_), id, 0, 9);
  return past;
}

void VentureRounds::enter_venture(Turn& turn, Row firm, bool founding) const {
  const Table& firms = turn.table(firm_.kind);
  const AgentId id = firms.ids()[firm];
  const double z = normal(turn.key(quality_), id, 0);
  const Past past = past_of(turn, firm, z, founding);
  const auto stage = static_cast<std::uint8_t>(past.rank + static_cast<std::size_t>(VentureStage::pre_seed));
  Entrant entrant;
  entrant.kind = venture_.kind;
  entrant.cause = id;
  entrant.ordinal = founding ? 1 : 0;
  entrant.weight = firms.weights()[firm];
  entrant.values = {id_value(venture_.firm.column, id),
                    number_value(venture_.theme.column, turn.read(firm_.theme)[firm]),
                    number_value(venture_.region.column, turn.read(firm_.region)[firm]),
                    number_value(venture_.quality.column, rule_.mean_log_value + rule_.log_value_sd * z),
                    number_value(venture_.belief_mean.column, past.belief.mean),
                    number_value(venture_.belief_precision.column, past.belief.precision),
                    number_value(venture_.stage.column, stage),
                    number_value(venture_.raised.column, past.raised),
                    number_value(venture_.rounds.column, static_cast<double>(past.rank)),
                    number_value(venture_.seeking_since.column, (1 - past.part) * rule_.round_length),
                    number_value(venture_.founders_share.column, past.founders_share),
                    number_value(venture_.trl.column, static_cast<double>(past.trl)),
                    number_value(venture_.milestone_in.column, past.part * milestone_months(past.trl))};
  turn.enter(entry_, entrant);
  turn.write(firm_.stage)[firm] = stage;
  turn.write(firm_.trl)[firm] = past.trl;
  if (past.rank == 0) return;
  const double left = stages.size[past.rank] / 2;  // of the last round
  // The data say what it does by now.
  const double meant =
      rule_.research_share * stages.research[past.rank] * stages.size[past.rank] / rule_.round_length;
  turn.write(firm_.venture_plan)[firm] = std::min(meant, turn.read(firm_.rd_spending)[firm]);
  turn.transfer(flow_.founding, 0, firm, to_cents(left * entrant.weight));
}

}  // namespace polder::agents
