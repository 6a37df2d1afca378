// SPDX-License-Identifier: Apache-2.0
#include "agents/funding/rounds.hpp"

#include <algorithm>
#include <numeric>

#include "agents/funding/valuation.hpp"

namespace polder::agents {

namespace {

constexpr double lead_share = 0.25;  // of the need that a lead's largest ticket must reach (assumption)
constexpr double lead_part = 0.5;    // of the round that the lead takes at most (assumption)

Cents ticket_of(const Offer& offer, Cents wanted, double weight) {
  const Cents largest = std::min(offer.available, to_cents(offer.ticket_max * weight));
  const Cents amount = std::min(largest, wanted);
  return amount >= std::min(wanted, to_cents(offer.ticket_min)) ? amount : 0;
}

}  // namespace

std::optional<Round> close_round(std::span<const Offer> offers, double need, double weight,
                                 double max_share) {
  std::vector<std::size_t> order(offers.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (offers[a].preference != offers[b].preference) return offers[a].preference > offers[b].preference;
    return raw(offers[a].fund) < raw(offers[b].fund);
  });
  const auto leads = [&](std::size_t at) {
    const Offer& offer = offers[at];
    return offer.ticket_max >= lead_share * need && offer.ticket_min <= need && offer.available > 0 &&
           investors_share(need, offer.value) <= max_share;
  };
  const auto lead = std::find_if(order.begin(), order.end(), leads);
  if (lead == order.end()) return std::nullopt;
  std::rotate(order.begin(), lead, lead + 1);

  Round round;
  round.share = investors_share(need, offers[order.front()].value);
  const Cents total = to_cents(need * weight);
  Cents missing = total;
  for (const std::size_t at : order) {
    if (missing <= 0) break;
    if (investors_share(need, offers[at].value) > max_share) continue;
    const bool is_lead = at == order.front();
    const Cents wanted = is_lead ? std::max(static_cast<Cents>(static_cast<double>(total) * lead_part),
                                            to_cents(offers[at].ticket_min))
                                 : missing;
    const Cents amount = ticket_of(offers[at], std::min(wanted, missing), weight);
    if (amount <= 0) continue;
    round.tickets.push_back({at, amount});
    missing -= amount;
  }
  if (missing > 0 && !round.tickets.empty()) {  // the lead fills what followers leave, if it can
    const Offer& offer = offers[round.tickets.front().offer];
    const Cents room =
        std::min(offer.available, to_cents(offer.ticket_max * weight)) - round.tickets.front().amount;
    const Cents more = std::clamp<Cents>(room, 0, missing);
    round.tickets.front().amount += more;
    missing -= more;
  }
  if (missing > 0) return std::nullopt;
  return round;
}

}  // namespace polder::agents
