// SPDX-License-Identifier: Apache-2.0
#include "scenarios/file_source.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>

#include <fmt/format.h>

namespace polder::scenarios {

namespace fs = std::filesystem;

namespace {

/// Paths with a zero byte cannot be named to the system.
std::optional<fs::path> disk_path(const std::string& root, const std::string& path) {
  if (path.find('\0') != std::string::npos) return std::nullopt;
  return root.empty() ? fs::path(path) : fs::path(root) / path;
}

std::string normal(std::string_view path) {
  const std::string text = fs::path(path).lexically_normal().generic_string();
  return text.empty() ? "." : text;
}

/// Bytes of the UTF-8 character at `at`; 0 when they are none (overlong, surrogate, too large, cut off).
std::size_t utf8_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned>(static_cast<unsigned char>(text[at + i])) : 0U;
  };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80U) return 1;
  if (first >= 0xC2U && first <= 0xDFU) return follows(1) ? 2 : 0;
  if (first >= 0xE0U && first <= 0xEFU) {
    const bool overlong = first == 0xE0U && byte(1) < 0xA0U;
    const bool surrogate = first == 0xEDU && byte(1) > 0x9FU;
    return follows(1) && follows(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (first >= 0xF0U && first <= 0xF4U) {
    const bool overlong = first == 0xF0U && byte(1) < 0x90U;
    const bool too_large = first == 0xF4U && byte(1) > 0x8FU;
    return follows(1) && follows(2) && follows(3) && !overlong && !too_large ? 4 : 0;
  }
  return 0;
}

std::string without_carriage_returns(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] != '\r') {
      text += bytes[i];
    } else if (i + 1 == bytes.size() || bytes[i + 1] != '\n') {
      text += '\n';
    }
  }
  return text;
}

const char* refusal(FileSource::Status status) {
  switch (status) {
    case FileSource::Status::missing:
      return "there is no such file";
    case FileSource::Status::directory:
      return "is a directory; name a file in it";
    case FileSource::Status::not_a_file:
      return "is no regular file";
    case FileSource::Status::too_large:
      return "is larger than 16 MB; put tables into CSV files of their own";
    case FileSource::Status::unreadable:
      return "cannot be read; check its permissions";
    case FileSource::Status::found:
      break;
  }
  return "";
}

std::string near_file(const FileSource& source, const std::string& path) {
  const fs::path wanted(path);
  const std::string name = nearest(wanted.filename().string(), source.list(directory_of(path)));
  if (name.empty()) return {};
  return normal((wanted.parent_path() / name).generic_string());
}

}  // namespace

std::optional<Mistake> find_rubbish(std::string_view text, const std::string& file) {
  int line = 1, column = 1;
  for (std::size_t at = 0; at < text.size();) {
    const unsigned char c = static_cast<unsigned char>(text[at]);
    const std::size_t length = c < 0x80U ? 1 : utf8_length(text, at);
    const auto mistake = [&](const char* wanted) {
      return Mistake{Mark{file, line, column}, {}, fmt::format("byte 0x{:02X}", c), wanted, {}};
    };
    if (length == 0) return mistake("is not UTF-8; save the file as UTF-8");
    const bool allowed = c == '\t' || c == '\n' || c == '\r';
    if ((c < 0x20U && !allowed) || c == 0x7FU) return mistake("is no text; is this a binary file?");
    ++column;
    if (c == '\n') {
      ++line;
      column = 1;
    }
    at += length;
  }
  return std::nullopt;
}

FileSource::File DiskSource::read(const std::string& path) const {
  const auto on_disk = disk_path(root_, path);
  if (!on_disk) return {Status::missing, {}};
  std::error_code error;
  const fs::file_status status = fs::status(*on_disk, error);
  if (status.type() == fs::file_type::directory) return {Status::directory, {}};
  if (!fs::exists(status)) {
    const bool missing = status.type() == fs::file_type::not_found || error == std::errc::filename_too_long ||
                         error == std::errc::not_a_directory;
    return {missing ? Status::missing : Status::unreadable, {}};
  }
  if (!fs::is_regular_file(status)) return {Status::not_a_file, {}};
  const std::uintmax_t size = fs::file_size(*on_disk, error);
  if (!error && size > largest_file) return {Status::too_large, {}};
  std::ifstream in(*on_disk, std::ios::binary);
  if (!in) return {Status::unreadable, {}};
  std::string content{std::istreambuf_iterator<char>(in), {}};
  if (in.bad()) return {Status::unreadable, {}};
  return {Status::found, std::move(content)};
}

std::vector<std::string> DiskSource::list(const std::string& directory) const {
  std::vector<std::string> names;
  const auto on_disk = disk_path(root_, directory);
  if (!on_disk) return names;
  std::error_code error;
  for (fs::directory_iterator it(*on_disk, error), end; !error && it != end; it.increment(error))
    names.push_back(it->path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

FileSource::File MemorySource::read(const std::string& path) const {
  const auto it = files_.find(normal(path));
  if (it == files_.end()) return {Status::missing, {}};
  if (it->second.size() > largest_file) return {Status::too_large, {}};
  return {Status::found, it->second};
}

std::vector<std::string> MemorySource::list(const std::string& directory) const {
  std::set<std::string> names;
  const std::string prefix = normal(directory) == "." ? "" : normal(directory) + "/";
  for (const auto& [path, content] : files_) {
    if (!path.starts_with(prefix)) continue;
    const std::string rest = path.substr(prefix.size());
    names.insert(rest.substr(0, rest.find('/')));
  }
  return {names.begin(), names.end()};
}

bool read_text_file(const FileSource& source, const std::string& path, const Mark& named_at,
                    const std::string& key_path, std::string& text, std::string& bytes, Mistakes& mistakes) {
  FileSource::File file = source.read(path);
  if (file.status != FileSource::Status::found) {
    const bool missing = file.status == FileSource::Status::missing;
    mistakes.add(named_at, key_path, path, refusal(file.status), missing ? near_file(source, path) : "");
    return false;
  }
  bytes = std::move(file.content);
  std::string_view content = bytes;
  if (content.starts_with("\xEF\xBB\xBF")) content.remove_prefix(3);
  if (const auto rubbish = find_rubbish(content, path)) {
    mistakes.add(*rubbish);
    return false;
  }
  text = without_carriage_returns(content);
  return true;
}

std::string path_from(std::string_view file, std::string_view path) {
  return normal((fs::path(file).parent_path() / fs::path(path)).generic_string());
}

std::string directory_of(std::string_view path) {
  const std::string directory = fs::path(path).parent_path().generic_string();
  return directory.empty() ? "." : directory;
}

std::string checksum(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return fmt::format("{:016x}", hash);
}

}  // namespace polder::scenarios
