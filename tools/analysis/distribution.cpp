// SPDX-License-Identifier: Apache-2.0
#include "tools/analysis/distribution.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openturns/Beta.hxx>
#include <openturns/Distribution.hxx>
#include <openturns/LogNormal.hxx>
#include <openturns/LogUniform.hxx>
#include <openturns/Normal.hxx>
#include <openturns/Triangular.hxx>
#include <openturns/TruncatedDistribution.hxx>
#include <openturns/Uniform.hxx>

#include "engine/error.hpp"

namespace polder::analysis {

namespace {

/// Less than this of the probability within the range, and the cut is more likely a mistake than meant; the
/// tails are not computed to more digits either.
constexpr double least_probability = 1e-6;

[[noreturn]] void refuse(const ParameterRange& range, const std::string& wanted, const std::string& place) {
  throw InputError(
      Mistake{{}, place, fmt::format("{}({})", range.kind, fmt::join(range.arguments, ", ")), wanted, {}});
}

void require(bool holds, const ParameterRange& range, const char* wanted) {
  if (!holds) refuse(range, wanted, "distribution");
}

OT::Distribution two_ended(const ParameterRange& range, bool by_factors) {
  const auto& a = range.arguments;
  require(a.empty() || a.size() == 2, range, "no arguments, or low and high");
  const double low = a.empty() ? range.low : a[0];
  const double high = a.empty() ? range.high : a[1];
  require(low < high, range, "low below high");
  if (!by_factors) return OT::Uniform(low, high);
  if (low <= 0) refuse(range, "a low above 0", a.empty() ? "low" : "distribution");
  return OT::LogUniform(std::log(low), std::log(high));
}

OT::Distribution triangular(const ParameterRange& range) {
  const auto& a = range.arguments;
  require(a.size() == 1 || a.size() == 3, range, "mode, or low, mode and high");
  const double low = a.size() == 1 ? range.low : a[0];
  const double mode = a.size() == 1 ? a[0] : a[1];
  const double high = a.size() == 1 ? range.high : a[2];
  require(low < high && low <= mode && mode <= high, range, "low <= mode <= high, low below high");
  return OT::Triangular(low, mode, high);
}

/// Four arguments bring their own ends, which cut like the range does.
OT::Distribution cut_at_own_ends(const ParameterRange& range, const OT::Distribution& law) {
  const auto& a = range.arguments;
  if (a.size() < 4) return law;
  require(a[2] < a[3], range, "low below high");
  return OT::TruncatedDistribution(law, a[2], a[3]);
}

OT::Distribution law_of(const ParameterRange& range) {
  const auto& a = range.arguments;
  if (range.kind == "uniform") return two_ended(range, false);
  if (range.kind == "log_uniform") return two_ended(range, true);
  if (range.kind == "triangular") return triangular(range);
  if (range.kind == "normal" || range.kind == "truncated_normal") {
    require(a.size() == 2 || (a.size() == 4 && range.kind != "normal"), range, "mean and standard deviation");
    require(a[1] > 0, range, "a standard deviation above 0");
    return cut_at_own_ends(range, OT::Normal(a[0], a[1]));
  }
  if (range.kind == "lognormal") {
    require(a.size() == 2, range, "mean of the value and standard deviation of its logarithm");
    require(a[0] > 0 && a[1] > 0, range, "a mean and a sigma above 0");
    return OT::LogNormal(std::log(a[0]) - a[1] * a[1] / 2, a[1]);
  }
  if (range.kind == "beta") {
    require(a.size() == 2 || a.size() == 4, range, "alpha and beta, then perhaps low and high");
    require(a[0] > 0 && a[1] > 0, range, "alpha and beta above 0");
    require(a.size() == 2 || a[2] < a[3], range, "low below high");
    return OT::Beta(a[0], a[1], a.size() == 4 ? a[2] : range.low, a.size() == 4 ? a[3] : range.high);
  }
  throw InputError(Mistake{{},
                           "distribution.kind",
                           range.kind,
                           fmt::format("one of {}", fmt::join(distribution_kinds(), ", ")),
                           nearest(range.kind, distribution_kinds())});
}

std::vector<double> levels_of(const ParameterRange& range) {
  std::vector<double> levels = range.arguments;
  std::sort(levels.begin(), levels.end());
  require(!levels.empty(), range, "at least one value");
  require(std::adjacent_find(levels.begin(), levels.end()) == levels.end(), range, "each value once");
  require(range.low <= levels.front() && levels.back() <= range.high, range, "values within the range");
  return levels;
}

}  // namespace

struct Marginal::Law {
  OT::Distribution distribution;
};

const std::vector<std::string>& distribution_kinds() {
  static const std::vector<std::string> kinds{"uniform",   "triangular",  "normal", "truncated_normal",
                                              "lognormal", "log_uniform", "beta",   "levels"};
  return kinds;
}

Marginal::Marginal(const ParameterRange& range) : low_(range.low), high_(range.high) {
  if (range.kind == "levels") {
    levels_ = levels_of(range);
    return;
  }
  if (!(range.low < range.high))
    throw InputError(Mistake{
        {}, "low", fmt::format("{}", range.low), fmt::format("a number below high ({})", range.high), {}});
  OT::Distribution law = law_of(range);
  by_factors_ = (range.kind == "log_uniform" || range.kind == "lognormal") && range.low > 0;
  const OT::Interval ends = law.getRange();
  if (ends.getFiniteLowerBound()[0] == 0 || ends.getFiniteUpperBound()[0] == 0) tail_ = tail;
  const double below = law.computeCDF(range.low);
  const double above = law.computeComplementaryCDF(range.high);
  if (1 - below - above < least_probability)
    refuse(range, fmt::format("a part of it between {} and {}", range.low, range.high), "distribution");
  if (below > 0 || above > 0) law = OT::TruncatedDistribution(law, range.low, range.high);
  law_ = std::make_unique<Law>(Law{law});
}

Marginal::Marginal(Marginal&&) noexcept = default;
Marginal& Marginal::operator=(Marginal&&) noexcept = default;
Marginal::~Marginal() = default;

double Marginal::quantile(double u) const {
  if (law_) return std::clamp(law_->distribution.computeQuantile(u)[0], low_, high_);
  const auto size = static_cast<double>(levels_.size());
  // Levels of a Morris design such as 2/3 must not fall below a step by rounding.
  return levels_[static_cast<std::size_t>(std::clamp(std::floor(u * size + 1e-9), 0.0, size - 1))];
}

double Marginal::level(double u) const {
  return quantile(std::clamp(u, tail_, 1 - tail_));
}

double Marginal::probability(double x) const {
  if (law_) return std::clamp(law_->distribution.computeCDF(x), 0.0, 1.0);
  const auto found = std::upper_bound(levels_.begin(), levels_.end(), x);
  const auto position = std::max<std::ptrdiff_t>(found - levels_.begin() - 1, 0);
  return (static_cast<double>(position) + 0.5) / static_cast<double>(levels_.size());
}

double Marginal::mean() const {
  if (law_) return law_->distribution.getMean()[0];
  double sum = 0;
  for (const double level : levels_) sum += level;
  return sum / static_cast<double>(levels_.size());
}

std::vector<double> Marginal::spread(std::size_t count) const {
  if (!law_) return levels_;
  const double low = level(0), high = level(1);
  std::vector<double> values(count);
  for (std::size_t v = 0; v < count; ++v) {
    const double part = static_cast<double>(v) / static_cast<double>(count - 1);
    values[v] = by_factors_ ? low * std::pow(high / low, part) : low + part * (high - low);
  }
  values.front() = low;
  values.back() = high;
  return values;
}

std::vector<Marginal> marginals_of(const std::vector<ParameterRange>& parameters) {
  std::vector<Marginal> marginals;
  marginals.reserve(parameters.size());
  for (const ParameterRange& range : parameters) marginals.emplace_back(range);
  return marginals;
}

}  // namespace polder::analysis
