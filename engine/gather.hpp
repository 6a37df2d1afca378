// SPDX-License-Identifier: Apache-2.0
// What an aggregate gathers from strips of rows: overall, or for each label of category columns. Private to
// engine/.
#pragma once
#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "engine/exact_sum.hpp"
#include "engine/program_impl.hpp"

namespace polder {

/// What one label (or everybody) has gathered.
struct Gathered {
  ExactSum value, weight;  ///< weighted values and weight inside the filter
  double lowest = std::numeric_limits<double>::infinity(), highest = -std::numeric_limits<double>::infinity();
  struct Item {
    double value, weight;
    AgentId id;
  };
  std::vector<Item> items;  ///< of quantile and gini

  void merge(const Gathered& other);
};

/// Whether a reduction looks at every value by itself, so that sums do not do.
bool needs_each(expression::Reduction reduction);

/// Gathers all requests of one aggregate, strip by strip.
class Gatherer {
 public:
  /// requests: of one aggregate; groups: what each of them has gathered, one a label. A request without an
  /// axis beside one with an axis gathers nothing where sums do: its sums are those of all labels.
  Gatherer(std::span<const AggregateRequest> requests, const Table& table,
           std::span<const void* const> columns, std::span<std::vector<Gathered>> groups);

  /// Rows [from, from + n), n up to a strip, whose values and filter stand in the registers.
  void gather(Row from, std::size_t n, const expression::Registers& registers);
  /// After the last strip.
  void finish();

 private:
  struct alignas(32) Parts {
    std::array<double, 4> number{};
  };
  /// Sums of one request by label that wait to become exact ones.
  struct Waiting {
    const std::uint8_t* labels;
    std::vector<Gathered>* groups;
    std::vector<Parts> value, weight;  ///< [copy][label], or nothing where it is not needed
  };
  /// What a strip adds: values times weights.
  struct Terms {
    Row from;
    std::size_t n;
    const double *value, *weight;
    const std::uint32_t* picked = nullptr;  ///< rows after `from`; null: n that follow each other
  };
  struct Each {
    const std::uint8_t* labels;  ///< null: one for all
    std::vector<Gathered>* groups;
  };

  bool needs_value() const { return aggregate_.reduction != expression::Reduction::count; }
  bool needs_weight() const { return aggregate_.reduction != expression::Reduction::sum; }
  void gather_all(const double* value, const double* weight, std::size_t n);
  void gather_by_label(Row from, const double* value, const double* weight, std::size_t n);
  void add_products(const Terms& terms, std::vector<Parts> Waiting::*sums, ExactSum Gathered::*exact);
  void add_split(const Terms& terms, std::vector<Parts> Waiting::*sums, ExactSum Gathered::*exact);
  void gather_each(Row from, const double* value, const double* weight, std::size_t n);
  static void empty(std::vector<Parts>& sums, std::vector<Gathered>& groups, ExactSum Gathered::*exact);

  const expression::Aggregate& aggregate_;
  const Table& table_;
  std::vector<Gathered>* overall_ = nullptr;
  std::vector<Waiting> by_label_;
  std::vector<Each> each_;
  std::size_t rows_waiting_ = 0;
};

}  // namespace polder
