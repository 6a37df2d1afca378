// SPDX-License-Identifier: Apache-2.0
// Who made a result: everything that may differ between two runs of equal values (law 9).
#pragma once
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace polder::output {

/// Build, machine and command of a run. No paths of the machine.
struct Provenance {
  std::string polder_version;
  std::string compiler;      ///< name and version
  std::string flags;         ///< of the compiler
  std::string build_type;    ///< Release, Debug, ...
  std::string commit;        ///< of the source; "unknown" outside a repository
  std::string simd;          ///< instruction set of the kernels: base, avx2, avx512
  std::string platform;      ///< system, release, machine
  std::string created;       ///< UTC, ISO 8601
  std::string command_line;  ///< as typed, absolute paths shortened to their last part
  std::vector<std::pair<std::string, std::string>> data;  ///< path as written in the scenario, checksum
  bool operator==(const Provenance&) const = default;
};

/// Of this build, on this machine, now. `arguments`: argv; may be empty.
Provenance current_provenance(std::span<const char* const> arguments = {});

/// The arguments as one line that a shell would read back; absolute paths keep only their last part.
std::string command_line(std::span<const char* const> arguments);

/// The fields with their names, in a fixed order, without `data`.
std::vector<std::pair<std::string, std::string>> fields(const Provenance& provenance);

}  // namespace polder::output
