// SPDX-License-Identifier: Apache-2.0
#include "tools/report/pictures.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <ostream>
#include <stdexcept>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/error.hpp"
#include "tools/report/files.hpp"

namespace polder::tools::report {

namespace {

constexpr int command_not_found = 127;

/// A folder that goes when this does.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "polder-report-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr)
      throw std::runtime_error("no scratch folder could be made in " + name);
    path_ = name;
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string file(const char* name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

/// Runs a program of the path and waits; returns its exit code.
int run(std::vector<std::string> arguments) {
  std::vector<char*> list;
  for (std::string& argument : arguments) list.push_back(argument.data());
  list.push_back(nullptr);
  pid_t child = 0;
  if (posix_spawnp(&child, list[0], nullptr, nullptr, list.data(), environ) != 0) return command_not_found;
  int status = 0;
  if (waitpid(child, &status, 0) < 0) throw std::runtime_error("node could not be waited for");
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

std::vector<std::string> write_pictures(const Bundle& bundle, const Json& document,
                                        const std::string& language, const std::string& folder) {
  require(bundle);
  make_folder(folder);
  const ScratchFolder scratch;
  const std::string program = scratch.file("pictures.mjs"), data = scratch.file("document.json"),
                    drawn = scratch.file("drawn");
  write_file(program, [&](std::ostream& out) { out << bundle.pictures; });
  write_file(
      data, [&](std::ostream& out) { out << document.dump(-1, ' ', false, Json::error_handler_t::replace); });
  make_folder(drawn);
  const int code = run({"node", program, data, language, drawn});
  if (code == command_not_found)
    throw InputError(Mistake{{},
                             "--format svg",
                             "node is not installed",
                             "Node.js 18 or later; each chart of the page can also be saved with its button",
                             {}});
  if (code != 0)
    throw std::runtime_error("node could not draw the charts (exit code " + std::to_string(code) + ")");
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(drawn)) {
    names.push_back(entry.path().filename().string());
    std::error_code error;
    std::filesystem::copy_file(entry.path(), std::filesystem::path(folder) / names.back(),
                               std::filesystem::copy_options::overwrite_existing, error);
    if (error)
      throw InputError(Mistake{{folder, 0, 0}, {}, error.message(), "a place that can be written", {}});
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace polder::tools::report
