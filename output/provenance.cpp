// SPDX-License-Identifier: Apache-2.0
#include "output/provenance.hpp"

#include <sys/utsname.h>

#include <array>
#include <ctime>
#include <string_view>

#include "build_info.hpp"
#include "engine/kernels/kernels.hpp"

namespace polder::output {
namespace {

std::string system_name() {
  utsname name{};
  if (uname(&name) != 0) return "unknown";
  return std::string(name.sysname) + " " + name.release + " " + name.machine;
}

std::string now_utc() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text.data();
}

/// Where `word` names an absolute path (alone or after `=`), that path's last part.
std::string without_folders(std::string_view word) {
  const auto equals = word.find('=');
  const std::size_t value = equals == std::string_view::npos ? 0 : equals + 1;
  if (value >= word.size() || word[value] != '/') return std::string(word);
  const std::string_view path = word.substr(value);
  const auto end = path.find_last_not_of('/');
  if (end == std::string_view::npos) return std::string(word);
  const std::string_view trimmed = path.substr(0, end + 1);
  return std::string(word.substr(0, value)) + std::string(trimmed.substr(trimmed.rfind('/') + 1));
}

std::string quoted(const std::string& word) {
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=:,+@%";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

}  // namespace

std::string command_line(std::span<const char* const> arguments) {
  std::string line;
  for (const char* argument : arguments) {
    if (argument == nullptr) continue;
    if (!line.empty()) line += ' ';
    line += quoted(without_folders(argument));
  }
  return line;
}

Provenance current_provenance(std::span<const char* const> arguments) {
  Provenance p;
  p.polder_version = build_info::version;
  p.compiler = build_info::compiler;
  p.flags = build_info::flags;
  p.build_type = build_info::build_type;
  p.commit = build_info::commit;
  p.simd = kernels::name(kernels::active_level());
  p.platform = system_name();
  p.created = now_utc();
  p.command_line = command_line(arguments);
  return p;
}

std::vector<std::pair<std::string, std::string>> fields(const Provenance& p) {
  return {{"polder_version", p.polder_version},
          {"commit", p.commit},
          {"compiler", p.compiler},
          {"flags", p.flags},
          {"build_type", p.build_type},
          {"simd", p.simd},
          {"platform", p.platform},
          {"created", p.created},
          {"command_line", p.command_line}};
}

}  // namespace polder::output
