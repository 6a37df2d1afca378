// SPDX-License-Identifier: Apache-2.0
// An experiment bound to its scenarios: what varies with its bounds in base units, which arms know it, and
// which samples are kept of every run.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "engine/mechanism.hpp"
#include "engine/program.hpp"
#include "output/experiment.hpp"
#include "scenarios/experiment.hpp"

namespace polder::tools {

/// A parameter that varies.
struct SweptParameter {
  std::string name, label, source, text;  ///< text: the distribution as written, or the range in words
  Dimension dimension;
  bool percent_rate = false;      ///< `x % /month`: a probability a month
  double low = 0, high = 0;       ///< bounds of the design, base units; infinite: none
  std::string distribution;       ///< uniform, ..., levels
  std::vector<double> arguments;  ///< base units; spreads and shapes of logarithms plain
  std::vector<bool> in_arm;
};

/// Which samples of an arm are kept.
struct Kept {
  std::vector<std::size_t> series, times;  ///< positions in the arm's own
};

struct Study {
  scenarios::ExperimentSpec spec;
  std::vector<Scenario> arms;     ///< the first is the baseline
  std::vector<Program> programs;  ///< of the scenarios as they stand
  std::vector<SweptParameter> parameters;
  std::vector<Kept> kept;
  output::ExperimentInfo info;   ///< arms with what is kept of them; replicates as planned
  std::uint64_t num_values = 0;  ///< numbers that are kept of a run, all arms
  std::string
      fingerprint;  ///< 16 hex digits: scenarios with data, seed, what varies, what is kept; not the points
};

/// Reads an experiment with its scenarios and checks all of it. errors: InputError with what does not fit.
Study open_study(const std::string& path, const Catalogue& catalogue);

/// The kept samples of one arm's result, one series after the other.
std::vector<double> kept_values(const Study& study, const ReplicateResult& result);
/// The results of all arms out of the kept numbers of a run.
std::vector<ReplicateResult> results_of(const Study& study, std::uint32_t replicate,
                                        std::span<const double> values);

}  // namespace polder::tools
