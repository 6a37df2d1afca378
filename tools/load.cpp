// SPDX-License-Identifier: Apache-2.0
#include "tools/load.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <set>

#include <fmt/format.h>

#include "output/result_reader.hpp"
#include "scenarios/reader.hpp"

namespace polder::tools {

namespace {

/// Did only settings fail, and only because what they set is not there? Then their positions, from 1.
std::set<int> unknown_settings(const InputError& error) {
  std::set<int> positions;
  for (const Mistake& mistake : error.mistakes()) {
    if (mistake.where.file != "--set" || !mistake.wanted.starts_with("there is no '")) return {};
    positions.insert(mistake.where.line);
  }
  return positions;
}

/// Reads with the settings this file knows; the others are counted in `refusals`, whose mistakes go to
/// `reasons`.
Scenario load_lenient(const std::string& path, const std::vector<std::string>& settings,
                      const Catalogue& catalogue, std::vector<std::size_t>& refusals,
                      std::vector<Mistake>& reasons) {
  try {
    return load_scenario(path, settings, catalogue);
  } catch (const InputError& error) {
    const std::set<int> unknown = unknown_settings(error);
    if (unknown.empty()) throw;
    std::vector<std::string> known;
    for (std::size_t s = 0; s < settings.size(); ++s) {
      if (unknown.contains(static_cast<int>(s) + 1)) {
        ++refusals[s];
      } else {
        known.push_back(settings[s]);
      }
    }
    reasons.insert(reasons.end(), error.mistakes().begin(), error.mistakes().end());
    return load_scenario(path, known, catalogue);
  }
}

void check_arms(const std::vector<Scenario>& arms, const std::vector<std::string>& paths) {
  Mistakes mistakes;
  const Scenario& baseline = arms.front();
  for (std::size_t a = 1; a < arms.size(); ++a) {
    const auto differs = [&](const char* what) {
      mistakes.add(
          {paths[a], 0, 0}, what, {},
          fmt::format("must be as in {}: arms are compared month by month, with the same draws", paths[0]));
    };
    if (!(arms[a].clock == baseline.clock)) differs("clock");
    if (arms[a].seed != baseline.seed) differs("seed");
    if (arms[a].scale != baseline.scale) differs("scale");
    for (std::size_t b = 0; b < a; ++b)
      if (arms[a].name == arms[b].name)
        mistakes.add({paths[a], 0, 0}, "name", arms[a].name,
                     fmt::format("another name than that of {}", paths[b]));
  }
  mistakes.throw_if_any();
}

}  // namespace

bool is_result(const std::string& path) {
  static constexpr std::array<char, 8> signature{'\x89', 'H', 'D', 'F', '\r', '\n', '\x1a', '\n'};
  std::ifstream file(path, std::ios::binary);
  std::array<char, 8> start{};
  return file.read(start.data(), start.size()) && start == signature;
}

Scenario load_scenario(const std::string& path, const std::vector<std::string>& settings,
                       const Catalogue& catalogue) {
  return scenarios::read_scenario(path, settings, catalogue);
}

std::vector<Scenario> load_arms(const std::vector<std::string>& paths,
                                const std::vector<std::string>& settings, const Catalogue& catalogue) {
  std::vector<Scenario> arms;
  std::vector<std::size_t> refusals(settings.size());
  std::vector<Mistake> reasons;
  for (const std::string& path : paths)
    arms.push_back(load_lenient(path, settings, catalogue, refusals, reasons));
  Mistakes mistakes;
  for (std::size_t s = 0; s < settings.size(); ++s) {
    if (refusals[s] < paths.size()) continue;
    const auto same = [&](const Mistake& reason) { return reason.where.line == static_cast<int>(s) + 1; };
    mistakes.add(InputError(*std::find_if(reasons.begin(), reasons.end(), same)));
  }
  mistakes.throw_if_any();
  check_arms(arms, paths);
  return arms;
}

std::vector<Scenario> load_result(const output::ResultReader& result,
                                  const std::vector<std::string>& settings, const Catalogue& catalogue) {
  std::vector<Scenario> arms;
  for (std::size_t arm = 0; arm < result.arms().size(); ++arm) {
    const output::ArmScenario embedded = result.scenario(arm);
    std::map<std::string, std::string> files;
    for (const SourceFile& file : embedded.files) files[file.path] = file.content;
    arms.push_back(scenarios::read_text(embedded.resolved, files, settings, catalogue));
  }
  return arms;
}

}  // namespace polder::tools
