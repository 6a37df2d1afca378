// SPDX-License-Identifier: Apache-2.0
// Who may collaborate this month, and the mechanism's columns and settings. Private to agents/knowledge/.
#pragma once
#include <algorithm>
#include <array>
#include <span>
#include <utility>
#include <vector>

#include "agents/geography.hpp"
#include "agents/knowledge/collaboration.hpp"
#include "agents/support/id_index.hpp"
#include "engine/draw.hpp"
#include "engine/kernels/kernels.hpp"
#include "engine/parallel.hpp"

namespace polder::agents {

/// A firm or an institute that may collaborate.
struct Actor {
  AgentId id = nobody;
  double researchers = 0, activity = 0;
  std::uint8_t region = 0, theme = 0;
  bool firm = true;
  Row row = no_row;
  std::span<const double> knowledge;
  std::span<const Tie> ties;  ///< in the order of the partners' ids
  double trust = 0;           ///< sum of the ties' strengths
  double weight = 1;          ///< real organisations that it stands for
  double connected = 0;       ///< coverage of its province by fibre, 4G and 5G

  const Tie* tie_with(AgentId other) const {
    const auto at = std::partition_point(ties.begin(), ties.end(), [&](const Tie& t) { return t.b < other; });
    return at != ties.end() && at->b == other ? &*at : nullptr;
  }
};

/// All actors of a month in the order of their ids, and where each stands.
class Actors {
 public:
  explicit Actors(std::vector<Actor> all)
      : all_(std::move(all)), index_(ids(all_)), institutes_(ids(all_, true)) {}
  std::span<const Actor> all() const { return all_; }
  std::span<Actor> all() { return all_; }
  const Actor* find(AgentId id) const {
    const std::size_t at = index_.find(id);
    return at < all_.size() ? &all_[at] : nullptr;
  }
  /// The actor that a point on the ring of ids falls to.
  const Actor& at_point(std::uint64_t point) const {
    const std::size_t at = index_.not_below(point);
    return all_[at < all_.size() ? at : 0];
  }
  /// The institute that a point on the ring of ids falls to; nothing when there is none.
  const Actor* institute_at(std::uint64_t point) const {
    if (institutes_.size() == 0) return nullptr;
    const std::size_t at = institutes_.not_below(point);
    return find(AgentId{institutes_[at < institutes_.size() ? at : 0]});
  }

 private:
  static std::vector<std::uint64_t> ids(const std::vector<Actor>& all, bool institutes = false) {
    std::vector<std::uint64_t> list;
    list.reserve(all.size());
    for (const Actor& actor : all)
      if (!institutes || !actor.firm) list.push_back(raw(actor.id));
    return list;
  }
  std::vector<Actor> all_;
  IdIndex index_, institutes_;
};

/// What some actors decide, in the order of their ids.
struct Decisions {
  std::vector<TieEdit> ties;
  std::vector<TieEdit> allied;    ///< pairs of members of new alliances
  std::vector<double> alliances;  ///< weights of their founders
};
constexpr std::size_t chunk = 64;  // actors decided upon together

/// Calls body(chunk number, first, last) for all chunks of `count` things, possibly in parallel.
template <class Body>
void for_each_chunk(std::size_t count, const Body& body) {
  for_each_index((count + chunk - 1) / chunk,
                 [&](std::size_t c) { body(c, c * chunk, std::min(count, (c + 1) * chunk)); });
}

class Collaboration final : public Mechanism {
 public:
  explicit Collaboration(Setup& setup);
  void found(Turn& turn) const override;
  void step(Turn& turn) const override;

 private:
  enum class Occasion : std::uint8_t { alliance, past_project };
  /// What brings actors together, and the part of its effect that is left today.
  struct Deed {
    Occasion occasion;
    double left;
  };
  /// The draws of one decision, in turn; made some at a time.
  class Draws {
   public:
    Draws(DrawKey key, AgentId id, std::uint32_t step, std::uint32_t next)
        : key_(key), id_(id), step_(step), first_(next), next_(next) {}
    double one() { return to_unit(point()); }
    /// one() < chance, which needs no draw for a chance of 1.
    bool less(double chance) {
      if (chance < 1) return one() < chance;
      ++next_;
      return true;
    }
    std::uint64_t point() {
      if (next_ - first_ >= made_) make();
      return words_[next_++ - first_];
    }

   private:
    static constexpr std::uint32_t most = 32;
    void make() {
      first_ = next_;
      made_ = most;
      kernels::active().words(words_.data(), static_cast<std::uint64_t>(key_), raw(id_), step_, first_, most);
    }
    DrawKey key_;
    AgentId id_;
    std::uint32_t step_, first_, next_, made_ = 0;
    std::array<std::uint64_t, most> words_;  ///< of draws first_ to first_ + made_
  };
  template <class Decide>
  void decide_all(Turn& turn, const Actors& actors, const Decide& decide) const;
  std::vector<Actor> list_actors(Turn& turn) const;
  void attach_ties(Turn& turn, std::span<Actor> actors, bool count) const;
  const Actor* known_partner(const Actors& actors, const Actor& self, Draws& draws) const;
  const Actor* partner_of_partner(const Actors& actors, const Actor& self, Draws& draws) const;
  const Actor* of_group(const Actors& actors, const Actor& self, const Actor& institute, Draws& draws) const;
  bool stands_for_one(const Actor& self, const Actor& other, Draws& draws) const;
  const Actor* stranger(const Actors& actors, const Actor& self, Occasion occasion, Draws& draws) const;
  const Actor& someone(const Actors& actors, Occasion occasion, Draws& draws) const;
  const Actor& by_weight(const Actors& actors, Draws& draws) const;
  double appeal(const Actor& self, const Actor& other) const;
  void form(const Actors& actors, const Actor& self, Deed deed, Draws draws, Decisions& made) const;
  void copublish(Turn& turn, const Actors& actors) const;

  std::vector<double> connected_regions(Turn& turn) const;

  KindId firm_, institute_, government_;
  Handle<double> rd_staff_, knowledge_, researchers_, phds_, institute_knowledge_, publications_,
      copublications_, with_firms_;
  Handle<double> fibre_, mobile_4g_, mobile_5g_;
  Handle<std::uint8_t> performer_, region_, theme_, institute_region_, institute_theme_, government_type_,
      government_region_;
  Handle<std::int64_t> partners_, institute_partners_;
  std::size_t network_, allied_, alliances_;
  Purpose purpose_, founding_, past_, publish_;
  std::uint8_t no_theme_;
  Geography map_;
  std::vector<double> farness_;  ///< of two regions: minus the logarithm of what distance leaves of appeal
  double firm_activity_, institute_activity_, known_first_, partners_of_partners_, established_, cost_,
      half_distance_, best_distance_, success_, gain_, loss_, articles_per_tie_, articles_with_firms_,
      history_, fading_, past_projects_, digital_reach_, scale_;
};

}  // namespace polder::agents
