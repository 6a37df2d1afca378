// SPDX-License-Identifier: Apache-2.0
// Measures of an undirected network without loops and doubled ties.
#pragma once
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "engine/ids.hpp"

namespace polder::tools::validate {

/// Neighbours of every node that has any, as positions, ascending.
class Graph {
 public:
  /// Ends of ties, in any order and either direction, repeated ones counted once.
  explicit Graph(std::span<const std::pair<AgentId, AgentId>> ties);
  std::size_t num_nodes() const { return begin_.empty() ? 0 : begin_.size() - 1; }
  std::size_t num_ties() const { return to_.size() / 2; }
  std::span<const std::uint32_t> neighbours(std::size_t node) const {
    return std::span(to_).subspan(begin_[node], begin_[node + 1] - begin_[node]);
  }
  std::size_t degree(std::size_t node) const { return begin_[node + 1] - begin_[node]; }

 private:
  std::vector<std::size_t> begin_;
  std::vector<std::uint32_t> to_;
};

/// Share of pairs of a node's neighbours that are tied; NaN below degree 2. shape: one a node
std::vector<double> local_clustering(const Graph& graph);
/// Mean of local_clustering over nodes of degree 2 and more.
double clustering(const Graph& graph);
/// Clustering of a random network with the same degrees. source: Newman 2003, eq. 24
double clustering_of_random(const Graph& graph);
/// Slope of log C(k) against log k, from mean clustering in doubling classes of degree.
double clustering_slope(const Graph& graph);
/// Correlation of the degrees at both ends of ties. source: Newman 2002
double assortativity(const Graph& graph);
/// Sizes of connected components, largest first.
std::vector<std::size_t> components(const Graph& graph);
/// Share of all tie ends at the `share` of nodes with most of them.
double ties_of_top(const Graph& graph, double share);

}  // namespace polder::tools::validate
