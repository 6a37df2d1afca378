// SPDX-License-Identifier: Apache-2.0
#include "tools/sweep/runner.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/parallel.hpp"
#include "tools/experiment.hpp"
#include "tools/stop.hpp"
#include "tools/sweep/point_run.hpp"

namespace polder::tools {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// What the workers share: the next task, and the one place where finished runs go.
class Pool {
 public:
  Pool(const SweepPlan& plan, const Catalogue& catalogue, std::span<const SweepTask> tasks, unsigned workers,
       const RunnerEvents& events)
      : plan_(plan), catalogue_(catalogue), tasks_(tasks), events_(events) {
    outcome_.workers = workers;
  }

  void work(unsigned threads) {
    // Where there are as many runs as threads, each works alone.
    const ThreadLimit limit(threads);
    PointRunner runner(plan_, catalogue_);
    for (;;) {
      const SweepTask* task = next();
      if (task == nullptr) return;
      const Clock::time_point begin = Clock::now();
      const double processor_begin = processor_seconds();
      const std::optional<output::SweepRun> run = runner.run(*task);
      if (!run) return stop();
      hand_on(*run, begin, processor_begin + runner.own_processor_seconds());
    }
  }

  RunnerOutcome result() const {
    if (failure_) std::rethrow_exception(failure_);
    return outcome_;
  }
  RunnerOutcome& outcome() { return outcome_; }

 private:
  const SweepTask* next() {
    const std::lock_guard lock(mutex_);
    if (stop_signal() != 0) outcome_.stopped = true;
    if (outcome_.stopped || failure_ || next_ == tasks_.size()) return nullptr;
    return &tasks_[next_++];
  }
  void stop() {
    const std::lock_guard lock(mutex_);
    outcome_.stopped = true;
  }
  /// own_end: where the processor's clock of this thread would stand, had there been the run alone
  void hand_on(const output::SweepRun& run, Clock::time_point begin, double own_end) {
    const std::lock_guard lock(mutex_);
    if (failure_) return;
    try {
      events_.finished(run);
      ++(run.failed ? outcome_.failed : outcome_.done);
      outcome_.run_seconds += run.seconds;
      outcome_.busy_seconds += seconds_since(begin);
      outcome_.extra_seconds += processor_seconds() - own_end;
      const auto finished = static_cast<double>(outcome_.done + outcome_.failed);
      if (events_.progress)
        events_.progress(outcome_.done, outcome_.failed, outcome_.busy_seconds / finished, outcome_.workers);
    } catch (...) {
      failure_ = std::current_exception();
    }
  }

  const SweepPlan& plan_;
  const Catalogue& catalogue_;
  std::span<const SweepTask> tasks_;
  const RunnerEvents& events_;
  std::mutex mutex_;
  std::size_t next_ = 0;
  RunnerOutcome outcome_;
  std::exception_ptr failure_;
};

/// States in memory for each worker: what is shared by the points, the running one, and what a step needs.
constexpr double states_a_worker = 3.5;
/// Where states take less than this together, nobody needs to count.
constexpr double small_memory = 256e6;

}  // namespace

unsigned num_workers(const SweepPlan& plan, std::size_t num_tasks, unsigned threads) {
  unsigned cores = 0;
  {
    const ThreadLimit limit(threads);
    cores = available_threads();
  }
  const auto most = static_cast<unsigned>(std::max<std::size_t>(1, std::min<std::size_t>(cores, num_tasks)));
  if (most == 1) return 1;
  double largest = 0;
  try {
    largest = static_cast<double>(state_bytes(found(plan.study->programs.front(), plan.study->info.seed, 0)));
  } catch (const std::exception&) {
    return most;  // founding fails; the runs will say so
  }
  const double wanted = states_a_worker * largest;
  if (wanted * most < small_memory) return most;
  return static_cast<unsigned>(std::clamp(0.8 * free_memory() / wanted, 1.0, static_cast<double>(most)));
}

RunnerOutcome run_tasks(const SweepPlan& plan, const Catalogue& catalogue, std::span<const SweepTask> tasks,
                        unsigned workers, unsigned threads, const RunnerEvents& events) {
  const Clock::time_point begin = Clock::now();
  unsigned cores = 0;
  {
    const ThreadLimit limit(threads);
    cores = available_threads();
  }
  const unsigned each = std::max(1U, cores / workers);
  Pool pool(plan, catalogue, tasks, workers, events);
  {
    std::vector<std::jthread> helpers;
    for (unsigned w = 1; w < workers; ++w) helpers.emplace_back([&] { pool.work(each); });
    pool.work(each);
  }
  pool.outcome().wall_seconds = seconds_since(begin);
  return pool.result();
}

}  // namespace polder::tools
