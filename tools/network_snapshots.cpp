// SPDX-License-Identifier: Apache-2.0
#include "tools/network_snapshots.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <tuple>

namespace polder::tools {

namespace {

constexpr std::array categories{"type", "sector", "theme", "region"};

/// Labels of a category over all kinds that have it; empty: none has.
Axis labels_of(const Layout& layout, const char* category) {
  Axis axis{category, {}};
  for (const KindLayout& kind : layout.kinds) {
    const auto column = kind.find(category);
    if (!column || kind.columns[index(*column)].type != ColumnType::category) continue;
    for (const std::string& label : kind.columns[index(*column)].labels->items)
      if (std::find(axis.labels.begin(), axis.labels.end(), label) == axis.labels.end())
        axis.labels.push_back(label);
  }
  return axis;
}

/// What the nodes of every network are told apart by.
std::vector<Axis> categories_of(const Layout& layout) {
  std::vector<Axis> axes{{"kind", {}}};
  for (const KindLayout& kind : layout.kinds) axes.front().labels.push_back(kind.name);
  for (const char* category : categories)
    if (Axis axis = labels_of(layout, category); !axis.labels.empty()) axes.push_back(std::move(axis));
  return axes;
}

struct Node {
  AgentId id = nobody;
  double trust = 0;  ///< sum of the strengths of its ties
  std::int32_t degree = 0;
};

/// Everybody with ties, in the order of their ids.
std::vector<Node> nodes_of(std::span<const Tie> ties) {
  std::vector<Node> nodes;
  for (const Tie& tie : ties) {  // sorted by their first end
    if (nodes.empty() || nodes.back().id != tie.a) nodes.push_back({tie.a, 0, 0});
    nodes.back().trust += static_cast<double>(tie.strength);
    ++nodes.back().degree;
  }
  return nodes;
}

void keep_most_trusted(std::vector<Node>& nodes) {
  const auto kept = static_cast<std::ptrdiff_t>(std::min(nodes.size(), most_nodes));
  std::partial_sort(nodes.begin(), nodes.begin() + kept, nodes.end(), [](const Node& a, const Node& b) {
    return std::tuple(-a.trust, a.id) < std::tuple(-b.trust, b.id);
  });
  nodes.erase(nodes.begin() + kept, nodes.end());
}

/// Weight and labels of a node; -1 and 0 for one that is nowhere.
void describe_node(const Layout& layout, const State& state, const std::vector<Axis>& axes, AgentId id,
                   NetworkSnapshot& to) {
  for (std::size_t k = 0; k < state.tables.size(); ++k) {
    const Row row = state.tables[k].find(id);
    if (row == no_row) continue;
    to.weights.push_back(state.tables[k].weights()[row]);
    to.labels.push_back(static_cast<std::int32_t>(k));
    for (std::size_t c = 1; c < axes.size(); ++c) {
      const auto column = layout.kinds[k].find(axes[c].name);
      const ColumnInfo* info = column ? &layout.kinds[k].columns[index(*column)] : nullptr;
      if (info == nullptr || info->type != ColumnType::category) {
        to.labels.push_back(-1);
        continue;
      }
      const auto& label = info->labels->items[state.tables[k].column<std::uint8_t>(*column)[row]];
      const auto& all = axes[c].labels;
      to.labels.push_back(static_cast<std::int32_t>(std::find(all.begin(), all.end(), label) - all.begin()));
    }
    return;
  }
  to.weights.push_back(0);
  to.labels.insert(to.labels.end(), axes.size(), -1);
}

/// Ties among the kept nodes, the strongest first.
void add_ties(const Ties& ties, NetworkSnapshot& to) {
  std::vector<std::pair<std::uint64_t, std::int32_t>> places;  // by id
  for (std::size_t i = 0; i < to.ids.size(); ++i)
    places.emplace_back(to.ids[i], static_cast<std::int32_t>(i));
  std::sort(places.begin(), places.end());
  struct Kept {
    double strength;
    std::int32_t first, second;
  };
  std::vector<Kept> kept;
  for (std::size_t i = 0; i < to.ids.size(); ++i) {
    const auto node = static_cast<std::int32_t>(i);
    for (const Tie& tie : ties.of(AgentId{to.ids[i]})) {
      const auto at = std::lower_bound(places.begin(), places.end(),
                                       std::pair(raw(tie.b), std::numeric_limits<std::int32_t>::min()));
      if (at != places.end() && at->first == raw(tie.b) && at->second > node)
        kept.push_back({static_cast<double>(tie.strength), node, at->second});
    }
  }
  std::sort(kept.begin(), kept.end(), [](const Kept& a, const Kept& b) {
    return std::tuple(-a.strength, a.first, a.second) < std::tuple(-b.strength, b.first, b.second);
  });
  kept.resize(std::min(kept.size(), most_ties));
  for (const Kept& tie : kept) {
    to.first.push_back(tie.first);
    to.second.push_back(tie.second);
    to.strengths.push_back(tie.strength);
  }
}

}  // namespace

std::vector<NetworkInfo> describe_networks(const Program& program) {
  const auto& clock = program.scenario().clock;
  std::vector<NetworkInfo> networks;
  for (const std::string& name : program.layout().networks)
    networks.push_back({name, {clock.start + -1, clock.end}, categories_of(program.layout())});
  return networks;
}

std::vector<NetworkSnapshot> take_snapshots(const Program& program, const State& state, Moment moment) {
  const Layout& layout = program.layout();
  const std::vector<Axis> axes = categories_of(layout);
  std::vector<NetworkSnapshot> snapshots;
  for (std::size_t n = 0; n < state.networks.size(); ++n) {
    NetworkSnapshot& one = snapshots.emplace_back();
    one.network = n;
    one.moment = static_cast<std::size_t>(moment);
    std::vector<Node> nodes = nodes_of(state.networks[n].all());
    one.num_nodes = static_cast<std::int32_t>(nodes.size());
    one.num_ties = static_cast<std::int32_t>(state.networks[n].num_ties());
    keep_most_trusted(nodes);
    for (const Node& node : nodes) {
      one.ids.push_back(raw(node.id));
      one.degrees.push_back(node.degree);
      describe_node(layout, state, axes, node.id, one);
    }
    add_ties(state.networks[n], one);
  }
  return snapshots;
}

}  // namespace polder::tools
