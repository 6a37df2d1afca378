// SPDX-License-Identifier: Apache-2.0
#include "output/file_system.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "engine/error.hpp"
#include "output/refuse.hpp"

namespace polder::output {
namespace {

[[noreturn]] void fail(const std::string& path, const char* what) {
  throw std::runtime_error(path + ": cannot " + what + " (" + std::strerror(errno) + ")");
}

void to_disk(const std::string& path, int flags) {
  const int descriptor = open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) fail(path, "open the finished file");
  const int failed = fsync(descriptor);
  const int reason = errno;
  close(descriptor);
  errno = reason;
  if (failed != 0 && reason != EINVAL) fail(path, "bring the finished file to the disk");
}

/// A device or a pipe would be gone after the renaming.
void check_ordinary(const std::string& path) {
  std::error_code ignored;
  const auto status = std::filesystem::status(path, ignored);
  if (std::filesystem::is_directory(status)) refuse(path, "", "a folder", "name a file in it");
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
    refuse(path, "", "a device or pipe", "name an ordinary file");
}

}  // namespace

void check_place(const std::string& path) {
  check_ordinary(path);
  const auto parent = std::filesystem::path(path).parent_path();
  const std::string folder = parent.empty() ? "." : parent.string();
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder, ignored))
    refuse(path, "", "there is no folder " + folder, "make it first, or name another");
  if (access(folder.c_str(), W_OK | X_OK) != 0)
    refuse(path, "", "the folder " + folder + " may not be written", "name another");
}

void replace(const std::string& from, const std::string& to) {
  check_ordinary(to);
  if (std::rename(from.c_str(), to.c_str()) != 0) fail(to, "put the file in place");
}

void publish(const std::string& from, const std::string& to) {
  to_disk(from, O_RDONLY);
  replace(from, to);
  const auto folder = std::filesystem::path(to).parent_path();
  to_disk(folder.empty() ? "." : folder.string(), O_RDONLY | O_DIRECTORY);
}

bool exists(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

void remove_file(const std::string& path) {
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
}

void discard(const std::string& path) {
  std::error_code ignored;
  std::filesystem::resize_file(path, 0, ignored);
  remove_file(path);
}

WriterLock::WriterLock(const std::string& path) : descriptor_(open(path.c_str(), O_RDWR | O_CLOEXEC)) {
  if (descriptor_ < 0) fail(path, "open for writing");
#ifdef F_OFD_SETLK
  // HDF5 and other readers use flock(), which these locks do not meet.
  struct flock whole {};
  whole.l_type = F_WRLCK;
  whole.l_whence = SEEK_SET;
  if (fcntl(descriptor_, F_OFD_SETLK, &whole) != 0 && (errno == EAGAIN || errno == EACCES)) {
    close(std::exchange(descriptor_, -1));
    refuse(path, "", "another run is writing this result", "an output of its own for each run");
  }
#endif
}

WriterLock::~WriterLock() {
  if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace polder::output
