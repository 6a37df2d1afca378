// SPDX-License-Identifier: Apache-2.0
#include "engine/aggregate.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "engine/exact_sum.hpp"
#include "engine/kernels/kernels.hpp"
#include "engine/parallel.hpp"

namespace polder {

namespace {

using expression::Aggregate;
using expression::Reduction;
using expression::Registers;
using expression::strip;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// What one group (label) has gathered.
struct Gathered {
  ExactSum value, weight;  // weighted values and weight inside the filter
  double lowest = infinity, highest = -infinity;
  struct Item {
    double value, weight;
    AgentId id;
  };
  std::vector<Item> items;  // of quantile and gini

  void merge(Gathered& other) {
    value.add(other.value);
    weight.add(other.weight);
    lowest = std::min(lowest, other.lowest);
    highest = std::max(highest, other.highest);
    items.insert(items.end(), other.items.begin(), other.items.end());
  }
};

bool keeps_items(Reduction r) {
  return r == Reduction::quantile || r == Reduction::gini;
}

/// Smallest value below which at least the share `q` of the weight lies.
double quantile(std::vector<Gathered::Item>& items, double q) {
  double total = 0, passed = 0;
  for (const auto& item : items) total += item.weight;
  for (const auto& item : items) {
    passed += item.weight;
    if (passed >= q * total) return item.value;
  }
  return items.empty() ? missing : items.back().value;
}

/// Weighted Gini coefficient of sorted values: 1 - sum w_i (S_i + S_{i-1}) / (W S), S the cumulated weighted
/// values.
double gini(std::vector<Gathered::Item>& items) {
  double weight = 0, sum = 0, area = 0;
  for (const auto& item : items) {
    const double before = sum;
    sum += item.weight * item.value;
    weight += item.weight;
    area += item.weight * (sum + before);
  }
  return sum > 0 ? 1.0 - area / (weight * sum) : missing;
}

double result_of(const Aggregate& aggregate, Gathered& g) {
  std::sort(g.items.begin(), g.items.end(), [](const auto& a, const auto& b) {
    return a.value != b.value ? a.value < b.value : a.id < b.id;
  });
  switch (aggregate.reduction) {
    case Reduction::sum:
      return g.value.value();
    case Reduction::mean:
    case Reduction::share:
      return g.weight.value() > 0 ? g.value.value() / g.weight.value() : missing;
    case Reduction::count:
      return g.weight.value();
    case Reduction::minimum:
      return g.lowest < infinity ? g.lowest : missing;
    case Reduction::maximum:
      return g.highest > -infinity ? g.highest : missing;
    case Reduction::quantile:
      return quantile(g.items, aggregate.argument);
    case Reduction::gini:
      return gini(g.items);
    case Reduction::events:
      break;
  }
  return missing;
}

/// Addends of one label that wait to be added together: exact sums of many are cheap, of one they are not.
struct Pile {
  std::size_t n = 0;
  std::array<double, 64> product, weight;
};

/// Gathers one request over one block of rows.
class BlockGatherer {
 public:
  /// piles: empty ones, as many as there are labels; groups: what the labels have gathered so far.
  BlockGatherer(const AggregateRequest& request, const Table& table, const ColumnView& view,
                std::vector<Pile>& piles, std::vector<Gathered>& groups)
      : aggregate_(*request.aggregate), table_(table), groups_(groups), piles_(piles) {
    if (!request.axis) return;
    labels_ = static_cast<const std::uint8_t*>(view.columns(aggregate_.kind)[index(*request.axis)]);
  }

  void gather(Row from, std::size_t n, Registers& registers) {
    const double* w = table_.weights().data() + from;  // holes weigh nothing
    const double* value = registers.result(0);
    if (!aggregate_.has_filter && labels_ == nullptr && !needs_each() && !table_.has_holes())
      return gather_everybody(value, w, n);
    std::array<double, strip> weight;
    if (aggregate_.has_filter)
      kernels::active().multiply(weight.data(), w, registers.result(1), n);
    else
      std::copy_n(w, n, weight.begin());
    if (needs_each())
      gather_each(from, value, weight.data(), n);
    else if (labels_ == nullptr)
      gather_all(value, weight.data(), n);
    else
      gather_by_label(from, value, weight.data(), n);
  }

  /// After the last row of the block.
  void finish() {
    if (labels_ == nullptr) return;
    for (std::size_t label = 0; label < groups_.size(); ++label) add_pile(label);
  }

 private:
  bool needs_each() const {
    return keeps_items(aggregate_.reduction) || aggregate_.reduction == Reduction::minimum ||
           aggregate_.reduction == Reduction::maximum;
  }

  bool needs_value() const { return aggregate_.reduction != Reduction::count; }
  bool needs_weight() const { return aggregate_.reduction != Reduction::sum; }

  void gather_everybody(const double* value, const double* weight, std::size_t n) {
    if (needs_value()) groups_[0].value.add_products(std::span(value, n), std::span(weight, n));
    if (needs_weight()) groups_[0].weight.add(std::span(weight, n));
  }

  /// Rows outside the filter count nothing, whatever (even NaN) their value is.
  void gather_all(const double* value, const double* weight, std::size_t n) {
    Gathered& g = groups_[0];
    if (needs_value()) {
      std::array<double, strip> product;
      for (std::size_t i = 0; i < n; ++i) product[i] = weight[i] != 0 ? value[i] * weight[i] : 0.0;
      g.value.add(std::span(product.data(), n));
    }
    if (needs_weight()) g.weight.add(std::span(weight, n));
  }

  void gather_by_label(Row from, const double* value, const double* weight, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
      if (weight[i] == 0) continue;
      Pile& pile = piles_[labels_[from + i]];
      pile.product[pile.n] = needs_value() ? value[i] * weight[i] : 0.0;
      pile.weight[pile.n] = weight[i];
      if (++pile.n == pile.weight.size()) add_pile(labels_[from + i]);
    }
  }

  void add_pile(std::size_t label) {
    Pile& pile = piles_[label];
    if (pile.n == 0) return;
    if (needs_value()) groups_[label].value.add(std::span(pile.product.data(), pile.n));
    if (needs_weight()) groups_[label].weight.add(std::span(pile.weight.data(), pile.n));
    pile.n = 0;
  }

  void gather_each(Row from, const double* value, const double* weight, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
      if (weight[i] == 0) continue;
      Gathered& g = groups_[labels_ != nullptr ? labels_[from + i] : 0];
      g.lowest = std::min(g.lowest, value[i]);
      g.highest = std::max(g.highest, value[i]);
      if (keeps_items(aggregate_.reduction)) g.items.push_back({value[i], weight[i], table_.ids()[from + i]});
    }
  }

  const Aggregate& aggregate_;
  const Table& table_;
  std::vector<Gathered>& groups_;
  const std::uint8_t* labels_ = nullptr;
  std::vector<Pile>& piles_;
};

/// All requests over one kind.
class KindPass {
 public:
  KindPass(const Program::Impl& program, const State& state, const ColumnView& view, KindId kind,
           std::span<const AggregateRequest> requests)
      : state_(state), view_(view), kind_(kind), requests_(requests), table_(state.tables[index(kind)]) {
    for (std::size_t r = 0; r < requests.size(); r = end_of(r)) {
      scalars_.resize(r + 1);
      scalars_[r] = evaluate_aggregates(program, state, view, requests[r].aggregate->code);
    }
  }

  /// shape: [request][label]
  std::vector<std::vector<double>> run() {
    const std::size_t blocks = num_blocks(table_.num_rows()), chunks = std::min(blocks, most_chunks);
    std::vector<Chunk> gathered(chunks);
    for_each_index(
        chunks, [&](std::size_t c) { gathered[c] = gather(blocks * c / chunks, blocks * (c + 1) / chunks); });
    std::vector<std::vector<double>> values(requests_.size());
    for_each_index(requests_.size(), [&](std::size_t r) {
      for (std::size_t label = 0; label < requests_[r].num_labels; ++label) {
        Gathered all;
        for (Chunk& chunk : gathered) all.merge(chunk[r][label]);
        values[r].push_back(result_of(*requests_[r].aggregate, all));
      }
    });
    return values;
  }

 private:
  using Chunk = std::vector<std::vector<Gathered>>;  // [request][label]
  /// As many that the weights stay in cache and a column is read in long stretches.
  static constexpr std::size_t blocks_at_once = 8;
  static constexpr std::size_t most_chunks = 32;  ///< parts that gather side by side, each for itself

  /// Past the requests that want the same aggregate as `first`.
  std::size_t end_of(std::size_t first) const {
    std::size_t end = first + 1;
    while (end < requests_.size() && requests_[end].aggregate == requests_[first].aggregate) ++end;
    return end;
  }

  Chunk gather(std::size_t first_block, std::size_t last_block) const {
    Chunk chunk;
    std::vector<std::vector<Pile>> piles;  // [request][label]
    for (const auto& request : requests_) {
      chunk.emplace_back(request.num_labels);
      piles.emplace_back(request.axis ? request.num_labels : 0);
    }
    Registers registers(requests_.front().aggregate->code);
    for (std::size_t block = first_block; block < last_block; block += blocks_at_once) {
      const std::size_t rows_end =
          std::min(table_.num_rows(), std::min(last_block, block + blocks_at_once) * block_rows);
      for (std::size_t r = 0; r < requests_.size(); r = end_of(r)) {
        std::vector<BlockGatherer> gatherers;
        for (std::size_t i = r; i < end_of(r); ++i)
          gatherers.emplace_back(requests_[i], table_, view_, piles[i], chunk[i]);
        registers.reset(requests_[r].aggregate->code);
        gather_rows(block * block_rows, rows_end, r, registers, gatherers);
      }
    }
    return chunk;
  }

  void gather_rows(std::size_t first, std::size_t last, std::size_t request, Registers& registers,
                   std::vector<BlockGatherer>& gatherers) const {
    auto lanes = lanes_of(state_, kind_, view_);
    lanes.scalars = scalars_[request];
    for (std::size_t from = first; from < last; from += strip) {
      lanes.first = static_cast<Row>(from);
      lanes.n = std::min(strip, last - from);
      expression::evaluate(requests_[request].aggregate->code, lanes, registers);
      for (BlockGatherer& gatherer : gatherers) gatherer.gather(lanes.first, lanes.n, registers);
    }
    for (BlockGatherer& gatherer : gatherers) gatherer.finish();
  }

  const State& state_;
  const ColumnView& view_;
  KindId kind_;
  std::span<const AggregateRequest> requests_;
  const Table& table_;
  std::vector<std::vector<double>> scalars_;  // of the code of the first request of each aggregate
};

}  // namespace

std::vector<std::vector<double>> evaluate_together(const Program::Impl& program, const State& state,
                                                   const ColumnView& view,
                                                   std::span<const AggregateRequest> requests) {
  std::vector<std::vector<double>> values(requests.size());
  std::vector<std::size_t> left = positions(requests.size());
  while (!left.empty()) {
    const Aggregate& next = *requests[left.front()].aggregate;
    if (next.reduction == Reduction::events) {
      values[left.front()].assign(requests[left.front()].num_labels, state.events[next.event_index]);
      left.erase(left.begin());
      continue;
    }
    const auto others = std::stable_partition(left.begin(), left.end(), [&](std::size_t r) {
      return requests[r].aggregate->reduction != Reduction::events &&
             requests[r].aggregate->kind == next.kind;
    });
    std::vector<AggregateRequest> of_kind;
    for (auto r = left.begin(); r != others; ++r) of_kind.push_back(requests[*r]);
    auto results = KindPass(program, state, view, next.kind, of_kind).run();
    for (std::size_t i = 0; i < of_kind.size(); ++i) values[left[i]] = std::move(results[i]);
    left.erase(left.begin(), others);
  }
  return values;
}

std::vector<double> evaluate_aggregates(const Program::Impl& program, const State& state,
                                        const ColumnView& view, const expression::Code& code,
                                        std::size_t extra) {
  std::size_t size = 0;
  std::vector<AggregateRequest> requests;
  for (const auto& a : code.aggregates) {
    size = std::max<std::size_t>(size, a.first_scalar + a.num_groups);
    requests.push_back({&a, a.by, a.num_groups});
  }
  std::vector<double> scalars(size + extra);
  const auto values = evaluate_together(program, state, view, requests);
  for (std::size_t i = 0; i < requests.size(); ++i)
    std::copy(values[i].begin(), values[i].end(), scalars.begin() + code.aggregates[i].first_scalar);
  return scalars;
}

}  // namespace polder
