// SPDX-License-Identifier: Apache-2.0
#include "tools/sweep/merge.hpp"

#include <algorithm>
#include <list>
#include <memory>

#include <fmt/format.h>

#include "engine/error.hpp"
#include "output/sweep_file.hpp"

namespace polder::tools {

namespace {

constexpr std::size_t most_faults = 5;

/// Logs that are open: no more at a time than a process may have.
class OpenLogs {
 public:
  explicit OpenLogs(const Parts& parts) : parts_(parts) {}
  const output::SweepLogReader& at(std::size_t log) {
    const auto same = [&](const auto& open) { return open.first == log; };
    auto found = std::find_if(open_.begin(), open_.end(), same);
    if (found == open_.end()) {
      if (open_.size() >= most_open) open_.pop_back();
      open_.emplace_front(log, std::make_unique<output::SweepLogReader>(parts_.logs[log].path));
      found = open_.begin();
    }
    open_.splice(open_.begin(), open_, found);
    return *open_.front().second;
  }

 private:
  static constexpr std::size_t most_open = 64;
  const Parts& parts_;
  std::list<std::pair<std::size_t, std::unique_ptr<output::SweepLogReader>>> open_;
};

output::SweepInfo describe_sweep(const SweepPlan& plan, Arguments arguments) {
  const Study& study = *plan.study;
  output::SweepInfo info;
  info.experiment = study.info;
  info.experiment.provenance = output::current_provenance(arguments);
  info.name = study.spec.name;
  info.study = study.fingerprint;
  info.plan = plan.checksum;
  info.num_points = plan.points.size();
  info.design = plan.design;
  info.experiment_yaml = study.spec.source.content;
  for (std::size_t p = 0; p < study.parameters.size(); ++p) {
    const SweptParameter& swept = study.parameters[p];
    output::SweepParameter parameter{
        swept.name, to_string(swept.dimension), swept.label, swept.source, swept.text, swept.low, swept.high,
        {}};
    for (const std::vector<double>& point : plan.points) parameter.values.push_back(point[p]);
    info.parameters.push_back(std::move(parameter));
  }
  return info;
}

output::SweepCell read_cell(const SweepPlan& plan, const KnownRun* known, OpenLogs& logs) {
  output::SweepCell cell;
  if (known == nullptr) return cell;
  output::SweepRun run = logs.at(known->log).read(known->entry);
  const bool whole = run.failed || run.values.size() == plan.study->num_values;
  if (!whole) return cell;
  cell.status = run.failed ? output::RunStatus::failed : output::RunStatus::done;
  cell.seconds = run.seconds;
  cell.error = std::move(run.error);
  if (!run.failed) cell.arms = results_of(*plan.study, run.replicate, run.values);
  return cell;
}

void count(MergeOutcome& outcome, const SweepTask& task, output::RunStatus status, const std::string& error) {
  ++outcome.runs;
  outcome.done += status == output::RunStatus::done ? 1 : 0;
  outcome.missing += status == output::RunStatus::missing ? 1 : 0;
  if (status != output::RunStatus::failed) return;
  ++outcome.failed;
  if (outcome.faults.size() < most_faults)
    outcome.faults.push_back(
        fmt::format("point {}, replicate {}: {}", task.point + 1, task.replicate + 1, error));
}

}  // namespace

MergeOutcome count_runs(const SweepPlan& plan, const Parts& parts) {
  MergeOutcome outcome;
  OpenLogs logs(parts);
  for (std::size_t p = 0; p < plan.points.size(); ++p)
    for (std::uint32_t r = 0; r < plan.replicates(); ++r) {
      const SweepTask task{p, r};
      const KnownRun* known = parts.find(plan, task);
      const auto status = known == nullptr      ? output::RunStatus::missing
                          : known->entry.failed ? output::RunStatus::failed
                                                : output::RunStatus::done;
      const bool tell = status == output::RunStatus::failed && outcome.faults.size() < most_faults;
      count(outcome, task, status, tell ? logs.at(known->log).read(known->entry).error : std::string());
    }
  return outcome;
}

MergeOutcome merge_sweep(const SweepPlan& plan, const Parts& parts, const std::string& output,
                         Arguments arguments) {
  if (parts.runs.empty())
    throw InputError(
        Mistake{{parts_folder(output), 0, 0},
                {},
                "no runs are there",
                fmt::format("runs to merge into {}, which stays as it is; polder sweep run makes them. "
                            "Is -o the name that they were given?",
                            output),
                {}});
  output::SweepFileWriter writer(output, describe_sweep(plan, arguments));
  OpenLogs logs(parts);
  MergeOutcome outcome;
  const std::size_t block = writer.points_a_block();
  for (std::size_t first = 0; first < plan.points.size(); first += block) {
    std::vector<std::vector<output::SweepCell>> cells(std::min(block, plan.points.size() - first));
    for (std::size_t p = 0; p < cells.size(); ++p)
      for (std::uint32_t r = 0; r < plan.replicates(); ++r) {
        const SweepTask task{first + p, r};
        cells[p].push_back(read_cell(plan, parts.find(plan, task), logs));
        count(outcome, task, cells[p].back().status, cells[p].back().error);
      }
    writer.write(first, cells);
  }
  writer.finish();
  return outcome;
}

std::string as_text(const MergeOutcome& outcome) {
  std::string text = fmt::format("{} of {} runs done", outcome.done, outcome.runs);
  if (outcome.failed > 0) text += fmt::format(", {} failed", outcome.failed);
  if (outcome.missing > 0) text += fmt::format(", {} missing", outcome.missing);
  text += '\n';
  for (const std::string& fault : outcome.faults) text += "  " + fault + '\n';
  if (outcome.failed > outcome.faults.size())
    text += fmt::format("  and {} more\n", outcome.failed - outcome.faults.size());
  return text;
}

}  // namespace polder::tools
