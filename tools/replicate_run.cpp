// SPDX-License-Identifier: Apache-2.0
#include "tools/replicate_run.hpp"

#include <algorithm>
#include <chrono>

#include "engine/founders.hpp"
#include "tools/network_snapshots.hpp"
#include "tools/stop.hpp"

namespace polder::tools {

void Committer::arm_done(const ReplicateResult& result) {
  const std::lock_guard lock(mutex_);
  if (plan_.enough) {
    waiting_[result.replicate].push_back(result);
  } else {
    sink_.commit(result);
  }
}

void Committer::replicate_done() {
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

std::size_t Committer::num_missing(std::uint32_t replicate) const {
  std::size_t missing = 0;
  for (std::size_t arm = 0; arm < plan_.arms.size(); ++arm)
    missing += plan_.done.contains({arm, replicate}) ? 0 : 1;
  return missing;
}

bool ReplicateRun::go_on() const {
  return stop_signal() == 0 && !committer_.enough();
}

bool ReplicateRun::run() {
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

std::optional<Unfinished> ReplicateRun::rest() && {
  if (plan_.enough && !finished_.empty()) return {};
  if (!plan_.packages.empty()) {  // the tally of a half arm is lost: that arm begins anew
    if (!at_.branch) return {};
    at_.arm.reset();
    at_.state = {};
    at_.samples = {};
  }
  return std::move(at_);
}

bool ReplicateRun::burn_in() {
  while (at_.branch->step < baseline().burn_in()) {
    if (!go_on()) return false;
    step(baseline(), *at_.branch);
    progress_.month_done(num_agents(*at_.branch));
  }
  if (baseline().burn_in() > 0) clear_year(*at_.branch);  // what flowed then is not of the first year
  return true;
}

std::optional<std::size_t> ReplicateRun::next_arm() const {
  for (std::size_t i = 1; i <= plan_.arms.size(); ++i) {
    const std::size_t arm = i % plan_.arms.size();
    if (!finished_.contains(arm) && !plan_.done.contains({arm, at_.replicate})) return arm;
  }
  return {};
}

State ReplicateRun::state_of_policy(std::size_t arm) const {
  return baseline().burn_in() == 0 ? found(plan_.arms[arm], plan_.seed, at_.replicate)
                                   : adopt(baseline(), *at_.branch, plan_.arms[arm]);
}

void ReplicateRun::begin_arm(std::size_t arm) {
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

void ReplicateRun::note_founders(std::size_t arm, const State& state) {
  if (state.step == 0) founders_.emplace(arm, count_founders(plan_.arms[arm], state));
}

const ReplicateRun::Founders& ReplicateRun::founders_of(std::size_t arm) {
  const std::size_t founded = baseline().burn_in() == 0 ? arm : 0;
  if (!founders_.contains(founded))
    note_founders(founded, found(plan_.arms[founded], plan_.seed, at_.replicate));
  return founders_.at(founded);
}

std::pair<const output::Package*, std::size_t> ReplicateRun::lacks_one(std::size_t arm) const {
  for (const output::Package& package : plan_.packages)
    for (std::size_t m = 0; m < package.members.size(); ++m)
      if (package.arm(package.full() & ~(std::uint64_t{1} << m)) == arm) return {&package, m};
  return {nullptr, 0};
}

const output::Package* ReplicateRun::whole_package(std::size_t arm) const {
  for (const output::Package& package : plan_.packages)
    if (package.policy == arm) return &package;
  return nullptr;
}

const Tally* ReplicateRun::whole_tally(const output::Package& package) {
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

void ReplicateRun::add_series(Tally tally, const Tally* whole, std::size_t member, ReplicateResult& result) {
  for (auto& row : tally.samples(whole, member)) {
    result.values.push_back(std::move(row));
    result.grouped.emplace_back();
  }
  if (whole_package(result.arm) != nullptr) tallies_.emplace(result.arm, std::move(tally));
}

bool ReplicateRun::keeps_networks() const {
  return at_.replicate == plan_.first_replicate && !output::is_further_arm(plan_.packages, *at_.arm);
}

bool ReplicateRun::run_arm() {
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

}  // namespace polder::tools
