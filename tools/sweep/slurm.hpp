// SPDX-License-Identifier: Apache-2.0
// A sweep as a Slurm job array with a merging job behind it.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace polder::tools {

/// What a cluster wants to know. Flags win over the file.
struct SlurmOptions {
  std::string partition, time, memory, account, qos;
  std::uint32_t cpus = 1;            ///< a task
  std::uint32_t tasks = 0;           ///< shards; 0: as many as make sense, at most 100
  std::vector<std::string> modules;  ///< loaded before the command
  std::vector<std::string> setup;    ///< lines of shell before the command
  std::vector<std::string> options;  ///< of sbatch, as they are
};

/// Reads options from a YAML file with the keys partition, time, mem, account, qos, cpus, tasks, modules,
/// setup, options. errors: InputError with all mistakes.
SlurmOptions read_slurm_options(const std::string& path);

/// The scripts for the tasks in `shards`. Paths are absolute.
struct SlurmJob {
  std::string name, polder, plan, output, folder;  ///< folder: scripts and what the jobs print
  std::uint32_t num_shards = 1;
  std::vector<std::uint32_t> shards;  ///< those with runs that are missing
};
std::string array_script(const SlurmJob& job, const SlurmOptions& options);
std::string merge_script(const SlurmJob& job, const SlurmOptions& options);

/// Number of jobs that sbatch gave out. errors: std::runtime_error with what sbatch said.
struct SlurmSubmission {
  std::string array, merge;
};
SlurmSubmission submit(const std::string& array_path, const std::string& merge_path);

/// `1-4,7` of ascending numbers.
std::string as_ranges(const std::vector<std::uint32_t>& numbers);

}  // namespace polder::tools
