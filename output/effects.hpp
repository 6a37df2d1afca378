// SPDX-License-Identifier: Apache-2.0
// Statistics of paired replicates: what a policy adds, and how well that is known. Intervals hold Monte Carlo
// error only; uncertainty about parameters comes from sweeps.
#pragma once
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace polder::output {

inline constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

/// Mean difference policy - baseline over pairs of replicates that share all draws.
struct PairedEffect {
  double mean = not_known;
  double standard_error = not_known;  ///< of the mean; needs two pairs, like all that follows
  double low = not_known;             ///< 95 % interval by Student's t with pairs - 1 degrees of freedom
  double high = not_known;
  double p_value = not_known;  ///< two-sided test of no difference
  double variance_reduction =
      not_known;          ///< (var baseline + var policy) / var difference; infinite when only the last is 0
  std::size_t pairs = 0;  ///< with both values known
  bool operator==(const PairedEffect&) const = default;
};

/// shape: one value a replicate, equal lengths, NaN where unknown (such pairs are left out).
/// Equal arms give exactly 0 with an interval of no width and p = 1.
PairedEffect paired_effect(std::span<const double> baseline, std::span<const double> policy);

/// Mean and t interval of one arm. shape: NaN left out.
struct MeanInterval {
  double mean = not_known, standard_error = not_known, low = not_known, high = not_known;
  std::size_t count = 0;
};
MeanInterval mean_interval(std::span<const double> values);

/// Interval of a statistic that is no mean, by the jackknife (Quenouille 1956, Tukey 1958). whole: the
/// statistic of all values; without: of all but one, one a value
MeanInterval jackknife(double whole, std::span<const double> without);

/// Ratio of two paired means, for example private R&D added per euro of public outlay.
struct Ratio {
  double value = not_known;
  double low = not_known;  ///< 95 % interval (Fieller 1954); the ratio is bounded only if the denominator
                           ///< differs from 0
  double high = not_known;
  std::size_t pairs = 0;
};
/// All NaN but `pairs` where the denominator's own 95 % interval includes 0, or with fewer than two pairs.
/// source: Fieller, E. C. (1954), Some problems in interval estimation, J. R. Stat. Soc. B 16(2), 175-185.
Ratio ratio_of_means(std::span<const double> numerator, std::span<const double> denominator);

/// Adjusted p-values: an effect survives a false-discovery rate q if its adjusted value is at most q. NaN
/// stays NaN and does not count as a test. source: Benjamini, Y. and Hochberg, Y. (1995), Controlling the
/// false discovery rate, J. R. Stat. Soc. B 57(1), 289-300.
std::vector<double> benjamini_hochberg(std::span<const double> p_values);

/// Pairs that a sequential stop needs at least (ruled).
inline constexpr std::size_t least_pairs = 10;

/// Chow and Robbins' fixed-width rule: true once at least `least_pairs` pairs are known and the 95 % interval
/// of the mean difference has a half-width of at most `relative_half_width * |baseline_mean|`. Ask after
/// every pair, in order of replicate. source: Chow, Y. S. and Robbins, H. (1965), On the asymptotic theory of
/// fixed-width sequential confidence intervals for the mean, Ann. Math. Stat. 36(2), 457-462; with t
/// quantiles for their a_n.
bool precise_enough(std::span<const double> differences, double baseline_mean, double relative_half_width);
/// The rule's name for results and messages.
inline constexpr const char* sequential_rule = "fixed-width stopping of Chow and Robbins (1965)";

/// Two-sided 95 % quantile of Student's t: P(|T| <= t) = 0.95. range: degrees >= 1.
double t_quantile(std::size_t degrees);

}  // namespace polder::output
