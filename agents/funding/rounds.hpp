// SPDX-License-Identifier: Apache-2.0
// A funding round: a lead whose tickets fit the need, followers that fill it, or no round at all.
//
// A venture of weight w stands for w real ones; funds are real. A fund may write w times its largest ticket,
// and leads when its largest ticket reaches a quarter of one venture's need; the round closes only when the
// tickets add up to the whole need. No fund whose tickets cover the need at the present belief: the valley of
// death. No domestic one: the large-ticket gap.
// source: domain 1.12 and C3.
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "engine/ids.hpp"
#include "engine/money.hpp"

namespace polder::agents {

/// What one fund could do in one round.
struct Offer {
  AgentId fund = nobody;
  Row row = no_row;
  std::size_t position = 0;               ///< of the fund in the caller's list
  double value = 0;                       ///< present value of the venture at the fund's hurdle, EUR
  double preference = 0;                  ///< order of leads and followers, highest first, ties by id
  double ticket_min = 0, ticket_max = 0;  ///< EUR a real venture
  Cents available = 0;                    ///< of the fund, for this round
  bool foreign = false;
};

struct Ticket {
  std::size_t offer = 0;  ///< position
  Cents amount = 0;
};

struct Round {
  double share = 0;             ///< of the venture that investors get
  std::vector<Ticket> tickets;  ///< lead first; amounts sum to the need of all real ventures
};

/// need: EUR of one real venture; weight: real ventures; max_share: largest share given away.
std::optional<Round> close_round(std::span<const Offer> offers, double need, double weight, double max_share);

}  // namespace polder::agents
