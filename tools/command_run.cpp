// SPDX-License-Identifier: Apache-2.0
// `polder run`: one scenario, or a result that re-runs (or finishes) itself.
#include <cmath>
#include <filesystem>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "agents/registry.hpp"
#include "output/result_reader.hpp"
#include "output/result_writer.hpp"
#include "tools/command.hpp"
#include "tools/effects_report.hpp"
#include "tools/estimate.hpp"
#include "tools/job.hpp"
#include "tools/load.hpp"
#include "tools/options.hpp"
#include "tools/run_summary.hpp"
#include "tools/terminal.hpp"
#include "tools/text_table.hpp"

namespace polder::tools {

namespace {

namespace fs = std::filesystem;

constexpr const char* run_examples =
    "Examples:\n"
    "  polder run scenarios/mini.yaml\n"
    "  polder run scenarios/nl-2020.yaml --scale 0.01 --replicates 8 --until 2030-12 -o nl.h5\n"
    "  polder run scenarios/mini.yaml --set parameters.firms=100000\n"
    "  polder run scenarios/nl-2020.yaml --dry-run         what it would take\n"
    "  polder run nl.h5                                    runs it again from what the result holds,\n"
    "                                                      or goes on with it if it was stopped";

class RunCommand final : public Command {
 public:
  explicit RunCommand(CLI::App& app) {
    CLI::App& sub = *app.add_subcommand("run", "Runs a scenario, or a result again");
    sub.footer(run_examples);
    sub.add_option("SCENARIO|RESULT", target_, "Scenario (YAML) or result (HDF5)")->required();
    sub.add_flag("--dry-run", dry_run_, "Estimates time, memory and disk, and runs nothing")->group("Run");
    sub.add_flag("--overwrite", overwrite_, "Replaces an unfinished result instead of going on with it")
        ->group("Run");
    add_run_options(sub, run_);
    add_scenario_options(sub, scenario_);
  }

  int run(Arguments arguments) override {
    const Catalogue catalogue = agents::catalogue();
    const std::string result = result_path();
    Job job = result.empty() ? job_of_scenario(catalogue) : job_of_result(result, catalogue);
    job.overwrite = overwrite_;
    job.quiet = run_.quiet;
    job.progress = run_.shown();
    job.threads = run_.threads;
    if (dry_run_) {
      print(run_.json ? as_json(estimate(job, catalogue)) : as_text(estimate(job, catalogue)));
      return exit_done;
    }
    const JobOutcome outcome = carry_out(job, catalogue, arguments);
    if (outcome.complete()) report(job, outcome, result);
    return outcome.exit_code;
  }

 private:
  /// The result to run again; empty when the target is a scenario.
  std::string result_path() const {
    std::string path = target_;
    constexpr std::string_view ending = ".partial";
    if (path.ends_with(ending)) path.erase(path.size() - ending.size());
    return is_result(path) || is_result(output::partial_path(path)) ? path : std::string();
  }

  Job job_of_scenario(const Catalogue& catalogue) const {
    Job job;
    job.arms.push_back(load_scenario(target_, scenario_.settings(), catalogue));
    job.replicates = std::max(1U, run_.replicates);
    job.output = run_.output.empty() ? job.arms.front().name + ".h5" : run_.output;
    return job;
  }

  /// An unfinished result goes on where it is; a finished one is run again beside it.
  Job job_of_result(const std::string& path, const Catalogue& catalogue) const {
    const bool unfinished = fs::exists(output::partial_path(path));
    const output::ResultReader result(unfinished ? output::partial_path(path) : path);
    Job job;
    job.arms = load_result(result, scenario_.settings(), catalogue);
    if (scenario_.settings().empty())
      for (std::size_t arm = 0; arm < job.arms.size(); ++arm) job.sources.push_back(result.scenario(arm));
    job.packages = result.packages();
    job.first_replicate = result.first_replicate();
    job.replicates =
        run_.replicates > 0 ? run_.replicates : static_cast<std::uint32_t>(result.num_replicates());
    job.output = run_.output;
    if (job.output.empty()) {
      const fs::path old(path);
      job.output = unfinished ? path : (old.parent_path() / (old.stem().string() + "-again.h5")).string();
    }
    return job;
  }

  void report(const Job& job, const JobOutcome& outcome, const std::string& again_of) const {
    if (run_.quiet && !run_.json) return;
    const output::ResultReader result(job.output);
    if (run_.json) {
      print(summary_json(result));
      return;
    }
    print(summary_text(result));
    if (!again_of.empty() && again_of != job.output && fs::exists(again_of)) {
      const output::ResultReader old(again_of);
      print(difference_text(old, result));
    }
    print(closing_line(outcome, job.output));
  }

  static std::string as_text(const Estimate& estimate) {
    return fmt::format("{}, {} over all runs\ntime    about {}\nmemory  about {}\ndisk    at most {}\n",
                       counted(estimate.agents, "agent"), counted(estimate.months, "month"),
                       show_duration(estimate.seconds), show_bytes(estimate.memory),
                       show_bytes(estimate.disk));
  }

  static std::string as_json(const Estimate& estimate) {
    const nlohmann::ordered_json object = {{"agents", estimate.agents},
                                           {"months", estimate.months},
                                           {"seconds", estimate.seconds},
                                           {"memory_bytes", std::round(estimate.memory)},
                                           {"disk_bytes", std::round(estimate.disk)}};
    return object.dump(2) + '\n';
  }

  std::string target_;
  bool dry_run_ = false, overwrite_ = false;
  RunOptions run_;
  ScenarioOptions scenario_;
};

}  // namespace

std::unique_ptr<Command> make_run_command(CLI::App& app) {
  return std::make_unique<RunCommand>(app);
}

}  // namespace polder::tools
