// SPDX-License-Identifier: Apache-2.0
#include "bench/mini_hand.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <span>

#include "bench/xoshiro.hpp"
#include "engine/draw.hpp"
#include "engine/elementary.hpp"
#include "engine/exact_sum.hpp"

namespace polder::mini {

namespace {

constexpr std::size_t width = 8;  // numbers in a firm's knowledge
using Knowledge = std::array<double, width>;

/// Every draw is the next one of a single stream.
class StreamDraws {
 public:
  explicit StreamDraws(const Settings& settings) : random_(combine(settings.seed, settings.replicate)) {}
  void begin_month(std::uint32_t) {}
  static constexpr bool has_ids = false;

  double shock(AgentId) { return random_.normal(); }
  bool learns(AgentId) { return random_.uniform() < 0.05; }
  bool meets(AgentId) { return random_.uniform() < 0.02; }
  bool innovates(AgentId, double chance) { return random_.uniform() < chance; }
  std::size_t university(AgentId, std::size_t count) { return random_.below(count); }
  std::size_t other_firm(AgentId, std::size_t self, std::size_t count) {
    const std::size_t other = random_.below(count - 1);
    return other < self ? other : other + 1;
  }
  double start_capital(AgentId) { return std::exp(0.5 * random_.normal()); }
  double start_productivity(AgentId) { return std::exp(0.3 * random_.normal()); }
  double start_age(AgentId) { return 120 * random_.uniform(); }
  double start_firm_knowledge(AgentId, std::uint32_t) { return random_.uniform(); }
  double start_university_knowledge(AgentId, std::uint32_t) { return random_.uniform(); }

  static double exp(double x) { return std::exp(x); }

 private:
  Xoshiro random_;
};

/// Every draw is the engine's: a function of the purpose, the firm, the month and a number.
class EngineDraws {
 public:
  explicit EngineDraws(const Settings& settings) : settings_(settings) {}
  void begin_month(std::uint32_t step) { step_ = step; }
  static constexpr bool has_ids = true;

  double shock(AgentId id) const { return normal(accounts_, id, step_, 2); }
  bool learns(AgentId id) const { return uniform(learn_, id, step_, 0) < 0.05; }
  bool meets(AgentId id) const { return uniform(spillover_, id, step_, 0) < 0.02; }
  bool innovates(AgentId id, double chance) const { return uniform(innovate_, id, step_, 0) < chance; }
  std::size_t university(AgentId id, std::size_t count) const {
    return place(uniform(learn_, id, step_, 1), count);
  }
  std::size_t other_firm(AgentId id, std::size_t self, std::size_t count) const {
    for (std::uint32_t attempt = 0;; ++attempt) {
      const std::size_t other = place(uniform(spillover_, id, step_, 1 + 256 * attempt), count);
      if (other != self) return other;
    }
  }
  double start_capital(AgentId id) const { return exp(0.5 * normal(capital_, id, step_, 2)); }
  double start_productivity(AgentId id) const { return exp(0.3 * normal(productivity_, id, step_, 2)); }
  double start_age(AgentId id) const { return 120 * uniform(age_, id, step_, 2); }
  double start_firm_knowledge(AgentId id, std::uint32_t j) const {
    return uniform(firm_k_, id, step_, 2 + j);
  }
  double start_university_knowledge(AgentId id, std::uint32_t j) const {
    return uniform(university_k_, id, step_, 2 + j);
  }

  static double exp(double x) { return elementary::exp(x); }

 private:
  DrawKey key(std::string_view purpose) const {
    return draw_key(settings_.seed, settings_.replicate, purpose_of(purpose));
  }
  static std::size_t place(double u, std::size_t count) {
    return static_cast<std::size_t>(u * static_cast<double>(count));
  }

  Settings settings_;
  std::uint32_t step_ = 0;
  DrawKey accounts_ = key("accounts"), learn_ = key("learn"), spillover_ = key("spillover"),
          innovate_ = key("innovate"), capital_ = key("firm.capital"),
          productivity_ = key("firm.productivity"), age_ = key("firm.age"), firm_k_ = key("firm.k"),
          university_k_ = key("university.k");
};

double length(const Knowledge& k) {
  const auto square = [&](std::size_t i) { return k[i] * k[i]; };
  return std::sqrt(((square(0) + square(1)) + (square(2) + square(3))) +
                   ((square(4) + square(5)) + (square(6) + square(7))));
}

double distance(const Knowledge& a, const Knowledge& b) {
  Knowledge difference;
  for (std::size_t j = 0; j < width; ++j) difference[j] = a[j] - b[j];
  return length(difference);
}

template <class Draws>
class Model {
 public:
  explicit Model(const Settings& settings) : settings_(settings), draws_(settings) {
    found_universities(std::max<std::size_t>(1, settings.firms / 1000));
    found_firms(settings.firms);
  }

  std::vector<Sample> run() {
    std::vector<Sample> samples;
    for (step_ = 0; step_ < settings_.months; ++step_) {
      draws_.begin_month(step_);
      find_leavers();
      const auto grants = static_cast<double>(grant());
      meetings_.clear();
      lessons_.clear();
      for (std::size_t i = 0; i < id_.size(); ++i) live(i);
      for (const auto& [a, b] : meetings_) productivity_[a] *= 1.01, productivity_[b] *= 1.01;
      for (const auto& [i, university] : lessons_) learn(k_[i], university_k_[university]);
      replace_leavers();
      samples.push_back(sample(grants));
    }
    return samples;
  }

 private:
  struct Pair {
    std::size_t a, b;
  };

  void found_universities(std::size_t count) {
    std::vector<AgentId> ids(count);
    for (std::size_t i = 0; i < count; ++i) ids[i] = founder_id("university", 0, i);
    if (Draws::has_ids) std::sort(ids.begin(), ids.end());
    for (const AgentId id : ids) {
      Knowledge k;
      for (std::uint32_t j = 0; j < width; ++j) k[j] = draws_.start_university_knowledge(id, j);
      university_k_.push_back(k);
    }
  }

  void found_firms(std::size_t count) {
    id_.resize(count);
    for (std::size_t i = 0; i < count; ++i)
      id_[i] = Draws::has_ids ? founder_id("firm", 0, i) : AgentId{i + 1};
    if (Draws::has_ids) std::sort(id_.begin(), id_.end());
    for (auto* column : {&capital_, &productivity_, &age_, &revenue_, &rd_}) column->resize(count);
    k_.resize(count);
    for (std::size_t i = 0; i < count; ++i) start(i);
  }

  void start(std::size_t i) {
    const AgentId id = id_[i];
    capital_[i] = draws_.start_capital(id);
    productivity_[i] = draws_.start_productivity(id);
    age_[i] = draws_.start_age(id);
    for (std::uint32_t j = 0; j < width; ++j) k_[i][j] = draws_.start_firm_knowledge(id, j);
    revenue_[i] = 0;
    rd_[i] = 0;
  }

  void find_leavers() {
    leavers_.clear();
    for (std::size_t i = 0; i < capital_.size(); ++i) {
      if (capital_[i] <= 0) leavers_.push_back(i);
    }
  }

  /// Financiers fund the applications in turn, the best first; returns the number of grants.
  std::size_t grant() {
    constexpr double request = 0.5;
    std::vector<std::size_t> applicants;
    for (std::size_t i = 0; i < capital_.size(); ++i) {
      if (capital_[i] < 0.2) applicants.push_back(i);
    }
    std::sort(applicants.begin(), applicants.end(), [&](std::size_t a, std::size_t b) {
      return productivity_[a] != productivity_[b] ? productivity_[a] > productivity_[b] : id_[a] < id_[b];
    });
    const std::size_t financiers = std::max<std::size_t>(1, settings_.firms / 2000);
    double budget = settings_.pool * static_cast<double>(settings_.firms) / static_cast<double>(financiers);
    std::size_t grants = 0;  // all financiers spend the same, so a round of them is one grant each
    while (budget >= request && grants < applicants.size()) {
      const std::size_t round = std::min(financiers, applicants.size() - grants);
      for (std::size_t j = 0; j < round; ++j) capital_[applicants[grants++]] += request;
      budget -= request;
    }
    return grants;
  }

  /// A month of one firm; what others bring or get is kept until all have lived.
  void live(std::size_t i) {
    const AgentId id = id_[i];
    const double p = productivity_[i];
    const double r = 0.02 * p * (1 + 0.1 * length(k_[i])) * Draws::exp(0.05 * draws_.shock(id));
    const double surplus = r - settings_.cost;
    const double d = 0.2 * (surplus > 0 ? surplus : 0) + 0.001;
    revenue_[i] = r;
    rd_[i] = d;
    capital_[i] += surplus - d;
    age_[i] += 1;
    double next = p * 0.999;
    if (draws_.innovates(id, 1 - Draws::exp(-5 * d))) next *= 1.02;
    productivity_[i] = next;
    if (draws_.meets(id) && id_.size() > 1) {
      const std::size_t other = draws_.other_firm(id, i, id_.size());
      const double apart = distance(k_[i], k_[other]);
      if (apart > 0.3 && apart < 0.9) meetings_.push_back({i, other});
    }
    if (draws_.learns(id)) lessons_.push_back({i, draws_.university(id, university_k_.size())});
  }

  static void learn(Knowledge& k, const Knowledge& from) {
    for (std::size_t j = 0; j < width; ++j) k[j] += 0.1 * (from[j] - k[j]);
  }

  void replace_leavers() {
    if (leavers_.empty()) return;
    for (const std::size_t i : leavers_) {
      if (Draws::has_ids) {
        id_[i] = entrant_id("firm", id_[i], step_, static_cast<std::uint64_t>(purpose_of("leave")), 0);
      }
      start(i);
    }
    if (Draws::has_ids) restore_order();
  }

  /// Puts the firms back in order of their ids: those who stayed still are, the entrants are merged in.
  void restore_order() {
    std::vector<std::size_t> order;
    for (std::size_t i = 0, l = 0; i < id_.size(); ++i) {
      if (l < leavers_.size() && leavers_[l] == i) {
        ++l;
      } else {
        order.push_back(i);
      }
    }
    const auto by_id = [&](std::size_t a, std::size_t b) { return id_[a] < id_[b]; };
    std::sort(leavers_.begin(), leavers_.end(), by_id);
    const auto stayed = static_cast<std::ptrdiff_t>(order.size());
    order.insert(order.end(), leavers_.begin(), leavers_.end());
    std::inplace_merge(order.begin(), order.begin() + stayed, order.end(), by_id);
    const auto reorder = [&](auto& column) {
      auto ordered = column;
      for (std::size_t i = 0; i < order.size(); ++i) ordered[i] = column[order[i]];
      column.swap(ordered);
    };
    for (auto* column : {&capital_, &productivity_, &age_, &revenue_, &rd_}) reorder(*column);
    reorder(k_);
    reorder(id_);
  }

  double sum(const std::vector<double>& column) const {
    if (!Draws::has_ids) return std::accumulate(column.begin(), column.end(), 0.0);
    ExactSum exact;
    exact.add(column);
    return exact.value();
  }

  Sample sample(double grants) {
    const auto count = static_cast<double>(id_.size());
    lengths_.resize(id_.size());
    double young = 0;
    for (std::size_t i = 0; i < id_.size(); ++i) {
      lengths_[i] = length(k_[i]);
      young += age_[i] < 60 ? 1 : 0;
    }
    return {sum(capital_) / count,
            sum(revenue_),
            sum(rd_),
            sum(productivity_) / count,
            static_cast<double>(leavers_.size()),
            grants,
            sum(lengths_) / count,
            young};
  }

  Settings settings_;
  Draws draws_;
  std::uint32_t step_ = 0;
  std::vector<AgentId> id_;
  std::vector<double> capital_, productivity_, age_, revenue_, rd_, lengths_;
  std::vector<Knowledge> k_, university_k_;
  std::vector<Pair> meetings_, lessons_;
  std::vector<std::size_t> leavers_;
};

}  // namespace

std::vector<Sample> plain(const Settings& settings) {
  return Model<StreamDraws>(settings).run();
}
std::vector<Sample> same_draws(const Settings& settings) {
  return Model<EngineDraws>(settings).run();
}

}  // namespace polder::mini
