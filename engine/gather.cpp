// SPDX-License-Identifier: Apache-2.0
#include "engine/gather.hpp"

#include <algorithm>

#include "engine/kernels/kernels.hpp"

namespace polder {

namespace {

using expression::Reduction;
using expression::strip;

/// As many rows as sums of parts hold without rounding.
constexpr std::size_t most_rows_waiting = 4096;

bool keeps_items(Reduction reduction) {
  return reduction == Reduction::quantile || reduction == Reduction::gini;
}

constexpr std::array<double, strip> make_ones() {
  std::array<double, strip> ones{};
  for (double& one : ones) one = 1.0;
  return ones;
}
constexpr std::array<double, strip> ones = make_ones();

}  // namespace

void Gathered::merge(const Gathered& other) {
  value.add(other.value);
  weight.add(other.weight);
  lowest = std::min(lowest, other.lowest);
  highest = std::max(highest, other.highest);
  items.insert(items.end(), other.items.begin(), other.items.end());
}

bool needs_each(Reduction reduction) {
  return keeps_items(reduction) || reduction == Reduction::minimum || reduction == Reduction::maximum;
}

Gatherer::Gatherer(std::span<const AggregateRequest> requests, const Table& table,
                   std::span<const void* const> columns, std::span<std::vector<Gathered>> groups)
    : aggregate_(*requests.front().aggregate), table_(table) {
  for (std::size_t r = 0; r < requests.size(); ++r) {
    const auto* labels =
        requests[r].axis ? static_cast<const std::uint8_t*>(columns[index(*requests[r].axis)]) : nullptr;
    if (needs_each(aggregate_.reduction)) {
      each_.push_back({labels, &groups[r]});
    } else if (labels == nullptr) {
      if (overall_ == nullptr) overall_ = &groups[r];
    } else {
      const std::size_t sums = kernels::label_copies * requests[r].num_labels;
      by_label_.push_back({labels, &groups[r], std::vector<Parts>(needs_value() ? sums : 0),
                           std::vector<Parts>(needs_weight() ? sums : 0)});
    }
  }
}

void Gatherer::gather(Row from, std::size_t n, const expression::Registers& registers) {
  const double* value = registers.result(0);
  const double* weight = table_.weights().data() + from;  // holes weigh nothing
  std::array<double, strip> filtered;
  if (aggregate_.has_filter) {
    kernels::active().multiply(filtered.data(), weight, registers.result(1), n);
    weight = filtered.data();
  }
  if (!each_.empty())
    gather_each(from, value, weight, n);
  else if (by_label_.empty())
    gather_all(value, weight, n);
  else
    gather_by_label(from, value, weight, n);
}

void Gatherer::finish() {
  for (Waiting& waiting : by_label_) {
    empty(waiting.value, *waiting.groups, &Gathered::value);
    empty(waiting.weight, *waiting.groups, &Gathered::weight);
  }
  rows_waiting_ = 0;
}

/// Rows outside the filter count nothing, whatever (even NaN) their value is.
void Gatherer::gather_all(const double* value, const double* weight, std::size_t n) {
  Gathered& g = overall_->front();
  if (needs_value()) {
    if (!aggregate_.has_filter && !table_.has_holes()) {
      g.value.add_products(std::span(value, n), std::span(weight, n));
    } else {
      std::array<double, strip> product;
      for (std::size_t i = 0; i < n; ++i) product[i] = weight[i] != 0 ? value[i] * weight[i] : 0.0;
      g.value.add(std::span(product.data(), n));
    }
  }
  if (needs_weight()) g.weight.add(std::span(weight, n));
}

void Gatherer::gather_by_label(Row from, const double* value, const double* weight, std::size_t n) {
  if (rows_waiting_ + n > most_rows_waiting) finish();
  rows_waiting_ += n;
  if (needs_value()) add_products({from, n, value, weight}, &Waiting::value, &Gathered::value);
  if (needs_weight()) add_products({from, n, ones.data(), weight}, &Waiting::weight, &Gathered::weight);
}

/// Products of zero add nothing: where they are many, the others are put side by side first.
void Gatherer::add_products(const Terms& terms, std::vector<Parts> Waiting::*sums,
                            ExactSum Gathered::*exact) {
  const kernels::Table& kernel = kernels::active();
  std::array<double, strip> product, value, weight;
  std::array<std::uint32_t, strip> picked;
  kernel.multiply(product.data(), terms.value, terms.weight, terms.n);
  const std::size_t n = kernel.select_rows(picked.data(), product.data(), 0, terms.n);
  if (2 * n > terms.n) return add_split(terms, sums, exact);
  if (n == 0) return;
  kernel.gather(value.data(), terms.value, picked.data(), n);
  kernel.gather(weight.data(), terms.weight, picked.data(), n);
  add_split({terms.from, n, value.data(), weight.data(), picked.data()}, sums, exact);
}

/// Products are split once for all requests; a strip with one too large to split is added one by one.
void Gatherer::add_split(const Terms& terms, std::vector<Parts> Waiting::*sums, ExactSum Gathered::*exact) {
  std::array<Parts, strip> parts;
  std::array<std::uint8_t, strip> of_picked;
  const bool split =
      kernels::active().exact_split(parts[0].number.data(), terms.value, terms.weight, terms.n);
  for (Waiting& waiting : by_label_) {
    const std::uint8_t* labels = waiting.labels + terms.from;
    if (terms.picked != nullptr) {
      for (std::size_t i = 0; i < terms.n; ++i) of_picked[i] = labels[terms.picked[i]];
      labels = of_picked.data();
    }
    if (split) {
      kernels::active().add_by_label((waiting.*sums)[0].number.data(), waiting.groups->size(),
                                     parts[0].number.data(), labels, terms.n);
      continue;
    }
    for (std::size_t i = 0; i < terms.n; ++i) {
      if (terms.weight[i] != 0) ((*waiting.groups)[labels[i]].*exact).add(terms.value[i] * terms.weight[i]);
    }
  }
}

void Gatherer::gather_each(Row from, const double* value, const double* weight, std::size_t n) {
  for (const Each& each : each_) {
    for (std::size_t i = 0; i < n; ++i) {
      if (weight[i] == 0) continue;
      Gathered& g = (*each.groups)[each.labels != nullptr ? each.labels[from + i] : 0];
      g.lowest = std::min(g.lowest, value[i]);
      g.highest = std::max(g.highest, value[i]);
      if (keeps_items(aggregate_.reduction)) g.items.push_back({value[i], weight[i], table_.ids()[from + i]});
    }
  }
}

void Gatherer::empty(std::vector<Parts>& sums, std::vector<Gathered>& groups, ExactSum Gathered::*exact) {
  if (sums.empty()) return;
  for (std::size_t label = 0; label < groups.size(); ++label) {
    std::array<double, 3> total{};
    for (std::size_t copy = 0; copy < kernels::label_copies; ++copy) {
      const Parts& parts = sums[copy * groups.size() + label];
      for (std::size_t k = 0; k < total.size(); ++k) total[k] += parts.number[k];
    }
    (groups[label].*exact).add_parts(total);
  }
  std::fill(sums.begin(), sums.end(), Parts{});
}

}  // namespace polder
