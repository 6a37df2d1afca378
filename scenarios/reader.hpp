// SPDX-License-Identifier: Apache-2.0
// From YAML files to a Scenario: extends, use and --set resolved, every key checked, formulas still text
// (README.md describes the format). Everything that can be wrong is reported at once.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/mechanism.hpp"
#include "engine/scenario.hpp"
#include "scenarios/file_source.hpp"

namespace polder::scenarios {

/// Reads a scenario from disk. `sets` are KEY=VALUE texts of the command line (`parameters.share=60%`).
/// errors: InputError with all mistakes; nothing else leaves this function.
Scenario read_scenario(const std::filesystem::path& file, const std::vector<std::string>& sets,
                       const Catalogue& catalogue);

/// The same from any source of files.
/// errors: InputError
Scenario read_scenario(const FileSource& source, const std::string& file,
                       const std::vector<std::string>& sets, const Catalogue& catalogue);

/// Reads a scenario out of memory, for example `Scenario::resolved` with the tables of `Scenario::data` by
/// their path: the same scenario results. errors: InputError
Scenario read_text(const std::string& yaml, const std::map<std::string, std::string>& data_files,
                   const std::vector<std::string>& sets, const Catalogue& catalogue);

/// The merged file with the origin of every line as a comment behind it (`# file:line`).
/// errors: InputError, when the files cannot be merged; keys are not checked.
std::string resolved_yaml(const FileSource& source, const std::string& file,
                          const std::vector<std::string>& sets, const Catalogue& catalogue);

}  // namespace polder::scenarios
