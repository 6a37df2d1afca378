// SPDX-License-Identifier: Apache-2.0
// What a run gave, at its end.
#pragma once
#include <string>

#include "output/result_reader.hpp"

namespace polder::tools {

/// Every indicator of every arm at its last sample: the mean over replicates with its 95 % interval.
std::string summary_text(const output::ResultReader& result);
std::string summary_json(const output::ResultReader& result);

/// One line: are all values of two results of the same arms identical?
std::string difference_text(const output::ResultReader& before, const output::ResultReader& after);

}  // namespace polder::tools
