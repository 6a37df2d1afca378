// SPDX-License-Identifier: Apache-2.0
#include "tools/estimate.hpp"

#include <algorithm>
#include <chrono>

#include "engine/parallel.hpp"
#include "tools/experiment.hpp"

namespace polder::tools {

namespace {

/// Numbers that one replicate of an arm writes.
std::size_t num_values(const ArmInfo& arm) {
  std::size_t numbers = arm.years.size() * arm.flows.size();
  for (const SeriesInfo& series : arm.series) {
    numbers += series.samples.size();
    for (const std::string& by : series.by)
      for (const Axis& axis : arm.axes)
        if (axis.name == by) numbers += series.samples.size() * axis.labels.size();
  }
  return numbers;
}

}  // namespace

Estimate estimate(const Job& job, const Catalogue& catalogue) {
  using Clock = std::chrono::steady_clock;
  const ThreadLimit limit(job.threads);
  const std::vector<Program> programs = compile_all(job.arms, catalogue);
  ExperimentPlan plan;
  plan.arms = programs;
  plan.replicates = job.replicates;

  const Program& baseline = programs.front();
  State state = found(baseline, job.arms.front().seed, job.first_replicate);
  Estimate result;
  result.agents = num_agents(state);
  result.months = planned_months(plan);
  constexpr std::uint32_t most_months = 12;
  const std::uint32_t months = std::min(most_months, baseline.num_steps());
  const Clock::time_point begin = Clock::now();
  for (std::uint32_t month = 0; month < months; ++month) step(baseline, state);
  // All threads work inside the one replicate that is measured here.
  const double a_month = std::chrono::duration<double>(Clock::now() - begin).count() / std::max(1U, months);
  result.seconds = a_month * static_cast<double>(result.months);

  const auto side_by_side = static_cast<double>(std::min(available_threads(), job.replicates));
  const double states = programs.size() == 1 ? 1.5 : states_a_replicate;
  result.memory = states * side_by_side * static_cast<double>(state_bytes(state));
  for (const Program& program : programs)
    result.disk += static_cast<double>(sizeof(double) * num_values(program.arm()) * job.replicates);
  return result;
}

}  // namespace polder::tools
