// SPDX-License-Identifier: Apache-2.0
// What a sweep has to run: the points of a design times replicates, in one order that is the same everywhere,
// so that
// `--shard k/n` means the same part on every machine.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tools/sweep/design.hpp"
#include "tools/sweep/study.hpp"
#include "tools/sweep/vary.hpp"

namespace polder::tools {

/// One run: all arms at a point, with the draws of one replicate.
struct SweepTask {
  std::size_t point = 0;  ///< position in the design
  std::uint32_t replicate = 0;
  bool operator==(const SweepTask&) const = default;
};

struct SweepPlan {
  std::unique_ptr<Study> study;
  std::vector<std::vector<double>> points;
  std::vector<std::uint64_t> keys;  ///< point_key of each point
  std::string design;               ///< JSON, see Design
  std::string checksum;             ///< 16 hex digits over study, points and replicates
  Sharing sharing;

  std::uint32_t replicates() const { return study->info.replicates; }
  std::uint64_t num_runs() const { return std::uint64_t{points.size()} * replicates(); }
};

/// Part k of n, counted from 1.
struct Shard {
  std::uint32_t k = 1, n = 1;
};
/// `3/8`. errors: InputError
Shard parse_shard(const std::string& text);

/// Changes on the command line; 0: as the experiment says.
struct PlanChoice {
  std::uint32_t replicates = 0;
  std::uint64_t size = 0;
};

/// The plan of an experiment. errors: InputError, and those of make_design
SweepPlan plan_experiment(const std::string& path, const PlanChoice& choice, const Catalogue& catalogue);
/// The plan as a file that stands at `path`: JSON, the same bytes for the same plan.
std::string as_plan_file(const SweepPlan& plan, const std::string& path);
/// Reads a plan file and the experiment it names. errors: InputError, also when the scenarios have changed
/// since.
SweepPlan read_plan(const std::string& path, const Catalogue& catalogue);
/// Either of the two.
SweepPlan open_plan(const std::string& path, const PlanChoice& choice, const Catalogue& catalogue);

/// All runs in order, each point's once though it may stand in the design twice: replicate by replicate where
/// points share a burn-in, founders or whole arms, else point by point.
std::vector<SweepTask> tasks_of(const SweepPlan& plan);
/// The part of a shard. errors: InputError when there is no such part
std::vector<SweepTask> tasks_of(const SweepPlan& plan, const Shard& shard);

}  // namespace polder::tools
