// SPDX-License-Identifier: Apache-2.0
// One line for the user's mistakes with files.
#pragma once
#include <string>

namespace polder::output {

/// errors: InputError about the file `path`, always. `place`: where in it, may be empty. `suggestion`:
/// nearest known name.
[[noreturn]] void refuse(const std::string& path, const std::string& place, const std::string& found,
                         const std::string& wanted, const std::string& suggestion = {});

}  // namespace polder::output
