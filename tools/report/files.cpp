// SPDX-License-Identifier: Apache-2.0
#include "tools/report/files.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "engine/error.hpp"
#include "output/file_system.hpp"

namespace polder::tools::report {

namespace {

[[noreturn]] void refuse(const std::string& path, const std::string& reason) {
  throw InputError(Mistake{{path, 0, 0}, {}, reason, "a place that can be written", {}});
}

}  // namespace

void make_folder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) refuse(path, error.message());
  if (!std::filesystem::is_directory(path)) refuse(path, "a file");
}

void write_file(const std::string& path, const std::function<void(std::ostream&)>& write) {
  if (std::filesystem::is_directory(path)) refuse(path, "a folder");
  const std::string unfinished = path + ".tmp";
  errno = 0;
  std::ofstream out(unfinished, std::ios::binary);
  if (!out) refuse(path, std::strerror(errno));
  write(out);
  out.close();
  if (!out) {
    output::discard(unfinished);
    throw std::runtime_error(path + " could not be written: is the disk full?");
  }
  output::replace(unfinished, path);
}

}  // namespace polder::tools::report
