// SPDX-License-Identifier: Apache-2.0
#include "tools/experiment.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <fstream>
#include <limits>
#include <mutex>
#include <string>

#include "engine/founders.hpp"
#include "engine/parallel.hpp"
#include "tools/attribution_tally.hpp"
#include "tools/network_snapshots.hpp"
#include "tools/stop.hpp"

namespace polder::tools {

namespace {

/// Hands results to the sink, one thread at a time. Under a sequential rule replicates are committed in
/// order, whole, and none after the one that was enough: which ones count must not depend on which finished
/// first.
class Committer {
 public:
  Committer(const ExperimentPlan& plan, Sink& sink, std::uint32_t first)
      : plan_(plan), sink_(sink), next_(first) {}

  void arm_done(const ReplicateResult& result) {
    const std::lock_guard lock(mutex_);
    if (plan_.enough) {
      waiting_[result.replicate].push_back(result);
    } else {
      sink_.commit(result);
    }
  }

  void replicate_done() {
    if (!plan_.enough) return;
    const std::lock_guard lock(mutex_);
    while (!enough_ && waiting_.contains(next_) && waiting_[next_].size() == num_missing(next_)) {
      std::vector<ReplicateResult> arms = std::move(waiting_[next_]);
      waiting_.erase(next_++);
      std::sort(arms.begin(), arms.end(), [](const auto& a, const auto& b) { return a.arm < b.arm; });
      for (const ReplicateResult& arm : arms) sink_.commit(arm);
      enough_ = plan_.enough(arms);
    }
  }

  bool enough() const { return enough_; }

 private:
  std::size_t num_missing(std::uint32_t replicate) const {
    std::size_t missing = 0;
    for (std::size_t arm = 0; arm < plan_.arms.size(); ++arm)
      missing += plan_.done.contains({arm, replicate}) ? 0 : 1;
    return missing;
  }

  const ExperimentPlan& plan_;
  Sink& sink_;
  std::mutex mutex_;
  std::uint32_t next_;
  std::map<std::uint32_t, std::vector<ReplicateResult>> waiting_;
  std::atomic<bool> enough_{false};
};

/// One replicate, from its founders or from where it was stopped.
class ReplicateRun {
 public:
  ReplicateRun(const ExperimentPlan& plan, Unfinished start, Committer& committer, Progress& progress)
      : plan_(plan), at_(std::move(start)), committer_(committer), progress_(progress) {}

  /// False when it was stopped before its end.
  bool run() {
    if (!at_.branch && !at_.arm) at_.branch = found(baseline(), plan_.seed, at_.replicate);
    if (at_.branch) note_founders(0, *at_.branch);
    if (at_.arm ? !run_arm() : !burn_in()) return false;
    while (const auto arm = next_arm()) {
      begin_arm(*arm);
      if (!run_arm()) return false;
    }
    committer_.replicate_done();
    progress_.replicate_done();
    return true;
  }

  /// Where a stopped run stands; nothing when it has to begin anew: under a sequential rule finished arms
  /// wait to be committed with the others, and are lost with the program.
  std::optional<Unfinished> rest() && {
    if (plan_.enough && !finished_.empty()) return {};
    if (!plan_.packages.empty()) {  // the tally of a half arm is lost: that arm begins anew
      if (!at_.branch) return {};
      at_.arm.reset();
      at_.state = {};
      at_.samples = {};
    }
    return std::move(at_);
  }

 private:
  using Founders = decltype(ReplicateResult::founded);

  const Program& baseline() const { return plan_.arms.front(); }
  bool go_on() const { return stop_signal() == 0 && !committer_.enough(); }
  bool burn_in() {
    while (at_.branch->step < baseline().burn_in()) {
      if (!go_on()) return false;
      step(baseline(), *at_.branch);
      progress_.month_done(num_agents(*at_.branch));
    }
    return true;
  }

  /// Policies first, the baseline last.
  std::optional<std::size_t> next_arm() const {
    for (std::size_t i = 1; i <= plan_.arms.size(); ++i) {
      const std::size_t arm = i % plan_.arms.size();
      if (!finished_.contains(arm) && !plan_.done.contains({arm, at_.replicate})) return arm;
    }
    return {};
  }

  State state_of_policy(std::size_t arm) const {
    return baseline().burn_in() == 0 ? found(plan_.arms[arm], plan_.seed, at_.replicate)
                                     : adopt(baseline(), *at_.branch, plan_.arms[arm]);
  }

  void begin_arm(std::size_t arm) {
    at_.arm = arm;
    at_.samples = {};
    if (arm == 0) {
      at_.state = std::move(*at_.branch);
      at_.branch.reset();
    } else {
      at_.state = state_of_policy(arm);
      note_founders(arm, at_.state);
    }
  }

  void note_founders(std::size_t arm, const State& state) {
    if (state.step == 0) founders_.emplace(arm, count_founders(plan_.arms[arm], state));
  }

  /// With whom an arm began; a replicate that goes on from an archive founds them again to count them.
  const Founders& founders_of(std::size_t arm) {
    const std::size_t founded = baseline().burn_in() == 0 ? arm : 0;
    if (!founders_.contains(founded))
      note_founders(founded, found(plan_.arms[founded], plan_.seed, at_.replicate));
    return founders_.at(founded);
  }

  /// The package in which an arm lacks one member, and that member.
  std::pair<const output::Package*, std::size_t> lacks_one(std::size_t arm) const {
    for (const output::Package& package : plan_.packages)
      for (std::size_t m = 0; m < package.members.size(); ++m)
        if (package.arm(package.full() & ~(std::uint64_t{1} << m)) == arm) return {&package, m};
    return {nullptr, 0};
  }

  const output::Package* whole_package(std::size_t arm) const {
    for (const output::Package& package : plan_.packages)
      if (package.policy == arm) return &package;
    return nullptr;
  }

  /// The tally of a whole package in this replicate; runs it again when it was committed before a stop.
  /// Nothing when asked to stop.
  const Tally* whole_tally(const output::Package& package) {
    if (const auto at = tallies_.find(package.policy); at != tallies_.end()) return &at->second;
    const Program& program = plan_.arms[package.policy];
    State state = state_of_policy(package.policy);
    Tally tally(program, package.members);
    while (state.step < program.num_steps()) {
      if (!go_on()) return nullptr;
      step(program, state);
      tally.month(state);
    }
    return &tallies_.emplace(package.policy, std::move(tally)).first->second;
  }

  /// Adds the series of the attribution behind the samples of the arm that has just ended.
  void add_series(Tally tally, const Tally* whole, std::size_t member, ReplicateResult& result) {
    for (auto& row : tally.samples(whole, member)) {
      result.values.push_back(std::move(row));
      result.grouped.emplace_back();
    }
    if (whole_package(result.arm) != nullptr) tallies_.emplace(result.arm, std::move(tally));
  }

  /// The networks of the first replicate are kept; of a package only those of the whole one.
  bool keeps_networks() const {
    const bool further = std::any_of(plan_.packages.begin(), plan_.packages.end(), [&](const auto& package) {
      return std::find(package.arms.begin(), package.arms.end(), *at_.arm) != package.arms.end();
    });
    return at_.replicate == plan_.first_replicate && !further;
  }

  bool run_arm() {
    const Program& program = plan_.arms[*at_.arm];
    std::optional<Tally> tally;
    const Tally* whole = nullptr;
    std::size_t member = 0;
    if (!plan_.packages.empty()) {
      const output::Package* own = whole_package(*at_.arm);
      tally.emplace(program, own ? own->members : std::vector<std::string>());
      if (const auto [package, missing] = lacks_one(*at_.arm); package != nullptr) {
        whole = whole_tally(*package);
        member = missing;
        if (whole == nullptr) return false;
      }
    }
    Recorder recorder(program);
    if (!at_.samples.values.empty()) recorder.result() = std::move(at_.samples);
    recorder.result().arm = *at_.arm;
    recorder.result().replicate = at_.replicate;
    if (keeps_networks() && recorder.result().networks.empty())
      recorder.result().networks = take_snapshots(program, at_.state, Moment::start);
    const Progress::Clock::time_point begin = Progress::Clock::now();
    const auto note_time = [&] {
      recorder.result().seconds += std::chrono::duration<double>(Progress::Clock::now() - begin).count();
    };
    while (at_.state.step < program.num_steps()) {
      if (!go_on()) {
        note_time();
        at_.samples = std::move(recorder.result());
        return false;
      }
      step(program, at_.state);
      if (plan_.observe) plan_.observe(*at_.arm, at_.replicate, at_.state);
      recorder.sample(at_.state);
      if (tally) tally->month(at_.state);
      progress_.month_done(num_agents(at_.state));
    }
    if (keeps_networks())
      for (NetworkSnapshot& last : take_snapshots(program, at_.state, Moment::end))
        recorder.result().networks.push_back(std::move(last));
    note_time();
    recorder.result().founded = founders_of(*at_.arm);
    if (tally) add_series(std::move(*tally), whole, member, recorder.result());
    committer_.arm_done(recorder.result());
    finished_.insert(*at_.arm);
    at_.arm.reset();
    at_.state = {};
    return true;
  }

  const ExperimentPlan& plan_;
  Unfinished at_;
  Committer& committer_;
  Progress& progress_;
  std::set<std::size_t> finished_;
  std::map<std::size_t, Founders> founders_;  ///< by the arm whose program founded them
  std::map<std::size_t, Tally> tallies_;      ///< of whole packages, for the arms that lack one instrument
};

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
