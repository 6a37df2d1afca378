// SPDX-License-Identifier: Apache-2.0
#include "tools/validate/graph.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace {

using namespace polder;
using namespace polder::tools::validate;

using Ends = std::vector<std::pair<AgentId, AgentId>>;
std::pair<AgentId, AgentId> tie(std::uint64_t a, std::uint64_t b) {
  return {AgentId{a}, AgentId{b}};
}

/// A triangle 1-2-3 with a tail 3-4, and a pair 5-6.
const Graph& kite() {
  static const Graph graph(Ends{tie(1, 2), tie(2, 3), tie(3, 1), tie(3, 4), tie(5, 6), tie(4, 3), tie(2, 2)});
  return graph;
}

TEST(Graph, counts_a_tie_once_and_no_loop) {
  EXPECT_EQ(kite().num_nodes(), 6U);
  EXPECT_EQ(kite().num_ties(), 5U);
  EXPECT_EQ(kite().degree(2), 3U);
}

TEST(Graph, clustering_of_a_triangle_with_a_tail) {
  const std::vector<double> local = local_clustering(kite());
  EXPECT_DOUBLE_EQ(local[0], 1);
  EXPECT_DOUBLE_EQ(local[2], 1.0 / 3);
  EXPECT_TRUE(std::isnan(local[3]));
  EXPECT_DOUBLE_EQ(clustering(kite()), (1 + 1 + 1.0 / 3) / 3);
}

TEST(Graph, components_from_large_to_small) {
  EXPECT_EQ(components(kite()), (std::vector<std::size_t>{4, 2}));
  EXPECT_TRUE(components(Graph({})).empty());
}

TEST(Graph, a_random_network_of_equal_degrees_has_clustering_of_degree_by_size) {
  // A ring of 1000: all degrees 2, so (k2 - k1)^2 / (n k1^3) = (4 - 2)^2 / (1000 * 8).
  Ends ring;
  for (std::uint64_t i = 0; i < 1000; ++i) ring.push_back(tie(i + 1, (i + 1) % 1000 + 1));
  EXPECT_NEAR(clustering_of_random(Graph(ring)), 4.0 / 8000, 1e-12);
  EXPECT_DOUBLE_EQ(clustering(Graph(ring)), 0);
}

TEST(Graph, a_star_is_disassortative_and_holds_half_of_all_ends) {
  Ends star;
  for (std::uint64_t i = 2; i <= 21; ++i) star.push_back(tie(1, i));
  EXPECT_NEAR(assortativity(Graph(star)), -1, 1e-12);
  EXPECT_NEAR(ties_of_top(Graph(star), 1.0 / 21), 0.5, 1e-12);
}

TEST(Graph, clustering_of_hubs_of_triangles_falls_as_one_by_degree_less_one) {
  // A hub of m triangles has degree k = 2 m and C = m / (k (k - 1) / 2) = 1 / (k - 1); the least-squares
  // slope of -log(k - 1) against log k over k = 2, 4, ... 64 is -1.1741.
  Ends ends;
  std::uint64_t next = 1;
  for (const std::uint64_t pairs : {2U, 4U, 8U, 16U, 32U})
    for (int copy = 0; copy < 6; ++copy) {
      const std::uint64_t hub = next++;
      for (std::uint64_t m = 0; m < pairs; ++m) {
        ends.push_back(tie(hub, next)), ends.push_back(tie(hub, next + 1)),
            ends.push_back(tie(next, next + 1));
        next += 2;
      }
    }
  EXPECT_NEAR(clustering_slope(Graph(ends)), -1.1741, 1e-4);
}

}  // namespace
