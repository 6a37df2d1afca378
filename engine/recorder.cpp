// SPDX-License-Identifier: Apache-2.0
// Samples: indicators on their calendars, flows and the use of instruments by year.
#include <algorithm>
#include <chrono>
#include <limits>

#include "engine/aggregate.hpp"

namespace polder {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Aggregates of a probe for each label of a group: [label][scalar].
std::vector<double> gather(const Program::Impl& program, const State& state, const ColumnView& view,
                           const Probe& probe, const Probe::Group& group) {
  std::size_t num_scalars = 0;
  for (const auto& a : probe.code.aggregates) num_scalars += a.num_groups;
  std::vector<double> values(group.num_labels() * num_scalars);
  for (std::size_t i = 0; i < probe.code.aggregates.size(); ++i) {
    const auto& a = probe.code.aggregates[i];
    const auto axis = group.labels != nullptr ? std::optional{group.columns[i]} : std::nullopt;
    const auto results = evaluate_aggregate(program, state, view, a, axis, group.num_labels());
    for (std::size_t label = 0; label < group.num_labels(); ++label)
      values[label * num_scalars + a.first_scalar] = results[label];
  }
  return values;
}

double finish(const Probe& probe, std::span<const double> scalars) {
  expression::Lanes lanes;
  lanes.n = 1;
  lanes.scalars = scalars;
  expression::Registers registers(probe.code);
  expression::evaluate(probe.code, lanes, registers);
  return registers.result(0)[0] / probe.unit_factor;
}

/// Year position and whether the month ends the year (or the run).
struct YearEnd {
  std::size_t year;
  bool ends;
};
YearEnd year_of(const Program::Impl& program, int month) {
  const auto& clock = program.scenario.clock;
  const Month now = clock.start + month;
  return {static_cast<std::size_t>(now.year() - clock.start.year()), now.month() == 12 || now == clock.end};
}

void clear_year(State& state) {
  std::fill(state.ledger.year_flows.begin(), state.ledger.year_flows.end(), 0);
  std::fill(state.event_sums.begin(), state.event_sums.end(), 0.0);
}

void sample_probe(const Program::Impl& program, State& state, const ColumnView& view, const Probe& probe,
                  int month, ReplicateResult& result) {
  const bool due = (month + 1) % probe.every == 0;
  const bool accumulates = probe.period != IndicatorSpec::Period::end;
  if (!due && !accumulates) return;
  const auto& series = program.arm.series[probe.series];
  for (std::size_t g = 0; g < probe.groups.size(); ++g) {
    const auto& group = probe.groups[g];
    auto values = gather(program, state, view, probe, group);
    if (accumulates) {
      const auto sums = std::span(state.sample_sums).subspan(group.first_sum, values.size());
      const double months = probe.period == IndicatorSpec::Period::mean ? probe.every : 1.0;
      for (std::size_t i = 0; i < values.size(); ++i) {
        sums[i] += values[i];
        values[i] = sums[i] / months;
        if (due) sums[i] = 0;
      }
    }
    if (!due) continue;
    const auto time = static_cast<std::size_t>(series.samples[static_cast<std::size_t>(month / probe.every)]);
    const std::size_t width = values.size() / group.num_labels();
    for (std::size_t label = 0; label < group.num_labels(); ++label) {
      const double value = finish(probe, std::span(values).subspan(label * width, width));
      if (g == 0)
        result.values[probe.series][time] = value;
      else
        result.grouped[probe.series][g - 1][time][label] = value;
    }
  }
}

}  // namespace

Recorder::Recorder(const Program& program) : program_(&program) {
  const ArmInfo& arm = program.arm();
  const auto label_count = [&](const std::string& axis) {
    for (const auto& a : arm.axes)
      if (a.name == axis) return a.labels.size();
    return std::size_t{0};
  };
  for (const auto& series : arm.series) {
    result_.values.emplace_back(arm.times.size(), missing);
    auto& grouped = result_.grouped.emplace_back();
    for (const auto& axis : series.by) {
      grouped.emplace_back(arm.times.size(), std::vector<double>(label_count(axis), missing));
    }
  }
  result_.flows.assign(arm.years.size(), std::vector<Cents>(arm.flows.size(), 0));
  result_.applications.assign(arm.instruments.size(), std::vector<double>(arm.years.size(), 0.0));
  result_.awards = result_.applications;
}

void Recorder::sample(State& state) {
  const auto& impl = program_->impl();
  const int month = static_cast<int>(state.step) - 1 - impl.scenario.clock.burn_in;
  if (month < 0) {
    clear_year(state);
    return;
  }
  for (std::size_t e = 0; e < state.events.size(); ++e) state.event_sums[e] += state.events[e];
  const ColumnView view(state, impl);
  for (const auto& probe : impl.probes) sample_probe(impl, state, view, probe, month, result_);
  const auto [year, ends] = year_of(impl, month);
  if (ends) {
    result_.flows[year] = state.ledger.year_flows;
    for (std::size_t i = 0; i < impl.instrument_events.size(); ++i) {
      result_.applications[i][year] = state.event_sums[impl.instrument_events[i].first];
      result_.awards[i][year] = state.event_sums[impl.instrument_events[i].second];
    }
    clear_year(state);
  }
  if (state.step == impl.num_steps) {
    result_.agents.clear();
    for (std::size_t k = 0; k < state.tables.size(); ++k)
      result_.agents.emplace_back(impl.layout.kinds[k].name, state.tables[k].num_agents());
  }
}

std::optional<ReplicateResult> run(const Program& program, std::uint64_t seed, std::uint32_t replicate,
                                   const std::function<bool(const State&)>& between) {
  const auto begin = std::chrono::steady_clock::now();
  State state = found(program, seed, replicate);
  Recorder recorder(program);
  recorder.result().replicate = replicate;
  while (state.step < program.num_steps()) {
    step(program, state);
    recorder.sample(state);
    if (between && !between(state)) return std::nullopt;
  }
  recorder.result().seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return std::move(recorder.result());
}

}  // namespace polder
