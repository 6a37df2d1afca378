// SPDX-License-Identifier: Apache-2.0
// A run of the past against what happened and against the naive alternative, the straight line through
// earlier years.
//
//   actual, simulated, trend = value of the year / value of the base year (the first that is simulated)
//   trend   : least squares through all figures up to the base year, over the base year's figure
//   error   = mean over later years of |forecast / actual - 1|
#pragma once
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace polder::tools::validate {

/// One figure of one year, of the series that an indicator stands for.
struct Figure {
  std::string indicator, unit, source;
  int year = 0;
  double value = 0;
};

/// Reads a CSV file with the columns indicator, year, value, unit and source. errors: InputError with every
/// mistake.
std::vector<Figure> read_figures(const std::string& path);

/// Values of one indicator by year, one a replicate.
using Simulated = std::map<int, std::vector<double>>;

struct HindcastYear {
  int year = 0;
  double actual = 0, simulated = 0, spread = 0, trend = 0;  ///< spread: standard deviation over replicates
  bool pandemic = false;  ///< 2020 and 2021, in which venture capital peaked too
};

struct HindcastSeries {
  std::string indicator, unit, source;
  std::vector<HindcastYear> years;                                ///< after the base year
  double error = 0, error_of_trend = 0;                           ///< over all years
  double error_outside_pandemic = 0, trend_outside_pandemic = 0;  ///< over the others
};

/// Series without a figure of the base year, without two years up to it, or that was not simulated, are left
/// out.
std::vector<HindcastSeries> compare(std::span<const Figure> figures,
                                    const std::map<std::string, Simulated>& simulated, int base);

std::string as_text(std::span<const HindcastSeries> series, int base);
std::string as_markdown(std::span<const HindcastSeries> series, int base);
std::string as_json(std::span<const HindcastSeries> series, int base);

}  // namespace polder::tools::validate
