// SPDX-License-Identifier: Apache-2.0
#include "output/result_variables.hpp"

#include <algorithm>
#include <limits>
#include <string_view>

#include "engine/error.hpp"

namespace polder::output {
namespace {

using Source = ReplicateVariable::Source;
using hdf5::Element;

VariableSpec indicator(const SeriesInfo& s, const std::vector<Month>& times, const std::string& group,
                       std::vector<std::string> axes) {
  VariableSpec spec{group, s.id, Element::f64, std::move(axes), {}, s.annex, sampled_every(s, times)};
  spec.attributes = {{"long_name", !s.long_name.empty()  ? s.long_name
                                   : !s.title_en.empty() ? s.title_en
                                                         : s.id},
                     {"units", s.unit.empty() ? "1" : s.unit},
                     {"title_en", s.title_en},
                     {"title_nl", s.title_nl},
                     {"category", s.category},
                     {"class", s.indicator_class},
                     {"definition", s.definition},
                     {"formula", s.formula},
                     {"source", s.source}};
  return spec;
}

ReplicateVariable plain(Source source, const char* group, const char* name, Element element,
                        std::vector<std::string> more_axes, const char* long_name, const char* units) {
  std::vector<std::string> axes = {"arm", "replicate"};
  axes.insert(axes.end(), more_axes.begin(), more_axes.end());
  return {{group, name, element, std::move(axes), {{"long_name", long_name}, {"units", units}}}, source};
}

std::size_t length_of(const std::string& axis, const ResultLayout& layout) {
  if (axis == "time") return layout.times.size();
  if (axis == "year") return layout.years.size();
  if (axis == "flow") return layout.flows.size();
  if (axis == "instrument") return layout.instruments.size();
  if (axis == "kind") return layout.kinds.size();
  const auto found = std::find_if(layout.axes.begin(), layout.axes.end(),
                                  [&](const Axis& a) { return axis_in_file(a.name) == axis; });
  ASSERT(found != layout.axes.end());
  return found->labels.size();
}

std::vector<double> unknown(const ReplicateVariable& variable, const ResultLayout& layout) {
  return std::vector<double>(hdf5::num_elements(block_shape(variable, layout)),
                             std::numeric_limits<double>::quiet_NaN());
}

/// Position of the union's series among the arm's; the arm's number of series when it has none.
std::size_t own_series(const ReplicateVariable& variable, const ArmPositions& at) {
  return static_cast<std::size_t>(std::find(at.series.begin(), at.series.end(), variable.series) -
                                  at.series.begin());
}

void fill_overall(std::vector<double>& out, const ReplicateVariable& variable, const ArmPositions& at,
                  const ReplicateResult& result) {
  const auto own = own_series(variable, at);
  if (own == at.series.size()) return;
  const auto& values = result.values.at(own);
  for (std::size_t t = 0; t < values.size(); ++t) out[at.times.at(t)] = values[t];
}

void fill_grouped(std::vector<double>& out, const ReplicateVariable& variable, const ResultLayout& layout,
                  const ReplicateResult& result, const ArmInfo& arm) {
  const ArmPositions& at = layout.positions[result.arm];
  const auto own = own_series(variable, at);
  if (own == at.series.size()) return;
  const Axis& axis = layout.axes[variable.by];
  const auto& by = arm.series[own].by;
  const auto which = static_cast<std::size_t>(std::find(by.begin(), by.end(), axis.name) - by.begin());
  if (which == by.size()) return;
  const auto own_axis =
      std::find_if(arm.axes.begin(), arm.axes.end(), [&](const Axis& a) { return a.name == axis.name; });
  ASSERT(own_axis != arm.axes.end());
  const auto& labels = at.labels[static_cast<std::size_t>(own_axis - arm.axes.begin())];
  const auto& values = result.grouped.at(own).at(which);
  for (std::size_t t = 0; t < values.size(); ++t) {
    for (std::size_t l = 0; l < values[t].size(); ++l) {
      out[at.times.at(t) * axis.labels.size() + labels.at(l)] = values[t][l];
    }
  }
}

/// years x instruments from the arm's instruments x years.
void fill_counts(std::vector<double>& out, const std::vector<std::vector<double>>& counts,
                 const ArmPositions& at, std::size_t num_instruments) {
  for (std::size_t i = 0; i < counts.size(); ++i) {
    for (std::size_t y = 0; y < counts[i].size(); ++y) {
      out[at.years.at(y) * num_instruments + at.instruments.at(i)] = counts[i][y];
    }
  }
}

template <class T>
void fill_kinds(std::vector<double>& out, const std::vector<std::pair<std::string, T>>& counts,
                const std::vector<std::string>& kinds) {
  for (const auto& [kind, count] : counts) {
    const auto found = std::find(kinds.begin(), kinds.end(), kind);
    if (found != kinds.end())
      out[static_cast<std::size_t>(found - kinds.begin())] = static_cast<double>(count);
  }
}

/// The kind or account in `government.national.ezk`: the first part.
std::string_view owner(std::string_view account) {
  return account.substr(0, account.find('.'));
}

/// Money that leaves the payer of an instrument under its name; what comes back (repayments) does not count.
bool is_outlay(const FlowColumn& flow, const InstrumentColumn& instrument) {
  return flow.is_instrument && flow.instrument == instrument.id &&
         owner(flow.payer) == owner(instrument.payer) && owner(flow.receiver) != owner(instrument.payer);
}

}  // namespace

std::vector<ReplicateVariable> replicate_variables(const ResultLayout& layout) {
  std::vector<ReplicateVariable> all;
  for (std::size_t s = 0; s < layout.series.size(); ++s) {
    const bool account = layout.series[s].category == attribution_category;
    all.push_back({indicator(layout.series[s], layout.times, account ? "attribution" : "indicators",
                             {"arm", "replicate", "time"}),
                   Source::overall, s});
  }
  for (std::size_t a = 0; a < layout.axes.size(); ++a) {
    const std::string& axis = layout.axes[a].name;
    for (std::size_t s = 0; s < layout.series.size(); ++s) {
      const auto& by = layout.series[s].by;
      if (std::find(by.begin(), by.end(), axis) == by.end()) continue;
      all.push_back({indicator(layout.series[s], layout.times, "indicators_by_" + axis,
                               {"arm", "replicate", "time", axis_in_file(axis)}),
                     Source::grouped, s, a});
    }
  }
  const std::vector<std::string> yearly = {"year", "instrument"};
  all.push_back(plain(Source::flows, "flows", "amount", Element::i64, {"year", "flow"},
                      "money moved in the year", "cent"));
  all.push_back(plain(Source::applications, "instruments", "applications", Element::f64, yearly,
                      "applications in the year, weighted", "1"));
  all.push_back(plain(Source::awards, "instruments", "awards", Element::f64, yearly,
                      "awards in the year, weighted", "1"));
  all.push_back(plain(Source::outlay, "instruments", "outlay", Element::i64, yearly,
                      "money paid out in the year, without what came back", "cent"));
  all.push_back(plain(Source::founded, "counts", "founded", Element::f64, {"kind"},
                      "agents founded at the start, weighted", "1"));
  all.push_back(plain(Source::agents, "counts", "simulated", Element::f64, {"kind"},
                      "simulated agents at the end, not weighted", "1"));
  all.push_back(
      plain(Source::seconds, "provenance", "seconds", Element::f64, {}, "time taken by the replicate", "s"));
  return all;
}

hdf5::Shape block_shape(const ReplicateVariable& variable, const ResultLayout& layout) {
  hdf5::Shape shape;
  for (std::size_t i = 2; i < variable.spec.axes.size(); ++i)
    shape.push_back(length_of(variable.spec.axes[i], layout));
  return shape;
}

std::vector<double> block(const ReplicateVariable& variable, const ResultLayout& layout,
                          const ReplicateResult& result, const ArmInfo& arm) {
  std::vector<double> out = unknown(variable, layout);
  const ArmPositions& at = layout.positions[result.arm];
  switch (variable.source) {
    case Source::overall:
      fill_overall(out, variable, at, result);
      break;
    case Source::grouped:
      fill_grouped(out, variable, layout, result, arm);
      break;
    case Source::applications:
      fill_counts(out, result.applications, at, layout.instruments.size());
      break;
    case Source::awards:
      fill_counts(out, result.awards, at, layout.instruments.size());
      break;
    case Source::founded:
      fill_kinds(out, result.founded, layout.kinds);
      break;
    case Source::agents:
      fill_kinds(out, result.agents, layout.kinds);
      break;
    case Source::seconds:
      out[0] = result.seconds;
      break;
    case Source::flows:
    case Source::outlay:
      ASSERT(variable.spec.element == Element::f64);
      break;
  }
  return out;
}

std::vector<Cents> cents_block(const ReplicateVariable& variable, const ResultLayout& layout,
                               const ReplicateResult& result, const ArmInfo& arm) {
  EXPECTS(variable.spec.element == Element::i64);
  std::vector<Cents> out(hdf5::num_elements(block_shape(variable, layout)), 0);
  const ArmPositions& at = layout.positions[result.arm];
  const std::size_t width = block_shape(variable, layout).back();
  for (std::size_t y = 0; y < result.flows.size(); ++y) {
    for (std::size_t f = 0; f < result.flows[y].size(); ++f) {
      const std::size_t row = at.years.at(y) * width;
      if (variable.source == Source::flows) {
        out[row + at.flows.at(f)] += result.flows[y][f];
        continue;
      }
      for (std::size_t i = 0; i < arm.instruments.size(); ++i) {
        if (is_outlay(arm.flows[f], arm.instruments[i])) out[row + at.instruments[i]] += result.flows[y][f];
      }
    }
  }
  return out;
}

std::vector<std::string> unknown_kinds(const ResultLayout& layout, const ReplicateResult& result) {
  std::vector<std::string> unknown_names;
  const auto look_at = [&](const std::string& kind) {
    for (const auto* known : {&layout.kinds, static_cast<const std::vector<std::string>*>(&unknown_names)}) {
      if (std::find(known->begin(), known->end(), kind) != known->end()) return;
    }
    unknown_names.push_back(kind);
  };
  for (const auto& [kind, count] : result.founded) look_at(kind);
  for (const auto& [kind, count] : result.agents) look_at(kind);
  return unknown_names;
}

}  // namespace polder::output
