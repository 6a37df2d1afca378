// SPDX-License-Identifier: Apache-2.0
// The variables that hold one block for every replicate of every arm: what they are called, and which part of
// a ReplicateResult fills them. The writer, the finisher and the reader all walk this one table.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "output/hdf5_file.hpp"
#include "output/result_layout.hpp"

namespace polder::output {

/// One array of the file.
struct VariableSpec {
  std::string group, name;
  hdf5::Element element = hdf5::Element::f64;
  std::vector<std::string> axes;
  std::vector<std::pair<std::string, std::string>> attributes;  ///< empty texts are left out
  int annex = 0;                                                ///< number in the strategy's annex, 0: none
  int sampled_every = 0;                                        ///< months, 0: irregular or not sampled
};

/// One array with the axes (arm, replicate, ...).
struct ReplicateVariable {
  enum class Source : std::uint8_t {
    overall,
    grouped,
    flows,
    applications,
    awards,
    outlay,
    founded,
    agents,
    seconds
  };
  VariableSpec spec;
  Source source = Source::overall;
  std::size_t series = 0;  ///< of overall and grouped
  std::size_t by = 0;      ///< of grouped: position in ResultLayout::axes
};

/// All of them, in the order of the file.
std::vector<ReplicateVariable> replicate_variables(const ResultLayout& layout);

/// Lengths of the axes beyond (arm, replicate).
hdf5::Shape block_shape(const ReplicateVariable& variable, const ResultLayout& layout);

/// What a replicate puts into a floating variable; shape: block_shape, NaN where this arm has nothing.
std::vector<double> block(const ReplicateVariable& variable, const ResultLayout& layout,
                          const ReplicateResult& result, const ArmInfo& arm);
/// The same of a variable in cents; 0 where this arm has nothing.
std::vector<Cents> cents_block(const ReplicateVariable& variable, const ResultLayout& layout,
                               const ReplicateResult& result, const ArmInfo& arm);

/// Names of the kinds in `result` that `layout` has no place for.
std::vector<std::string> unknown_kinds(const ResultLayout& layout, const ReplicateResult& result);

}  // namespace polder::output
