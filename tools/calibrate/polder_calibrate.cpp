// SPDX-License-Identifier: Apache-2.0
// `polder-calibrate`: parameters of a scenario by simulated moments.
#include <cmath>
#include <exception>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "agents/registry.hpp"
#include "engine/error.hpp"
#include "engine/parallel.hpp"
#include "engine/program.hpp"
#include "scenarios/data_table.hpp"
#include "tools/calibrate/fit.hpp"
#include "tools/load.hpp"
#include "tools/terminal.hpp"
#include "tools/text_table.hpp"

namespace {

using namespace polder;
using namespace polder::calibrate;

constexpr const char* examples =
    "Example:\n"
    "  polder-calibrate scenarios/nl-2020.yaml --parameters scenarios/validation/calibration-parameters.csv "
    "\\\n"
    "      --targets scenarios/validation/calibration-targets.csv --scale 0.02 --replicates 2 --until "
    "2022-12";

class Table {
 public:
  explicit Table(const std::string& path) : path_(path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw InputError(Mistake{{path, 0, 0}, {}, "no such file", "a CSV file", {}});
    std::ostringstream bytes;
    bytes << file.rdbuf();
    Mistakes mistakes;
    const auto table = scenarios::parse_table(bytes.str(), path, path, bytes.str(), mistakes);
    mistakes.throw_if_any();
    table_ = *table;
  }
  std::size_t rows() const { return table_.num_rows(); }
  const std::vector<std::string>& texts(const char* name) const { return column(name).cells; }
  std::vector<double> numbers(const char* name) const {
    Mistakes mistakes;
    const auto values = scenarios::numbers(table_, column(name), mistakes);
    mistakes.throw_if_any();
    return *values;
  }

 private:
  const DataTable::Column& column(const char* name) const {
    const DataTable::Column* found = table_.find(name);
    if (found == nullptr) throw InputError(Mistake{{path_, 0, 0}, name, {}, "a column of this name", {}});
    return *found;
  }
  std::string path_;
  DataTable table_;
};

std::vector<FreeParameter> read_parameters(const std::string& path) {
  const Table table(path);
  const auto start = table.numbers("start"), low = table.numbers("low"), high = table.numbers("high");
  std::vector<FreeParameter> list;
  for (std::size_t i = 0; i < table.rows(); ++i) {
    list.push_back({table.texts("setting")[i], table.texts("unit")[i], start[i], low[i], high[i],
                    table.texts("source")[i]});
    if (!(low[i] <= start[i] && start[i] <= high[i] && low[i] < high[i]))
      throw InputError(Mistake{
          {path, 0, 0}, list.back().setting, "a start outside its range", "low <= start <= high", {}});
  }
  return list;
}

std::vector<Target> read_targets(const std::string& path) {
  const Table table(path);
  const auto year = table.numbers("year"), since = table.numbers("since"), value = table.numbers("value"),
             error = table.numbers("error");
  std::vector<Target> list;
  for (std::size_t i = 0; i < table.rows(); ++i) {
    list.push_back({table.texts("indicator")[i], static_cast<int>(year[i]), static_cast<int>(since[i]),
                    value[i], error[i], table.texts("source")[i]});
    if (!(error[i] > 0))
      throw InputError(Mistake{{path, 0, 0}, list.back().indicator, "an error of 0", "a positive error", {}});
  }
  return list;
}

/// Mean over replicates of one indicator in one year.
double moment(const Program& program, const std::vector<ReplicateResult>& results, const std::string& id,
              int year) {
  const ArmInfo& arm = program.arm();
  for (std::size_t s = 0; s < arm.series.size(); ++s) {
    if (arm.series[s].id != id) continue;
    for (std::size_t t = 0; t < arm.times.size(); ++t) {
      double sum = 0;
      for (const ReplicateResult& one : results) sum += one.values[s][t];
      if (arm.times[t].year() == year && !std::isnan(sum)) return sum / static_cast<double>(results.size());
    }
  }
  throw InputError(Mistake{{}, id, fmt::format("no value in {}", year), "an indicator of the run", {}});
}

struct Options {
  std::string scenario, parameters, targets, scale = "0.02", until = "2022-12", output;
  std::uint32_t replicates = 2;
  int evaluations = 40;
};

Model model_of(const Options& options, const std::vector<FreeParameter>& parameters,
               const std::vector<Target>& targets, const Catalogue& catalogue) {
  return [&, evaluation = 0](const std::vector<double>& values) mutable {
    std::vector<std::string> settings{"scale=" + options.scale, "clock.end=" + options.until};
    for (std::size_t j = 0; j < values.size(); ++j)
      settings.push_back(fmt::format("{}={} {}", parameters[j].setting, values[j], parameters[j].unit));
    const Scenario scenario = tools::load_scenario(options.scenario, settings, catalogue);
    const Program program = compile(scenario, catalogue);
    std::vector<ReplicateResult> results(options.replicates);
    for_each_index(options.replicates, [&](std::size_t r) {
      results[r] = *polder::run(program, scenario.seed, static_cast<std::uint32_t>(r));
    });
    std::vector<double> moments;
    double loss = 0;
    for (const Target& target : targets) {
      const double value = moment(program, results, target.indicator, target.year);
      moments.push_back(target.since == 0 ? value
                                          : value / moment(program, results, target.indicator, target.since));
      loss += std::pow((moments.back() - target.value) / target.error, 2);
    }
    tools::warn(fmt::format("evaluation {}: loss {} at {:.4g}\n", ++evaluation, tools::show_digits(loss, 3),
                            fmt::join(values, ", ")));
    return moments;
  };
}

std::string report(const Options& options, const std::vector<FreeParameter>& parameters,
                   const std::vector<Target>& targets, const Fit& fit) {
  using tools::show_digits;
  tools::TextTable found({{"parameter"}, {"start"}, {"found"}, {"standard error"}, {"range"}, {"unit"}});
  for (std::size_t j = 0; j < parameters.size(); ++j)
    found.add({parameters[j].setting, show_digits(parameters[j].start, 3), show_digits(fit.parameters[j], 3),
               show_digits(fit.errors[j], 2),
               fmt::format("{} to {}", show_digits(parameters[j].low, 3), show_digits(parameters[j].high, 3)),
               parameters[j].unit});
  tools::TextTable reached({{"target"}, {"year"}, {"wanted"}, {"error"}, {"reached"}, {"source"}});
  for (std::size_t i = 0; i < targets.size(); ++i)
    reached.add({targets[i].indicator,
                 targets[i].since > 0 ? fmt::format("{} / {}", targets[i].year, targets[i].since)
                                      : fmt::format("{}", targets[i].year),
                 show_digits(targets[i].value, 4), show_digits(targets[i].error, 2),
                 show_digits(fit.moments[i], 4), targets[i].source});
  return fmt::format(
      "{} at scale {}, {} replicates, to {}; {} evaluations; loss {} at the start, {} at the end.\n\n{}\n{}",
      options.scenario, options.scale, options.replicates, options.until, fit.evaluations,
      show_digits(fit.loss_at_start, 3), show_digits(fit.loss, 3), found.markdown(), reached.markdown());
}

int run(int argc, char** argv) {
  Options options;
  CLI::App app("Parameters of a scenario by simulated moments, within their ranges", "polder-calibrate");
  app.footer(examples);
  app.add_option("SCENARIO", options.scenario, "Scenario (YAML)")->required();
  app.add_option("--parameters", options.parameters, "CSV: setting, unit, start, low, high, source")
      ->required();
  app.add_option("--targets", options.targets, "CSV: indicator, year, since (0: none), value, error, source")
      ->required();
  app.add_option("--scale", options.scale, "Scale of the runs")->capture_default_str();
  app.add_option("--until", options.until, "Last month of the runs")->capture_default_str();
  app.add_option("--replicates", options.replicates, "Runs an evaluation, always with the same seeds")
      ->capture_default_str();
  app.add_option("--evaluations", options.evaluations, "At most this many in the search")
      ->capture_default_str();
  app.add_option("-o", options.output, "Writes the report (Markdown) here too");
  CLI11_PARSE(app, argc, argv);
  const std::vector<FreeParameter> parameters = read_parameters(options.parameters);
  const std::vector<Target> targets = read_targets(options.targets);
  const Catalogue catalogue = agents::catalogue();
  const Fit found =
      fit(parameters, targets, model_of(options, parameters, targets, catalogue), options.evaluations);
  const std::string text = report(options, parameters, targets, found);
  tools::print(text);
  if (!options.output.empty() && !(std::ofstream(options.output) << text))
    throw std::runtime_error(options.output + ": cannot be written");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    polder::tools::warn(fmt::format("{}\n", error.what()));
    return 1;
  }
}
