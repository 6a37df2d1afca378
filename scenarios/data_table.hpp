// SPDX-License-Identifier: Apache-2.0
// CSV data files: `name [unit]` in the header, one record a line, lines that start with # are comments.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/scenario.hpp"

namespace polder::scenarios {

/// Reads a table. `file` is for messages, `path` the name the scenario knows it by, `bytes` what is embedded
/// and summed. errors: nothing, with every mistake (ragged rows, empty or duplicate headers, unknown units,
/// open quotes, no rows).
std::optional<DataTable> parse_table(std::string_view text, const std::string& file, const std::string& path,
                                     const std::string& bytes, Mistakes& mistakes);

/// The cells of a column as finite decimal numbers; every other cell is a mistake at its place.
/// errors: reported, then nothing.
std::optional<std::vector<double>> numbers(const DataTable& table, const DataTable::Column& column,
                                           Mistakes& mistakes);

}  // namespace polder::scenarios
