// SPDX-License-Identifier: Apache-2.0
// `polder whatif`: a baseline and policies, the same draws in all, and what the policies add.
#include <filesystem>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "agents/registry.hpp"
#include "tools/attribution_plan.hpp"
#include "tools/attribution_text.hpp"
#include "tools/command.hpp"
#include "tools/effects_report.hpp"
#include "tools/job.hpp"
#include "tools/load.hpp"
#include "tools/options.hpp"
#include "tools/terminal.hpp"
#include "tools/text_table.hpp"

namespace polder::tools {

namespace {

constexpr std::uint32_t whatif_replicates = 10;
constexpr std::uint32_t usual_most_replicates = 1000;

constexpr const char* whatif_examples =
    "Examples:\n"
    "  polder whatif scenarios/nl-2020.yaml scenarios/policies/growth-fund-photonics.yaml --replicates 20 -o "
    "photonics.h5\n"
    "  polder whatif base.yaml a.yaml b.yaml --years 2025,2030 --indicators private_rd,startups\n"
    "  polder whatif scenarios/nl-2020.yaml scenarios/policies/growth-fund-photonics.yaml --attribute "
    "--scale 0.01 "
    "--until 2030-12\n"
    "  polder whatif base.yaml a.yaml --until-precise 'labour_productivity:2035:0.1 %' --max-replicates 200\n"
    "  polder whatif base.yaml a.yaml --until-precise 'total_rd:2030:50 MEUR/year'\n"
    "Ctrl-C stops at the end of a month; the same command goes on from there.";

class WhatifCommand final : public Command {
 public:
  explicit WhatifCommand(CLI::App& app) {
    CLI::App& sub = *app.add_subcommand(
        "whatif", "Runs a baseline and policies with shared draws and prints what the policies add");
    sub.footer(whatif_examples);
    sub.add_option("BASELINE", baseline_, "Scenario without the policies (YAML)")->required();
    sub.add_option("POLICY", policies_, "Scenarios with a policy (YAML), usually overlays of the baseline")
        ->required();
    sub.add_option("--years", years_, "Years to print, such as 2025,2030 or 2025-2030")
        ->type_name("LIST")
        ->group("Report");
    sub.add_option("--indicators", indicators_,
                   "Indicators to print, or `all`; default: R&D and what stands out most clearly")
        ->type_name("LIST")
        ->group("Report");
    sub.add_option(
           "--until-precise", precision_,
           "Adds replicates until the 95 % interval of the effect has this half-width: a share of the "
           "baseline's mean, or with a unit or none an amount")
        ->type_name("ID:YEAR:X%|X")
        ->group("Run");
    sub.add_option("--max-replicates", most_replicates_,
                   fmt::format("At most this many with --until-precise ({})", usual_most_replicates))
        ->type_name("N")
        ->check(CLI::Range(10U, 1'000'000U))
        ->group("Run");
    sub.add_flag("--attribute", attribute_,
                 "Says what each instrument of a policy adds: runs the policy without each of them, and the "
                 "subsets "
                 "that Shapley shares need (2^n arms up to 6 instruments, sampled orders beyond)")
        ->group("Run");
    sub.add_option("--orders", orders_, "Sampled orders of more than 6 instruments, with their reverses (8)")
        ->type_name("N")
        ->check(CLI::Range(2U, 1000U))
        ->group("Run");
    sub.add_flag("--overwrite", overwrite_, "Replaces an unfinished result instead of going on with it")
        ->group("Run");
    add_run_options(sub, run_);
    add_scenario_options(sub, scenario_);
  }

  int run(Arguments arguments) override {
    const Catalogue catalogue = agents::catalogue();
    std::vector<std::string> paths{baseline_};
    paths.insert(paths.end(), policies_.begin(), policies_.end());
    Job job;
    job.arms = load_arms(paths, scenario_.settings(), catalogue);
    if (attribute_) job.packages = plan_attribution(job.arms, orders_, catalogue);
    job.replicates = run_.replicates > 0 ? run_.replicates : whatif_replicates;
    if (!precision_.empty()) {
      job.precision = parse_precision(precision_);
      job.replicates = most_replicates_ > 0 ? most_replicates_ : usual_most_replicates;
    }
    job.output = run_.output.empty() ? job.arms[policies_.size()].name + ".h5" : run_.output;
    job.overwrite = overwrite_;
    job.quiet = run_.quiet;
    job.progress = run_.shown();
    job.threads = run_.threads;
    const EffectsChoice choice{parse_indicators(indicators_), parse_years(years_, "--years")};
    const JobOutcome outcome = carry_out(job, catalogue, arguments);
    if (outcome.complete()) report(job, choice, outcome);
    return outcome.exit_code;
  }

 private:
  void report(const Job& job, const EffectsChoice& choice, const JobOutcome& outcome) const {
    const output::ResultReader result(job.output);
    std::vector<std::pair<ArmOf, ArmOf>> pairs;
    for (std::size_t arm = 1; arm <= policies_.size(); ++arm)
      pairs.push_back({ArmOf{&result, 0}, ArmOf{&result, arm}});
    EffectsReport effects = compare_arms(pairs, choice);
    if (job.precision) effects.rule = output::sequential_rule;
    const auto attribution = result.attribution();
    if (run_.json) {
      print(attribution.empty() ? as_json(effects) : as_json(effects, attribution));
    } else if (!run_.quiet) {
      print(as_text(effects, indicators_.empty()
                                 ? fmt::format("polder compare {} --indicators all", job.output)
                                 : std::string()));
      for (const auto& one : attribution) print(as_text(one));
      print(closing_line(outcome, job.output));
    }
  }

  std::string baseline_, years_, indicators_, precision_;
  std::vector<std::string> policies_;
  std::uint32_t most_replicates_ = 0, orders_ = 8;
  bool overwrite_ = false, attribute_ = false;
  RunOptions run_;
  ScenarioOptions scenario_;
};

}  // namespace

std::unique_ptr<Command> make_whatif_command(CLI::App& app) {
  return std::make_unique<WhatifCommand>(app);
}

}  // namespace polder::tools
