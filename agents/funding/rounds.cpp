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

/// Positions of `offers`, highest preference first.
std::vector<std::size_t> by_preference(std::span<const Offer> offers) {
  std::vector<std::size_t> order(offers.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (offers[a].preference != offers[b].preference) return offers[a].preference > offers[b].preference;
    return raw(offers[a].fund) < raw(offers[b].fund);
  });
  return order;
}

}  // namespace

std::optional<Round> close_round(std::span<const Offer> offers, const Wish& wish) {
  std::vector<std::size_t> order = by_preference(offers);
  const auto size_at = [&](std::size_t at) {
    const double value = offers[at].value;
    return std::min(std::max(wish.need, wish.usual_share * value), wish.max_share * value);
  };
  const auto leads = [&](std::size_t at) {
    const Offer& offer = offers[at];
    const double size = size_at(at);
    return offer.leads && !offer.beside_private && size >= wish.least_part * wish.need &&
           offer.ticket_max >= lead_share * std::min(size, wish.need) && offer.ticket_min <= size &&
           offer.available > 0;
  };
  const auto lead = std::find_if(order.begin(), order.end(), leads);
  if (lead == order.end()) return std::nullopt;
  std::rotate(order.begin(), lead, lead + 1);

  Round round;
  const double size = size_at(order.front());
  const Cents total = to_cents(size * wish.weight);
  Cents missing = total, room_beside = 0;  // private money that no public money matches yet
  for (const std::size_t at : order) {
    if (missing <= 0) break;
    const bool is_lead = at == order.front();
    if (!is_lead && investors_share(size, offers[at].value) > wish.max_share) continue;
    const bool beside = offers[at].beside_private;
    const Cents wanted = is_lead  ? std::max(static_cast<Cents>(static_cast<double>(total) * lead_part),
                                             to_cents(offers[at].ticket_min))
                         : beside ? room_beside
                                  : missing;
    const Cents amount = ticket_of(offers[at], std::min(wanted, missing), wish.weight);
    if (amount <= 0 || (beside && amount < to_cents(offers[at].ticket_min * wish.weight))) continue;
    room_beside += beside ? -amount : amount;
    round.tickets.push_back({at, amount});
    missing -= amount;
  }
  if (missing > 0 && !round.tickets.empty()) {  // the lead fills what followers leave, if it can
    const Offer& offer = offers[round.tickets.front().offer];
    const Cents room =
        std::min(offer.available, to_cents(offer.ticket_max * wish.weight)) - round.tickets.front().amount;
    const Cents more = std::clamp<Cents>(room, 0, missing);
    round.tickets.front().amount += more;
    missing -= more;
  }
  const Cents least = to_cents(wish.least_part * std::min(wish.need, size) * wish.weight);
  if (round.tickets.empty() || total - missing < least) return std::nullopt;
  round.size = missing > 0 ? to_euros(total - missing) / wish.weight : size;
  round.share = investors_share(round.size, offers[order.front()].value);
  return round;
}

}  // namespace polder::agents
