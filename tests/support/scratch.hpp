// SPDX-License-Identifier: Apache-2.0
// A folder for the files of one test.
#pragma once
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <system_error>

namespace polder::test {

/// Made in the build's own folder, so that builds side by side share nothing; gone with the object.
class Scratch {
 public:
  Scratch() {
    std::filesystem::create_directories(POLDER_SCRATCH_DIR);
    std::string name = POLDER_SCRATCH_DIR "/XXXXXX";
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder at " + name);
    folder_ = name;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  std::string operator/(const std::string& name) const { return (folder_ / name).string(); }
  const std::filesystem::path& path() const { return folder_; }
  /// Writes a file and returns its path.
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
    return *this / name;
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace polder::test
