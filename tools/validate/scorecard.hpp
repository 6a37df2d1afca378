// SPDX-License-Identifier: Apache-2.0
// The scorecard: each fact with what the model makes of it and a verdict.
//
//   value  = mean over the replicates, if all can measure the fact; else, of ventures, the measure of all
//            replicates as one sample; else the mean over those that can
//   pass   : low <= value <= high
//   near   : outside by at most half the width of the band, and, where the band does not hold 0, by at most a
//            quarter of its nearest end (so that 0 is never near a band of positive values)
//   miss   : further away
#pragma once
#include <span>
#include <string>
#include <vector>

#include "tools/validate/facts.hpp"

namespace polder::tools::validate {

/// Tolerance of `near`, in widths of the band.
inline constexpr double near_width = 0.5;
/// Tolerance of `near`, relative to the nearest end of the band.
inline constexpr double near_share = 0.25;

enum class Verdict : unsigned char { pass, near, miss, not_measured };
const char* name(Verdict verdict);
/// Verdict on a value; NaN is not measured.
Verdict judge(double value, double low, double high);

struct ScoreRow {
  std::string id, group, title, unit, source, note;
  Role role = Role::test;
  double low = 0, high = 0;
  double value = 0;    ///< see above; NaN when not measured
  double spread = 0;   ///< standard deviation over replicates, NaN with fewer than two
  int replicates = 0;  ///< in which it could be measured; 0 with a value: in all together only
  Verdict verdict = Verdict::not_measured;
  /// Where the value lies, then what makes it so.
  std::string why() const;
};

/// Tests only; facts that were not measured are not in `tests`.
struct Score {
  int tests = 0, pass = 0, near = 0, targets = 0, not_measured = 0;
  /// Share of tests that pass or are near; 0 without tests.
  double share() const { return tests > 0 ? static_cast<double>(pass + near) / tests : 0; }
};

std::vector<ScoreRow> score(std::span<const Observation> replicates, std::span<const Fact> facts);
Score total(std::span<const ScoreRow> rows);

std::string as_text(std::span<const ScoreRow> rows);
std::string as_markdown(std::span<const ScoreRow> rows);
/// {"rows": [{fact, simulated, ...}], "score": {...}}; numbers that are not known are null.
std::string as_json(std::span<const ScoreRow> rows);

/// Writes `/validation` into a finished result: one row a fact on the axis `fact`, and all of it as `json`.
/// errors: InputError, std::runtime_error as output/hdf5_file.hpp
void write_scorecard(const std::string& path, std::span<const ScoreRow> rows);
/// Reads them back; empty when the result has no scorecard.
std::vector<ScoreRow> read_scorecard(const std::string& path);

}  // namespace polder::tools::validate
