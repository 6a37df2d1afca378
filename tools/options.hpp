// SPDX-License-Identifier: Apache-2.0
// Options that several subcommands share.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tools/progress.hpp"

namespace CLI {
class App;
}

namespace polder::tools {

/// What changes the scenario: `--seed`, `--scale`, `--from` and `--until` are short for a `--set`.
struct ScenarioOptions {
  std::vector<std::string> sets;  ///< KEY=VALUE
  std::optional<std::string> seed, scale, from, until;
  /// Everything as KEY=VALUE, in the order in which it is applied; short options keep their name as the key
  /// (`--until=2030-12`), so that mistakes are told where they were typed (scenarios::set_value).
  std::vector<std::string> settings() const;
};
void add_scenario_options(CLI::App& app, ScenarioOptions& options);

/// How runs are carried out and what is said about it.
struct RunOptions {
  std::string output;
  std::uint32_t replicates = 0;  ///< 0: the subcommand's default
  unsigned threads = 0;          ///< 0: all cores
  bool quiet = false, progress = false, json = false;
  Progress::Show shown() const;
};
void add_run_options(CLI::App& app, RunOptions& options);

/// `a,b,c` without empty parts and spaces around.
std::vector<std::string> split_list(const std::string& text);
/// What `--indicators` says for every indicator.
inline constexpr const char* all_indicators = "all";
/// The list of `--indicators`; empty for `all` and where nothing is chosen.
std::vector<std::string> parse_indicators(const std::string& text);
/// `2025,2030-2032`. errors: InputError, naming `option`.
std::vector<int> parse_years(const std::string& text, const char* option);

}  // namespace polder::tools
