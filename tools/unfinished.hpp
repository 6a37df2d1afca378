// SPDX-License-Identifier: Apache-2.0
// Replicates that were stopped half-way, to an archive and back.
#pragma once
#include <span>
#include <vector>

#include "engine/archive.hpp"
#include "tools/experiment.hpp"

namespace polder::tools {

/// shape: arms as in the plan that was stopped.
void save_unfinished(std::span<const Program> arms, std::span<const Unfinished> unfinished,
                     ArchiveWriter& archive);
/// errors: InputError when the archive is damaged or belongs to other scenarios.
std::vector<Unfinished> restore_unfinished(std::span<const Program> arms, const ArchiveReader& archive);

}  // namespace polder::tools
