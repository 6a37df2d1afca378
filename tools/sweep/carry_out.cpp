// SPDX-License-Identifier: Apache-2.0
#include "tools/sweep/carry_out.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "engine/error.hpp"
#include "output/provenance.hpp"
#include "output/sweep_log.hpp"
#include "tools/sweep/parts.hpp"
#include "tools/terminal.hpp"
#include "tools/text_table.hpp"

namespace polder::tools {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr auto between_drawings = std::chrono::milliseconds(250);

/// One line on the terminal: how far, how long still.
class Line {
 public:
  Line(bool shown, std::uint64_t total) : shown_(shown), total_(total) {}
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;
  ~Line() {
    if (shown_) warn("\r\033[K");
  }
  void draw(std::uint64_t done, std::uint64_t failed, double mean_seconds, unsigned workers) {
    if (!shown_ || Clock::now() - last_ < between_drawings) return;
    last_ = Clock::now();
    const std::uint64_t over = done + failed;
    const double left = mean_seconds * static_cast<double>(total_ - over) / workers;
    warn(fmt::format("\r\033[K{:3.0f} %  {} of {} runs{}  {} left",
                     100.0 * static_cast<double>(over) / static_cast<double>(total_), over, total_,
                     failed > 0 ? fmt::format(", {} failed", failed) : "", show_duration(left)));
  }

 private:
  bool shown_;
  std::uint64_t total_;
  Clock::time_point last_ = Clock::now();
};

void refuse_to_forget(const std::string& log) {
  output::SweepLogContents contents;
  try {
    contents = output::scan_sweep_log(log);
  } catch (const InputError&) {
    return;  // nothing that can be kept
  }
  if (contents.being_written)
    throw InputError(Mistake{{log, 0, 0},
                             {},
                             fmt::format("another run is at work on it (process {} on {})",
                                         contents.head.process, contents.head.host),
                             "nobody at work on runs that --overwrite forgets; end it, or wait for it",
                             {}});
}

/// Removes all logs. errors: InputError, and nothing is removed, while a run is at work or when this is a
/// part of a sweep, which would take the runs of the other parts with it.
void forget_runs(const SweepRunChoice& choice) {
  if (choice.shard.n > 1)
    throw InputError(
        Mistake{{},
                "--overwrite",
                {},
                fmt::format("not with --shard: it would forget the runs of the other parts too. To "
                            "begin anew in parts, remove {} first",
                            parts_folder(choice.output)),
                {}});
  const std::vector<std::string> logs = log_paths(choice.output);
  for (const std::string& log : logs) refuse_to_forget(log);
  std::error_code ignored;
  for (const std::string& log : logs) fs::remove(log, ignored);
}

void refuse_when_running(const Parts& parts, const SweepRunChoice& choice) {
  for (const PartLog& log : parts.logs) {
    const output::SweepLogHead& head = log.contents.head;
    if (!log.contents.being_written || head.shard != choice.shard.k || head.shards != choice.shard.n)
      continue;
    throw InputError(
        Mistake{{parts_folder(choice.output), 0, 0},
                fmt::format("shard {}/{}", choice.shard.k, choice.shard.n),
                fmt::format("another run is at work on it (process {} on {})", head.process, head.host),
                "one run a shard at a time; wait for it, or take --even-if-running: the values are the same, "
                "whoever is first",
                {}});
  }
}

output::SweepLogHead head_of(const SweepPlan& plan, const Shard& shard, unsigned workers,
                             std::uint64_t num_runs) {
  const output::Provenance provenance = output::current_provenance();
  std::array<char, 256> host{};
  gethostname(host.data(), host.size() - 1);
  // Under Slurm the node has a name of its own.
  const char* node = std::getenv("SLURMD_NODENAME");
  output::SweepLogHead head;
  head.study = plan.study->fingerprint;
  head.shard = shard.k;
  head.shards = shard.n;
  head.num_values = plan.study->num_values;
  head.threads = workers;
  head.num_runs = num_runs;
  head.host = node != nullptr ? node : host.data();
  head.polder_version = provenance.polder_version;
  head.commit = provenance.commit;
  head.process = getpid();
  head.started = provenance.created;
  return head;
}

}  // namespace

SweepRunOutcome carry_out(const SweepPlan& plan, const SweepRunChoice& choice, const Catalogue& catalogue) {
  SweepRunOutcome outcome;
  const std::vector<SweepTask> shard = tasks_of(plan, choice.shard);
  if (choice.overwrite) forget_runs(choice);
  std::vector<SweepTask> tasks;
  {
    const Parts parts = read_parts(choice.output, plan);
    if (!choice.even_if_running) refuse_when_running(parts, choice);
    for (const std::string& remark : parts.remarks)
      if (!choice.quiet) warn(remark + "\n");
    for (const SweepTask& task : shard) {
      const KnownRun* known = parts.find(plan, task);
      if (known == nullptr || (known->entry.failed && choice.retry_failed)) tasks.push_back(task);
    }
  }
  outcome.known = shard.size() - tasks.size();
  if (tasks.empty()) return outcome;

  const unsigned workers = num_workers(plan, tasks.size(), choice.threads);
  output::SweepLogWriter log(new_log_path(choice.output, choice.shard),
                             head_of(plan, choice.shard, workers, tasks.size()));
  Line line(choice.progress, tasks.size());
  RunnerEvents events;
  events.finished = [&](const output::SweepRun& run) { log.append(run); };
  events.progress = [&](std::uint64_t done, std::uint64_t failed, double mean, unsigned w) {
    line.draw(done, failed, mean, w);
  };
  outcome.runner = run_tasks(plan, catalogue, tasks, workers, choice.threads, events);
  return outcome;
}

}  // namespace polder::tools
