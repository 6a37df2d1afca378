// SPDX-License-Identifier: Apache-2.0
#include "tools/report/network.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "tools/report/source.hpp"

namespace polder::tools::report {

namespace {

using Snapshot = std::pair<std::size_t, NetworkSnapshot>;  // arm

/// Which network is drawn: the one that institutes and firms build themselves, else the largest.
std::optional<std::size_t> network_drawn(const std::vector<NetworkInfo>& networks,
                                         const std::vector<Snapshot>& snapshots) {
  std::optional<std::size_t> largest;
  std::int32_t most = 0;
  for (const auto& [arm, one] : snapshots) {
    if (networks.at(one.network).name == "collaboration") return one.network;
    if (one.num_ties > most) most = one.num_ties, largest = one.network;
  }
  return largest;
}

Json categories(const NetworkInfo& network, const Names& names) {
  Json all = Json::object();
  for (const Axis& category : network.categories) {
    Json labels = Json::array();
    for (const std::string& label : category.labels) {
      Json entry = names.label(category.name, label);
      entry["id"] = label;
      labels.push_back(std::move(entry));
    }
    all[category.name] = std::move(labels);
  }
  return all;
}

Json as_json(const NetworkSnapshot& one, std::size_t arm, const NetworkInfo& network,
             std::map<std::uint64_t, std::size_t>& numbers) {
  Json members = Json::array(), pairs = Json::array();
  for (std::size_t n = 0; n < one.ids.size(); ++n) {
    Json member = {{"id", numbers.emplace(one.ids[n], numbers.size()).first->second},
                   {"degree", one.degrees[n]},
                   {"weight", number(one.weights[n])}};
    for (std::size_t c = 0; c < network.categories.size(); ++c)
      member[network.categories[c].name] = one.labels[n * network.categories.size() + c];
    members.push_back(std::move(member));
  }
  for (std::size_t t = 0; t < one.first.size(); ++t)
    pairs.push_back({one.first[t], one.second[t], number(one.strengths[t])});
  return {{"arm", arm},
          {"month", to_string(network.moments.at(one.moment))},
          {"nodes", one.num_nodes},
          {"ties", one.num_ties},
          {"members", std::move(members)},
          {"pairs", std::move(pairs)}};
}

}  // namespace

Json network(const output::ResultReader& result, const Names& names) {
  const std::vector<NetworkInfo> networks = result.networks();
  const std::vector<Snapshot> snapshots = result.snapshots();
  const auto drawn = network_drawn(networks, snapshots);
  if (!drawn) return nullptr;
  std::map<std::uint64_t, std::size_t> numbers;
  Json list = Json::array();
  const std::size_t arms_shown = num_arms_shown(result);
  for (const auto& [arm, one] : snapshots) {
    const bool end = one.moment + 1 == networks[*drawn].moments.size();
    if (one.network == *drawn && arm < arms_shown && (end || (arm == 0 && one.moment == 0)))
      list.push_back(as_json(one, arm, networks[*drawn], numbers));
  }
  return {{"name", networks[*drawn].name},
          {"categories", categories(networks[*drawn], names)},
          {"replicate", result.first_replicate() + 1},
          {"snapshots", std::move(list)}};
}

}  // namespace polder::tools::report
