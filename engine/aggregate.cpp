// SPDX-License-Identifier: Apache-2.0
#include "engine/aggregate.hpp"

#include <algorithm>
#include <limits>

#include "engine/gather.hpp"
#include "engine/parallel.hpp"

namespace polder {

namespace {

using expression::Aggregate;
using expression::Reduction;
using expression::Registers;
using expression::strip;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

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

/// All requests over one kind.
class KindPass {
 public:
  KindPass(const Program::Impl& program, const State& state, const ColumnView& view, KindId kind,
           std::span<const AggregateRequest> requests)
      : state_(state), view_(view), kind_(kind), requests_(requests), table_(state.tables[index(kind)]) {
    for (std::size_t r = 0; r < requests.size(); r = starts_.back()) {
      scalars_.push_back(evaluate_aggregates(program, state, view, requests[r].aggregate->code));
      starts_.push_back(end_of(r));
    }
  }

  /// shape: [request][label]
  std::vector<std::vector<double>> run() {
    const std::size_t blocks = num_blocks(table_.num_rows());
    const std::size_t chunks = std::min(blocks, available_threads() == 1 ? 1 : most_chunks);
    std::vector<Chunk> gathered(chunks);
    for_each_index(
        chunks, [&](std::size_t c) { gathered[c] = gather(blocks * c / chunks, blocks * (c + 1) / chunks); });
    std::vector<std::vector<double>> values(requests_.size());
    for (std::size_t a = 0; a + 1 < starts_.size(); ++a) {
      for (std::size_t r = starts_[a]; r < starts_[a + 1]; ++r)
        values[r] = results(gathered, r, source_of(r, a));
    }
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

  /// The request of an aggregate that gathers for request r: sums over everybody are those of all labels.
  std::size_t source_of(std::size_t r, std::size_t a) const {
    if (requests_[r].axis || needs_each(requests_[r].aggregate->reduction)) return r;
    for (std::size_t other = starts_[a]; other < starts_[a + 1]; ++other)
      if (requests_[other].axis) return other;
    return starts_[a];
  }

  /// Results of a request from what request `source` has gathered.
  std::vector<double> results(std::span<const Chunk> gathered, std::size_t request,
                              std::size_t source) const {
    std::vector<Gathered> labels(requests_[request].num_labels);
    for (const Chunk& chunk : gathered) {
      for (std::size_t label = 0; label < chunk[source].size(); ++label)
        labels[labels.size() == 1 ? 0 : label].merge(chunk[source][label]);
    }
    std::vector<double> values;
    for (Gathered& label : labels) values.push_back(result_of(*requests_[request].aggregate, label));
    return values;
  }

  Chunk gather(std::size_t first_block, std::size_t last_block) const {
    Chunk chunk;
    for (const auto& request : requests_) chunk.emplace_back(request.num_labels);
    std::vector<Gatherer> gatherers;  // one an aggregate
    for (std::size_t a = 0; a + 1 < starts_.size(); ++a) {
      const std::size_t first = starts_[a], count = starts_[a + 1] - first;
      gatherers.emplace_back(requests_.subspan(first, count), table_, view_.columns(kind_),
                             std::span(chunk).subspan(first, count));
    }
    Registers registers(requests_.front().aggregate->code);
    for (std::size_t block = first_block; block < last_block; block += blocks_at_once) {
      const std::size_t rows_end =
          std::min(table_.num_rows(), std::min(last_block, block + blocks_at_once) * block_rows);
      for (std::size_t a = 0; a < gatherers.size(); ++a) {
        registers.reset(requests_[starts_[a]].aggregate->code);
        gather_rows(block * block_rows, rows_end, a, registers, gatherers[a]);
      }
    }
    for (Gatherer& gatherer : gatherers) gatherer.finish();
    return chunk;
  }

  void gather_rows(std::size_t first, std::size_t last, std::size_t a, Registers& registers,
                   Gatherer& gatherer) const {
    auto lanes = lanes_of(state_, kind_, view_);
    lanes.scalars = scalars_[a];
    for (std::size_t from = first; from < last; from += strip) {
      lanes.first = static_cast<Row>(from);
      lanes.n = std::min(strip, last - from);
      expression::evaluate(requests_[starts_[a]].aggregate->code, lanes, registers);
      gatherer.gather(lanes.first, lanes.n, registers);
    }
  }

  const State& state_;
  const ColumnView& view_;
  KindId kind_;
  std::span<const AggregateRequest> requests_;
  const Table& table_;
  std::vector<std::size_t> starts_{0};        // of the requests of each aggregate, and the end of the last
  std::vector<std::vector<double>> scalars_;  // of the code of each aggregate
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
