// SPDX-License-Identifier: Apache-2.0
// Samples: indicators on their calendars, flows and the use of instruments by year.
#include <algorithm>
#include <chrono>
#include <limits>

#include "engine/aggregate.hpp"
#include "engine/founders.hpp"

namespace polder {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

bool is_due(const Probe& probe, int month) {
  return (month + 1) % probe.every == 0;
}
bool accumulates(const Probe& probe) {
  return probe.period != IndicatorSpec::Period::end;
}

/// What all probes of a month need, evaluated together and each once.
class Gathering {
 public:
  Gathering(const Program::Impl& program, const State& state, const ColumnView& view,
            std::span<const Probe* const> probes)
      : places_(program.requests.size(), nowhere) {
    for (const Probe* probe : probes) {
      for (const auto& group : probe->groups)
        for (const std::size_t request : group.requests) places_[request] = 0;
    }
    std::vector<AggregateRequest> wanted;
    for (std::size_t r = 0; r < places_.size(); ++r) {
      if (places_[r] == nowhere) continue;
      places_[r] = wanted.size();
      wanted.push_back(program.requests[r]);
    }
    results_ = evaluate_together(program, state, view, wanted);
  }

  /// Aggregates of a probe: [group][label * scalars + scalar].
  std::vector<std::vector<double>> values_of(const Probe& probe) const {
    const std::size_t num_scalars = probe.code.aggregates.size();
    std::vector<std::vector<double>> values;
    for (const auto& group : probe.groups) {
      auto& of_group = values.emplace_back(group.num_labels() * num_scalars);
      for (std::size_t i = 0; i < num_scalars; ++i) {
        const auto& labels = results_[places_[group.requests[i]]];
        for (std::size_t label = 0; label < labels.size(); ++label)
          of_group[label * num_scalars + probe.code.aggregates[i].first_scalar] = labels[label];
      }
    }
    return values;
  }

 private:
  static constexpr std::size_t nowhere = ~std::size_t{0};
  std::vector<std::size_t> places_;  // in `results_`, one a request of the program
  std::vector<std::vector<double>> results_;
};

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

/// gathered: this month's aggregates of the probe, one list a group.
void sample_probe(const Program::Impl& program, State& state, const Probe& probe, int month,
                  std::vector<std::vector<double>> gathered, ReplicateResult& result) {
  const bool due = is_due(probe, month);
  const auto& series = program.arm.series[probe.series];
  for (std::size_t g = 0; g < probe.groups.size(); ++g) {
    const auto& group = probe.groups[g];
    auto& values = gathered[g];
    if (accumulates(probe)) {
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

void sample_probes(const Program::Impl& program, State& state, int month, ReplicateResult& result) {
  const ColumnView view(state, program);
  std::vector<const Probe*> probes;
  for (const auto& probe : program.probes) {
    if (is_due(probe, month) || accumulates(probe)) probes.push_back(&probe);
  }
  const Gathering gathering(program, state, view, probes);
  for (const Probe* probe : probes)
    sample_probe(program, state, *probe, month, gathering.values_of(*probe), result);
}

}  // namespace

void clear_year(State& state) {
  std::fill(state.ledger.year_flows.begin(), state.ledger.year_flows.end(), 0);
  std::fill(state.event_sums.begin(), state.event_sums.end(), 0.0);
}

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
  sample_probes(impl, state, month, result_);
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
  recorder.result().founded = count_founders(program, state);
  while (state.step < program.num_steps()) {
    step(program, state);
    recorder.sample(state);
    if (between && !between(state)) return std::nullopt;
  }
  recorder.result().seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return std::move(recorder.result());
}

}  // namespace polder
