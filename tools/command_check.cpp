// SPDX-License-Identifier: Apache-2.0
// `polder check`: all mistakes of a scenario, without running it.
#include <filesystem>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "agents/registry.hpp"
#include "engine/program.hpp"
#include "scenarios/reader.hpp"
#include "tools/command.hpp"
#include "tools/load.hpp"
#include "tools/options.hpp"
#include "tools/terminal.hpp"
#include "tools/text_table.hpp"

namespace polder::tools {

namespace {

constexpr const char* check_examples =
    "Examples:\n"
    "  polder check my-policy.yaml\n"
    "  polder check my-policy.yaml --resolved                        the merged file, with the origin of "
    "every line\n"
    "  polder check my-policy.yaml --set parameters.share=60%\n"
    "  polder check my-policy.yaml --json                            mistakes for an editor";

class CheckCommand final : public Command {
 public:
  explicit CheckCommand(CLI::App& app) {
    CLI::App& sub = *app.add_subcommand("check", "Finds all mistakes of a scenario without running it");
    sub.footer(check_examples);
    sub.add_option("SCENARIO", path_, "Scenario (YAML)")->required();
    sub.add_flag("--resolved", resolved_, "Prints the merged file with the origin of every line");
    sub.add_flag("--json", json_, "Prints the mistakes as JSON");
    sub.add_flag("--quiet", quiet_, "Prints nothing when all is well");
    add_scenario_options(sub, options_);
  }

  int run(Arguments) override {
    const Catalogue catalogue = agents::catalogue();
    try {
      if (resolved_) {
        print(scenarios::resolved_yaml(scenarios::DiskSource(), path_, options_.settings(), catalogue));
        return exit_done;
      }
      const Program program = compile(load_scenario(path_, options_.settings(), catalogue), catalogue);
      report(program);
      return exit_done;
    } catch (const InputError& error) {
      if (!json_) throw;
      print(as_json(error.mistakes()));
      return exit_input;
    }
  }

 private:
  static std::string burn_in_text(const Scenario& scenario) {
    const int months = scenario.clock.burn_in;
    return months == 0
               ? ""
               : fmt::format(" after {} of burn-in", counted(static_cast<std::uint64_t>(months), "month"));
  }

  void report(const Program& program) const {
    if (json_) {
      print(as_json({}));
      return;
    }
    if (quiet_) return;
    const Scenario& scenario = program.scenario();
    print(fmt::format(
        "{}: correct. {}, {}, {}, {}, {}; {} to {}{}.\n", path_,
        counted(program.layout().kinds.size(), "kind"), counted(scenario.mechanisms.size(), "mechanism"),
        counted(scenario.instruments.size(), "instrument"), counted(scenario.rules.size(), "rule"),
        counted(scenario.indicators.size(), "indicator"), to_string(scenario.clock.start),
        to_string(scenario.clock.end), burn_in_text(scenario)));
    for (const InstrumentSpec& instrument : scenario.instruments) print(note_on_window(instrument, scenario));
  }

  /// An instrument may lie outside a shortened run, but hardly on purpose outside the scenario's own.
  static std::string note_on_window(const InstrumentSpec& instrument, const Scenario& scenario) {
    const bool meets_run = instrument.start <= scenario.clock.end &&
                           instrument.end >= scenario.clock.start + -scenario.clock.burn_in;
    if (meets_run) return {};
    return fmt::format(
        "Note: {}:{}: the window of instruments.{}, {} to {}, lies outside the run; it does nothing.\n",
        instrument.mark.file, instrument.mark.line, instrument.id, to_string(instrument.start),
        to_string(instrument.end));
  }

  std::string as_json(const std::vector<Mistake>& mistakes) const {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Mistake& mistake : mistakes)
      list.push_back({{"file", mistake.where.file},
                      {"line", mistake.where.line},
                      {"column", mistake.where.column},
                      {"path", mistake.path},
                      {"found", mistake.found},
                      {"wanted", mistake.wanted},
                      {"suggestion", mistake.suggestion},
                      {"message", to_string(mistake)}});
    const nlohmann::ordered_json object = {
        {"scenario", path_}, {"correct", mistakes.empty()}, {"mistakes", list}};
    return object.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
  }

  std::string path_;
  bool resolved_ = false, json_ = false, quiet_ = false;
  ScenarioOptions options_;
};

}  // namespace

std::unique_ptr<Command> make_check_command(CLI::App& app) {
  return std::make_unique<CheckCommand>(app);
}

}  // namespace polder::tools
