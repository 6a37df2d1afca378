// SPDX-License-Identifier: Apache-2.0
// `polder compare`: the effects that stand in results, without running anything.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include "output/result_reader.hpp"
#include "tools/command.hpp"
#include "tools/effects_report.hpp"
#include "tools/options.hpp"
#include "tools/terminal.hpp"

namespace polder::tools {

namespace {

constexpr const char* compare_examples =
    "Examples:\n"
    "  polder compare whatif.h5                          its policies against its baseline\n"
    "  polder compare whatif.h5 --indicators all         every indicator, not only the clearest\n"
    "  polder compare base.h5 policy.h5 --years 2030     a scenario of its own against another\n"
    "  polder compare first.h5 second.h5                 the same scenarios twice: are all values "
    "identical?\n"
    "Arms of one name are compared with each other; the others with the first arm of the first result.";

class CompareCommand final : public Command {
 public:
  explicit CompareCommand(CLI::App& app) {
    CLI::App& sub =
        *app.add_subcommand("compare", "Prints the paired differences between the arms of results");
    sub.footer(compare_examples);
    sub.add_option("RESULT", paths_, "Results (HDF5); the first holds the baseline")->required();
    sub.add_option("--years", years_, "Years to print, such as 2025,2030 or 2025-2030")->type_name("LIST");
    sub.add_option("--indicators", indicators_,
                   "Indicators to print, or `all`; default: R&D and what stands out most clearly")
        ->type_name("LIST");
    sub.add_flag("--json", json_, "Prints JSON for other programs");
  }

  int run(Arguments) override {
    std::vector<output::ResultReader> results;
    results.reserve(paths_.size());
    for (const std::string& path : paths_) results.emplace_back(path);
    const EffectsReport report =
        compare_arms(pairs_of(results), {parse_indicators(indicators_), parse_years(years_, "--years")});
    for (const output::ResultReader& result : results)
      if (!result.complete())
        warn(fmt::format("{} is unfinished: only its finished runs count.\n", result.path()));
    const std::string all = fmt::format("polder compare {} --indicators all", fmt::join(paths_, " "));
    print(json_ ? as_json(report) : as_text(report, indicators_.empty() ? all : std::string()));
    return exit_done;
  }

 private:
  static std::vector<std::pair<ArmOf, ArmOf>> pairs_of(const std::vector<output::ResultReader>& results) {
    const output::ResultReader& first = results.front();
    std::vector<std::pair<ArmOf, ArmOf>> pairs;
    if (results.size() == 1) {
      if (first.arms().size() < 2)
        throw InputError(Mistake{
            {first.path(), 0, 0}, {}, "one arm", "at least two arms, or another result to compare with", {}});
      for (std::size_t arm = 1; arm < first.arms().size(); ++arm)
        pairs.push_back({ArmOf{&first, 0}, ArmOf{&first, arm}});
    }
    for (std::size_t r = 1; r < results.size(); ++r)
      for (std::size_t arm = 0; arm < results[r].arms().size(); ++arm) {
        ArmOf against{&first, 0};
        for (std::size_t a = 0; a < first.arms().size(); ++a)
          if (first.arms()[a] == results[r].arms()[arm]) against.arm = a;
        pairs.push_back({against, ArmOf{&results[r], arm}});
      }
    return pairs;
  }

  std::vector<std::string> paths_;
  std::string years_, indicators_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_compare_command(CLI::App& app) {
  return std::make_unique<CompareCommand>(app);
}

}  // namespace polder::tools
