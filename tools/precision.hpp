// SPDX-License-Identifier: Apache-2.0
// Adding replicates until an effect is known well enough.
#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/program.hpp"
#include "output/result_reader.hpp"

namespace polder::tools {

/// `labour_productivity:2035:0.1 %`: add replicates until the 95 % interval of the effect of every policy on
/// this indicator in this year has a half-width of at most this share of the baseline's mean. With a unit or
/// none (`total_rd:2030:50 MEUR/year`, `labour_productivity:2035:0.05`) the half-width itself is given.
struct Precision {
  std::string indicator;
  int year = 0;
  double half_width = 0;     ///< a share of the baseline's mean, or an amount in `unit`
  bool is_relative = false;  ///< written with a percent sign
  std::string unit;          ///< of an amount; empty: that of the indicator
};
/// errors: InputError
Precision parse_precision(const std::string& text);

/// Keeps one value an arm and replicate, and tells when the effects of all policies are precise enough
/// (output::precise_enough).
class PrecisionRule {
 public:
  /// errors: InputError when an arm has no such indicator, or no sample of it in that year.
  PrecisionRule(Precision wanted, std::span<const Program> arms);
  void add(const ReplicateResult& result);
  /// Takes in what an unfinished result already holds.
  void add(const output::ResultReader& result);
  bool enough() const;

 private:
  /// Where the wanted value stands in an arm's results.
  struct Place {
    std::size_t series, time;
    Month month;
  };
  Place find(const ArmInfo& arm) const;
  /// An amount in the unit of the indicator. errors: InputError when the units do not fit.
  double in_unit_of(const SeriesInfo& series) const;

  Precision wanted_;
  std::vector<Place> places_;
  std::vector<std::map<std::uint32_t, double>> values_;  ///< by arm, then replicate
};

}  // namespace polder::tools
