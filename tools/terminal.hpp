// SPDX-License-Identifier: Apache-2.0
// Where text goes.
#pragma once
#include <string_view>

namespace polder::tools {

/// Writes to standard output; a reader that went away (`| head`) is no error. errors: std::runtime_error when
/// it cannot be written, for example on a full disk.
void print(std::string_view text);
/// Writes to standard error.
void warn(std::string_view text);
/// Is standard error a terminal?
bool on_terminal();

}  // namespace polder::tools
