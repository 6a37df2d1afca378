// SPDX-License-Identifier: Apache-2.0
#include "tools/terminal.hpp"

#include <unistd.h>
#include <cstdio>

namespace polder::tools {

namespace {

void write_all(std::FILE* file, std::string_view text) {
  // A reader that closed its end wants no more; there is nobody left to tell.
  static_cast<void>(std::fwrite(text.data(), 1, text.size(), file));
  static_cast<void>(std::fflush(file));
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
