// SPDX-License-Identifier: Apache-2.0
#include "tools/child_process.hpp"

#include <sys/mman.h>
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

/// A file without a name: whole questions and answers, however long, without either side waiting for the
/// other.
class NamelessFile {
 public:
  NamelessFile() : descriptor_(memfd_create("polder", MFD_CLOEXEC)) {
    if (descriptor_ < 0)
      throw std::runtime_error(fmt::format("no memory for a file ({})", std::strerror(errno)));
  }
  NamelessFile(const NamelessFile&) = delete;
  NamelessFile& operator=(const NamelessFile&) = delete;
  ~NamelessFile() { close(descriptor_); }
  int descriptor() const { return descriptor_; }
  void fill(const std::string& text) const {
    for (std::size_t done = 0; done < text.size();) {
      const ssize_t put = write(descriptor_, text.data() + done, text.size() - done);
      if (put < 0)
        throw std::runtime_error(fmt::format("no memory for a request ({})", std::strerror(errno)));
      done += static_cast<std::size_t>(put);
    }
    lseek(descriptor_, 0, SEEK_SET);
  }
  std::string contents() const {
    lseek(descriptor_, 0, SEEK_SET);
    std::string text;
    std::array<char, 65536> buffer{};
    for (ssize_t got = 0; (got = read(descriptor_, buffer.data(), buffer.size())) > 0;)
      text.append(buffer.data(), static_cast<std::size_t>(got));
    return text;
  }

 private:
  int descriptor_;
};

}  // namespace

ChildOutcome run_child(const std::vector<std::string>& arguments, const std::string& input) {
  std::vector<std::string> copies = arguments;
  std::vector<char*> words;
  for (std::string& word : copies) words.push_back(word.data());
  words.push_back(nullptr);
  const NamelessFile in, out, err;
  in.fill(input);
  const pid_t child = fork();
  if (child < 0)
    throw std::runtime_error(fmt::format("cannot start {} ({})", arguments[0], std::strerror(errno)));
  if (child == 0) {
    dup2(in.descriptor(), STDIN_FILENO);
    dup2(out.descriptor(), STDOUT_FILENO);
    dup2(err.descriptor(), STDERR_FILENO);
    execvp(words[0], words.data());
    _exit(cannot_start);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  ChildOutcome outcome{code, out.contents(), err.contents()};
  while (outcome.err.ends_with('\n')) outcome.err.pop_back();
  if (code == cannot_start && outcome.out.empty() && outcome.err.empty())
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
