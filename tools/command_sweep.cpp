// SPDX-License-Identifier: Apache-2.0
// `polder sweep`: many runs by a design. Each of its subcommands opens the experiment or its plan and does
// one thing.
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "agents/registry.hpp"
#include "tools/child_process.hpp"
#include "tools/command.hpp"
#include "tools/stop.hpp"
#include "tools/sweep/carry_out.hpp"
#include "tools/sweep/merge.hpp"
#include "tools/sweep/slurm.hpp"
#include "tools/sweep/status.hpp"
#include "tools/terminal.hpp"
#include "tools/text_table.hpp"

namespace polder::tools {

namespace {

namespace fs = std::filesystem;

constexpr const char* sweep_examples =
    "Examples:\n"
    "  polder sweep plan scenarios/experiments/mini-costs.yaml -o mini.plan.json\n"
    "  polder sweep run scenarios/experiments/mini-costs.yaml -o mini.h5\n"
    "  polder sweep status scenarios/experiments/mini-costs.yaml -o mini.h5\n"
    "Ctrl-C stops it; the same command runs what is missing.";

constexpr const char* sweep_run_examples =
    "Examples:\n"
    "  polder sweep run scenarios/experiments/mini-costs.yaml               all cores, then one file\n"
    "  polder sweep run mini.plan.json --shard 3/8 -o mini.h5               one part of eight, anywhere\n"
    "  polder sweep run scenarios/experiments/mini-costs.yaml --replicates 20    runs only the replicates it "
    "has not\n"
    "  polder sweep run scenarios/experiments/mini-costs.yaml --retry-failed";

constexpr const char* slurm_examples =
    "Examples:\n"
    "  polder sweep slurm scenarios/experiments/mini-costs.yaml --tasks 8 --partition thin --time 01:00:00 "
    "--mem 4G\n"
    "  polder sweep slurm scenarios/experiments/mini-costs.yaml --config cluster.yaml --dry-run";

/// More tasks than this only wait for each other.
constexpr std::uint64_t usual_most_tasks = 100;

void write_file(const std::string& path, const std::string& text) {
  const std::string beside = path + ".new";
  std::ofstream file(beside, std::ios::binary);
  file << text;
  file.close();
  if (!file)
    throw std::runtime_error(path + ": cannot be written; is there room, and may this folder be written?");
  fs::rename(beside, path);
}

class SweepCommand final : public Command {
 public:
  explicit SweepCommand(CLI::App& app) {
    CLI::App& sub = *app.add_subcommand(
        "sweep", "Many runs by a design: plan, run, follow, merge, on one machine or a cluster");
    sub.footer(sweep_examples);
    sub.require_subcommand(1);
    add_plan(sub);
    add_run(sub);
    add_status(sub);
    add_merge(sub);
    add_slurm(sub);
  }

  int run(Arguments arguments) override {
    const Catalogue catalogue = agents::catalogue();
    const SweepPlan plan = open_plan(target_, choice_, catalogue);
    if (run_.output.empty()) run_.output = plan.study->spec.name + ".h5";
    if (plan_command_->parsed()) return write_plan(plan);
    if (run_command_->parsed()) return run_sweep(plan, catalogue, arguments);
    if (status_command_->parsed()) return tell_status(plan);
    if (merge_command_->parsed()) return merge(plan, arguments);
    return start_slurm(plan);
  }

 private:
  CLI::App* add(CLI::App& sweep, const char* name, const char* about, const char* footer) {
    CLI::App* sub = sweep.add_subcommand(name, about);
    sub->footer(footer);
    sub->add_option("EXPERIMENT|PLAN", target_, "Experiment (YAML), or a plan of one (JSON)")->required();
    sub->add_option("--replicates", choice_.replicates,
                    "Runs of every arm at every point, instead of the experiment's")
        ->type_name("N")
        ->check(CLI::Range(std::uint64_t{1}, scenarios::most_replicates_of_experiment))
        ->group("Experiment");
    sub->add_option("--size", choice_.size, "Size of the design, instead of the experiment's")
        ->type_name("N")
        ->check(CLI::Range(1, 10'000'000))
        ->group("Experiment");
    return sub;
  }
  void add_output(CLI::App* sub, const char* meaning) {
    sub->add_option("-o,--output", run_.output, meaning)->type_name("FILE");
  }

  void add_plan(CLI::App& sweep) {
    plan_command_ =
        add(sweep, "plan", "Writes the points of the design and what is run at them",
            "The same experiment gives the same file. A plan is tied to the scenarios as they are now.");
    plan_command_
        ->add_option("-o,--output", plan_output_, "The plan (JSON); default NAME.plan.json, - prints it")
        ->type_name("FILE");
  }
  void add_run(CLI::App& sweep) {
    run_command_ =
        add(sweep, "run", "Runs what is missing, and merges when all is there", sweep_run_examples);
    add_output(run_command_, "The merged result (HDF5); runs are kept in FILE.parts");
    run_command_->add_option("--shard", shard_, "Runs part k of n and does not merge")->type_name("k/n");
    run_command_->add_option("--threads", run_.threads, "Runs side by side; 0, the default, is all cores")
        ->type_name("N");
    run_command_->add_flag("--retry-failed", run_.retry_failed, "Runs those that failed once more");
    run_command_->add_flag("--overwrite", run_.overwrite, "Forgets all runs there are and begins anew");
    run_command_->add_flag("--even-if-running", run_.even_if_running,
                           "Starts though another run is at work on this shard; the values are the same");
    run_command_->add_flag("--no-merge", no_merge_, "Leaves the runs in FILE.parts");
    run_command_->add_flag("--progress", progress_,
                           "Shows the line of progress even where there is no terminal");
    run_command_->add_flag("--quiet", run_.quiet, "Says nothing but mistakes");
  }
  void add_status(CLI::App& sweep) {
    status_command_ =
        add(sweep, "status", "Tells what is done, running, failed and missing, and the time left", "");
    add_output(status_command_, "The merged result, as given to run");
    status_command_->add_flag("--json", json_, "Prints JSON for other programs");
  }
  void add_merge(CLI::App& sweep) {
    merge_command_ = add(sweep, "merge", "Puts all runs into one file, and says what is missing",
                         "Exit code 1 when runs are missing; the file then says so itself (complete = 0).");
    add_output(merge_command_, "The merged result (HDF5)");
    merge_command_->add_flag("--quiet", run_.quiet, "Says nothing but mistakes");
  }
  void add_slurm(CLI::App& sweep) {
    slurm_command_ =
        add(sweep, "slurm", "Submits a Slurm job array, and a job behind it that merges", slurm_examples);
    add_output(slurm_command_, "The merged result (HDF5)");
    CLI::App& sub = *slurm_command_;
    sub.add_option("--tasks", flags_.tasks, "Tasks of the array; default one a run, at most 100")
        ->type_name("N");
    sub.add_option("--partition", flags_.partition, "Partition of the cluster");
    sub.add_option("--time", flags_.time, "Limit of a task, such as 02:00:00");
    sub.add_option("--mem", flags_.memory, "Memory of a task, such as 4G");
    sub.add_option("--cpus", cpus_, "Cores of a task; default 1")->type_name("N");
    sub.add_option("--account", flags_.account, "Account that pays");
    sub.add_option("--modules", flags_.modules, "Modules to load, separated by commas")->delimiter(',');
    sub.add_option("--config", config_,
                   "File with these and more (YAML): partition, time, mem, cpus, account, qos, "
                   "tasks, modules, setup, options")
        ->type_name("FILE");
    sub.add_flag("--dry-run", dry_run_, "Writes the plan and the scripts, and submits nothing");
  }

  int write_plan(const SweepPlan& plan) const {
    const std::string path = plan_output_.empty() ? plan.study->spec.name + ".plan.json" : plan_output_;
    if (path == "-") {
      print(as_plan_file(plan, "plan.json"));
      return exit_done;
    }
    write_file(path, as_plan_file(plan, path));
    print(fmt::format("{} points x {} replicates = {} runs of {}. The plan is in {}\n", plan.points.size(),
                      plan.replicates(), plan.num_runs(), counted(plan.study->arms.size(), "arm"), path));
    return exit_done;
  }

  int run_sweep(const SweepPlan& plan, const Catalogue& catalogue, Arguments arguments) {
    if (!shard_.empty()) run_.shard = parse_shard(shard_);
    run_.progress = !run_.quiet && (progress_ || on_terminal());
    const SweepRunOutcome outcome = carry_out(plan, run_, catalogue);
    const RunnerOutcome& runner = outcome.runner;
    if (runner.stopped) {
      if (!run_.quiet)
        warn(fmt::format("Stopped; {} finished runs are kept in {}. The same command goes on.\n",
                         runner.done + runner.failed + outcome.known, parts_folder(run_.output)));
      return 128 + stop_signal();
    }
    if (!run_.quiet) print(run_text(outcome));
    if (!shard_.empty() || no_merge_) return exit_done;
    return merge(plan, arguments);
  }

  static std::string run_text(const SweepRunOutcome& outcome) {
    const RunnerOutcome& runner = outcome.runner;
    const std::uint64_t runs = runner.done + runner.failed;
    if (runs == 0) return fmt::format("All {} runs of this part were there.\n", outcome.known);
    std::string text = fmt::format(
        "{} runs in {} with {} workers: {:.3g} s a run, {:.3g} ms of the processor beyond its steps, "
        "efficiency {:.1f} %",
        runs, show_duration(runner.wall_seconds), runner.workers,
        runner.run_seconds / static_cast<double>(runs),
        1000 * runner.extra_seconds / static_cast<double>(runs), 100 * runner.efficiency());
    if (outcome.known > 0) text += fmt::format("; {} were there", outcome.known);
    text += ".\n";
    if (runner.failed > 0)
      text += fmt::format("{} runs failed; --retry-failed runs them once more.\n", runner.failed);
    return text;
  }

  int merge(const SweepPlan& plan, Arguments arguments) const {
    const Parts parts = read_parts(run_.output, plan);
    const bool tell_remarks = merge_command_->parsed();  // run told them already
    for (const std::string& remark : parts.remarks)
      if (tell_remarks && !run_.quiet) warn(remark + "\n");
    const MergeOutcome outcome = merge_sweep(plan, parts, run_.output, arguments);
    if (!run_.quiet) print(as_text(outcome) + fmt::format("The result is in {}\n", run_.output));
    if (outcome.missing == 0) return exit_done;
    warn(fmt::format("{} runs are missing, so {} is not complete; polder sweep run runs them.\n",
                     outcome.missing, run_.output));
    return exit_input;
  }

  int tell_status(const SweepPlan& plan) const {
    const Parts parts = read_parts(run_.output, plan);
    const SweepStatus status = status_of(plan, parts);
    print(json_ ? as_json(plan, parts, status) : as_text(plan, parts, status));
    return exit_done;
  }

  SlurmOptions slurm_options() const {
    SlurmOptions options;
    if (!config_.empty()) options = read_slurm_options(config_);
    const auto prefer = [](std::string& value, const std::string& flag) {
      if (!flag.empty()) value = flag;
    };
    prefer(options.partition, flags_.partition);
    prefer(options.time, flags_.time);
    prefer(options.memory, flags_.memory);
    prefer(options.account, flags_.account);
    if (cpus_ > 0) options.cpus = cpus_;
    if (flags_.tasks > 0) options.tasks = flags_.tasks;
    if (!flags_.modules.empty()) options.modules = flags_.modules;
    return options;
  }

  int start_slurm(const SweepPlan& plan) const {
    const SlurmOptions options = slurm_options();
    SlurmJob job;
    job.name = plan.study->spec.name;
    job.polder = own_path();
    job.output = fs::absolute(run_.output).lexically_normal().string();
    job.folder = job.output + ".slurm";
    job.plan = job.folder + "/plan.json";
    const std::uint64_t runs = tasks_of(plan).size();
    job.num_shards =
        options.tasks > 0 ? options.tasks : static_cast<std::uint32_t>(std::min(runs, usual_most_tasks));
    const Parts parts = read_parts(run_.output, plan);
    for (std::uint32_t k = 1; k <= job.num_shards; ++k) {
      const std::vector<SweepTask> tasks = tasks_of(plan, {k, job.num_shards});
      if (std::any_of(tasks.begin(), tasks.end(),
                      [&](const SweepTask& t) { return parts.find(plan, t) == nullptr; }))
        job.shards.push_back(k);
    }
    if (job.shards.empty()) {
      print(fmt::format("All {} runs are there; polder sweep merge {} -o {} puts them together.\n", runs,
                        target_, run_.output));
      return exit_done;
    }
    fs::create_directories(job.folder);
    write_file(job.plan, as_plan_file(plan, job.plan));
    const std::string array = job.folder + "/array.sh", merging = job.folder + "/merge.sh";
    write_file(array, array_script(job, options));
    write_file(merging, merge_script(job, options));
    if (dry_run_) {
      print(fmt::format("{}\n{}\nNothing was submitted. sbatch {}\n", array_script(job, options),
                        merge_script(job, options), array));
      return exit_done;
    }
    const SlurmSubmission submission = submit(array, merging);
    print(fmt::format(
        "Submitted {} as job {}, and job {} that merges. Follow them with:\n  polder sweep "
        "status {}.slurm/plan.json -o {}\n",
        counted(job.shards.size(), "task"), submission.array, submission.merge, run_.output, run_.output));
    return exit_done;
  }

  std::string target_, plan_output_, shard_, config_;
  PlanChoice choice_;
  SweepRunChoice run_;
  SlurmOptions flags_;
  std::uint32_t cpus_ = 0;
  bool progress_ = false, no_merge_ = false, json_ = false, dry_run_ = false;
  CLI::App *plan_command_ = nullptr, *run_command_ = nullptr, *status_command_ = nullptr,
           *merge_command_ = nullptr, *slurm_command_ = nullptr;
};

}  // namespace

std::unique_ptr<Command> make_sweep_command(CLI::App& app) {
  return std::make_unique<SweepCommand>(app);
}

}  // namespace polder::tools
