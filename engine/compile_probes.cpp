// SPDX-License-Identifier: Apache-2.0
// Stage of `compile`: indicators to probes, and the description of what a run produces.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "engine/building.hpp"

namespace polder {

namespace {

class ProbeCompiler {
 public:
  ProbeCompiler(Building& building, const IndicatorSpec& spec)
      : building_(building), spec_(spec), path_("indicators." + spec.id) {}

  void run() {
    auto& program = building_.program;
    expression::Scope scope;
    scope.layout = &program.layout;
    scope.owner = spec_.id;
    scope.draws = false;
    expression::Compiler compiler(scope, building_.mistakes);
    const std::size_t before = building_.mistakes.list().size();
    compiler.add(spec_.value, {expression::Type::number, std::nullopt, nullptr, false});
    if (building_.mistakes.list().size() > before) return;  // what follows hangs on the value
    Probe probe;
    probe.series = program.arm.series.size();
    probe.every = spec_.every;
    probe.period = spec_.period;
    probe.code = compiler.finish();
    set_unit(probe);
    add_group(probe, nullptr, {});
    for (const auto& axis : spec_.by) add_axis(probe, axis);
    describe(probe);
    program.probes.push_back(std::move(probe));
  }

 private:
  void set_unit(Probe& probe) {
    const auto unit = parse_unit(spec_.unit.empty() ? "1" : spec_.unit);
    if (!unit) {
      building_.mistakes.add(spec_.mark, path_ + ".unit", spec_.unit,
                             "a unit such as EUR/h, %, person or GEUR/year",
                             nearest(spec_.unit, known_units()));
      return;
    }
    const Dimension value =
        probe.code.result_types.empty() ? Dimension{} : probe.code.result_types[0].dimension;
    const bool adds_up =
        spec_.period == IndicatorSpec::Period::sum && value * dimension::time == unit->dimension;
    if (value != unit->dimension && !adds_up) {
      building_.mistakes.add(spec_.value.mark, path_ + ".value", spec_.value.text,
                             fmt::format("a value in {}; this one is in {}",
                                         spec_.unit.empty() ? "1" : spec_.unit, to_string(value)));
    }
    probe.unit_factor = unit->factor;
  }

  void add_group(Probe& probe, const Labels* labels, std::vector<ColumnId> columns) {
    Probe::Group group{labels, std::move(columns), {}, building_.program.num_sample_sums};
    std::size_t scalars = 0;
    for (const auto& a : probe.code.aggregates) scalars += a.num_groups;
    if (probe.period != IndicatorSpec::Period::end)
      building_.program.num_sample_sums += scalars * group.num_labels();
    probe.groups.push_back(std::move(group));
  }

  static std::vector<std::string> categories_of(const KindLayout& kind) {
    std::vector<std::string> names;
    for (const ColumnInfo& column : kind.columns)
      if (column.type == ColumnType::category) names.push_back(column.name);
    return names;
  }

  void add_axis(Probe& probe, const std::string& axis) {
    const Labels* labels = nullptr;
    std::vector<ColumnId> columns;
    for (const auto& a : probe.code.aggregates) {
      const auto& kind = building_.layout().kinds[index(a.kind)];
      const auto column = kind.find(axis);
      const bool category = column && kind.columns[index(*column)].type == ColumnType::category;
      if (!category || a.reduction == expression::Reduction::events) {
        building_.mistakes.add(spec_.mark, path_ + ".by", axis,
                               fmt::format("a category of {}, which `{}` counts over", kind.name, a.text),
                               nearest(axis, categories_of(kind)));
        return;
      }
      const Labels* own = kind.columns[index(*column)].labels;
      if (labels != nullptr && labels != own && labels->items != own->items) {
        building_.mistakes.add(
            spec_.mark, path_ + ".by", axis,
            fmt::format("a category with the same labels in all its kinds; those of {} differ", kind.name));
        return;
      }
      labels = own;
      columns.push_back(*column);
    }
    if (labels == nullptr) {
      building_.mistakes.add(spec_.mark, path_ + ".by", axis,
                             "an indicator with an aggregate such as sum(firm.sales)");
      return;
    }
    add_group(probe, labels, std::move(columns));
    auto& axes = building_.program.arm.axes;
    const auto known = std::find_if(axes.begin(), axes.end(), [&](const Axis& a) { return a.name == axis; });
    if (known == axes.end()) {
      axes.push_back({axis, labels->items});
    } else if (known->labels != labels->items) {  // one axis of the result, one list of labels
      building_.mistakes.add(
          spec_.mark, path_ + ".by", axis,
          "a category with the same labels as in the other indicators that are split by it");
    }
    by_.push_back(axis);
  }

  void describe(const Probe& probe) {
    SeriesInfo info;
    info.id = spec_.id;
    info.unit = spec_.unit.empty() ? "1" : spec_.unit;
    info.title_en = spec_.title_en.empty() ? spec_.id : spec_.title_en;
    info.title_nl = spec_.title_nl.empty() ? info.title_en : spec_.title_nl;
    info.long_name = info.title_en;
    info.category = spec_.category;
    info.indicator_class = spec_.indicator_class;
    info.definition = spec_.definition;
    info.formula = spec_.value.text;
    info.source = spec_.source;
    info.annex = spec_.annex;
    info.by = by_;
    const auto& clock = building_.scenario.clock;
    const int months = clock.end - clock.start + 1;
    for (int m = probe.every; m <= months; m += probe.every)
      info.samples.push_back(m - 1);  // months for now, times later
    building_.program.arm.series.push_back(std::move(info));
  }

  Building& building_;
  const IndicatorSpec& spec_;
  std::string path_;
  std::vector<std::string> by_;
};

/// Union of the sample months of all series, which then point into it.
void collect_times(Building& building) {
  auto& arm = building.program.arm;
  std::set<int> months;
  for (const auto& series : arm.series) months.insert(series.samples.begin(), series.samples.end());
  const std::vector<int> sorted(months.begin(), months.end());
  for (const int m : sorted) arm.times.push_back(building.scenario.clock.start + m);
  for (auto& series : arm.series) {
    for (int& m : series.samples)
      m = static_cast<int>(std::lower_bound(sorted.begin(), sorted.end(), m) - sorted.begin());
  }
  for (int year = building.scenario.clock.start.year(); year <= building.scenario.clock.end.year(); ++year)
    arm.years.push_back(year);
}

/// Indicators share aggregates and axes: each is evaluated once. In the one scope of all indicators the same
/// text means the same.
void share_requests(Program::Impl& program) {
  std::map<std::pair<KindId, std::string>, std::size_t> known;
  std::vector<std::vector<AggregateRequest>> by_aggregate;
  const auto for_each_request = [&](const auto& body) {
    for (Probe& probe : program.probes) {
      for (Probe::Group& group : probe.groups) {
        for (std::size_t i = 0; i < probe.code.aggregates.size(); ++i) {
          const auto& aggregate = probe.code.aggregates[i];
          const auto axis = group.labels != nullptr ? std::optional{group.columns[i]} : std::nullopt;
          const std::size_t at =
              known.emplace(std::pair(aggregate.kind, aggregate.text), known.size()).first->second;
          body(group, at, AggregateRequest{&aggregate, axis, group.num_labels()});
        }
      }
    }
  };
  const auto position = [](const std::vector<AggregateRequest>& list, const AggregateRequest& wanted) {
    const auto same = [&](const AggregateRequest& r) { return r.axis == wanted.axis; };
    return static_cast<std::size_t>(std::find_if(list.begin(), list.end(), same) - list.begin());
  };
  for_each_request([&](Probe::Group&, std::size_t at, AggregateRequest request) {
    by_aggregate.resize(std::max(by_aggregate.size(), at + 1));
    auto& list = by_aggregate[at];
    if (!list.empty()) request.aggregate = list.front().aggregate;
    if (position(list, request) == list.size()) list.push_back(request);
  });
  std::vector<std::size_t> first;
  for (const auto& list : by_aggregate) {
    first.push_back(program.requests.size());
    program.requests.insert(program.requests.end(), list.begin(), list.end());
  }
  for_each_request([&](Probe::Group& group, std::size_t at, const AggregateRequest& request) {
    group.requests.push_back(first[at] + position(by_aggregate[at], request));
  });
}

}  // namespace

void compile_probes(Building& building) {
  for (const auto& spec : building.scenario.indicators) ProbeCompiler(building, spec).run();
  share_requests(building.program);
  collect_times(building);
  auto& arm = building.program.arm;
  arm.label = building.scenario.name;
  for (const auto& flow : building.program.flows) {
    arm.flows.push_back({flow.instrument, flow.payer.name, flow.receiver.name, flow.is_instrument});
  }
}

}  // namespace polder
