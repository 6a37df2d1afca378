// SPDX-License-Identifier: Apache-2.0
// Indicators at scale 0.01, 0.1 and 1 agree within sampling error. The run at scale 1 takes half a gigabyte.
#include <cmath>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "agents/registry.hpp"
#include "engine/program.hpp"
#include "scenarios/reader.hpp"
#include "tools/validate/statistics.hpp"

namespace {

using namespace polder;
using tools::validate::Weighted;

/// Those that do not depend on the scale by construction. What counts distinct partners does: a small sample
/// meets the same partners again (agents/README.md).
constexpr const char* scale_free[] = {
    "value_added",    "employment",          "labour_productivity",
    "business_rd",    "institute_rd",        "total_rd",
    "rd_intensity",   "rd_tax_credit_firms", "startups",
    "patents",        "publications",        "exports",
    "students",       "phd_candidates",      "public_private_copublications",
    "copublications", "participating_firms", "adoption",
    "acceptance",     "instrument_awards",   "venture_capital"};

/// Last values by indicator, one a replicate.
using Sample = std::map<std::string, std::vector<Weighted>>;

Sample run_at(const char* scale, std::uint32_t replicates) {
  const Catalogue catalogue = agents::catalogue();
  const Scenario scenario =
      scenarios::read_scenario(POLDER_SOURCE_DIR "/scenarios/nl-2020.yaml",
                               {std::string("scale=") + scale, "clock.end=2021-12"}, catalogue);
  const Program program = compile(scenario, catalogue);
  Sample sample;
  for (std::uint32_t r = 0; r < replicates; ++r) {
    const auto result = run(program, scenario.seed, r);
    for (std::size_t s = 0; s < program.arm().series.size(); ++s)
      for (auto value = result->values[s].rbegin(); value != result->values[s].rend(); ++value)
        if (!std::isnan(*value)) {
          sample[program.arm().series[s].id].push_back({*value, 1});
          break;
        }
  }
  return sample;
}

/// Sample variance over replicates. Sampling error falls with the number of agents: at ten times the scale it
/// is a tenth.
double variance(const std::vector<Weighted>& sample) {
  const double sd = tools::validate::standard_deviation(sample);
  const auto n = static_cast<double>(sample.size());
  return sd * sd * n / (n - 1);
}

/// What sampling alone may make of the difference of two means: four standard errors, which with ten
/// replicates one of 300 comparisons exceeds. One estimate of the variance, from the small scale: the large
/// one has too few replicates for its own.
double sampling_error(const std::vector<Weighted>& small, const std::vector<Weighted>& large, double ratio) {
  const double n = static_cast<double>(small.size()), m = static_cast<double>(large.size());
  return 4 * std::sqrt(variance(small) / n + variance(small) / ratio / m) +
         1e-9 * std::abs(tools::validate::mean(small));
}

/// Indicators whose means at two scales differ by more than sampling makes of it. bias: by which the values
/// of the large scale are multiplied.
std::vector<std::string> that_disagree(const Sample& small, const Sample& large, double ratio,
                                       double bias = 1) {
  std::vector<std::string> disagree;
  for (const char* id : scale_free) {
    const std::vector<Weighted>&a = small.at(id), &b = large.at(id);
    const double left = tools::validate::mean(a), right = bias * tools::validate::mean(b);
    if (!(std::abs(right - left) < sampling_error(a, b, ratio)))
      disagree.push_back(fmt::format("{}: {} and {}", id, left, right));
  }
  return disagree;
}

void expect_agreement(const Sample& small, const Sample& large, double ratio) {
  EXPECT_EQ(that_disagree(small, large, ratio), std::vector<std::string>{});
  // A test that could not fail would be none: a tenth too much is found in most indicators.
  EXPECT_GT(that_disagree(small, large, ratio, 1.1).size(), std::size(scale_free) / 2);
  for (const char* id : scale_free) {
    const double share =
        sampling_error(small.at(id), large.at(id), ratio) / tools::validate::mean(small.at(id));
    testing::Test::RecordProperty(std::string(id) + "_detectable", std::to_string(share));
  }
}

TEST(Scale, a_hundredth_and_a_tenth_agree_within_sampling_error) {
  expect_agreement(run_at("0.01", 10), run_at("0.1", 3), 10);
}

TEST(Scale, a_tenth_and_the_whole_agree_within_sampling_error) {
  expect_agreement(run_at("0.1", 6), run_at("1", 1), 10);
}

}  // namespace
