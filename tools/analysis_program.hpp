// SPDX-License-Identifier: Apache-2.0
// polder-analysis, the program beside this one that knows OpenTURNS.
#pragma once
#include <string>

namespace polder::tools {

/// Hands `request` to `polder-analysis VERB` and returns its answer. errors: InputError with what the program
/// says is wrong; std::runtime_error when it is not there or stops otherwise.
std::string ask_analysis_program(const std::string& verb, const std::string& request);

}  // namespace polder::tools
