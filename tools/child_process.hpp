// SPDX-License-Identifier: Apache-2.0
// Another program: what it is told, what it answers.
#pragma once
#include <string>
#include <vector>

namespace polder::tools {

struct ChildOutcome {
  int code = -1;         ///< exit code; 128 + signal when a signal ended it
  std::string out, err;  ///< err without the end of its last line
};

/// Runs a program to its end. errors: std::runtime_error when it cannot be started.
ChildOutcome run_child(const std::vector<std::string>& arguments, const std::string& input = {});

/// Path of this program, and of another one beside it. errors: the second is empty when it is not there.
std::string own_path();
std::string path_beside(const std::string& name);

}  // namespace polder::tools
