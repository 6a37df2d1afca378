// SPDX-License-Identifier: Apache-2.0
// A funding round: a lead whose tickets fit the need, followers that fill it, or no round at all.
//
// A venture of weight w stands for w real ones; funds are real. A fund may write w times its largest ticket,
// and leads when its largest ticket reaches a quarter of one venture's need.
//
//   size = min(max(need, usual share * value), max_share * value)        value: the lead's
//
// or the tickets that come together, if fewer; below a least part of the need there is no round. No fund
// whose tickets cover the need at the present belief: the valley of death. No domestic one: the large-ticket
// gap.
// Regional companies and Invest-NL never lead: they follow a private lead at its price, together with at most
// half of the round, each with its smallest ticket a real venture at least. Funds abroad lead where a
// domestic fund went before. source: Kerr, Nanda & Rhodes-Kropf 2014; tickets and their gap: Techleap 2020;
// the rule: assumption;
//   public beside private money on the same terms: mandates of Dutch regional companies and Invest-NL
//   (recalled)
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
  bool leads = true;            ///< may lead this round
  bool beside_private = false;  ///< follows private money only, for at most half of the round
};

struct Ticket {
  std::size_t offer = 0;  ///< position
  Cents amount = 0;
};

struct Round {
  double share = 0;             ///< of the venture that investors get
  double size = 0;              ///< of one real venture. unit: EUR
  std::vector<Ticket> tickets;  ///< lead first; amounts sum to the size for all real ventures
};

/// What a venture asks for.
struct Wish {
  double need = 0;         ///< of one real venture. unit: EUR
  double weight = 1;       ///< real ventures that it stands for
  double usual_share = 0;  ///< sold at least, when a high price makes the need a smaller part
  double max_share = 1;    ///< sold at most
  double least_part = 1;   ///< of the need, without which there is no round
};

std::optional<Round> close_round(std::span<const Offer> offers, const Wish& wish);

}  // namespace polder::agents
