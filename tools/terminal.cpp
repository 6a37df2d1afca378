// SPDX-License-Identifier: Apache-2.0
#include "tools/terminal.hpp"

#include <unistd.h>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <stdexcept>

#include <fmt/format.h>

namespace polder::tools {

namespace {

void write_all(std::FILE* file, std::string_view text) {
  errno = 0;
  const bool written =
      std::fwrite(text.data(), 1, text.size(), file) == text.size() && std::fflush(file) == 0;
  // A reader that closed its end wants no more; and nobody is left to be told that messages go nowhere.
  if (!written && file == stdout && errno != EPIPE)
    throw std::runtime_error(fmt::format("The output could not be written: {}", std::strerror(errno)));
}

}  // namespace

void print(std::string_view text) {
  write_all(stdout, text);
}

void warn(std::string_view text) {
  write_all(stderr, text);
}

bool on_terminal() {
  return isatty(STDERR_FILENO) == 1;
}

}  // namespace polder::tools
