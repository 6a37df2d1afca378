// SPDX-License-Identifier: Apache-2.0
#include "tools/sweep/parts.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>

#include <fmt/format.h>

#include "engine/error.hpp"

namespace polder::tools {

namespace {

namespace fs = std::filesystem;

constexpr const char* log_ending = ".runs";

[[noreturn]] void refuse_study(const std::string& folder, const output::SweepLogHead& head,
                               const SweepPlan& plan) {
  throw InputError(
      Mistake{{folder, 0, 0},
              {},
              fmt::format("runs of another study ({}, this one is {})", head.study, plan.study->fingerprint),
              "runs of this experiment: its scenarios, what varies or what is kept have changed since. "
              "Choose another output with "
              "-o, or begin anew with --overwrite",
              {}});
}

void check_same(const PartLog& a, const PartLog& b, const output::SweepLogEntry& entry) {
  throw InputError(Mistake{
      {b.path, 0, 0},
      {},
      fmt::format("replicate {} of a point has other values than in {}", entry.replicate + 1, a.path),
      fmt::format(
          "equal values: were they made by different builds ({} {} and {} {})? Move one of the files away",
          a.contents.head.polder_version, a.contents.head.commit, b.contents.head.polder_version,
          b.contents.head.commit),
      {}});
}

void take_in(Parts& parts, std::size_t log) {
  for (const output::SweepLogEntry& entry : parts.logs[log].contents.entries) {
    const auto [place, fresh] = parts.runs.try_emplace({entry.point, entry.replicate}, KnownRun{log, entry});
    if (fresh) continue;
    KnownRun& known = place->second;
    if (!known.entry.failed && !entry.failed && known.entry.checksum != entry.checksum)
      check_same(parts.logs[known.log], parts.logs[log], entry);
    if (known.entry.failed && !entry.failed) known = KnownRun{log, entry};
  }
}

}  // namespace

const KnownRun* Parts::find(const SweepPlan& plan, const SweepTask& task) const {
  const auto found = runs.find({plan.keys[task.point], task.replicate});
  return found == runs.end() ? nullptr : &found->second;
}

std::string parts_folder(const std::string& output) {
  return output + ".parts";
}

std::vector<std::string> log_paths(const std::string& output) {
  std::vector<std::string> paths;
  std::error_code failed;
  for (fs::directory_iterator at(parts_folder(output), failed), end; !failed && at != end;
       at.increment(failed))
    if (at->path().extension() == log_ending) paths.push_back(at->path().string());
  std::sort(paths.begin(), paths.end());
  return paths;
}

Parts read_parts(const std::string& output, const SweepPlan& plan) {
  Parts parts;
  const std::string folder = parts_folder(output);
  for (const std::string& path : log_paths(output)) {
    PartLog log{path, output::scan_sweep_log(path), 0};
    const output::SweepLogHead& head = log.contents.head;
    if (log.contents.unused_bytes > 0 && !log.contents.being_written)
      parts.remarks.push_back(
          fmt::format("{}: {} bytes after the last whole run are of no use (the attempt was killed, or the "
                      "file is cut or "
                      "damaged); the runs that are missing will run again.",
                      path, log.contents.unused_bytes));
    if (head.study.empty()) continue;
    if (head.study != plan.study->fingerprint) refuse_study(folder, head, plan);
    parts.logs.push_back(std::move(log));
    take_in(parts, parts.logs.size() - 1);
  }
  for (const SweepTask& task : tasks_of(plan))
    if (const KnownRun* known = parts.find(plan, task)) ++parts.logs[known->log].own;
  return parts;
}

std::string new_log_path(const std::string& output, const Shard& shard) {
  const std::string folder = parts_folder(output);
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) throw std::runtime_error(fmt::format("{}: cannot be made ({})", folder, failed.message()));
  std::array<char, 256> host{};
  gethostname(host.data(), host.size() - 1);
  std::string name(host.data());
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '/' || c == '.'; }, '-');
  const auto now = std::chrono::duration_cast<std::chrono::microseconds>(
                       std::chrono::system_clock::now().time_since_epoch())
                       .count();
  return fmt::format("{}/{:04}-of-{:04}.{}-{}-{:x}{}", folder, shard.k, shard.n, name, getpid(), now,
                     log_ending);
}

}  // namespace polder::tools
