// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tools/validate/graph.hpp"
#include "tools/validate/measures.hpp"

namespace polder::tools::validate {

namespace {

constexpr std::size_t least_nodes = 50;

/// Measures a network unless it is too small to say anything.
template <class Measure>
double of_network(const std::vector<std::pair<AgentId, AgentId>>& ties, Measure measure) {
  const Graph graph(ties);
  return graph.num_nodes() < least_nodes ? unknown : measure(graph);
}

/// The sources look at one framework programme at a time, so at the projects of four years.
template <class Measure>
double of_programme(const Observation& seen, Measure measure) {
  constexpr std::uint32_t length = 48;
  std::vector<std::pair<AgentId, AgentId>> ties;
  for (const ProjectTie& tie : seen.project_ties)
    if (tie.month > 0 && tie.month + length >= seen.months) ties.emplace_back(tie.a, tie.b);
  return of_network(ties, measure);
}

}  // namespace

double alliances_of_top(const Observation& seen) {
  return of_network(seen.alliances, [](const Graph& graph) { return ties_of_top(graph, 0.05); });
}

double alliance_clustering(const Observation& seen) {
  return of_network(seen.alliances,
                    [](const Graph& graph) { return clustering(graph) / clustering_of_random(graph); });
}

double alliance_component(const Observation& seen) {
  return of_network(seen.alliances, [](const Graph& graph) {
    return static_cast<double>(components(graph).front()) / static_cast<double>(graph.num_nodes());
  });
}

double project_degree_exponent(const Observation& seen) {
  return of_programme(seen, [](const Graph& graph) {
    std::vector<Weighted> degrees;
    for (std::size_t node = 0; node < graph.num_nodes(); ++node)
      degrees.push_back({static_cast<double>(graph.degree(node)), 1});
    return count_exponent(degrees, quantile(degrees, 0.5));
  });
}

double project_clustering_slope(const Observation& seen) {
  return of_programme(seen, [](const Graph& graph) { return clustering_slope(graph); });
}

double project_assortativity(const Observation& seen) {
  return of_programme(seen, [](const Graph& graph) { return assortativity(graph); });
}

double consortium_size(const Observation& seen) {
  std::vector<Weighted> sizes;
  for (const Weighted& one : seen.consortia)
    if (one.value >= 3) sizes.push_back(one);
  return sizes.size() < 10 ? unknown : mean(sizes);
}

double graduates_staying_first(const Observation& seen) {
  if (seen.all_foreign_graduates <= 0) return unknown;
  double stayed = 0;
  for (const Life& life : seen.foreign_graduates) stayed += life.weight;
  return stayed / seen.all_foreign_graduates * survival(seen.foreign_graduates, 12);
}

double graduates_staying(const Observation& seen) {
  return survival(seen.foreign_graduates, 60) / survival(seen.foreign_graduates, 12);
}

}  // namespace polder::tools::validate
