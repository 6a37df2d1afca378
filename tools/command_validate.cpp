// SPDX-License-Identifier: Apache-2.0
// `polder validate`: the scorecard of stylised facts of a baseline.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "agents/registry.hpp"
#include "tools/command.hpp"
#include "tools/job.hpp"
#include "tools/load.hpp"
#include "tools/options.hpp"
#include "tools/terminal.hpp"
#include "tools/text_table.hpp"
#include "tools/validate/validation.hpp"

namespace polder::tools {

namespace {

constexpr std::uint32_t validate_replicates = 4;
constexpr const char* validate_scenario = "scenarios/nl-2020.yaml";

constexpr const char* validate_examples =
    "Examples:\n"
    "  polder validate scenarios/nl-2020.yaml --scale 0.1 --until 2031-12 -o validation.h5\n"
    "  polder validate scenarios/nl-2020.yaml --scale 0.02 --replicates 2 --no-additionality\n"
    "  polder validate validation.h5                       prints the scorecard that a result holds\n"
    "  polder validate validation.h5 --markdown > scorecard.md\n"
    "Rates that follow a firm or a venture for years need runs of ten years and more; tails need a scale of "
    "0.1.";

class ValidateCommand final : public Command {
 public:
  explicit ValidateCommand(CLI::App& app) {
    CLI::App& sub = *app.add_subcommand(
        "validate", "Runs a baseline and compares it with the stylised facts of the evidence");
    sub.footer(validate_examples);
    sub.add_option(
        "SCENARIO|RESULT", target_,
        fmt::format("Scenario (YAML), or a result (HDF5) that holds a scorecard ({})", validate_scenario));
    sub.add_flag("--no-additionality", no_additionality_,
                 "Leaves out the runs without tax credits and without grants")
        ->group("Run");
    sub.add_flag("--markdown", markdown_, "Prints Markdown")->group("Report");
    add_run_options(sub, run_);
    add_scenario_options(sub, scenario_);
  }

  int run(Arguments arguments) override {
    if (target_.empty()) target_ = validate_scenario;
    if (is_result(target_)) return show(target_);
    const Catalogue catalogue = agents::catalogue();
    Job job;
    job.arms.push_back(load_scenario(target_, scenario_.settings(), catalogue));
    if (!no_additionality_)
      for (const char* form : {"tax_credit", "grant"})
        if (auto arm = validate::without_form(job.arms.front(), form, catalogue))
          job.arms.push_back(std::move(*arm));
    job.replicates = run_.replicates > 0 ? run_.replicates : validate_replicates;
    job.output = run_.output.empty() ? job.arms.front().name + "-validation.h5" : run_.output;
    job.overwrite = true;  // agents must be seen from the beginning
    job.quiet = run_.quiet;
    job.progress = run_.shown();
    job.threads = run_.threads;
    validate::Watch watch(job.arms, job.replicates);
    job.observe = [&](const Program& program, std::size_t arm, std::uint32_t replicate, const State& state) {
      watch.see(program, arm, replicate, state);
    };
    const JobOutcome outcome = carry_out(job, catalogue, arguments);
    if (!outcome.complete()) return outcome.exit_code;
    const std::vector<Observation> seen = std::move(watch).finish(job.output);
    validate::write_scorecard(job.output, validate::score(seen, validate::facts()));
    return show(job.output);
  }

 private:
  using Observation = validate::Observation;

  /// Prints what stands in the file, so that what is shown is what is stored.
  int show(const std::string& path) const {
    const std::vector<validate::ScoreRow> rows = validate::read_scorecard(path);
    if (rows.empty())
      throw InputError(
          Mistake{{path, 0, 0}, {}, "a result without a scorecard", "one written by `polder validate`", {}});
    if (run_.json) {
      print(validate::as_json(rows));
    } else if (markdown_) {
      print(validate::as_markdown(rows));
    } else if (!run_.quiet) {
      print(validate::as_text(rows));
      print(fmt::format("\nThe scorecard is in {}, group /validation.\n", path));
    }
    return exit_done;
  }

  std::string target_;
  bool no_additionality_ = false, markdown_ = false;
  RunOptions run_;
  ScenarioOptions scenario_;
};

}  // namespace

std::unique_ptr<Command> make_validate_command(CLI::App& app) {
  return std::make_unique<ValidateCommand>(app);
}

}  // namespace polder::tools
