// SPDX-License-Identifier: Apache-2.0
// Every chart of a report as an SVG file, drawn by the page's own code in node.
#pragma once
#include <string>
#include <vector>

#include "tools/report/page.hpp"

namespace polder::tools::report {

/// Writes one SVG a chart into `folder` and returns their names. errors: InputError when node is not there or
/// the folder cannot be written; std::runtime_error with what node said when it failed.
std::vector<std::string> write_pictures(const Bundle& bundle, const Json& document,
                                        const std::string& language, const std::string& folder);

}  // namespace polder::tools::report
