// SPDX-License-Identifier: Apache-2.0
// The folder `RESULT.parts` beside a sweep's result: one log an attempt. All runs that are whole in any of
// them count, whichever shard, machine or attempt wrote them.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "output/sweep_log.hpp"
#include "tools/sweep/plan.hpp"

namespace polder::tools {

/// Where a run that is known stands.
struct KnownRun {
  std::size_t log = 0;  ///< position in Parts::logs
  output::SweepLogEntry entry;
};

/// One log and what was seen in it.
struct PartLog {
  std::string path;
  output::SweepLogContents contents;
  std::uint64_t own = 0;  ///< runs of the plan in it
};

struct Parts {
  std::vector<PartLog> logs;  ///< by name
  /// By (hash of the point, replicate): a run that is done, else one that failed.
  std::map<std::pair<std::uint64_t, std::uint32_t>, KnownRun> runs;
  std::vector<std::string> remarks;  ///< cut or damaged logs
  const KnownRun* find(const SweepPlan& plan, const SweepTask& task) const;
};

/// `RESULT.parts`
std::string parts_folder(const std::string& output);

/// The logs beside a result, by name; none where there is no folder.
std::vector<std::string> log_paths(const std::string& output);

/// Looks through all logs. errors: InputError when logs of another study lie there (the scenarios have
/// changed), or when two attempts at one run differ, which would mean that two versions of the program were
/// mixed.
Parts read_parts(const std::string& output, const SweepPlan& plan);

/// A new log for an attempt at a shard, under a name that no other attempt has.
/// errors: std::runtime_error when the folder cannot be written.
std::string new_log_path(const std::string& output, const Shard& shard);

}  // namespace polder::tools
