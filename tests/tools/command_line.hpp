// SPDX-License-Identifier: Apache-2.0
// Runs the built command as a user would.
#pragma once
#include <chrono>
#include <string>
#include <vector>

#include <sys/types.h>

#include "tests/support/scratch.hpp"

namespace polder::testing {

struct Outcome {
  int code = -1;  ///< exit code; 1000 + signal when a signal ended it
  std::string out, err;
};

/// A process of the command that is still running.
class Running {
 public:
  explicit Running(const std::vector<std::string>& arguments);
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  ~Running();
  void send(int signal) const;
  Outcome wait();

 private:
  pid_t process_ = -1;
  int out_ = -1, err_ = -1;  ///< files without a name
};

/// Runs `polder arguments...` to its end.
Outcome polder(const std::vector<std::string>& arguments);

using test::Scratch;

/// A scenario of tests/tools/scenarios.
std::string scenario(const std::string& name);

}  // namespace polder::testing
