// SPDX-License-Identifier: Apache-2.0
// Runs the built command as a user would.
#pragma once
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

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

/// A folder of its own, removed at the end.
class Scratch {
 public:
  Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch();
  std::string operator/(const std::string& name) const { return (folder_ / name).string(); }
  /// Writes a file and returns its path.
  std::string write(const std::string& name, const std::string& text) const;

 private:
  std::filesystem::path folder_;
};

/// A scenario of tests/tools/scenarios.
std::string scenario(const std::string& name);

}  // namespace polder::testing
