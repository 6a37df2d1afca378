// SPDX-License-Identifier: Apache-2.0
// Whole files or none, and one writer at a time.
#pragma once
#include <string>
#include <utility>

namespace polder::output {

/// Whether a file can be put at `path`: in a folder that is there and may be written, and in the place of
/// nothing but an ordinary file. errors: InputError.
void check_place(const std::string& path);
/// Puts `from` in the place of `to` in one step. errors: std::runtime_error with path and reason; InputError
/// when `to` is no ordinary file.
void replace(const std::string& from, const std::string& to);
/// Puts the finished file `from` in the place of `to`: bytes to the disk, then an atomic rename.
/// errors: std::runtime_error with path and reason.
void publish(const std::string& from, const std::string& to);
bool exists(const std::string& path);
void remove_file(const std::string& path);  ///< no error when there is none
/// Removes a file that could not be finished and gives its room back at once, even while something holds it
/// open.
void discard(const std::string& path);

/// Held while a file is written; a second writer is refused, readers are not disturbed. Let go of by the
/// system when the process ends, however it ends.
class WriterLock {
 public:
  WriterLock() = default;
  /// errors: InputError when another process writes the file.
  explicit WriterLock(const std::string& path);
  WriterLock(WriterLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  WriterLock& operator=(WriterLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;
  ~WriterLock();

 private:
  int descriptor_ = -1;
};

}  // namespace polder::output
