// SPDX-License-Identifier: Apache-2.0
#include "tools/sweep/point_run.hpp"

#include <chrono>
#include <ctime>
#include <exception>
#include <new>

#include "engine/error.hpp"
#include "tools/stop.hpp"

namespace polder::tools {

namespace {

/// Adds the time of a scope to two sums: on the clock, and of the processor.
class Stopwatch {
 public:
  using Clock = std::chrono::steady_clock;
  Stopwatch(double& seconds, double& processor) : seconds_(seconds), processor_(processor) {}
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;
  ~Stopwatch() {
    seconds_ += std::chrono::duration<double>(Clock::now() - begin_).count();
    processor_ += processor_seconds() - processor_begin_;
  }

 private:
  double& seconds_;
  double& processor_;
  Clock::time_point begin_ = Clock::now();
  double processor_begin_ = processor_seconds();
};

}  // namespace

double processor_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

PointRunner::PointRunner(const SweepPlan& plan, const Catalogue& catalogue)
    : plan_(plan),
      catalogue_(catalogue),
      programs_(plan.study->arms.size()),
      arm_founders_(plan.study->arms.size()),
      arm_values_(plan.study->arms.size()) {}

const Program& PointRunner::program(std::size_t arm) const {
  return programs_[arm] ? *programs_[arm] : study().programs[arm];
}

void PointRunner::choose_point(const SweepTask& task) {
  if (point_ == task.point) return;
  point_.reset();
  for (std::size_t arm = 0; arm < programs_.size(); ++arm) {
    if (plan_.sharing.arm_program[arm]) continue;
    programs_[arm].reset();
    programs_[arm].emplace(compile(at_point(study(), arm, plan_.points[task.point]), catalogue_));
  }
  point_ = task.point;
  if (!plan_.sharing.burn_in) branch_.reset();
}

void PointRunner::choose_replicate(const SweepTask& task) {
  if (replicate_ == task.replicate) return;
  founders_.reset();
  branch_.reset();
  for (auto& state : arm_founders_) state.reset();
  for (auto& values : arm_values_) values.reset();
  replicate_ = task.replicate;
}

void PointRunner::advance(const Program& program, State& state, std::uint32_t until) {
  while (state.step < until) {
    if (stop_signal() != 0) throw Stopped{};
    step(program, state);
  }
}

const State& PointRunner::branch(std::uint32_t replicate) {
  if (branch_) return *branch_;
  const Program& baseline = program(0);
  State state;
  if (plan_.sharing.founders && !plan_.sharing.burn_in) {
    if (!founders_) founders_ = found(baseline, study().info.seed, replicate);
    state = *founders_;
  } else {
    state = found(baseline, study().info.seed, replicate);
  }
  advance(baseline, state, baseline.burn_in());
  branch_ = std::move(state);
  return *branch_;
}

State PointRunner::start_of(std::size_t arm, std::uint32_t replicate) {
  if (program(0).burn_in() > 0)
    return arm == 0 ? branch(replicate) : adopt(program(0), branch(replicate), program(arm));
  if (!plan_.sharing.arm_founders[arm]) return found(program(arm), study().info.seed, replicate);
  if (!arm_founders_[arm]) arm_founders_[arm] = found(program(arm), study().info.seed, replicate);
  return *arm_founders_[arm];
}

std::vector<double> PointRunner::run_arm(std::size_t arm, std::uint32_t replicate) {
  const Program& own = program(arm);
  State state = start_of(arm, replicate);
  Recorder recorder(own);
  recorder.result().arm = arm;
  recorder.result().replicate = replicate;
  while (state.step < own.num_steps()) {
    if (stop_signal() != 0) throw Stopped{};
    step(own, state);
    recorder.sample(state);
  }
  return kept_values(study(), recorder.result());
}

std::vector<double> PointRunner::run_arms(const SweepTask& task) {
  std::vector<double> values;
  values.reserve(study().num_values);
  for (std::size_t arm = 0; arm < programs_.size(); ++arm) {
    std::optional<std::vector<double>>& shared = arm_values_[arm];
    if (!plan_.sharing.arm_result[arm]) shared.reset();
    if (!shared) shared = run_arm(arm, task.replicate);
    values.insert(values.end(), shared->begin(), shared->end());
  }
  return values;
}

std::optional<output::SweepRun> PointRunner::run(const SweepTask& task) {
  output::SweepRun run;
  run.point = plan_.keys[task.point];
  run.replicate = task.replicate;
  own_processor_seconds_ = 0;
  try {
    choose_point(task);
    choose_replicate(task);
    if (!plan_.sharing.burn_in) branch_.reset();
    const Stopwatch own(run.seconds, own_processor_seconds_);
    run.values = run_arms(task);
  } catch (const Stopped&) {
    branch_.reset();
    return {};
  } catch (const std::bad_alloc&) {
    run.error = "not enough memory; fewer --threads need less";
  } catch (const std::exception& error) {
    run.error = error.what();
  }
  run.failed = !run.error.empty();
  if (run.failed) run.values.clear();
  if (!plan_.sharing.burn_in) branch_.reset();  // its memory is needed no more
  return run;
}

}  // namespace polder::tools
