// SPDX-License-Identifier: Apache-2.0
#include "tools/analysis_program.hpp"

#include <stdexcept>

#include <fmt/format.h>

#include "engine/error.hpp"
#include "tools/child_process.hpp"

namespace polder::tools {

std::string ask_analysis_program(const std::string& verb, const std::string& request) {
  const std::string program = path_beside("polder-analysis");
  if (program.empty())
    throw std::runtime_error(
        fmt::format("polder-analysis is not beside {}. It is built where OpenTURNS is installed: "
                    "`tools/install_packages.sh build` (Debian: libopenturns-dev), then build again.",
                    own_path()));
  const ChildOutcome outcome = run_child({program, verb}, request);
  if (outcome.code == 1) throw InputError(Mistake{{}, {}, {}, outcome.err, {}});
  if (outcome.code != 0)
    throw std::runtime_error(
        fmt::format("{} {} stopped with code {}: {}", program, verb, outcome.code, outcome.err));
  return outcome.out;
}

}  // namespace polder::tools
