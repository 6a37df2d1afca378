// SPDX-License-Identifier: Apache-2.0
#include "tools/validate/graph.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>

#include "tools/validate/statistics.hpp"

namespace polder::tools::validate {

namespace {}

Graph::Graph(std::span<const std::pair<AgentId, AgentId>> ties) {
  std::vector<AgentId> nodes;
  for (const auto& [a, b] : ties)
    if (a != b) nodes.push_back(a), nodes.push_back(b);
  std::sort(nodes.begin(), nodes.end());
  nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
  const auto position = [&](AgentId id) {
    return static_cast<std::uint32_t>(std::lower_bound(nodes.begin(), nodes.end(), id) - nodes.begin());
  };
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
  for (const auto& [a, b] : ties) {
    if (a == b) continue;
    const std::uint32_t from = position(a), to = position(b);
    ends.emplace_back(from, to), ends.emplace_back(to, from);
  }
  std::sort(ends.begin(), ends.end());
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  if (nodes.empty()) return;
  begin_.assign(nodes.size() + 1, 0);
  for (const auto& [from, to] : ends) ++begin_[from + 1], to_.push_back(to);
  std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
}

std::vector<double> local_clustering(const Graph& graph) {
  std::vector<double> values(graph.num_nodes(), unknown);
  std::vector<std::size_t> mark(graph.num_nodes(), graph.num_nodes());
  for (std::size_t node = 0; node < graph.num_nodes(); ++node) {
    const auto around = graph.neighbours(node);
    if (around.size() < 2) continue;
    for (const std::uint32_t other : around) mark[other] = node;
    std::size_t closed = 0;  // every tied pair is met from both sides
    for (const std::uint32_t other : around)
      for (const std::uint32_t third : graph.neighbours(other)) closed += mark[third] == node ? 1 : 0;
    const auto k = static_cast<double>(around.size());
    values[node] = static_cast<double>(closed) / (k * (k - 1));
  }
  return values;
}

double clustering(const Graph& graph) {
  std::vector<Weighted> sample;
  for (const double value : local_clustering(graph))
    if (!std::isnan(value)) sample.push_back({value, 1});
  return mean(sample);
}

double clustering_of_random(const Graph& graph) {
  double k1 = 0, k2 = 0;
  for (std::size_t node = 0; node < graph.num_nodes(); ++node) {
    const auto k = static_cast<double>(graph.degree(node));
    k1 += k, k2 += k * k;
  }
  const auto n = static_cast<double>(graph.num_nodes());
  k1 /= n, k2 /= n;
  return (k2 - k1) * (k2 - k1) / (n * k1 * k1 * k1);
}

double clustering_slope(const Graph& graph) {
  const std::vector<double> values = local_clustering(graph);
  std::map<int, std::pair<double, std::pair<double, double>>> classes;  // nodes, sums of C and k
  for (std::size_t node = 0; node < values.size(); ++node) {
    if (std::isnan(values[node])) continue;
    const auto k = static_cast<double>(graph.degree(node));
    auto& [nodes, sums] = classes[static_cast<int>(std::log2(k))];
    nodes += 1, sums.first += values[node], sums.second += k;
  }
  std::vector<Point> points;
  for (const auto& [unused, entry] : classes) {
    const auto& [nodes, sums] = entry;
    if (nodes >= 5 && sums.first > 0)
      points.push_back({std::log(sums.second / nodes), std::log(sums.first / nodes), 1});
  }
  return slope(points);
}

double assortativity(const Graph& graph) {
  std::vector<Point> points;
  for (std::size_t node = 0; node < graph.num_nodes(); ++node)
    for (const std::uint32_t other : graph.neighbours(node))
      points.push_back(
          {static_cast<double>(graph.degree(node)), static_cast<double>(graph.degree(other)), 1});
  return correlation(points);
}

std::vector<std::size_t> components(const Graph& graph) {
  std::vector<std::size_t> sizes;
  std::vector<bool> seen(graph.num_nodes(), false);
  std::vector<std::uint32_t> open;
  for (std::uint32_t start = 0; start < graph.num_nodes(); ++start) {
    if (seen[start]) continue;
    seen[start] = true;
    open.assign(1, start);
    for (std::size_t next = 0; next < open.size(); ++next)
      for (const std::uint32_t other : graph.neighbours(open[next]))
        if (!seen[other]) seen[other] = true, open.push_back(other);
    sizes.push_back(open.size());
  }
  std::sort(sizes.begin(), sizes.end(), std::greater<>());
  return sizes;
}

double ties_of_top(const Graph& graph, double share) {
  std::vector<Weighted> degrees;
  for (std::size_t node = 0; node < graph.num_nodes(); ++node)
    degrees.push_back({static_cast<double>(graph.degree(node)), 1});
  return share_of_largest(degrees, share * static_cast<double>(graph.num_nodes()));
}

}  // namespace polder::tools::validate
