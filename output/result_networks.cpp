// SPDX-License-Identifier: Apache-2.0
#include "output/result_networks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <span>

#include "engine/error.hpp"
#include "output/refuse.hpp"

namespace polder::output {
namespace {

using hdf5::Box;
using hdf5::Element;
using hdf5::Shape;

constexpr const char* groups = "networks";
constexpr std::int32_t nothing = -1;
constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

std::string index_name(const Axis& category) {
  return category.name + "_index";
}

AxisTable axes_of(const ExperimentInfo& info, const ResultLayout& layout, const NetworkInfo& network) {
  AxisTable axes = make_axes(info, layout, 1);
  AxisSpec moment{AxisSpec::Coordinate::numbers, network.moments.size(), {}, {}, {}, {}};
  for (const Month month : network.moments) moment.numbers.push_back(days_since_2020(month + 1) - 1);
  moment.attributes = {{"long_name", "last day before the start of the run, and of the run"},
                       {"standard_name", "time"},
                       {"units", "days since 2020-01-01"},
                       {"calendar", "proleptic_gregorian"}};
  axes["moment"] = std::move(moment);
  axes["node"] = {AxisSpec::Coordinate::none, most_nodes, {}, {}, {}, {}};
  axes["tie"] = {AxisSpec::Coordinate::none, most_ties, {}, {}, {}, {}};
  for (const Axis& category : network.categories)
    axes[category.name] = {AxisSpec::Coordinate::labels,
                           category.labels.size(),
                           category.labels,
                           {},
                           {{"long_name", category.name + " of a node"}},
                           {}};
  return axes;
}

/// The variables of a network; `axes` beyond (arm, moment).
VariableSpec variable(const std::string& name, Element element, const char* axis,
                      const std::string& meaning) {
  std::vector<std::string> axes{"arm", "moment"};
  if (axis != nullptr) axes.emplace_back(axis);
  return {{}, name, element, std::move(axes), {{"long_name", meaning}, {"units", "1"}}};
}

std::vector<VariableSpec> variables_of(const NetworkInfo& network) {
  std::vector<VariableSpec> all{
      variable("nodes", Element::i32, nullptr, "agents with ties in the whole network; -1: no snapshot"),
      variable("ties", Element::i32, nullptr, "ties of the whole network; -1: no snapshot"),
      variable("nodes_left_out", Element::i32, nullptr,
               "agents with ties that have no place on the axis node"),
      variable("ties_left_out", Element::i32, nullptr, "ties that have no place on the axis tie"),
      variable("id", Element::u64, "node", "identity of the agent; the same in every arm; 0: no node"),
      variable("weight", Element::f64, "node", "real ones that the agent stands for"),
      variable("degree", Element::i32, "node", "ties of the node in the whole network; -1: no node")};
  for (const Axis& category : network.categories)
    all.push_back(variable(index_name(category), Element::i32, "node",
                           fmt::format("position on the axis {}, from 0; -1: none", category.name)));
  all.push_back(variable("first", Element::i32, "tie", "one end, as position on the axis node; -1: no tie"));
  all.push_back(variable("second", Element::i32, "tie", "other end, as position on the axis node"));
  all.push_back(variable("strength", Element::f64, "tie", "strength of the tie"));
  return all;
}

/// Fills with what stands for nothing; floating arrays and ids are born so.
void clear(hdf5::Dataset& array) {
  if (array.element() != Element::i32) return;
  const std::vector<std::int32_t> empty(hdf5::num_elements(array.shape()), nothing);
  array.write(std::span<const std::int32_t>(empty));
}

/// Writes one arm and moment, padded to its room.
template <class T>
void write_row(const hdf5::Group& group, const std::string& name, std::size_t arm, std::size_t moment,
               std::vector<T> values, T padding) {
  hdf5::Dataset array = group.dataset(name);
  Box box{{arm, moment}, {1, 1}};
  std::size_t room = 1;
  if (array.shape().size() == 3) {
    room = array.shape()[2];
    box = {{arm, moment, 0}, {1, 1, room}};
  }
  EXPECTS(values.size() <= room);
  values.resize(room, padding);
  array.write(std::span<const T>(values), box);
}

/// The codes of a category in the union of arms.
std::vector<std::int32_t> codes_of(const NetworkSnapshot& from, const NetworkPositions& at, std::size_t own) {
  std::vector<std::int32_t> codes;
  for (std::size_t node = 0; node < from.ids.size(); ++node) {
    const std::int32_t label = from.labels.at(node * at.categories.size() + own);
    codes.push_back(
        label < 0 ? nothing : static_cast<std::int32_t>(at.labels[own].at(static_cast<std::size_t>(label))));
  }
  return codes;
}

void write_snapshot(const hdf5::File& file, std::size_t arm, const NetworkSnapshot& from,
                    const NetworkPositions& at, const NetworkInfo& network) {
  const hdf5::Group group = file.root().group(groups).group(network.name);
  const std::size_t moment = at.moments.at(from.moment);
  const auto whole = [&](const char* name, std::int64_t value) {
    write_row<std::int32_t>(group, name, arm, moment, {static_cast<std::int32_t>(value)}, nothing);
  };
  whole("nodes", from.num_nodes);
  whole("ties", from.num_ties);
  whole("nodes_left_out", from.num_nodes - static_cast<std::int64_t>(from.ids.size()));
  whole("ties_left_out", from.num_ties - static_cast<std::int64_t>(from.first.size()));
  write_row<std::uint64_t>(group, "id", arm, moment, from.ids, 0);
  write_row(group, "weight", arm, moment, from.weights, not_known);
  write_row(group, "degree", arm, moment, from.degrees, nothing);
  for (std::size_t own = 0; own < at.categories.size(); ++own)
    write_row(group, index_name(network.categories[at.categories[own]]), arm, moment, codes_of(from, at, own),
              nothing);
  write_row(group, "first", arm, moment, from.first, nothing);
  write_row(group, "second", arm, moment, from.second, nothing);
  write_row(group, "strength", arm, moment, from.strengths, not_known);
}

template <class T>
void copy_arm(const hdf5::Dataset& from, hdf5::Dataset& to, std::uint64_t arm) {
  Box box{Shape(from.shape().size(), 0), from.shape()};
  box.start[0] = arm;
  box.count[0] = 1;
  to.write(std::span<const T>(from.read<T>(box)), box);
}

/// A snapshot out of the arrays, if there is one.
class Snapshots {
 public:
  Snapshots(const hdf5::Group& group, const NetworkInfo& network) : group_(group), network_(network) {}

  std::optional<NetworkSnapshot> at(std::uint64_t arm, std::uint64_t moment) const {
    NetworkSnapshot one;
    one.moment = moment;
    one.num_nodes = count("nodes", arm, moment);
    if (one.num_nodes < 0) return {};
    one.num_ties = count("ties", arm, moment);
    const std::size_t nodes = kept(one.num_nodes - count("nodes_left_out", arm, moment), most_nodes);
    const std::size_t ties = kept(one.num_ties - count("ties_left_out", arm, moment), most_ties);
    one.ids = row<std::uint64_t>("id", arm, moment, nodes);
    one.weights = row<double>("weight", arm, moment, nodes);
    one.degrees = row<std::int32_t>("degree", arm, moment, nodes);
    one.labels.resize(nodes * network_.categories.size());
    for (std::size_t c = 0; c < network_.categories.size(); ++c) {
      const auto codes = row<std::int32_t>(index_name(network_.categories[c]), arm, moment, nodes);
      for (std::size_t n = 0; n < nodes; ++n) one.labels[n * network_.categories.size() + c] = codes[n];
    }
    one.first = row<std::int32_t>("first", arm, moment, ties);
    one.second = row<std::int32_t>("second", arm, moment, ties);
    one.strengths = row<double>("strength", arm, moment, ties);
    const auto outside = [&](std::int32_t node) {
      return node < 0 || static_cast<std::size_t>(node) >= nodes;
    };
    if (std::any_of(one.first.begin(), one.first.end(), outside) ||
        std::any_of(one.second.begin(), one.second.end(), outside))
      refuse_damaged();
    return one;
  }

 private:
  [[noreturn]] void refuse_damaged() const { refuse(group_.path(), "", "damaged", "a result of Polder"); }
  std::size_t kept(std::int32_t number, std::size_t room) const {
    if (number < 0 || static_cast<std::size_t>(number) > room) refuse_damaged();
    return static_cast<std::size_t>(number);
  }
  std::int32_t count(const char* name, std::uint64_t arm, std::uint64_t moment) const {
    return group_.dataset(name).read<std::int32_t>(Box{{arm, moment}, {1, 1}}).at(0);
  }
  template <class T>
  std::vector<T> row(const std::string& name, std::uint64_t arm, std::uint64_t moment,
                     std::size_t length) const {
    const hdf5::Dataset array = group_.dataset(name);
    if (array.shape().size() != 3 || array.shape()[2] < length) refuse_damaged();
    return array.read<T>(Box{{arm, moment, 0}, {1, 1, length}});
  }
  const hdf5::Group& group_;
  const NetworkInfo& network_;
};

}  // namespace

void add_networks(hdf5::File& file, const ExperimentInfo& info, const ResultLayout& layout, Stage stage) {
  for (const NetworkInfo& network : layout.networks) {
    const AxisTable axes = axes_of(info, layout, network);
    Shelf shelf(make_group(file, fmt::format("{}/{}", groups, network.name)), axes);
    shelf.group().set_attribute("replicate",
                                std::int32_t{static_cast<std::int32_t>(info.first_replicate) + 1});
    shelf.group().set_attribute(
        "selection",
        fmt::format("the {} agents with the largest sum of tie strengths (then the lower id), and the {} "
                    "strongest ties among them; nodes_left_out and ties_left_out count the others",
                    most_nodes, most_ties));
    for (const VariableSpec& spec : variables_of(network)) {
      const Shape chunk = spec.axes.size() == 2 ? Shape{layout.arms.size(), network.moments.size()}
                                                : Shape{1, 1, axes.at(spec.axes[2]).length};
      hdf5::Dataset array = shelf.add(
          spec, stage == Stage::finished ? hdf5::Storage{chunk, false, true, false} : hdf5::Storage{});
      clear(array);
    }
    for (const Axis& category : network.categories) shelf.add_axis(category.name);
    shelf.finish();
  }
}

void write_networks(const hdf5::File& file, const ReplicateResult& result, const ResultLayout& layout) {
  for (const NetworkSnapshot& one : result.networks) {
    const NetworkPositions& at = layout.positions[result.arm].networks.at(one.network);
    write_snapshot(file, result.arm, one, at, layout.networks[at.network]);
  }
}

void copy_networks(const hdf5::File& from, const hdf5::File& to, const Contents& contents) {
  const std::vector<NetworkInfo> networks = read_network_infos(from);
  for (const NetworkInfo& network : networks) {
    if (!to.root().has(groups) || !to.root().group(groups).has(network.name)) continue;
    const hdf5::Group source = from.root().group(groups).group(network.name);
    const hdf5::Group target = to.root().group(groups).group(network.name);
    for (const VariableSpec& spec : variables_of(network)) {
      const hdf5::Dataset array = source.dataset(spec.name);
      hdf5::Dataset copy = target.dataset(spec.name);
      for (std::uint64_t arm = 0; arm < contents.num_arms; ++arm) {
        if (!contents.has(arm, 0)) continue;
        if (spec.element == Element::i32) copy_arm<std::int32_t>(array, copy, arm);
        if (spec.element == Element::u64) copy_arm<std::uint64_t>(array, copy, arm);
        if (spec.element == Element::f64) copy_arm<double>(array, copy, arm);
      }
    }
  }
}

std::vector<NetworkInfo> read_network_infos(const hdf5::File& file) {
  std::vector<NetworkInfo> networks;
  if (!file.root().has(groups)) return networks;
  const hdf5::Group all = file.root().group(groups);
  for (const std::string& name : all.names()) {
    const hdf5::Group group = all.group(name);
    NetworkInfo& network = networks.emplace_back();
    network.name = name;
    for (const int day : group.dataset("moment").read<std::int32_t>())
      network.moments.push_back(month_of_last_day(day));
    constexpr std::string_view suffix = "_index";
    for (const std::string& variable : group.names()) {
      if (!variable.ends_with(suffix)) continue;
      const std::string category = variable.substr(0, variable.size() - suffix.size());
      network.categories.push_back({category, group.dataset(category).read_text()});
    }
  }
  return networks;
}

std::vector<std::pair<std::size_t, NetworkSnapshot>> read_snapshots(const hdf5::File& file,
                                                                    const Contents& contents) {
  std::vector<std::pair<std::size_t, NetworkSnapshot>> all;
  const std::vector<NetworkInfo> networks = read_network_infos(file);
  for (std::size_t n = 0; n < networks.size(); ++n) {
    const hdf5::Group group = file.root().group(groups).group(networks[n].name);
    const Snapshots snapshots(group, networks[n]);
    for (std::uint64_t arm = 0; arm < contents.num_arms; ++arm) {
      if (!contents.has(arm, 0)) continue;
      for (std::size_t moment = 0; moment < networks[n].moments.size(); ++moment) {
        auto one = snapshots.at(arm, moment);
        if (!one) continue;
        one->network = n;
        all.emplace_back(arm, std::move(*one));
      }
    }
  }
  return all;
}

}  // namespace polder::output
