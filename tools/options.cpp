// SPDX-License-Identifier: Apache-2.0
#include "tools/options.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "engine/error.hpp"
#include "tools/terminal.hpp"

namespace polder::tools {

namespace {

constexpr std::uint32_t most_replicates = 1'000'000;
constexpr unsigned most_threads = 1024;

std::optional<int> parse_year(std::string_view text) {
  int year = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
  if (error != std::errc{} || end != text.data() + text.size() || year < 1800 || year > 2500) return {};
  return year;
}

}  // namespace

std::vector<std::string> ScenarioOptions::settings() const {
  std::vector<std::string> all = sets;
  const auto add = [&all](const char* option, const std::optional<std::string>& value) {
    if (value) all.push_back(fmt::format("{}={}", option, *value));
  };
  add("--seed", seed);
  add("--scale", scale);
  add("--from", from);
  add("--until", until);
  return all;
}

void add_scenario_options(CLI::App& app, ScenarioOptions& options) {
  // One value an option, so that `--set a=1 policy.yaml` does not swallow the file.
  app.add_option("--set", options.sets,
                 "Changes one value of the scenario, e.g. parameters.share=60% (repeatable)")
      ->type_name("KEY=VALUE")
      ->expected(1)
      ->take_all()
      ->group("Scenario");
  app.add_option("--seed", options.seed, "Seed of all draws")->type_name("N")->group("Scenario");
  app.add_option("--scale", options.scale, "Simulated agents per real one, e.g. 0.01")
      ->type_name("X")
      ->group("Scenario");
  app.add_option("--from", options.from, "First month, e.g. 2020-01")->type_name("DATE")->group("Scenario");
  app.add_option("--until", options.until, "Last month, e.g. 2030-12")->type_name("DATE")->group("Scenario");
}

Progress::Show RunOptions::shown() const {
  return !quiet && (progress || on_terminal()) ? Progress::Show::line : Progress::Show::nothing;
}

void add_run_options(CLI::App& app, RunOptions& options) {
  app.add_option("-o,--output", options.output, "Where the result goes (HDF5)")
      ->type_name("FILE")
      ->group("Run");
  app.add_option("--replicates", options.replicates, "Runs of every arm, each with draws of its own")
      ->type_name("N")
      ->check(CLI::Range(std::uint32_t{1}, most_replicates))
      ->group("Run");
  app.add_option("--threads", options.threads,
                 "Threads to use; 0, the default, is all cores. Results do not depend on it")
      ->type_name("N")
      ->check(CLI::Range(0U, most_threads))
      ->group("Run");
  app.add_flag("--progress", options.progress, "Shows the line of progress even where there is no terminal")
      ->group("Run");
  app.add_flag("--quiet", options.quiet, "Says nothing but mistakes")->group("Run");
  app.add_flag("--json", options.json, "Prints JSON for other programs")->group("Run");
}

std::vector<std::string> split_list(const std::string& text) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t comma = std::min(text.find(',', begin), text.size());
    std::string part = text.substr(begin, comma - begin);
    part.erase(0, std::min(part.find_first_not_of(' '), part.size()));
    part.erase(part.find_last_not_of(' ') + 1);
    if (!part.empty()) parts.push_back(std::move(part));
    begin = comma + 1;
  }
  return parts;
}

std::vector<std::string> parse_indicators(const std::string& text) {
  return text == all_indicators ? std::vector<std::string>{} : split_list(text);
}

std::vector<int> parse_years(const std::string& text, const char* option) {
  std::vector<int> years;
  for (const std::string& part : split_list(text)) {
    const std::size_t dash = part.find('-');
    const auto first = parse_year(std::string_view(part).substr(0, dash));
    const auto last = dash == std::string::npos ? first : parse_year(std::string_view(part).substr(dash + 1));
    if (!first || !last || *last < *first)
      throw InputError(Mistake{{}, option, part, "years, such as 2025,2030 or 2025-2030", {}});
    for (int year = *first; year <= *last; ++year) years.push_back(year);
  }
  std::sort(years.begin(), years.end());
  years.erase(std::unique(years.begin(), years.end()), years.end());
  return years;
}

}  // namespace polder::tools
