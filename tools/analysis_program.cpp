// SPDX-License-Identifier: Apache-2.0
#include "tools/analysis_program.hpp"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/error.hpp"

namespace polder::tools {

namespace {

namespace fs = std::filesystem;

constexpr int cannot_start = 127;

/// A file without a name: whole questions and answers, however long, without either side waiting.
class NamelessFile {
 public:
  NamelessFile() : descriptor_(memfd_create("polder-analysis", MFD_CLOEXEC)) {
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

std::string program_path() {
  std::error_code failed;
  const fs::path own = fs::read_symlink("/proc/self/exe", failed);
  const fs::path beside = own.parent_path() / "polder-analysis";
  if (failed || !fs::exists(beside, failed))
    throw std::runtime_error(
        fmt::format("polder-analysis is not beside {}. It is built where OpenTURNS is installed: "
                    "`tools/install_packages.sh build` (Debian: libopenturns-dev), then build again.",
                    own.string()));
  return beside.string();
}

}  // namespace

std::string ask_analysis_program(const std::string& verb, const std::string& request) {
  std::string program = program_path(), word = verb;
  const NamelessFile in, out, err;
  in.fill(request);
  std::array<char*, 3> words{program.data(), word.data(), nullptr};
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error(fmt::format("cannot start {} ({})", program, std::strerror(errno)));
  if (child == 0) {
    dup2(in.descriptor(), STDIN_FILENO);
    dup2(out.descriptor(), STDOUT_FILENO);
    dup2(err.descriptor(), STDERR_FILENO);
    execv(words[0], words.data());
    _exit(cannot_start);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return out.contents();
  std::string said = err.contents();
  while (!said.empty() && said.back() == '\n') said.pop_back();
  if (WIFEXITED(status) && WEXITSTATUS(status) == 1) throw InputError(Mistake{{}, {}, {}, said, {}});
  throw std::runtime_error(fmt::format("{} {} stopped ({}): {}", program, verb,
                                       WIFSIGNALED(status) ? fmt::format("signal {}", WTERMSIG(status))
                                                           : fmt::format("code {}", WEXITSTATUS(status)),
                                       said));
}

}  // namespace polder::tools
