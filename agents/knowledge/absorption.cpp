// SPDX-License-Identifier: Apache-2.0
#include "agents/knowledge/absorption.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "agents/kinds/kinds.hpp"
#include "agents/knowledge/frontier.hpp"
#include "agents/knowledge/proximity.hpp"
#include "agents/support/id_index.hpp"
#include "engine/elementary.hpp"
#include "engine/kernels/kernels.hpp"
#include "engine/parallel.hpp"

namespace polder::agents {

double absorptive_capacity(double kappa, double stock_per_employee) {
  return 1.0 - elementary::exp(-kappa * std::max(0.0, stock_per_employee));
}

namespace {

constexpr double largest_gap = 0.5;

/// Ratio of a partner's productivity to the own one, from 1 (none ahead) to where the gap ends.
double comparable_ratio(double ratio) {
  constexpr double far_ahead = 1.65;  // its logarithm is above the largest gap
  return std::max(1.0, std::min(far_ahead, ratio));
}

}  // namespace

double productivity_gap(double own, double partner) {
  return own > 0 ? std::min(largest_gap, elementary::log(comparable_ratio(partner / own))) : 0.0;
}

namespace {

using Profile = std::array<double, knowledge_size>;

/// Partners lie anywhere in memory: a profile is asked for before its turn.
void fetch(const double* profile) {
  __builtin_prefetch(profile);
  __builtin_prefetch(profile + knowledge_size - 1);
}

class Absorption final : public Mechanism {
 public:
  explicit Absorption(Setup& setup);
  void found(Turn& turn) const override { update_capacity(turn); }
  void step(Turn& turn) const override;

 private:
  struct Lesson {
    Row row;
    double gain;     ///< weighted gap to the partners
    double weights;  ///< of the ties
    Profile profile;
  };
  /// Somebody with ties: what partners may learn from.
  struct Actor {
    const double* knowledge = nullptr;  ///< profile, which nobody changes before all have learned
    double productivity = 0;
    double most = 0;   ///< the largest gap to somebody behind
    double ahead = 0;  ///< of that gap: an institute is ahead of everybody
    Row firm = no_row;
    bool teaches = false;
    std::span<const Tie> ties;
  };
  void update_capacity(Turn& turn) const;
  std::vector<Actor> actors(Turn& turn) const;
  std::vector<Lesson> lessons(Turn& turn) const;
  void learn(const Actor& self, std::span<const Actor> actors, const IdIndex& index, Lesson& lesson) const;

  KindId firm_, institute_;
  SectorMeans means_;
  Handle<double> stock_, staff_, subsidised_, productivity_, capacity_, knowledge_, institute_knowledge_;
  Handle<std::uint8_t> performer_, sector_;
  std::size_t network_;
  double kappa_, training_, rate_, science_gap_, convergence_, best_distance_;
};

Absorption::Absorption(Setup& setup)
    : firm_(setup.kind("firm")),
      institute_(setup.kind("institute")),
      means_(setup),
      stock_(setup.column<double>("firm", "rd_stock")),
      staff_(setup.column<double>("firm", "staff")),
      subsidised_(setup.column<double>("firm", "training")),
      productivity_(setup.column<double>("firm", "productivity")),
      capacity_(setup.column<double>("firm", "absorptive_capacity")),
      knowledge_(setup.column<double>("firm", "knowledge")),
      institute_knowledge_(setup.column<double>("institute", "knowledge")),
      performer_(setup.column<std::uint8_t>("firm", "rd_performer")),
      sector_(setup.column<std::uint8_t>("firm", "sector")),
      network_(setup.network("collaboration")),
      kappa_(setup.parameter("kappa")),
      training_(setup.parameter("training")),
      rate_(setup.parameter("learning_rate")),
      science_gap_(setup.parameter("science_gap")),
      convergence_(setup.parameter("convergence")),
      best_distance_(setup.parameter("best_distance")) {}

/// Firms without R&D have the capacity that training gives them.
void Absorption::update_capacity(Turn& turn) const {
  const auto stock = turn.read(stock_), staff = turn.read(staff_), extra = turn.read(subsidised_);
  const auto performer = turn.read(performer_);
  const auto capacity = turn.write(capacity_);
  const double trained = absorptive_capacity(kappa_, training_);
  turn.for_each_block(firm_, [&](Block block) {
    for (Row row = block.first; row < block.last; ++row) {
      if (performer[row] != 0)
        capacity[row] =
            absorptive_capacity(kappa_, training_ + extra[row] + stock[row] / std::max(staff[row], 1.0));
      else if (extra[row] > 0)
        capacity[row] = absorptive_capacity(kappa_, training_ + extra[row]);
      else if (capacity[row] != trained)
        capacity[row] = trained;
    }
  });
}

/// Everybody in the network, in id order.
std::vector<Absorption::Actor> Absorption::actors(Turn& turn) const {
  const Table& firms = turn.table(firm_);
  const Table& institutes = turn.table(institute_);
  const auto productivity = turn.read(productivity_), knowledge = turn.read(knowledge_);
  const auto sources = turn.read(institute_knowledge_);
  const auto ties = turn.ties(network_).all();
  std::vector<std::size_t> starts;  // of everybody's ties
  for (std::size_t at = 0; at < ties.size(); ++at)
    if (at == 0 || ties[at].a != ties[at - 1].a) starts.push_back(at);
  std::vector<Actor> all(starts.size());
  std::vector<AgentId> ids;
  ids.reserve(starts.size());
  for (const std::size_t at : starts) ids.push_back(ties[at].a);
  std::vector<Row> rows(ids.size());
  firms.find_all(ids, rows);
  starts.push_back(ties.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::size_t first = starts[i], last = starts[i + 1];
    const AgentId id = ids[i];
    Actor& actor = all[i];
    actor.firm = rows[i];
    actor.ties = ties.subspan(first, last - first);
    const auto know = [&](std::span<const double> profiles, Row row) {
      actor.knowledge = &profiles[row * std::size_t{knowledge_size}];
      actor.teaches = true;
    };
    if (actor.firm != no_row) {
      know(knowledge, actor.firm);
      actor.productivity = productivity[actor.firm];
      actor.most = largest_gap;
    } else if (const Row institute = institutes.find(id); institute != no_row) {
      know(sources, institute);
      actor.most = science_gap_;
      actor.ahead = std::numeric_limits<double>::max();
    }
  }
  return all;
}

/// What one firm learns from all its partners this month, in the order of their ids. Ties run both ways, so
/// every partner is among the actors. A strip of partners at a time, and without a branch: one who cannot
/// teach counts as one too far away.
void Absorption::learn(const Actor& self, std::span<const Actor> actors, const IdIndex& index,
                       Lesson& lesson) const {
  constexpr std::size_t strip = 64;
  std::array<const Actor*, strip> partners;
  std::array<const double*, strip> profile;
  std::array<double, strip> strength, weight, distance, gap, ahead, most;
  // nobody is ahead of one who makes nothing
  const double productivity =
      self.productivity > 0 ? self.productivity : std::numeric_limits<double>::infinity();
  const auto& kernel = kernels::active();
  Lesson sum{self.firm, 0, 0, {}};
  for (std::size_t first = 0; first < self.ties.size(); first += strip) {
    const auto ties = self.ties.subspan(first, std::min(strip, self.ties.size() - first));
    for (std::size_t i = 0; i < ties.size(); ++i) {
      partners[i] = &actors[index.find(ties[i].b)];
      __builtin_prefetch(partners[i]);
    }
    std::size_t n = 0;
    for (std::size_t i = 0; i < ties.size(); ++i) {
      const Actor& partner = *partners[i];
      if (!partner.teaches) continue;
      fetch(partner.knowledge);
      profile[n] = partner.knowledge;
      strength[n] = static_cast<double>(std::min(1.0F, ties[i].strength));
      gap[n] = partner.productivity;
      ahead[n] = partner.ahead;
      most[n++] = partner.most;
    }
    for (std::size_t i = 0; i < n; ++i) gap[i] = comparable_ratio(gap[i] / productivity);
    kernel.log(gap.data(), gap.data(), n);
    kernel.mean_squares(distance.data(), self.knowledge, profile.data(), knowledge_size, n);
    kernel.square_root(distance.data(), distance.data(), n);
    for (std::size_t i = 0; i < n; ++i)
      weight[i] = strength[i] * learning_by_distance(distance[i], best_distance_);
    for (std::size_t i = 0; i < n; ++i) {
      sum.gain += weight[i] * std::min(most[i], gap[i] + ahead[i]);
      sum.weights += strength[i];
    }
    kernel.add_differences(sum.profile.data(), self.knowledge, profile.data(), weight.data(), knowledge_size,
                           n);
  }
  lesson = sum;
}

/// Everybody learns from the state before anybody has learned.
std::vector<Absorption::Lesson> Absorption::lessons(Turn& turn) const {
  const std::vector<Actor> all = actors(turn);
  std::vector<std::uint64_t> ids;
  std::vector<const Actor*> learners;
  for (const Actor& actor : all) {
    ids.push_back(raw(actor.ties.front().a));
    if (actor.firm != no_row) learners.push_back(&actor);
  }
  const IdIndex index(std::move(ids));
  std::vector<Lesson> lessons(learners.size());
  constexpr std::size_t chunk = 64;
  for_each_index((learners.size() + chunk - 1) / chunk, [&](std::size_t c) {
    for (std::size_t l = c * chunk; l < std::min(learners.size(), (c + 1) * chunk); ++l)
      learn(*learners[l], all, index, lessons[l]);
  });
  return lessons;
}

void Absorption::step(Turn& turn) const {
  update_capacity(turn);
  const auto all = lessons(turn);
  const auto capacity = turn.read(capacity_);
  const auto sector = turn.read(sector_);
  const auto means = means_.read(turn);
  const auto productivity = turn.write(productivity_), knowledge = turn.write(knowledge_);
  constexpr std::size_t ahead = 8;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i + ahead < all.size()) {
      const Row next = all[i + ahead].row;
      fetch(&knowledge[next * std::size_t{knowledge_size}]);
      __builtin_prefetch(&productivity[next]);
      __builtin_prefetch(&capacity[next]);
    }
    const Lesson& lesson = all[i];
    const double ability = capacity[lesson.row];
    double& own = productivity[lesson.row];
    own *= 1.0 + rate_ * ability * lesson.gain / (1.0 + lesson.weights) *
                     room_to_improve(own, means[sector[lesson.row]]);
    for (std::size_t k = 0; k < lesson.profile.size(); ++k) {
      double& value = knowledge[lesson.row * std::size_t{knowledge_size} + k];
      value =
          std::clamp(value + convergence_ * ability * lesson.profile[k] / (1.0 + lesson.weights), 0.0, 1.0);
    }
  }
}

}  // namespace

const MechanismInfo& absorption_mechanism() {
  using enum Access;
  static const MechanismInfo info{
      "absorption",
      "knowledge",
      "Firms learn from partners as far as their own R&D and training let them, most at a middle cognitive "
      "distance",
      "AC = 1 - exp(-kappa (K / L + T)), A' = A (1 + lambda AC room sum_j w phi(d) G / (1 + sum_j w))",
      "Cohen & Levinthal 1990; Nooteboom et al. 2007",
      "forgetting, learning by institutes, staff who leave with what they know",
      {{"kappa", "person/EUR", "0.00004", "0", "0.01",
        "absorptive capacity by R&D stock and training per employee", "assumption: half at 17 kEUR"},
       {"training", "EUR/person", "5000", "0", "1000000", "training stock per employee", "assumption"},
       {"learning_rate", "1/year", "0.03", "0", "1",
        "gain of productivity by the gap to a partner, at full capacity and strength", "assumption"},
       {"science_gap", "1", "0.3", "0", "2", "gap to what an institute knows", "assumption"},
       {"convergence", "1/year", "0.06", "0", "1", "pace at which a profile moves towards a partner's",
        "assumption"},
       {"best_distance", "1", "0.35", "0.05", "1", "cognitive distance at which most is learned",
        "assumption"}},
      {{"firm", "rd_stock", read},
       {"firm", "staff", read},
       {"firm", "training", read},
       {"firm", "rd_performer", read},
       {"firm", "sector", read},
       {"industry", "sector", read},
       {"industry", "productivity", read},
       {"institute", "knowledge", read},
       {"firm", "absorptive_capacity", write},
       {"firm", "productivity", write},
       {"firm", "knowledge", write}},
      {},
      {"collaboration"},
      {},
      {"market", "rd_investment", "research"},
      [](Setup& setup) -> std::unique_ptr<Mechanism> { return std::make_unique<Absorption>(setup); }};
  return info;
}

}  // namespace polder::agents
