// SPDX-License-Identifier: Apache-2.0
// Files of a report: whole or not at all.
#pragma once
#include <functional>
#include <iosfwd>
#include <string>

namespace polder::tools::report {

/// Makes a folder and those above it. errors: InputError when something else has its name or it may not be
/// made.
void make_folder(const std::string& path);

/// Writes beside `path` and renames. errors: InputError when the place cannot be written, std::runtime_error
/// when the disk is full.
void write_file(const std::string& path, const std::function<void(std::ostream&)>& write);

}  // namespace polder::tools::report
