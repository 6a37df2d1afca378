// SPDX-License-Identifier: Apache-2.0
// An experiment file: which parameters of a baseline and its policies vary, how, and what is kept of every
// run (README.md describes the format). Formulas are still text; tools/sweep/ binds them to the scenarios.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "engine/scenario.hpp"
#include "scenarios/file_source.hpp"

namespace polder::scenarios {

/// One parameter that varies. Without anything it is uniform over the parameter's own range.
struct Variation {
  struct Argument {
    std::string name;  ///< empty: by position
    FormulaText value;
  };
  std::string name;  ///< of the parameter
  Mark mark;
  FormulaText low, high;     ///< narrower than the parameter's own range; both empty: that range
  std::string distribution;  ///< uniform, triangular, ..., levels; empty: uniform over the range
  std::vector<Argument> arguments;
  std::string text;  ///< as written, for results
  Mark where;        ///< of the distribution
};

/// How points are chosen.
struct DesignSpec {
  std::string method;        ///< grid, latin_hypercube, sobol_sequence, saltelli, morris, ..., points
  std::uint64_t size = 0;    ///< points, base points or trajectories, as the method counts; 0: not given
  std::uint64_t levels = 0;  ///< of grids and Morris trajectories; 0: not given
  std::uint64_t seed = 1;
  std::string points;  ///< CSV file with one point a row, path as written
  Mark mark, points_mark;
};

/// A whole experiment file.
struct ExperimentSpec {
  std::string name, title, title_nl, description;
  std::string file;      ///< where it was read from
  std::string baseline;  ///< paths, seen from where the program runs
  std::vector<std::string> policies;
  std::vector<std::string> sets;  ///< KEY=VALUE, as on the command line
  std::uint32_t replicates = 1;
  DesignSpec design;
  std::vector<Variation> parameters;
  std::vector<std::string> indicators;  ///< empty: all
  std::vector<int> years;               ///< ascending; empty: every sample
  Mark indicators_mark, years_mark;
  DataTable points;   ///< of design.points; no columns without it
  SourceFile source;  ///< the file itself
};

/// More replicates than anybody runs; bounds what a plan may ask for.
inline constexpr std::uint64_t most_replicates_of_experiment = 1'000'000;

/// Reads and checks an experiment file; scenarios are not opened. errors: InputError with all mistakes.
ExperimentSpec read_experiment(const FileSource& source, const std::string& file);

}  // namespace polder::scenarios
