// SPDX-License-Identifier: Apache-2.0
#include "output/result_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "engine/error.hpp"
#include "engine/ids.hpp"

namespace polder::output {
namespace {

/// Position of the element that `same` accepts; a copy of `item` is appended when there is none.
template <class T, class Same>
std::size_t place(std::vector<T>& all, const T& item, Same same) {
  const auto found = std::find_if(all.begin(), all.end(), same);
  if (found != all.end()) return static_cast<std::size_t>(found - all.begin());
  all.push_back(item);
  return all.size() - 1;
}

template <class T>
std::vector<T> sorted_union(const std::vector<ArmInfo>& arms, std::vector<T> ArmInfo::*member) {
  std::vector<T> all;
  for (const auto& arm : arms) all.insert(all.end(), (arm.*member).begin(), (arm.*member).end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

template <class T>
std::vector<std::size_t> positions_in(const std::vector<T>& all, const std::vector<T>& some) {
  std::vector<std::size_t> positions;
  positions.reserve(some.size());
  for (const auto& item : some) {
    positions.push_back(
        static_cast<std::size_t>(std::lower_bound(all.begin(), all.end(), item) - all.begin()));
  }
  return positions;
}

void check_name(const std::string& what, const std::string& name, Mistakes& mistakes) {
  if (name.empty() || name == "." || name == ".." || name.find('/') != std::string::npos ||
      name.back() == ' ') {
    mistakes.add({}, what, "'" + name + "'", "a name without '/' that can stand in a result file");
  }
}

bool is_reserved(const std::string& name) {
  constexpr std::array<std::string_view, 9> names = {
      "arm", "replicate", "time", "time_bounds", "bound", "year", "flow", "instrument", "kind"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

void place_series(const ArmInfo& arm, ResultLayout& layout, ArmPositions& at, Mistakes& mistakes) {
  for (const auto& series : arm.series) {
    check_name("indicators", series.id, mistakes);
    if (is_reserved(series.id)) {
      mistakes.add({}, "indicators." + series.id, series.id, "another id: results have an axis of that name");
    }
    SeriesInfo unsampled = series;
    unsampled.samples.clear();
    const auto i = place(layout.series, unsampled, [&](const SeriesInfo& s) { return s.id == series.id; });
    SeriesInfo& united = layout.series[i];
    if (united.unit != series.unit) {
      mistakes.add({}, "indicators." + series.id + ".unit", series.unit,
                   fmt::format("{} as in the other arms, so that they can be subtracted", united.unit));
    }
    for (const int s : series.samples)
      united.samples.push_back(static_cast<int>(at.times[static_cast<std::size_t>(s)]));
    for (const auto& by : series.by) place(united.by, by, [&](const std::string& b) { return b == by; });
    at.series.push_back(i);
  }
}

std::vector<std::size_t> place_all(std::vector<std::string>& all, const std::vector<std::string>& some) {
  std::vector<std::size_t> positions;
  for (const auto& one : some)
    positions.push_back(place(all, one, [&](const std::string& other) { return other == one; }));
  return positions;
}

void place_labels(const ArmInfo& arm, ResultLayout& layout, ArmPositions& at, Mistakes& mistakes) {
  for (const auto& axis : arm.axes) {
    check_name("axes", axis.name, mistakes);
    const auto i =
        place(layout.axes, Axis{axis.name, {}}, [&](const Axis& a) { return a.name == axis.name; });
    at.labels.push_back(place_all(layout.axes[i].labels, axis.labels));
  }
}

/// The moments of a network in all arms, ascending.
std::vector<Month> moments_of(const std::vector<ArmInfo>& arms, const std::string& name) {
  std::vector<Month> all;
  for (const auto& arm : arms)
    for (const auto& network : arm.networks)
      if (network.name == name) all.insert(all.end(), network.moments.begin(), network.moments.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

void place_networks(const ExperimentInfo& info, const ArmInfo& arm, ResultLayout& layout, ArmPositions& at,
                    Mistakes& mistakes) {
  for (const auto& network : arm.networks) {
    check_name("networks", network.name, mistakes);
    NetworkPositions own;
    own.network = place(layout.networks, NetworkInfo{network.name, moments_of(info.arms, network.name), {}},
                        [&](const NetworkInfo& other) { return other.name == network.name; });
    NetworkInfo& united = layout.networks[own.network];
    own.moments = positions_in(united.moments, network.moments);
    for (const auto& axis : network.categories) {
      own.categories.push_back(place(united.categories, Axis{axis.name, {}},
                                     [&](const Axis& other) { return other.name == axis.name; }));
      own.labels.push_back(place_all(united.categories[own.categories.back()].labels, axis.labels));
    }
    at.networks.push_back(std::move(own));
  }
}

void place_money(const ArmInfo& arm, ResultLayout& layout, ArmPositions& at) {
  const auto key = [](const FlowColumn& f) { return std::tie(f.instrument, f.payer, f.receiver); };
  for (const auto& flow : arm.flows) {
    at.flows.push_back(place(layout.flows, flow, [&](const FlowColumn& f) { return key(f) == key(flow); }));
  }
  for (const auto& instrument : arm.instruments) {
    at.instruments.push_back(place(layout.instruments, instrument,
                                   [&](const InstrumentColumn& c) { return c.id == instrument.id; }));
  }
}

}  // namespace

std::string axis_in_file(const std::string& name) {
  return is_reserved(name) ? name + "_label" : name;
}

ResultLayout unite(const ExperimentInfo& info) {
  EXPECTS(!info.arms.empty() && (info.scenarios.empty() || info.scenarios.size() == info.arms.size()));
  ResultLayout layout;
  layout.times = sorted_union(info.arms, &ArmInfo::times);
  layout.years = sorted_union(info.arms, &ArmInfo::years);
  Mistakes mistakes;
  for (const auto& arm : info.arms) {
    check_name("name", arm.label, mistakes);
    if (std::find(layout.arms.begin(), layout.arms.end(), arm.label) != layout.arms.end()) {
      mistakes.add({}, "name", "'" + arm.label + "' for two arms",
                   "a different `name:` in each scenario of a comparison");
    }
    layout.arms.push_back(arm.label);
    ArmPositions at;
    at.times = positions_in(layout.times, arm.times);
    at.years = positions_in(layout.years, arm.years);
    place_series(arm, layout, at, mistakes);
    place_labels(arm, layout, at, mistakes);
    place_money(arm, layout, at);
    place_networks(info, arm, layout, at, mistakes);
    layout.positions.push_back(std::move(at));
  }
  for (auto& series : layout.series) {
    std::sort(series.samples.begin(), series.samples.end());
    series.samples.erase(std::unique(series.samples.begin(), series.samples.end()), series.samples.end());
  }
  layout.kinds = info.kinds;
  std::sort(layout.kinds.begin(), layout.kinds.end());
  layout.kinds.erase(std::unique(layout.kinds.begin(), layout.kinds.end()), layout.kinds.end());
  mistakes.throw_if_any();
  return layout;
}

std::string fingerprint(const ExperimentInfo& info) {
  std::string text =
      fmt::format("{} {} {} {}\n", info.seed, info.scale, info.start.count, info.first_replicate);
  for (const auto& arm : info.arms) {
    text += arm.label + '\n';
    for (const auto& s : arm.series) text += fmt::format("{} {} {}\n", s.id, s.unit, fmt::join(s.by, ","));
    for (const auto& t : arm.times) text += fmt::format("{} ", t.count);
    for (const auto& y : arm.years) text += fmt::format("{} ", y);
    for (const auto& a : arm.axes) text += fmt::format("{} {}\n", a.name, fmt::join(a.labels, ","));
    for (const auto& f : arm.flows) text += fmt::format("{} {} {}\n", f.instrument, f.payer, f.receiver);
    for (const auto& i : arm.instruments) text += i.id + '\n';
    for (const auto& n : arm.networks) text += n.name + '\n';
  }
  for (const auto& scenario : info.scenarios) {
    text += scenario.resolved + '\n';
    std::vector<std::string> checksums;  // in an order of their own: a result gives files back by path
    for (const auto& file : scenario.files) checksums.push_back(file.checksum);
    std::sort(checksums.begin(), checksums.end());
    text += fmt::format("{}\n", fmt::join(checksums, "\n"));
  }
  return fmt::format("{:016x}", hash_name(text));
}

int sampled_every(const SeriesInfo& series, const std::vector<Month>& times) {
  const auto month = [&](std::size_t i) { return times[static_cast<std::size_t>(series.samples[i])]; };
  if (series.samples.size() < 2) return 0;
  const int every = month(1) - month(0);
  for (std::size_t i = 2; i < series.samples.size(); ++i) {
    if (month(i) - month(i - 1) != every) return 0;
  }
  return every;
}

ArmScenario embed(const Scenario& scenario) {
  ArmScenario arm{scenario.title, scenario.resolved, scenario.files};
  for (const auto& table : scenario.data) {
    place(arm.files, SourceFile{table.path, table.checksum, table.content},
          [&](const SourceFile& file) { return file.path == table.path; });
  }
  return arm;
}

}  // namespace polder::output
