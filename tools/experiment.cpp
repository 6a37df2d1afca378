// SPDX-License-Identifier: Apache-2.0
#include "tools/experiment.hpp"

#include <algorithm>
#include <cmath>
#include <exception>
#include <fstream>
#include <limits>
#include <mutex>
#include <string>

#include "engine/parallel.hpp"
#include "tools/replicate_run.hpp"
#include "tools/stop.hpp"

namespace polder::tools {

namespace {

/// Replicates that have an arm left, ascending.
std::vector<std::uint32_t> replicates_to_run(const ExperimentPlan& plan) {
  std::vector<std::uint32_t> list;
  for (std::uint32_t r = 0; r < plan.replicates; ++r)
    for (std::size_t arm = 0; arm < plan.arms.size(); ++arm)
      if (!plan.done.contains({arm, plan.first_replicate + r})) {
        list.push_back(plan.first_replicate + r);
        break;
      }
  return list;
}

Unfinished start_of(const ExperimentPlan& plan, std::uint32_t replicate) {
  for (const Unfinished& one : plan.unfinished)
    if (one.replicate == replicate) return one;
  Unfinished fresh;
  fresh.replicate = replicate;
  return fresh;
}

/// Takes the next replicate from the list as long as there is one and nothing failed.
class Queue {
 public:
  Queue(const ExperimentPlan& plan, std::vector<std::uint32_t> list, Committer& committer, Progress& progress,
        ExperimentOutcome& outcome)
      : plan_(plan), list_(std::move(list)), committer_(committer), progress_(progress), outcome_(outcome) {}

  /// Works until the list (up to `end`) is empty.
  void work(std::size_t end, std::optional<Unfinished> first = {}) {
    for (;;) {
      std::size_t i = 0;
      {
        const std::lock_guard lock(mutex_);
        if (next_ >= end || failed_ || committer_.enough() || stop_signal() != 0) return;
        i = next_++;
      }
      Unfinished start =
          first && first->replicate == list_[i] ? std::move(*first) : start_of(plan_, list_[i]);
      try {
        ReplicateRun replicate(plan_, std::move(start), committer_, progress_);
        if (replicate.run()) continue;
        const std::lock_guard lock(mutex_);
        stopped_ = true;
        if (auto rest = std::move(replicate).rest(); rest && !committer_.enough())
          outcome_.unfinished.push_back(std::move(*rest));
      } catch (...) {
        const std::lock_guard lock(mutex_);
        if (!failed_ || list_[i] < failed_replicate_) {
          failure_ = std::current_exception();
          failed_replicate_ = list_[i];
        }
        failed_ = true;
      }
    }
  }

  void rethrow() const {
    if (failure_) std::rethrow_exception(failure_);
  }
  /// Did every replicate get its turn, to the end?
  bool all_done() const { return next_ == list_.size() && !stopped_; }

 private:
  const ExperimentPlan& plan_;
  std::vector<std::uint32_t> list_;
  Committer& committer_;
  Progress& progress_;
  ExperimentOutcome& outcome_;
  std::mutex mutex_;
  std::size_t next_ = 0;
  bool failed_ = false, stopped_ = false;
  std::uint32_t failed_replicate_ = 0;
  std::exception_ptr failure_;
};

/// How many replicates may run side by side.
std::size_t num_workers(const ExperimentPlan& plan, std::size_t replicates, std::size_t bytes) {
  const double memory = plan.memory > 0 ? plan.memory : 0.8 * free_memory();
  const double fit = memory / (states_a_replicate * static_cast<double>(std::max<std::size_t>(bytes, 1)));
  const std::size_t by_memory =
      fit >= 1e6 ? 1'000'000 : std::max<std::size_t>(1, static_cast<std::size_t>(fit));
  return std::max<std::size_t>(1, std::min({std::size_t{available_threads()}, replicates, by_memory}));
}

}  // namespace

std::size_t state_bytes(const State& state) {
  std::size_t bytes = sizeof(State);
  for (const Table& table : state.tables) bytes += table.bytes();
  for (const Ties& ties : state.networks) bytes += ties.all().size_bytes();
  return bytes;
}

std::size_t num_agents(const State& state) {
  std::size_t agents = 0;
  for (const Table& table : state.tables) agents += table.num_agents();
  return agents;
}

double free_memory() {
  std::ifstream file("/proc/meminfo");
  std::string name, unit;
  double kilobytes = 0;
  while (file >> name >> kilobytes) {
    if (name == "MemAvailable:") return 1024 * kilobytes;
    std::getline(file, unit);
  }
  return std::numeric_limits<double>::infinity();
}

std::uint64_t planned_months(const ExperimentPlan& plan) {
  const std::uint64_t burn_in = plan.arms.front().burn_in();
  const std::uint64_t run = plan.arms.front().num_steps() - burn_in;
  std::uint64_t months = 0;
  for (const std::uint32_t replicate : replicates_to_run(plan)) {
    const Unfinished start = start_of(plan, replicate);
    const bool past_burn_in = start.arm.has_value();
    months += past_burn_in
                  ? 0
                  : burn_in - (start.branch ? std::min<std::uint64_t>(burn_in, start.branch->step) : 0);
    for (std::size_t arm = 0; arm < plan.arms.size(); ++arm)
      if (!plan.done.contains({arm, replicate})) months += run;
    if (start.arm) months -= start.state.step - burn_in;
  }
  return months;
}

ExperimentOutcome run_experiment(const ExperimentPlan& plan, Sink& sink, Progress& progress) {
  ExperimentOutcome outcome;
  const std::vector<std::uint32_t> list = replicates_to_run(plan);
  if (list.empty()) {
    outcome.complete = true;
    return outcome;
  }
  // The first replicate is founded before anything else: its size decides how many fit in memory.
  Unfinished first = start_of(plan, list.front());
  if (!first.branch && !first.arm) first.branch = found(plan.arms.front(), plan.seed, first.replicate);
  const State& sample = first.arm ? first.state : *first.branch;
  outcome.num_agents = num_agents(sample);
  outcome.state_bytes = state_bytes(sample);

  Committer committer(plan, sink, list.front());
  Queue queue(plan, list, committer, progress, outcome);
  const std::size_t workers = num_workers(plan, list.size(), outcome.state_bytes);
  if (workers == 1) {
    queue.work(list.size(), std::move(first));
  } else {
    // A last replicate that would run alone gets all threads instead.
    const std::size_t together = list.size() % workers == 1 ? list.size() - 1 : list.size();
    for_each_index(workers, [&](std::size_t w) {
      queue.work(together, w == 0 ? std::optional<Unfinished>(std::move(first)) : std::nullopt);
    });
    queue.work(list.size());
  }
  queue.rethrow();
  outcome.complete = queue.all_done() || committer.enough();
  return outcome;
}

}  // namespace polder::tools
