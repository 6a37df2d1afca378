// SPDX-License-Identifier: Apache-2.0
#include "tools/sweep/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>

#include <fmt/format.h>

namespace polder::tools {

namespace {

namespace fs = std::filesystem;

constexpr int cannot_start = 127;

struct Pipe {
  std::array<int, 2> ends{-1, -1};
  Pipe() {
    if (pipe2(ends.data(), O_CLOEXEC) != 0)
      throw std::runtime_error(fmt::format("cannot make a pipe ({})", std::strerror(errno)));
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    shut(0);
    shut(1);
  }
  void shut(std::size_t end) {
    if (ends[end] >= 0) close(ends[end]);
    ends[end] = -1;
  }
};

/// Reads what is there; false at the end.
bool take(int descriptor, std::string& text) {
  std::array<char, 65536> buffer{};
  const ssize_t got = read(descriptor, buffer.data(), buffer.size());
  if (got > 0) text.append(buffer.data(), static_cast<std::size_t>(got));
  return got > 0 || (got < 0 && errno == EINTR);
}

/// Feeds and listens at once, so that neither side waits for ever.
void converse(Pipe& in, Pipe& out, Pipe& err, const std::string& input, ChildOutcome& outcome) {
  std::size_t told = 0;
  if (input.empty()) in.shut(1);
  while (out.ends[0] >= 0 || err.ends[0] >= 0) {
    std::array<pollfd, 3> wait{pollfd{out.ends[0], POLLIN, 0}, pollfd{err.ends[0], POLLIN, 0},
                               pollfd{in.ends[1], POLLOUT, 0}};
    if (poll(wait.data(), wait.size(), -1) < 0 && errno != EINTR) return;
    if (wait[0].revents != 0 && !take(out.ends[0], outcome.out)) out.shut(0);
    if (wait[1].revents != 0 && !take(err.ends[0], outcome.err)) err.shut(0);
    if (wait[2].revents == 0) continue;
    const ssize_t put = write(in.ends[1], input.data() + told, input.size() - told);
    if (put > 0) told += static_cast<std::size_t>(put);
    if (told == input.size() || (put < 0 && errno != EINTR && errno != EAGAIN)) in.shut(1);
  }
}

}  // namespace

ChildOutcome run_child(const std::vector<std::string>& arguments, const std::string& input) {
  Pipe in, out, err;
  std::vector<char*> words;
  std::vector<std::string> copies = arguments;
  for (std::string& word : copies) words.push_back(word.data());
  words.push_back(nullptr);
  fcntl(in.ends[1], F_SETFL, O_NONBLOCK);
  const pid_t child = fork();
  if (child < 0)
    throw std::runtime_error(fmt::format("cannot start {} ({})", arguments[0], std::strerror(errno)));
  if (child == 0) {
    dup2(in.ends[0], STDIN_FILENO);
    dup2(out.ends[1], STDOUT_FILENO);
    dup2(err.ends[1], STDERR_FILENO);
    execvp(words[0], words.data());
    _exit(cannot_start);
  }
  in.shut(0);
  out.shut(1);
  err.shut(1);
  ChildOutcome outcome;
  converse(in, out, err, input, outcome);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  if (outcome.code == cannot_start && outcome.out.empty() && outcome.err.empty())
    throw std::runtime_error(fmt::format("{}: cannot be started; is it installed?", arguments[0]));
  return outcome;
}

std::string own_path() {
  std::error_code failed;
  const fs::path path = fs::read_symlink("/proc/self/exe", failed);
  return failed ? std::string("polder") : path.string();
}

std::string path_beside(const std::string& name) {
  std::error_code ignored;
  const fs::path path = fs::path(own_path()).parent_path() / name;
  return fs::exists(path, ignored) ? path.string() : std::string();
}

}  // namespace polder::tools
