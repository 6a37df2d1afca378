// SPDX-License-Identifier: Apache-2.0
#include "engine/ties.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/exact_sum.hpp"

namespace polder {

namespace {

auto ends(const Tie& t) {
  return std::tie(t.a, t.b);
}
auto ends(const TieEdit& e) {
  return std::tie(e.a, e.b);
}

bool before(const TieEdit& x, const TieEdit& y) {
  return ends(x) < ends(y);
}

/// Edits in both directions, one a pair: changes of a pair are added exactly. Pairs with a leaver (sorted)
/// are left out.
std::vector<TieEdit> combine_edits(std::vector<TieEdit> edits, std::span<const AgentId> leavers) {
  const auto is_gone = [&](AgentId id) { return std::binary_search(leavers.begin(), leavers.end(), id); };
  std::erase_if(edits, [&](const TieEdit& e) {
    return e.a == e.b || e.a == nobody || e.b == nobody || is_gone(e.a) || is_gone(e.b);
  });
  for (TieEdit& edit : edits) {
    if (edit.b < edit.a) std::swap(edit.a, edit.b);
  }
  std::sort(edits.begin(), edits.end(), before);
  std::size_t pairs = 0;
  for (std::size_t i = 0, j = 0; i < edits.size(); i = j) {
    for (j = i + 1; j < edits.size() && ends(edits[j]) == ends(edits[i]);) ++j;
    TieEdit pair = edits[i];
    if (j - i > 1) {
      ExactSum sum;
      for (std::size_t k = i; k < j; ++k) sum.add(double{edits[k].change});
      pair.change = static_cast<float>(sum.value());
    }
    edits[pairs++] = pair;
  }
  edits.resize(2 * pairs);
  const auto middle = edits.begin() + static_cast<std::ptrdiff_t>(pairs);
  std::transform(edits.begin(), middle, middle, [](const TieEdit& e) { return TieEdit{e.b, e.a, e.change}; });
  std::sort(middle, edits.end(), before);
  std::inplace_merge(edits.begin(), middle, edits.end(), before);
  return edits;
}

/// Position of the first tie from `from` on that does not stand before `edit`, looked for in growing strides:
/// edits come in order, so it is near.
std::size_t not_before(const std::vector<Tie>& ties, std::size_t from, const TieEdit& edit) {
  const auto is_before = [&](const Tie& tie) { return ends(tie) < ends(edit); };
  std::size_t stride = 1;
  while (from + stride < ties.size() && is_before(ties[from + stride])) {
    from += stride;
    stride *= 2;
  }
  const auto first = ties.begin() + static_cast<std::ptrdiff_t>(from);
  const auto last = ties.begin() + static_cast<std::ptrdiff_t>(std::min(ties.size(), from + stride));
  return static_cast<std::size_t>(std::partition_point(first, last, is_before) - ties.begin());
}

/// Merges `fresh`, sorted, into `ties`, from the back and in place.
void merge(std::vector<Tie>& ties, const std::vector<Tie>& fresh) {
  auto old = static_cast<std::ptrdiff_t>(ties.size());
  ties.resize(ties.size() + fresh.size());
  for (auto left = static_cast<std::ptrdiff_t>(fresh.size()); left > 0; --left) {
    const Tie& tie = fresh[static_cast<std::size_t>(left - 1)];
    const auto at = std::partition_point(ties.begin(), ties.begin() + old,
                                         [&](const Tie& t) { return ends(t) < ends(tie); });
    std::move_backward(at, ties.begin() + old, ties.begin() + old + left);
    old = at - ties.begin();
    ties[static_cast<std::size_t>(old + left - 1)] = tie;
  }
}

std::span<Tie> ties_of(std::vector<Tie>& ties, AgentId a) {
  const auto [first, last] = std::equal_range(ties.begin(), ties.end(), Tie{a, a},
                                              [](const Tie& x, const Tie& y) { return x.a < y.a; });
  return {first, last};
}

/// Ends all ties of an agent: their strength is 0 in both directions.
void forget(std::vector<Tie>& ties, AgentId leaver) {
  for (Tie& tie : ties_of(ties, leaver)) {
    tie.strength = 0;
    const auto back = std::lower_bound(ties.begin(), ties.end(), Tie{tie.b, leaver},
                                       [](const Tie& x, const Tie& y) { return ends(x) < ends(y); });
    if (back != ties.end() && back->a == tie.b && back->b == leaver) back->strength = 0;
  }
}

/// What a month leaves of strengths.
struct Bounds {
  float keep, drop_below;
  bool lasts(float strength) const { return strength > 0 && strength >= drop_below; }
};

/// Lets ties [first, last) fade and moves those that last to `kept` and on; returns where they end.
std::size_t fade(Tie* ties, std::size_t first, std::size_t last, std::size_t kept, Bounds bounds) {
  for (std::size_t i = first; i < last; ++i) {
    const float strength = ties[i].strength * bounds.keep;
    if (!bounds.lasts(strength)) continue;
    if (kept != i) ties[kept] = ties[i];
    ties[kept++].strength = strength;
  }
  return kept;
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
  for (const AgentId leaver : gone) forget(ties_, leaver);
  const auto changes = combine_edits(std::move(edits), gone);
  const Bounds bounds{keep, drop_below};
  std::vector<Tie> fresh;
  std::size_t kept = 0, i = 0;
  for (const TieEdit& change : changes) {
    const std::size_t end = not_before(ties_, i, change);
    kept = fade(ties_.data(), i, end, kept, bounds);
    i = end;
    if (i < ties_.size() && ends(ties_[i]) == ends(change)) {
      Tie tie = ties_[i++];
      tie.strength = tie.strength * keep + change.change;
      tie.last = step;
      if (bounds.lasts(tie.strength)) ties_[kept++] = tie;
    } else if (bounds.lasts(change.change)) {
      fresh.push_back({change.a, change.b, change.change, step, step});
    }
  }
  ties_.resize(fade(ties_.data(), i, ties_.size(), kept, bounds));
  merge(ties_, fresh);
}

}  // namespace polder
