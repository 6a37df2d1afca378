// SPDX-License-Identifier: Apache-2.0
// Copies the committed replicates of one result into a new file of other size or stage.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "output/result_structure.hpp"

namespace polder::output {

/// What stands in a file: which replicates of which arms.
struct Contents {
  std::uint64_t num_arms = 0, num_replicates = 0;
  std::vector<std::int8_t> committed;  ///< (arm, replicate)
  bool has(std::uint64_t arm, std::uint64_t replicate) const {
    return replicate < num_replicates && committed[arm * num_replicates + replicate] != 0;
  }
  /// One more than the last committed position.
  std::uint64_t used_replicates() const;
};
Contents read_contents(const hdf5::File& file);

/// errors: InputError when `file` is no result, or one of another format.
void check_format(const hdf5::File& file, const std::string& path);

/// Writes `target` with room for `num_replicates`, with the committed rows of `source` (empty: a new result)
/// and nothing in the others. A finished one also gets flows as rows and the effects of every arm against the
/// first.
void write_result(const std::string& target, const std::string& source, const ExperimentInfo& info,
                  const ResultLayout& layout, std::uint64_t num_replicates, Stage stage);

}  // namespace polder::output
