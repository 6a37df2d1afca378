// SPDX-License-Identifier: Apache-2.0
#include "tools/job.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <map>

#include <fmt/format.h>

#include "engine/parallel.hpp"
#include "output/checkpoint_file.hpp"
#include "output/effects.hpp"
#include "output/result_layout.hpp"
#include "output/result_reader.hpp"
#include "output/result_writer.hpp"
#include "tools/experiment.hpp"
#include "tools/stop.hpp"
#include "tools/terminal.hpp"
#include "tools/text_table.hpp"
#include "tools/unfinished.hpp"

namespace polder::tools {

namespace {

namespace fs = std::filesystem;

constexpr const char* fingerprint_name = "experiment";
constexpr const char* state_name = "replicates";

std::vector<Program> compile_all(const std::vector<Scenario>& arms, const Catalogue& catalogue) {
  std::vector<Program> programs;
  programs.reserve(arms.size());
  for (const Scenario& arm : arms) programs.push_back(compile(arm, catalogue));
  return programs;
}

output::ExperimentInfo describe_experiment(const Job& job, const std::vector<Program>& programs,
                                           Arguments arguments) {
  const Scenario& baseline = job.arms.front();
  output::ExperimentInfo info;
  for (const Program& program : programs) info.arms.push_back(program.arm());
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

/// Last sample of a year; nothing when there is none.
std::optional<std::size_t> sample_of_year(const ArmInfo& arm, const SeriesInfo& series, int year) {
  std::optional<std::size_t> found;
  for (const int sample : series.samples)
    if (arm.times[static_cast<std::size_t>(sample)].year() == year) found = static_cast<std::size_t>(sample);
  return found;
}

/// The sequential rule: keeps one value an arm and replicate, and asks after every replicate.
class PrecisionRule {
 public:
  PrecisionRule(const Precision& wanted, const std::vector<Program>& programs) : wanted_(wanted) {
    for (const Program& program : programs) places_.push_back(find(program.arm()));
    values_.resize(programs.size());
  }

  void add(const ReplicateResult& result) {
    const auto [series, time] = places_[result.arm];
    values_[result.arm][result.replicate] = result.values[series][time];
  }

  /// Takes in what an unfinished result already holds.
  void add_committed(const output::ResultWriter& writer) {
    if (writer.committed().empty()) return;
    const output::ResultReader reader(writer.partial_path());
    const auto& times = reader.times();
    for (std::size_t arm = 0; arm < values_.size(); ++arm) {
      std::size_t time = times.size();
      for (std::size_t t = 0; t < times.size(); ++t)
        if (times[t] == months_[arm]) time = t;
      const std::vector<double> all = reader.replicates(wanted_.indicator, arm, time);
      for (std::size_t r = 0; r < all.size(); ++r)
        if (reader.is_committed(arm, r))
          values_[arm][reader.first_replicate() + static_cast<std::uint32_t>(r)] = all[r];
    }
  }

  bool enough() const {
    std::vector<double> baseline;
    for (const auto& [replicate, value] : values_.front()) baseline.push_back(value);
    const double mean = output::mean_interval(baseline).mean;
    for (std::size_t arm = 1; arm < values_.size(); ++arm) {
      std::vector<double> differences;
      for (const auto& [replicate, value] : values_[arm])
        if (const auto other = values_.front().find(replicate); other != values_.front().end())
          differences.push_back(value - other->second);
      if (!output::precise_enough(differences, mean, wanted_.share)) return false;
    }
    return true;
  }

 private:
  std::pair<std::size_t, std::size_t> find(const ArmInfo& arm) {
    std::vector<std::string> ids;
    for (std::size_t s = 0; s < arm.series.size(); ++s) {
      ids.push_back(arm.series[s].id);
      if (arm.series[s].id != wanted_.indicator) continue;
      const auto time = sample_of_year(arm, arm.series[s], wanted_.year);
      if (!time)
        throw InputError(Mistake{{},
                                 "--until-precise",
                                 std::to_string(wanted_.year),
                                 "a year in which the indicator is sampled",
                                 {}});
      months_.push_back(arm.times[*time]);
      return {s, *time};
    }
    throw InputError(Mistake{{},
                             "--until-precise",
                             wanted_.indicator,
                             "an indicator of every arm",
                             nearest(wanted_.indicator, ids)});
  }

  Precision wanted_;
  std::vector<std::pair<std::size_t, std::size_t>> places_;
  std::vector<Month> months_;
  std::vector<std::map<std::uint32_t, double>> values_;  ///< by arm, then replicate
};

void say(const Job& job, const std::string& text) {
  if (!job.quiet) warn(text);
}

void tell_of_stop(const Job& job, std::size_t done, std::size_t running, int signal) {
  say(job, fmt::format("Stopped by {}. {} finished runs are kept in {}",
                       signal == SIGINT ? "Ctrl-C" : "SIGTERM", done, output::partial_path(job.output)));
  if (running > 0) say(job, fmt::format(", {} running ones in {}", running, checkpoint_path(job.output)));
  say(job, fmt::format(".\nThe same command goes on from here{}.\n",
                       job.precision ? "" : fmt::format(", and so does: polder run {}", job.output)));
}

}  // namespace

Precision parse_precision(const std::string& text) {
  const auto refuse = [&] {
    return InputError(Mistake{
        {}, "--until-precise", text, "INDICATOR:YEAR:SHARE, such as labour_productivity:2035:0.1 %", {}});
  };
  const std::size_t first = text.find(':'), second = text.find(':', first + 1);
  if (first == std::string::npos || second == std::string::npos || first == 0) throw refuse();
  Precision precision;
  precision.indicator = text.substr(0, first);
  const std::vector<int> years = parse_years(text.substr(first + 1, second - first - 1), "--until-precise");
  if (years.size() != 1) throw refuse();
  precision.year = years.front();
  std::string share = text.substr(second + 1);
  share.erase(share.find_last_not_of(' ') + 1);
  double factor = 1;
  if (share.ends_with('%')) {
    share.pop_back();
    factor = 0.01;
  }
  try {
    std::size_t used = 0;
    precision.share = std::stod(share, &used) * factor;
    if (share.find_first_not_of(' ', used) != std::string::npos) throw refuse();
  } catch (const std::logic_error&) {  // stod: no number, or none that fits
    throw refuse();
  }
  if (!(precision.share > 0 && precision.share < 1)) throw refuse();
  return precision;
}

std::string checkpoint_path(const std::string& output) {
  return output + ".checkpoint.h5";
}

JobOutcome carry_out(const Job& job, const Catalogue& catalogue, Arguments arguments) {
  const ThreadLimit limit(job.threads);
  const std::vector<Program> programs = compile_all(job.arms, catalogue);
  const output::ExperimentInfo info = describe_experiment(job, programs, arguments);
  const std::string fingerprint = output::fingerprint(info);

  ExperimentPlan plan{programs, info.seed, job.first_replicate, job.replicates, {}, {}, {}, 0};
  std::optional<PrecisionRule> rule;
  if (job.precision) rule.emplace(*job.precision, programs);

  output::ResultWriter writer = open_writer(job, info);
  for (const auto& pair : writer.committed()) plan.done.insert(pair);
  plan.unfinished = read_checkpoint(job, programs, fingerprint);
  if (!plan.done.empty() || !plan.unfinished.empty())
    say(job, fmt::format("Going on with {}: {} runs are finished, {} were under way.\n", job.output,
                         plan.done.size(), plan.unfinished.size()));
  bool precise = false;
  if (rule) {
    rule->add_committed(writer);
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

Estimate estimate(const Job& job, const Catalogue& catalogue) {
  const ThreadLimit limit(job.threads);
  const std::vector<Program> programs = compile_all(job.arms, catalogue);
  const Program& baseline = programs.front();
  using Clock = std::chrono::steady_clock;
  State state = found(baseline, job.arms.front().seed, job.first_replicate);
  Estimate result;
  result.agents = num_agents(state);
  constexpr int most_months = 12;
  const int months = std::min<int>(most_months, static_cast<int>(baseline.num_steps()));
  const Clock::time_point begin = Clock::now();
  for (int month = 0; month < months; ++month) step(baseline, state);
  const double a_month = std::chrono::duration<double>(Clock::now() - begin).count() / std::max(1, months);
  const ExperimentPlan plan{programs, job.arms.front().seed, job.first_replicate, job.replicates, {}, {}, {},
                            0};
  result.months = planned_months(plan);
  // Threads inside a replicate were already used in the measurement.
  result.seconds = a_month * static_cast<double>(result.months);
  const double side_by_side = std::min<double>(available_threads(), job.replicates);
  result.memory = 1.5 * static_cast<double>(state_bytes(state)) * (1 + side_by_side);
  for (const Program& program : programs) {
    double numbers = 0;
    for (const SeriesInfo& series : program.arm().series)
      numbers += static_cast<double>(series.samples.size());
    for (const SeriesInfo& series : program.arm().series)
      for (const std::string& by : series.by)
        for (const Axis& axis : program.arm().axes)
          if (axis.name == by) numbers += static_cast<double>(series.samples.size() * axis.labels.size());
    numbers += static_cast<double>(program.arm().years.size() * program.arm().flows.size());
    result.disk += sizeof(double) * numbers * job.replicates;
  }
  return result;
}

}  // namespace polder::tools
