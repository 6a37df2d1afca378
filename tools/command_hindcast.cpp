// SPDX-License-Identifier: Apache-2.0
// `polder hindcast`: a run of the past against what happened.
#include <cmath>
#include <filesystem>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "agents/registry.hpp"
#include "output/hdf5_file.hpp"
#include "output/result_reader.hpp"
#include "tools/command.hpp"
#include "tools/job.hpp"
#include "tools/load.hpp"
#include "tools/options.hpp"
#include "tools/terminal.hpp"
#include "tools/validate/hindcast.hpp"

namespace polder::tools {

namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t hindcast_replicates = 4;
constexpr const char* hindcast_scenario = "scenarios/nl-2015.yaml";

constexpr const char* hindcast_examples =
    "Examples:\n"
    "  polder hindcast scenarios/nl-2015.yaml --scale 0.1 -o hindcast.h5\n"
    "  polder hindcast --scale 0.02 --replicates 2 --json\n"
    "Figures: a CSV file with the columns indicator, year, value, unit and source.";

class HindcastCommand final : public Command {
 public:
  explicit HindcastCommand(CLI::App& app) {
    CLI::App& sub = *app.add_subcommand(
        "hindcast", "Runs the past and compares it with what happened and with a straight line");
    sub.footer(hindcast_examples);
    sub.add_option("SCENARIO", scenario_path_,
                   fmt::format("Scenario (YAML) that starts in the past ({})", hindcast_scenario));
    sub.add_option("--figures", figures_, "What happened (default: data/hindcast.csv beside the scenario)")
        ->type_name("FILE");
    sub.add_flag("--markdown", markdown_, "Prints Markdown")->group("Report");
    add_run_options(sub, run_);
    add_scenario_options(sub, scenario_);
  }

  int run(Arguments arguments) override {
    if (scenario_path_.empty()) scenario_path_ = hindcast_scenario;
    if (figures_.empty())
      figures_ = (fs::path(scenario_path_).parent_path() / "data" / "hindcast.csv").string();
    const std::vector<validate::Figure> figures = validate::read_figures(figures_);
    const Catalogue catalogue = agents::catalogue();
    Job job;
    job.arms.push_back(load_scenario(scenario_path_, scenario_.settings(), catalogue));
    job.replicates = run_.replicates > 0 ? run_.replicates : hindcast_replicates;
    job.output = run_.output.empty() ? job.arms.front().name + "-hindcast.h5" : run_.output;
    job.overwrite = true;
    job.quiet = run_.quiet;
    job.progress = run_.shown();
    job.threads = run_.threads;
    const JobOutcome outcome = carry_out(job, catalogue, arguments);
    if (!outcome.complete()) return outcome.exit_code;
    const int base = job.arms.front().clock.start.year();
    const auto series = validate::compare(figures, simulated(output::ResultReader(job.output)), base);
    if (series.empty())
      throw InputError(
          Mistake{{figures_, 0, 0},
                  {},
                  fmt::format("no series of an indicator with figures of {} and before and after", base),
                  "at least one",
                  {}});
    store(job.output, validate::as_json(series, base));
    if (run_.json) {
      print(validate::as_json(series, base));
    } else if (markdown_) {
      print(validate::as_markdown(series, base));
    } else if (!run_.quiet) {
      print(validate::as_text(series, base));
      print(fmt::format("\nThe result is in {}, the comparison in its group /hindcast.\n", job.output));
    }
    return exit_done;
  }

 private:
  static std::map<std::string, validate::Simulated> simulated(const output::ResultReader& result) {
    std::map<std::string, validate::Simulated> all;
    for (const SeriesInfo& info : result.indicators())
      for (std::size_t t = 0; t < result.times().size(); ++t) {
        std::vector<double> values = result.replicates(info.id, 0, t);
        std::erase_if(values, [](double value) { return std::isnan(value); });
        if (!values.empty()) all[info.id][result.times()[t].year()] = std::move(values);
      }
    return all;
  }

  static void store(const std::string& path, const std::string& json) {
    output::hdf5::File file = output::hdf5::File::open(path, output::hdf5::File::Access::write);
    {
      output::hdf5::Group group = file.root().create_group("hindcast");
      output::hdf5::Dataset dataset = group.create("json", output::hdf5::Element::text, {});
      dataset.write_text({json});
      dataset.set_attribute("long_name", "the run against what happened, as one JSON document");
    }
    file.close();
  }

  std::string scenario_path_, figures_;
  bool markdown_ = false;
  RunOptions run_;
  ScenarioOptions scenario_;
};

}  // namespace

std::unique_ptr<Command> make_hindcast_command(CLI::App& app) {
  return std::make_unique<HindcastCommand>(app);
}

}  // namespace polder::tools
