// SPDX-License-Identifier: Apache-2.0
#include "tests/output/compare_results.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "output/effects.hpp"

namespace polder::output::test {
namespace {

/// Number of the first difference, or npos.
std::size_t first_difference(const Array& a, const Array& b) {
  if (a.shape != b.shape) return 0;
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    if (!same(a.values[i], b.values[i])) return i;
  }
  return std::string::npos;
}

bool is_sampled(const ArmInfo& arm, const std::string& id, Month month) {
  for (const auto& s : arm.series) {
    if (s.id != id) continue;
    for (const int t : s.samples) {
      if (arm.times[static_cast<std::size_t>(t)] == month) return true;
    }
  }
  return false;
}

bool has_label(const ArmInfo& arm, const std::string& axis, const std::string& label) {
  for (const auto& a : arm.axes) {
    if (a.name == axis) return std::count(a.labels.begin(), a.labels.end(), label) > 0;
  }
  return false;
}

void expect_indicators_right(const ResultReader& result, const ExperimentInfo& info) {
  for (const auto& indicator : result.indicators()) {
    const Array overall = result.series(indicator.id);
    std::size_t i = 0;
    for (std::size_t arm = 0; arm < result.arms().size(); ++arm) {
      for (std::uint32_t r = 0; r < result.num_replicates(); ++r) {
        for (const Month month : result.times()) {
          const bool known = result.is_committed(arm, r) && is_sampled(info.arms[arm], indicator.id, month);
          const double wanted =
              known ? sample_value(arm, r + info.first_replicate, indicator.id, month) : not_known;
          ASSERT_TRUE(same(overall.values[i++], wanted))
              << indicator.id << " arm " << arm << " replicate " << r;
        }
      }
    }
  }
}

void expect_splits_right(const ResultReader& result, const ExperimentInfo& info) {
  for (const auto& indicator : result.indicators()) {
    for (const auto& axis : result.axes()) {
      if (std::count(indicator.by.begin(), indicator.by.end(), axis.name) == 0) continue;
      const Array split = result.grouped(indicator.id, axis.name);
      std::size_t i = 0;
      for (std::size_t arm = 0; arm < result.arms().size(); ++arm) {
        for (std::uint32_t r = 0; r < result.num_replicates(); ++r) {
          for (const Month month : result.times()) {
            for (std::size_t l = 0; l < axis.labels.size(); ++l) {
              const bool known = result.is_committed(arm, r) &&
                                 is_sampled(info.arms[arm], indicator.id, month) &&
                                 has_label(info.arms[arm], axis.name, axis.labels[l]);
              const double wanted =
                  known ? sample_value(arm, r + info.first_replicate, indicator.id, month, l + 1) : not_known;
              ASSERT_TRUE(same(split.values[i++], wanted))
                  << indicator.id << " " << axis.name << " arm " << arm;
            }
          }
        }
      }
    }
  }
}

void expect_flows_right(const ResultReader& result, const ExperimentInfo& info) {
  std::vector<FlowRow> wanted;
  const auto columns = result.flow_columns();
  for (std::size_t arm = 0; arm < result.arms().size(); ++arm) {
    for (std::uint32_t r = 0; r < result.num_replicates(); ++r) {
      if (!result.is_committed(arm, r)) continue;
      const ReplicateResult replicate = sample_replicate(info, arm, r + info.first_replicate);
      for (std::size_t y = 0; y < replicate.flows.size(); ++y) {
        for (std::size_t f = 0; f < replicate.flows[y].size(); ++f) {
          const FlowColumn& own = info.arms[arm].flows[f];
          const auto found = std::find_if(columns.begin(), columns.end(), [&](const FlowColumn& c) {
            return c.instrument == own.instrument && c.payer == own.payer && c.receiver == own.receiver;
          });
          ASSERT_NE(found, columns.end());
          if (replicate.flows[y][f] == 0) continue;
          wanted.push_back({arm, r, info.arms[arm].years[y],
                            static_cast<std::size_t>(found - columns.begin()), replicate.flows[y][f]});
        }
      }
    }
  }
  auto got = result.flow_rows();
  const auto order = [](const FlowRow& a, const FlowRow& b) {
    return std::tie(a.arm, a.position, a.year, a.flow) < std::tie(b.arm, b.position, b.year, b.flow);
  };
  EXPECT_TRUE(std::is_sorted(got.begin(), got.end(), order));
  std::sort(wanted.begin(), wanted.end(), order);
  EXPECT_EQ(got, wanted);
}

/// Labels in words instead of codes, which differ between an arm and its result.
std::vector<std::map<std::string, std::string>> nodes_in_words(const NetworkSnapshot& one,
                                                               const NetworkInfo& network) {
  std::vector<std::map<std::string, std::string>> nodes(one.ids.size());
  for (std::size_t n = 0; n < nodes.size(); ++n) {
    for (std::size_t c = 0; c < network.categories.size(); ++c) {
      const std::int32_t code = one.labels.at(n * network.categories.size() + c);
      if (code >= 0)
        nodes[n][network.categories[c].name] =
            network.categories[c].labels.at(static_cast<std::size_t>(code));
    }
  }
  return nodes;
}

void expect_networks_right(const ResultReader& result, const ExperimentInfo& info) {
  const auto networks = result.networks();
  const auto snapshots = result.snapshots();
  std::size_t wanted = 0;
  for (std::size_t arm = 0; arm < result.arms().size(); ++arm) {
    if (!result.is_committed(arm, 0)) continue;
    for (NetworkSnapshot given : sample_replicate(info, arm, info.first_replicate).networks) {
      const NetworkInfo& own = info.arms[arm].networks[given.network];
      const auto found = std::find_if(snapshots.begin(), snapshots.end(), [&](const auto& one) {
        return one.first == arm && one.second.moment == given.moment &&
               networks.at(one.second.network).name == own.name;
      });
      ASSERT_NE(found, snapshots.end()) << own.name << " of arm " << arm;
      NetworkSnapshot got = found->second;
      EXPECT_EQ(networks.at(got.network).moments, own.moments);
      EXPECT_EQ(nodes_in_words(got, networks[got.network]), nodes_in_words(given, own));
      got.network = given.network;
      got.labels = given.labels = {};
      EXPECT_EQ(got, given) << own.name << " of arm " << arm;
      ++wanted;
    }
  }
  EXPECT_EQ(snapshots.size(), wanted);
}

}  // namespace

bool same(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) || a == b;
}

void expect_committed_rows_right(const ResultReader& result, const ExperimentInfo& info) {
  expect_indicators_right(result, info);
  expect_splits_right(result, info);
  expect_flows_right(result, info);
  expect_networks_right(result, info);
  const Array founded = result.counts("founded");
  for (std::size_t arm = 0; arm < result.arms().size(); ++arm) {
    for (std::uint64_t r = 0; r < result.num_replicates() && !result.kinds().empty(); ++r) {
      const auto kind = static_cast<std::size_t>(
          std::find(result.kinds().begin(), result.kinds().end(), "firm") - result.kinds().begin());
      const double wanted = result.is_committed(arm, r)
                                ? 1000.0 + static_cast<double>(r) + static_cast<double>(info.first_replicate)
                                : not_known;
      const std::size_t row = arm * result.num_replicates() + r;
      EXPECT_TRUE(same(founded.values[row * result.kinds().size() + kind], wanted));
    }
  }
}

void expect_equal(const ResultReader& a, const ResultReader& b) {
  EXPECT_EQ(a.complete(), b.complete());
  EXPECT_EQ(a.arms(), b.arms());
  EXPECT_EQ(a.times(), b.times());
  EXPECT_EQ(a.years(), b.years());
  ASSERT_EQ(a.num_replicates(), b.num_replicates());
  for (std::size_t arm = 0; arm < a.arms().size(); ++arm) {
    for (std::uint64_t r = 0; r < a.num_replicates(); ++r)
      EXPECT_EQ(a.is_committed(arm, r), b.is_committed(arm, r));
    EXPECT_EQ(a.scenario(arm), b.scenario(arm));
  }
  ASSERT_EQ(a.indicators().size(), b.indicators().size());
  for (const auto& indicator : a.indicators()) {
    EXPECT_EQ(first_difference(a.series(indicator.id), b.series(indicator.id)), std::string::npos)
        << indicator.id;
    for (const auto& axis : indicator.by) {
      EXPECT_EQ(first_difference(a.grouped(indicator.id, axis), b.grouped(indicator.id, axis)),
                std::string::npos);
    }
  }
  EXPECT_EQ(a.flow_rows(), b.flow_rows());
  EXPECT_FALSE(a.flow_rows().empty());
  EXPECT_EQ(a.snapshots(), b.snapshots());
  EXPECT_FALSE(a.snapshots().empty());
  for (const char* table : {"applications", "awards", "outlay"}) {
    EXPECT_EQ(first_difference(a.instrument_table(table), b.instrument_table(table)), std::string::npos)
        << table;
  }
  EXPECT_EQ(a.kinds(), b.kinds());
  for (const char* table : {"founded", "simulated"}) {
    EXPECT_EQ(first_difference(a.counts(table), b.counts(table)), std::string::npos) << table;
  }
}

}  // namespace polder::output::test
