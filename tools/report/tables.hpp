// SPDX-License-Identifier: Apache-2.0
// A result as tidy CSV tables, for those who make their own pictures.
#pragma once
#include <string>
#include <vector>

#include "output/result_reader.hpp"

namespace polder::tools::report {

/// One row an observation; numbers read back to the same bits. Writes into `folder` (made when it is not
/// there): indicators, values, levels, effects, effects_by_label, flows and instruments (.csv).
/// Returns the names of the files. errors: std::runtime_error with path and reason.
std::vector<std::string> write_tables(const output::ResultReader& result, const std::string& folder);

}  // namespace polder::tools::report
