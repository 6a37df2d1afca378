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

/// Gathers one block of rows.
class BlockGatherer {
 public:
  BlockGatherer(const Aggregate& aggregate, const Table& table, KindId kind, const ColumnView& view,
                std::optional<ColumnId> axis, std::vector<Gathered>& groups)
      : aggregate_(aggregate), table_(table), groups_(groups) {
    if (!axis) return;
    labels_ = static_cast<const std::uint8_t*>(view.columns(kind)[index(*axis)]);
    if (!needs_each()) piles_.resize(groups.size());
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
    for (std::size_t label = 0; label < piles_.size(); ++label) add_pile(label);
  }

 private:
  /// Addends of one label that wait to be added together: exact sums of many are cheap, of one they are not.
  struct Pile {
    std::size_t n = 0;
    std::array<double, 64> product, weight;
  };

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
  std::vector<Pile> piles_;  // one a label
};

}  // namespace

std::vector<double> evaluate_aggregate(const Program::Impl& program, const State& state,
                                       const ColumnView& view, const Aggregate& aggregate,
                                       std::optional<ColumnId> axis, std::size_t num_labels) {
  const std::size_t groups = axis ? num_labels : 1;
  if (aggregate.reduction == Reduction::events)
    return std::vector<double>(groups, state.events[aggregate.event_index]);
  const Table& table = state.tables[index(aggregate.kind)];
  const std::size_t rows = table.num_rows();
  const auto scalars = evaluate_aggregates(program, state, view, aggregate.code);
  std::vector<std::vector<Gathered>> blocks(num_blocks(rows), std::vector<Gathered>(groups));
  for_each_index(blocks.size(), [&](std::size_t b) {
    BlockGatherer gatherer(aggregate, table, aggregate.kind, view, axis, blocks[b]);
    Registers registers(aggregate.code);
    auto lanes = lanes_of(state, aggregate.kind, view);
    lanes.scalars = scalars;
    const std::size_t last = std::min(rows, (b + 1) * block_rows);
    for (std::size_t from = b * block_rows; from < last; from += strip) {
      lanes.first = static_cast<Row>(from);
      lanes.n = std::min(strip, last - from);
      if (!aggregate.code.results.empty()) expression::evaluate(aggregate.code, lanes, registers);
      gatherer.gather(lanes.first, lanes.n, registers);
    }
    gatherer.finish();
  });
  std::vector<double> values;
  for (std::size_t g = 0; g < groups; ++g) {
    Gathered all;
    for (auto& block : blocks) all.merge(block[g]);
    values.push_back(result_of(aggregate, all));
  }
  return values;
}

std::vector<double> evaluate_aggregates(const Program::Impl& program, const State& state,
                                        const ColumnView& view, const expression::Code& code,
                                        std::size_t extra) {
  std::size_t size = 0;
  for (const auto& a : code.aggregates) size = std::max<std::size_t>(size, a.first_scalar + a.num_groups);
  std::vector<double> scalars(size + extra);
  for (const auto& a : code.aggregates) {
    const auto values = evaluate_aggregate(program, state, view, a, a.by, a.num_groups);
    std::copy(values.begin(), values.end(), scalars.begin() + a.first_scalar);
  }
  return scalars;
}

}  // namespace polder
