// SPDX-License-Identifier: Apache-2.0
// `polder analyze`: what drives the outcomes of a sweep, and how sure that is.
#include <filesystem>
#include <stdexcept>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "engine/error.hpp"
#include "output/file_system.hpp"
#include "output/hdf5_file.hpp"
#include "tools/analysis_program.hpp"
#include "tools/analysis_report.hpp"
#include "tools/command.hpp"
#include "tools/options.hpp"
#include "tools/terminal.hpp"

namespace polder::tools {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* analyze_examples =
    "Examples:\n"
    "  polder analyze sweep.h5                                    the effect of every policy in the last "
    "year\n"
    "  polder analyze sweep.h5 --indicator private_rnd --year 2030,2035\n"
    "  polder analyze sweep.h5 --of level --policy growth-fund    an arm's own values instead\n"
    "  polder analyze sweep.h5 --format csv > indices.csv\n"
    "The analysis is stored in the file as well (/analysis), where the report finds it.";

/// Puts the analysis into a copy of the file and the copy in its place, so that a kill leaves one or the
/// other.
void store(const std::string& path, const std::string& json, const std::string& csv) {
  const std::string beside = path + ".analysis.partial";
  try {
    std::filesystem::copy_file(path, beside, std::filesystem::copy_options::overwrite_existing);
    output::hdf5::File file = output::hdf5::File::open(beside, output::hdf5::File::Access::write);
    {
      output::hdf5::Group root = file.root();
      output::hdf5::Group group =
          root.has("analysis") ? root.group("analysis") : root.create_group("analysis");
      const auto put = [&](const char* name, const char* title, const std::string& text) {
        output::hdf5::Dataset dataset =
            group.has(name) ? group.dataset(name) : group.create(name, output::hdf5::Element::text, {});
        if (!dataset.has_attribute("long_name")) dataset.set_attribute("long_name", title);
        dataset.write_text({text});
      };
      put("json", "analysis of the sweep", json);
      put("csv", "the same as a tidy table", csv);
    }
    file.close();
    output::publish(beside, path);
  } catch (const std::filesystem::filesystem_error& error) {
    output::discard(beside);
    throw std::runtime_error(
        fmt::format("{}: the analysis could not be stored ({}); --no-store leaves the file alone", path,
                    error.code().message()));
  } catch (...) {
    output::discard(beside);
    throw;
  }
}

class AnalyzeCommand final : public Command {
 public:
  explicit AnalyzeCommand(CLI::App& app) {
    CLI::App& sub = *app.add_subcommand("analyze", "Says which parameters drive the outcomes of a sweep");
    sub.footer(analyze_examples);
    sub.add_option("RESULT", path_, "Merged sweep (HDF5)")->required();
    sub.add_option("--indicator", indicators_, "Indicators, separated by commas (default: all)")
        ->type_name("LIST");
    sub.add_option("--year", years_, "Years, such as 2030,2035 (default: the last)")->type_name("LIST");
    sub.add_option("--of", of_,
                   "effect: policy minus baseline, pair by pair (default); level: an arm's own value")
        ->check(CLI::IsMember({"level", "effect"}));
    sub.add_option("--policy", policies_,
                   "Arms, separated by commas (default: all policies; of level the baseline)")
        ->type_name("LIST");
    sub.add_option("--metamodel", metamodel_,
                   "none, linear, polynomial_chaos, kriging (default: what predicts best)")
        ->check(CLI::IsMember({"none", "linear", "polynomial_chaos", "kriging"}));
    sub.add_option("--lang", language_, "Language of the text")
        ->check(CLI::IsMember({"en", "nl"}))
        ->default_val("en");
    sub.add_option("--format", format_, "What is printed")
        ->check(CLI::IsMember({"text", "csv", "json"}))
        ->default_val("text");
    sub.add_flag(
        "--all-estimators", all_estimators_,
        "Sobol' indices by Saltelli, Jansen and Martinez; without it the text shows Martinez' (csv and "
        "json hold all)");
    sub.add_flag("--json", json_, "Short for --format json");
    sub.add_flag("--no-store", no_store_, "Leaves the file as it is");
  }

  int run(Arguments) override {
    const Json request = {
        {"result", path_}, {"indicators", split_list(indicators_)}, {"years", parse_years(years_, "--year")},
        {"of", of_},       {"policies", split_list(policies_)},     {"metamodel", metamodel_}};
    const Json analysis = Json::parse(
        ask_analysis_program("analyze", request.dump(-1, ' ', false, Json::error_handler_t::replace)));
    const std::string csv = analysis_csv(analysis);
    const std::string json = analysis.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
    if (!no_store_) store(path_, json, csv);
    if (json_ || format_ == "json")
      print(json);
    else if (format_ == "csv")
      print(csv);
    else
      print(analysis_text(analysis, language_ == "nl" ? Language::dutch : Language::english,
                          all_estimators_ ? Estimators::all : Estimators::best));
    return exit_done;
  }

 private:
  std::string path_, indicators_, years_, of_, policies_, metamodel_, language_, format_;
  bool json_ = false, no_store_ = false, all_estimators_ = false;
};

}  // namespace

std::unique_ptr<Command> make_analyze_command(CLI::App& app) {
  return std::make_unique<AnalyzeCommand>(app);
}

}  // namespace polder::tools
