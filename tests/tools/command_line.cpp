// SPDX-License-Identifier: Apache-2.0
#include "command_line.hpp"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace polder::testing {

namespace {

int nameless_file() {
  const int file = memfd_create("output", 0);
  if (file < 0) throw std::runtime_error("no file without a name");
  return file;
}

std::string contents(int file) {
  lseek(file, 0, SEEK_SET);
  std::string text;
  std::array<char, 4096> buffer{};
  for (ssize_t n = 0; (n = read(file, buffer.data(), buffer.size())) > 0;)
    text.append(buffer.data(), static_cast<std::size_t>(n));
  return text;
}

}  // namespace

Running::Running(const std::vector<std::string>& arguments) : out_(nameless_file()), err_(nameless_file()) {
  std::vector<std::string> words{POLDER_COMMAND};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  process_ = fork();
  if (process_ < 0) throw std::runtime_error("no new process");
  if (process_ == 0) {
    dup2(out_, STDOUT_FILENO);
    dup2(err_, STDERR_FILENO);
    execv(argv[0], argv.data());
    _exit(127);
  }
}

Running::~Running() {
  if (process_ > 0) {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  close(out_);
  close(err_);
}

void Running::send(int signal) const {
  kill(process_, signal);
}

Outcome Running::wait() {
  int status = 0;
  waitpid(process_, &status, 0);
  process_ = -1;
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status), contents(out_), contents(err_)};
}

Outcome polder(const std::vector<std::string>& arguments) {
  return Running(arguments).wait();
}

std::string scenario(const std::string& name) {
  return std::string(POLDER_SOURCE_DIR) + "/tests/tools/scenarios/" + name;
}

}  // namespace polder::testing
