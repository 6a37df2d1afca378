// SPDX-License-Identifier: Apache-2.0
#include "tools/sweep/status.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tools/text_table.hpp"

namespace polder::tools {

namespace {

std::uint64_t still_to_do(const PartLog& log) {
  return log.contents.head.num_runs -
         std::min<std::uint64_t>(log.contents.head.num_runs, log.contents.entries.size());
}

std::uint64_t running_in(const PartLog& log) {
  return log.contents.being_written ? std::min<std::uint64_t>(log.contents.head.threads, still_to_do(log))
                                    : 0;
}

const char* state_of(const PartLog& log) {
  if (log.contents.being_written) return "at work";
  return still_to_do(log) == 0 ? "done" : "ended early";
}

}  // namespace

SweepStatus status_of(const SweepPlan& plan, const Parts& parts) {
  SweepStatus status;
  status.counts = count_runs(plan, parts);
  double seconds = 0;
  std::uint64_t runs = 0, workers = 0;
  for (const PartLog& log : parts.logs) {
    for (const auto& entry : log.contents.entries) seconds += entry.seconds;
    runs += log.contents.entries.size();
    status.running += running_in(log);
    status.attempts += log.contents.being_written ? 1 : 0;
    workers += running_in(log);
  }
  status.mean_seconds = runs > 0 ? seconds / static_cast<double>(runs) : std::nan("");
  status.seconds_left = workers > 0 ? static_cast<double>(status.counts.missing) * status.mean_seconds /
                                          static_cast<double>(workers)
                                    : std::nan("");
  return status;
}

std::string as_text(const SweepPlan& plan, const Parts& parts, const SweepStatus& status) {
  const MergeOutcome& counts = status.counts;
  std::string text =
      fmt::format("{}: {} points x {} replicates, {}\n", plan.study->spec.name, plan.points.size(),
                  plan.replicates(), counted(plan.study->arms.size(), "arm"));
  text += fmt::format("{} done, {} failed, {} running, {} waiting\n", counts.done, counts.failed,
                      status.running, counts.missing - std::min(counts.missing, status.running));
  if (counts.missing == 0) {
    text += "Nothing is left to run.\n";
  } else if (status.attempts == 0) {
    text += "Nobody is at work; polder sweep run goes on.\n";
  } else {
    text += fmt::format(
        "About {} left ({} a run).\n",
        std::isnan(status.seconds_left) ? "an unknown time" : show_duration(status.seconds_left),
        std::isnan(status.mean_seconds) ? "unknown" : fmt::format("{:.3g} s", status.mean_seconds));
  }
  if (parts.logs.empty()) return text;
  TextTable table({{"shard"},
                   {"machine"},
                   {"process", Align::right},
                   {"started"},
                   {"runs", Align::right},
                   {"of", Align::right},
                   {"state"}});
  for (const PartLog& log : parts.logs) {
    const output::SweepLogHead& head = log.contents.head;
    table.add({fmt::format("{}/{}", head.shard, head.shards), head.host, std::to_string(head.process),
               head.started, std::to_string(log.contents.entries.size()), std::to_string(head.num_runs),
               state_of(log)});
  }
  return text + '\n' + table.text();
}

std::string as_json(const SweepPlan& plan, const Parts& parts, const SweepStatus& status) {
  const auto number = [](double value) {
    return std::isnan(value) ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(value);
  };
  nlohmann::ordered_json attempts = nlohmann::ordered_json::array();
  for (const PartLog& log : parts.logs) {
    const output::SweepLogHead& head = log.contents.head;
    attempts.push_back({{"shard", head.shard},
                        {"shards", head.shards},
                        {"host", head.host},
                        {"process", head.process},
                        {"started", head.started},
                        {"runs", log.contents.entries.size()},
                        {"planned", head.num_runs},
                        {"state", state_of(log)}});
  }
  const nlohmann::ordered_json object = {{"name", plan.study->spec.name},
                                         {"points", plan.points.size()},
                                         {"replicates", plan.replicates()},
                                         {"runs", status.counts.runs},
                                         {"done", status.counts.done},
                                         {"failed", status.counts.failed},
                                         {"missing", status.counts.missing},
                                         {"running", status.running},
                                         {"seconds_a_run", number(status.mean_seconds)},
                                         {"seconds_left", number(status.seconds_left)},
                                         {"attempts", attempts}};
  return object.dump(2) + '\n';
}

}  // namespace polder::tools
