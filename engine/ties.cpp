// SPDX-License-Identifier: Apache-2.0
#include "engine/ties.hpp"

#include <algorithm>
#include <bit>
#include <bitset>
#include <numeric>
#include <tuple>
#include <utility>

#include "engine/exact_sum.hpp"
#include "engine/near_search.hpp"

namespace polder {

namespace {

auto ends(const Tie& t) {
  return std::tie(t.a, t.b);
}
auto ends(const TieEdit& e) {
  return std::tie(e.a, e.b);
}

__extension__ using UInt128 = unsigned __int128;

/// Whether a tie stands before an edit: as one number, so that no branch hangs on the first half.
bool is_before(const Tie& tie, const TieEdit& edit) {
  return ((UInt128{raw(tie.a)} << 64) | raw(tie.b)) < ((UInt128{raw(edit.a)} << 64) | raw(edit.b));
}

bool before(const TieEdit& x, const TieEdit& y) {
  return ends(x) < ends(y);
}

/// Which ids are in a sorted list. Few of those asked about are, and ids are hashes: their leading bits
/// mostly tell.
class Members {
 public:
  explicit Members(std::span<const AgentId> sorted) : sorted_(sorted) {
    for (const AgentId id : sorted) seen_.set(raw(id) >> shift);
  }
  bool contains(AgentId id) const {
    return seen_.test(raw(id) >> shift) && std::binary_search(sorted_.begin(), sorted_.end(), id);
  }

 private:
  static constexpr unsigned bits = 16, shift = 64 - bits;
  std::span<const AgentId> sorted_;
  std::bitset<std::size_t{1} << bits> seen_;
};

/// Sorts by (a, b): dealt out by the leading bits of `a`, then pile by pile.
void sort_edits(std::vector<TieEdit>& edits) {
  constexpr std::size_t pile_size = 4;
  const auto bits = static_cast<unsigned>(std::bit_width(edits.size() / pile_size));
  const auto pile_of = [&](const TieEdit& e) { return bits == 0 ? 0 : raw(e.a) >> (64U - bits); };
  std::vector<std::size_t> ends((std::size_t{1} << bits) + 1);
  for (const TieEdit& edit : edits) ++ends[pile_of(edit) + 1];
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  std::vector<TieEdit> sorted(edits.size());
  auto next = ends;
  for (const TieEdit& edit : edits) sorted[next[pile_of(edit)]++] = edit;
  for (std::size_t pile = 0; pile + 1 < ends.size(); ++pile) {
    std::sort(sorted.begin() + static_cast<std::ptrdiff_t>(ends[pile]),
              sorted.begin() + static_cast<std::ptrdiff_t>(ends[pile + 1]), before);
  }
  edits = std::move(sorted);
}

/// Edits in both directions, one a pair: changes of a pair are added exactly. Pairs with a leaver are left
/// out.
std::vector<TieEdit> combine_edits(std::vector<TieEdit> both, const Members& leavers) {
  std::erase_if(both, [&](const TieEdit& e) {
    return e.a == e.b || e.a == nobody || e.b == nobody || leavers.contains(e.a) || leavers.contains(e.b);
  });
  const std::size_t one_way = both.size();
  both.resize(2 * one_way);
  for (std::size_t i = 0; i < one_way; ++i) both[one_way + i] = {both[i].b, both[i].a, both[i].change};
  sort_edits(both);
  std::size_t pairs = 0;
  for (std::size_t i = 0, j = 0; i < both.size(); i = j) {
    for (j = i + 1; j < both.size() && ends(both[j]) == ends(both[i]);) ++j;
    TieEdit pair = both[i];
    if (j - i > 1) {
      ExactSum sum;
      for (std::size_t k = i; k < j; ++k) sum.add(double{both[k].change});
      pair.change = static_cast<float>(sum.value());
    }
    both[pairs++] = pair;
  }
  both.resize(pairs);
  return both;
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

/// Ends all ties of agents, in the order of their ids: their strength is 0 in both directions.
void forget(std::vector<Tie>& ties, std::span<const AgentId> leavers) {
  std::size_t at = 0;
  for (const AgentId leaver : leavers) {
    const auto is_before = [leaver](const Tie& tie) { return tie.a < leaver; };
    for (at = place_from(std::span<const Tie>(ties), at, is_before); at < ties.size() && ties[at].a == leaver;
         ++at) {
      ties[at].strength = 0;
      const auto back = std::lower_bound(ties.begin(), ties.end(), Tie{ties[at].b, leaver},
                                         [](const Tie& x, const Tie& y) { return ends(x) < ends(y); });
      if (back != ties.end() && back->a == ties[at].b && back->b == leaver) back->strength = 0;
    }
  }
}

/// What a month leaves of strengths.
struct Bounds {
  float keep, drop_below;
  bool lasts(float strength) const { return strength > 0 && strength >= drop_below; }
};

/// Lets one tie fade and moves it to `kept` if it lasts; returns where the next one goes.
Tie* fade(const Tie& tie, Tie* kept, Bounds bounds) {
  const float strength = tie.strength * bounds.keep;
  if (!bounds.lasts(strength)) return kept;
  if (kept != &tie) *kept = tie;
  kept->strength = strength;
  return kept + 1;
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
  forget(ties_, gone);
  const auto changes = combine_edits(std::move(edits), Members(gone));
  const Bounds bounds{keep, drop_below};
  std::vector<Tie> fresh;
  const Tie *tie = ties_.data(), *const end = tie + ties_.size();
  Tie* kept = ties_.data();
  for (const TieEdit& change : changes) {
    for (; tie != end && is_before(*tie, change); ++tie) kept = fade(*tie, kept, bounds);
    if (tie != end && ends(*tie) == ends(change)) {
      Tie changed = *tie++;
      changed.strength = changed.strength * keep + change.change;
      changed.last = step;
      if (bounds.lasts(changed.strength)) *kept++ = changed;
    } else if (bounds.lasts(change.change)) {
      fresh.push_back({change.a, change.b, change.change, step, step});
    }
  }
  for (; tie != end; ++tie) kept = fade(*tie, kept, bounds);
  ties_.resize(static_cast<std::size_t>(kept - ties_.data()));
  merge(ties_, fresh);
}

}  // namespace polder
