// SPDX-License-Identifier: Apache-2.0
// Builds a block program from operations: folds constants, keeps equal operations once, drops what nothing
// uses and gives registers back. Never reorders arithmetic, so a program yields the bits of the formula as
// written.
#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "engine/expression/code.hpp"

namespace polder::expression {

/// A value of the program under construction.
enum class Node : std::uint32_t {};
inline constexpr Node no_node{0xffffffffU};

/// Where a scalar comes from: the scope, a total that is always a number, or an average that is missing over
/// nobody.
enum class Origin : std::uint8_t { scope, total, average };

/// Operations of one Code; more are refused by the compiler.
inline constexpr std::size_t most_operations = 60000;

class Lowering {
 public:
  Node constant(double value);
  /// A column, an own id or a weight.
  Node load(Op op, Side side, KindId kind, ColumnId column);
  Node scalar(std::uint32_t position, Origin origin);
  Node scalar_by(Node label, std::uint32_t position, Origin origin);
  Node vector(Side side, KindId kind, ColumnId column, int size);

  Node unary(Op op, Node a);
  Node binary(Op op, Node a, Node b);
  Node select(Node condition, Node a, Node b);
  /// A new draw, never merged with another.
  Node draw(Op op, Node a = no_node);
  /// The second gamma variate of an existing one (beta).
  Node second_draw(Node first, Node shape);
  /// norm: b is no_node; component: position counts from 0.
  Node of_vectors(Op op, Node a, Node b, std::uint16_t position = 0);

  /// The entry of a square table (row a, column b) at two labels. The table must outlive the lowering.
  Node look_up(Node a, Node b, const std::vector<double>& table);

  std::optional<double> value(Node node) const;
  bool is_fault(Node node) const;  ///< a constant that is no finite number
  std::size_t size() const { return nodes_.size(); }
  std::uint32_t num_draws() const { return num_draws_; }

  /// The program that yields these values. num_aggregate_scalars: the scope's scalars follow those of the
  /// aggregates.
  Code finish(const std::vector<Node>& results, std::uint32_t num_aggregate_scalars) const;

 private:
  /// What is known about a value for every agent.
  enum class Sign : std::uint8_t { any, nonnegative, positive };
  struct Entry {
    Op op = Op::constant;
    Node a = no_node, b = no_node, c = no_node;
    std::uint32_t aux = 0;
    double constant = 0;
    KindId kind{};
    Origin origin = Origin::total;
    Sign sign = Sign::any;
    bool may_fault = false;  ///< may be infinite or not a number, after a division by zero or a logarithm of
                             ///< a negative number
  };
  using Key = std::tuple<Op, Node, Node, Node, std::uint32_t, std::uint64_t, KindId, Origin>;
  class Emitter;

  const Entry& at(Node node) const { return nodes_[static_cast<std::size_t>(node)]; }
  bool may_fault(Node node) const { return at(node).may_fault; }
  Node add(Entry entry);
  Node fold(Op op, Node a, Node b, Node c);
  Node poisoned(Node result, Node a, Node b);
  Sign sign_of(const Entry& entry) const;
  bool can_fault(const Entry& entry) const;
  bool division_is_safe(Node denominator) const;

  std::vector<Entry> nodes_;
  std::map<Key, Node> known_;
  std::vector<const std::vector<double>*> tables_;
  std::uint32_t num_draws_ = 0;
};

}  // namespace polder::expression
