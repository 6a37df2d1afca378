// SPDX-License-Identifier: Apache-2.0
#include "output/sweep_log.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <type_traits>

#include "output/refuse.hpp"

namespace polder::output {
namespace {

static_assert(std::endian::native == std::endian::little, "logs are written as they lie in memory");

constexpr std::string_view head_mark = "PolderSweep1\n";
constexpr std::string_view record_mark = "RUN\n";
/// A record longer than this is a damaged length.
constexpr std::uint64_t longest_record = std::uint64_t{1} << 32U;

[[noreturn]] void fail(const std::string& path, const char* what, int reason) {
  throw std::runtime_error(
      path + ": cannot " + what + " (" + std::strerror(reason) +
      "). Free some disk space or choose another place, then run the same command again");
}

/// source: Fowler, Noll & Vo 1991 (FNV-1a, 64 bits)
std::uint64_t checksum(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : bytes) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3U;
  }
  return hash;
}

template <class T>
requires std::is_trivially_copyable_v<T>
void put(std::string& out, const T& value) {
  std::array<char, sizeof(T)> bytes{};
  std::memcpy(bytes.data(), &value, sizeof(T));
  out.append(bytes.data(), bytes.size());
}
void put(std::string& out, const std::string& text) {
  put(out, static_cast<std::uint32_t>(text.size()));
  out += text;
}

/// Takes values from the front of bytes; every look past the end is answered with nothing.
class Taker {
 public:
  explicit Taker(std::string_view bytes) : rest_(bytes) {}
  template <class T>
  T take() {
    T value{};
    if (rest_.size() < sizeof(T)) {
      ok_ = false;
      return value;
    }
    std::memcpy(&value, rest_.data(), sizeof(T));
    rest_.remove_prefix(sizeof(T));
    return value;
  }
  std::string take_text() {
    const auto size = take<std::uint32_t>();
    if (!ok_ || rest_.size() < size) {
      ok_ = false;
      return {};
    }
    std::string text(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return text;
  }
  bool ok() const { return ok_; }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

/// mark, length of the body, body, checksum of the body.
std::string framed(std::string_view mark, const std::string& body) {
  std::string record(mark);
  put(record, static_cast<std::uint64_t>(body.size()));
  record += body;
  put(record, checksum(body));
  return record;
}

std::string head_body(const SweepLogHead& head) {
  std::string body;
  put(body, head.study);
  put(body, head.shard);
  put(body, head.shards);
  put(body, head.num_values);
  put(body, head.threads);
  put(body, head.num_runs);
  put(body, head.host);
  put(body, head.polder_version);
  put(body, head.commit);
  put(body, head.process);
  put(body, head.started);
  return body;
}

SweepLogHead parse_head(std::string_view body) {
  Taker taker(body);
  SweepLogHead head;
  head.study = taker.take_text();
  head.shard = taker.take<std::uint32_t>();
  head.shards = taker.take<std::uint32_t>();
  head.num_values = taker.take<std::uint64_t>();
  head.threads = taker.take<std::uint32_t>();
  head.num_runs = taker.take<std::uint64_t>();
  head.host = taker.take_text();
  head.polder_version = taker.take_text();
  head.commit = taker.take_text();
  head.process = taker.take<std::int64_t>();
  head.started = taker.take_text();
  return taker.ok() ? head : SweepLogHead{};
}

std::string run_body(const SweepRun& run) {
  std::string body;
  put(body, run.point);
  put(body, run.replicate);
  put(body, static_cast<std::uint32_t>(run.failed ? 1 : 0));
  put(body, run.seconds);
  put(body, run.error);
  const std::size_t at = body.size();
  body.resize(at + run.values.size() * sizeof(double));
  if (!run.values.empty()) std::memcpy(&body[at], run.values.data(), run.values.size() * sizeof(double));
  return body;
}

/// Bytes before the error: point, replicate, status, seconds.
constexpr std::size_t run_fields = 8 + 4 + 4 + 8;

std::optional<SweepRun> parse_run(std::string_view body) {
  Taker taker(body);
  SweepRun run;
  run.point = taker.take<std::uint64_t>();
  run.replicate = taker.take<std::uint32_t>();
  run.failed = taker.take<std::uint32_t>() != 0;
  run.seconds = taker.take<double>();
  run.error = taker.take_text();
  if (!taker.ok() || taker.rest().size() % sizeof(double) != 0) return std::nullopt;
  run.values.resize(taker.rest().size() / sizeof(double));
  if (!run.values.empty()) std::memcpy(run.values.data(), taker.rest().data(), taker.rest().size());
  return run;
}

int open_to_read(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw std::runtime_error(path + ": cannot be read (" + std::strerror(errno) + ")");
  return descriptor;
}

/// Reads up to `size` bytes at `offset`; fewer at the end of the file.
std::string read_at(int descriptor, std::uint64_t offset, std::uint64_t size, const std::string& path) {
  std::string bytes(size, '\0');
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got =
        pread(descriptor, bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw std::runtime_error(path + ": cannot be read (" + std::strerror(errno) + ")");
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  bytes.resize(done);
  return bytes;
}

/// The body of the whole record at `offset`; nothing when it is cut or damaged.
std::optional<std::string> body_at(int descriptor, std::uint64_t offset, std::string_view mark,
                                   std::uint64_t file_size, const std::string& path) {
  const std::uint64_t frame = mark.size() + 2 * sizeof(std::uint64_t);
  if (offset + frame > file_size) return std::nullopt;
  const std::string front = read_at(descriptor, offset, mark.size() + sizeof(std::uint64_t), path);
  if (!front.starts_with(mark)) return std::nullopt;
  const auto length = Taker(std::string_view(front).substr(mark.size())).take<std::uint64_t>();
  if (length > longest_record || offset + frame + length > file_size) return std::nullopt;
  std::string body = read_at(descriptor, offset + front.size(), length + sizeof(std::uint64_t), path);
  if (body.size() != length + sizeof(std::uint64_t)) return std::nullopt;
  const auto sum = Taker(std::string_view(body).substr(length)).take<std::uint64_t>();
  body.resize(length);
  if (checksum(body) != sum) return std::nullopt;
  return body;
}

/// Whether another descriptor holds the writer's lock.
bool is_locked(int descriptor) {
#ifdef F_OFD_GETLK
  struct flock whole {};
  whole.l_type = F_WRLCK;
  return fcntl(descriptor, F_OFD_GETLK, &whole) == 0 && whole.l_type != F_UNLCK;
#else
  return false;
#endif
}

struct Closing {
  int descriptor;
  ~Closing() { close(descriptor); }
};

}  // namespace

SweepLogWriter::SweepLogWriter(const std::string& path, const SweepLogHead& head)
    : path_(path), descriptor_(open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666)) {
  if (descriptor_ < 0) fail(path, "make a file for the runs", errno);
#ifdef F_OFD_SETLK
  struct flock whole {};
  whole.l_type = F_WRLCK;
  fcntl(descriptor_, F_OFD_SETLK, &whole);  // a file system without locks only hides that this one is at work
#endif
  try {
    write_all(framed(head_mark, head_body(head)));
  } catch (...) {
    close(descriptor_);
    unlink(path.c_str());
    throw;
  }
}

SweepLogWriter::~SweepLogWriter() {
  if (descriptor_ >= 0) close(descriptor_);
}

void SweepLogWriter::write_all(const std::string& bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t put_now = write(descriptor_, bytes.data() + done, bytes.size() - done);
    if (put_now < 0 && errno == EINTR) continue;
    if (put_now <= 0) {
      const int reason = put_now < 0 ? errno : ENOSPC;
      // Gives the room of the half record back, so that others can still write.
      if (ftruncate(descriptor_, static_cast<off_t>(size_)) == 0)
        lseek(descriptor_, static_cast<off_t>(size_), SEEK_SET);
      fail(path_, "write a finished run", reason);
    }
    done += static_cast<std::size_t>(put_now);
  }
  size_ += bytes.size();
}

void SweepLogWriter::append(const SweepRun& run) {
  write_all(framed(record_mark, run_body(run)));
}

SweepLogContents scan_sweep_log(const std::string& path) {
  const Closing file{open_to_read(path)};
  SweepLogContents contents;
  contents.bytes = static_cast<std::uint64_t>(std::max<off_t>(lseek(file.descriptor, 0, SEEK_END), 0));
  contents.being_written = is_locked(file.descriptor);
  contents.unused_bytes = contents.bytes;
  const std::string front = read_at(file.descriptor, 0, head_mark.size(), path);
  if (!front.empty() && front != head_mark.substr(0, front.size()))
    refuse(path, "", "another kind of file", "runs of a sweep in the format of this program; move it away");
  const auto head = body_at(file.descriptor, 0, head_mark, contents.bytes, path);
  if (!head) return contents;
  contents.head = parse_head(*head);
  std::uint64_t at = head_mark.size() + 2 * sizeof(std::uint64_t) + head->size();
  while (const auto body = body_at(file.descriptor, at, record_mark, contents.bytes, path)) {
    const auto run = parse_run(*body);
    if (!run) break;
    contents.entries.push_back({run->point, run->replicate, run->failed, run->seconds, at,
                                checksum(std::string_view(*body).substr(run_fields))});
    at += record_mark.size() + 2 * sizeof(std::uint64_t) + body->size();
  }
  contents.unused_bytes = contents.bytes - at;
  return contents;
}

SweepLogReader::SweepLogReader(const std::string& path) : path_(path), descriptor_(open_to_read(path)) {}

SweepLogReader::~SweepLogReader() {
  close(descriptor_);
}

SweepRun SweepLogReader::read(const SweepLogEntry& entry) const {
  const auto size = static_cast<std::uint64_t>(std::max<off_t>(lseek(descriptor_, 0, SEEK_END), 0));
  const auto body = body_at(descriptor_, entry.offset, record_mark, size, path_);
  auto run = body ? parse_run(*body) : std::nullopt;
  if (!run)
    refuse(path_, "", "a run that was whole a moment ago is damaged", "an undisturbed file; run it again");
  return std::move(*run);
}

}  // namespace polder::output
