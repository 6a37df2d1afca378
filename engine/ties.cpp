// SPDX-License-Identifier: Apache-2.0
#include "engine/ties.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "engine/exact_sum.hpp"

namespace polder {

namespace {

auto ends(const Tie& t) {
  return std::tie(t.a, t.b);
}
auto ends(const TieEdit& e) {
  return std::tie(e.a, e.b);
}

/// Edits in both directions, one a pair: changes of a pair are added exactly.
std::vector<TieEdit> combine_edits(std::vector<TieEdit> edits) {
  std::erase_if(edits, [](const TieEdit& e) { return e.a == e.b || e.a == nobody || e.b == nobody; });
  const std::size_t n = edits.size();
  edits.reserve(2 * n);
  for (std::size_t i = 0; i < n; ++i) edits.push_back({edits[i].b, edits[i].a, edits[i].change});
  std::sort(edits.begin(), edits.end(), [](const TieEdit& x, const TieEdit& y) { return ends(x) < ends(y); });
  std::vector<TieEdit> combined;
  for (std::size_t i = 0; i < edits.size();) {
    ExactSum sum;
    std::size_t j = i;
    for (; j < edits.size() && ends(edits[j]) == ends(edits[i]); ++j) sum.add(double{edits[j].change});
    combined.push_back({edits[i].a, edits[i].b, static_cast<float>(sum.value())});
    i = j;
  }
  return combined;
}

/// Those of `gone` that a tie or an edit starts from. Both run in both directions, so nobody else matters.
std::vector<AgentId> tied_among(std::span<const AgentId> gone, const std::vector<Tie>& ties,
                                const std::vector<TieEdit>& edits) {
  const auto starts_from = [](const auto& list, AgentId id) {
    const auto at = std::lower_bound(list.begin(), list.end(), id,
                                     [](const auto& item, AgentId wanted) { return item.a < wanted; });
    return at != list.end() && at->a == id;
  };
  std::vector<AgentId> tied;
  std::copy_if(gone.begin(), gone.end(), std::back_inserter(tied),
               [&](AgentId id) { return starts_from(ties, id) || starts_from(edits, id); });
  return tied;
}

}  // namespace

std::span<const Tie> Ties::of(AgentId a) const {
  const auto [first, last] = std::equal_range(ties_.begin(), ties_.end(), Tie{a, a},
                                              [](const Tie& x, const Tie& y) { return x.a < y.a; });
  return {first, last};
}

const Tie* Ties::find(AgentId a, AgentId b) const {
  const auto at = std::lower_bound(ties_.begin(), ties_.end(), Tie{a, b},
                                   [](const Tie& x, const Tie& y) { return ends(x) < ends(y); });
  return at != ties_.end() && at->a == a && at->b == b ? &*at : nullptr;
}

void Ties::apply(std::vector<TieEdit> edits, std::int32_t step, float keep, float drop_below,
                 std::span<const AgentId> gone) {
  if (edits.empty() && gone.empty() && keep == 1.0F) return;
  const auto changes = combine_edits(std::move(edits));
  const std::vector<AgentId> leavers = tied_among(gone, ties_, changes);
  const auto is_gone = [&](AgentId id) { return std::binary_search(leavers.begin(), leavers.end(), id); };
  std::vector<Tie> next;
  next.reserve(ties_.size() + changes.size());
  const auto push = [&](Tie tie) {
    if (tie.strength > 0 && tie.strength >= drop_below &&
        (leavers.empty() || !(is_gone(tie.a) || is_gone(tie.b)))) {
      next.push_back(tie);
    }
  };
  std::size_t i = 0;
  for (const TieEdit& change : changes) {
    for (; i < ties_.size() && ends(ties_[i]) < ends(change); ++i) {
      Tie tie = ties_[i];
      tie.strength *= keep;
      push(tie);
    }
    Tie tie{change.a, change.b, 0, step, step};
    if (i < ties_.size() && ends(ties_[i]) == ends(change)) {
      tie = ties_[i++];
      tie.strength *= keep;
      tie.last = step;
    }
    tie.strength += change.change;
    push(tie);
  }
  for (; i < ties_.size(); ++i) {
    Tie tie = ties_[i];
    tie.strength *= keep;
    push(tie);
  }
  ties_ = std::move(next);
}

}  // namespace polder
