// SPDX-License-Identifier: Apache-2.0
// Snapshots of networks in a result (`/networks/<name>`): arrays of fixed room, of the first replicate of
// every arm. Places that hold nothing are -1, in `weight` and `strength` NaN, in `id` 0.
//
//   nodes, ties                      (arm, moment)            of the whole network; -1: no snapshot
//   nodes_left_out, ties_left_out    (arm, moment)            how many of them have no place below
//   id, weight, degree, <c>_index    (arm, moment, node)      node by node, those with most trust first
//   first, second, strength          (arm, moment, tie)       tie by tie, the strongest first
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "output/result_rewrite.hpp"

namespace polder::output {

/// Makes the arrays of every network, all empty.
void add_networks(hdf5::File& file, const ExperimentInfo& info, const ResultLayout& layout, Stage stage);

/// Overwrites the numbers of an arm in an unfinished file with those that the replicate has. A snapshot
/// larger than its room is our own mistake.
void write_networks(const hdf5::File& file, const ReplicateResult& result, const ResultLayout& layout);

/// Carries the snapshots of arms whose first replicate is committed from one result to another of the same
/// experiment.
void copy_networks(const hdf5::File& from, const hdf5::File& to, const Contents& contents);

/// Networks that the file has places for; none in a file without them.
std::vector<NetworkInfo> read_network_infos(const hdf5::File& file);
/// (arm, snapshot) of arms whose first replicate is committed, by network, arm and moment.
std::vector<std::pair<std::size_t, NetworkSnapshot>> read_snapshots(const hdf5::File& file,
                                                                    const Contents& contents);

}  // namespace polder::output
