// SPDX-License-Identifier: Apache-2.0
#include "tools/job.hpp"

#include <algorithm>
#include <csignal>
#include <filesystem>

#include <fmt/format.h>

#include "engine/parallel.hpp"
#include "output/checkpoint_file.hpp"
#include "output/effects.hpp"
#include "output/result_attribution.hpp"
#include "output/result_layout.hpp"
#include "output/result_reader.hpp"
#include "output/result_writer.hpp"
#include "tools/experiment.hpp"
#include "tools/network_snapshots.hpp"
#include "tools/stop.hpp"
#include "tools/terminal.hpp"
#include "tools/text_table.hpp"
#include "tools/unfinished.hpp"

namespace polder::tools {

namespace {

namespace fs = std::filesystem;

constexpr const char* fingerprint_name = "experiment";
constexpr const char* state_name = "replicates";

output::ExperimentInfo describe_experiment(const Job& job, const std::vector<Program>& programs,
                                           Arguments arguments) {
  const Scenario& baseline = job.arms.front();
  output::ExperimentInfo info;
  info.packages = job.packages;
  for (const Program& program : programs) {
    for (const KindLayout& kind : program.layout().kinds) info.kinds.push_back(kind.name);
    ArmInfo arm = program.arm();
    arm.networks = describe_networks(program);
    if (!job.packages.empty()) {
      const auto more = output::attribution_series(arm);
      arm.series.insert(arm.series.end(), more.begin(), more.end());
    }
    info.arms.push_back(std::move(arm));
  }
  info.scenarios = job.sources;
  if (info.scenarios.empty())
    for (const Scenario& arm : job.arms) info.scenarios.push_back(output::embed(arm));
  // A result gives its files back in an order of its own; whether an experiment is the same must not depend
  // on it.
  for (output::ArmScenario& source : info.scenarios)
    std::sort(source.files.begin(), source.files.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
  // Under a sequential rule nobody knows how many there will be; the file grows with them.
  info.replicates = job.precision ? static_cast<std::uint32_t>(output::least_pairs) : job.replicates;
  info.first_replicate = job.first_replicate;
  info.seed = baseline.seed;
  info.scale = baseline.scale;
  info.start = baseline.clock.start;
  info.title = baseline.title.empty() ? baseline.name : baseline.title;
  info.provenance = output::current_provenance(arguments);
  for (const Scenario& arm : job.arms)
    for (const DataTable& table : arm.data) {
      const std::pair<std::string, std::string> entry(table.path, table.checksum);
      if (std::find(info.provenance.data.begin(), info.provenance.data.end(), entry) ==
          info.provenance.data.end())
        info.provenance.data.push_back(entry);
    }
  return info;
}

output::ResultWriter open_writer(const Job& job, const output::ExperimentInfo& info) {
  using output::ResultWriter;
  const bool unfinished = fs::exists(output::partial_path(job.output));
  if (!unfinished || job.overwrite) {
    std::error_code ignored;
    fs::remove(checkpoint_path(job.output), ignored);  // of a result that is gone
    return ResultWriter(job.output, info, ResultWriter::Existing::replace);
  }
  try {
    return ResultWriter::reopen(job.output, info);
  } catch (const InputError& error) {
    std::vector<Mistake> mistakes = error.mistakes();
    for (Mistake& mistake : mistakes) mistake.wanted += "; --overwrite begins anew";
    throw InputError(std::move(mistakes));
  }
}

/// Replicates that were stopped half-way, if the checkpoint beside the output is of this experiment.
std::vector<Unfinished> read_checkpoint(const Job& job, const std::vector<Program>& programs,
                                        const std::string& fingerprint) {
  const std::string path = checkpoint_path(job.output);
  if (!fs::exists(path)) return {};
  const output::CheckpointReader reader(path);
  if (reader.get_text(fingerprint_name) != fingerprint) return {};
  return restore_unfinished(programs, *reader.state(state_name));
}

void write_checkpoint(const Job& job, const std::vector<Program>& programs, const std::string& fingerprint,
                      const std::vector<Unfinished>& unfinished) {
  const std::string path = checkpoint_path(job.output);
  if (unfinished.empty()) {
    std::error_code ignored;
    fs::remove(path, ignored);
    return;
  }
  output::CheckpointWriter writer(path);
  writer.put_text(fingerprint_name, fingerprint);
  save_unfinished(programs, unfinished, *writer.state(state_name));
  writer.finish();
}

void say(const Job& job, const std::string& text) {
  if (!job.quiet) warn(text);
}

void tell_of_stop(const Job& job, std::size_t done, std::size_t running, int signal) {
  say(job, fmt::format("Stopped by {}. {} kept in {}", signal == SIGINT ? "Ctrl-C" : "SIGTERM",
                       done == 1 ? "1 finished run is" : fmt::format("{} finished runs are", done),
                       output::partial_path(job.output)));
  if (running > 0) say(job, fmt::format(", {} running in {}", running, checkpoint_path(job.output)));
  say(job, fmt::format(".\nThe same command goes on from here{}.\n",
                       job.precision ? "" : fmt::format(", and so does: polder run {}", job.output)));
}

}  // namespace

std::string closing_line(const JobOutcome& outcome, const std::string& output) {
  if (outcome.agent_months == 0)
    return fmt::format("All runs were done already. The result is in {}\n", output);
  return fmt::format("{} million agent-months in {}. The result is in {}\n",
                     show_digits(static_cast<double>(outcome.agent_months) / 1e6, 3),
                     show_duration(outcome.seconds), output);
}

std::string checkpoint_path(const std::string& output) {
  return output + ".checkpoint.h5";
}

std::vector<Program> compile_all(const std::vector<Scenario>& arms, const Catalogue& catalogue) {
  std::vector<Program> programs;
  programs.reserve(arms.size());
  for (const Scenario& arm : arms) programs.push_back(compile(arm, catalogue));
  return programs;
}

JobOutcome carry_out(const Job& job, const Catalogue& catalogue, Arguments arguments) {
  const ThreadLimit limit(job.threads);
  const std::vector<Program> programs = compile_all(job.arms, catalogue);
  const output::ExperimentInfo info = describe_experiment(job, programs, arguments);
  const std::string fingerprint = output::fingerprint(info);

  ExperimentPlan plan{programs, info.seed, job.first_replicate, job.replicates, {}, {}, {}, job.packages,
                      0,        {}};
  std::optional<PrecisionRule> rule;
  if (job.precision) rule.emplace(*job.precision, programs);

  if (job.observe)
    plan.observe = [&](std::size_t arm, std::uint32_t replicate, const State& state) {
      job.observe(programs[arm], arm, replicate, state);
    };

  output::ResultWriter writer = open_writer(job, info);
  for (const auto& pair : writer.committed()) plan.done.insert(pair);
  plan.unfinished = read_checkpoint(job, programs, fingerprint);
  if (!plan.done.empty() || !plan.unfinished.empty())
    say(job, fmt::format("Going on with {}: {} finished before.\n", job.output, plan.done.size()));
  bool precise = false;
  if (rule) {
    if (!plan.done.empty()) rule->add(output::ResultReader(writer.partial_path()));
    precise = rule->enough();
    plan.enough = [&rule](std::span<const ReplicateResult> arms) {
      for (const ReplicateResult& arm : arms) rule->add(arm);
      return rule->enough();
    };
  }

  Progress progress(job.progress, planned_months(plan));
  ExperimentOutcome outcome;
  outcome.complete = precise;
  if (!precise) outcome = run_experiment(plan, writer, progress);
  progress.clear();

  JobOutcome result{exit_done, progress.seconds(), progress.agent_months()};
  write_checkpoint(job, programs, fingerprint, outcome.unfinished);
  if (outcome.complete) {
    writer.finish();
  } else {
    tell_of_stop(job, writer.committed().size(), outcome.unfinished.size(), stop_signal());
    result.exit_code = 128 + stop_signal();
  }
  return result;
}

}  // namespace polder::tools
