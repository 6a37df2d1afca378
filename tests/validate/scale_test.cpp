// SPDX-License-Identifier: Apache-2.0
// Indicators at scale 0.01, 0.1 and 1 agree within sampling error. Scale 1 takes a gigabyte and minutes: it
// runs only when POLDER_SCALE_TEST is `full`.
#include <cmath>
#include <cstdlib>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "agents/registry.hpp"
#include "engine/program.hpp"
#include "scenarios/reader.hpp"
#include "tools/validate/statistics.hpp"

namespace {

using namespace polder;
using tools::validate::Weighted;

/// Those that do not depend on the scale by construction. Venture capital, co-publications and what hangs on
/// consortia do: funds and institutes are at 1:1 in every scale (agents/README.md).
constexpr const char* scale_free[] = {"value_added",  "employment",          "labour_productivity",
                                      "business_rd",  "institute_rd",        "total_rd",
                                      "rd_intensity", "rd_tax_credit_firms", "startups",
                                      "patents",      "publications",        "exports",
                                      "students",     "phd_candidates"};

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

void expect_agreement(const Sample& small, const Sample& large, double ratio) {
  for (const char* id : scale_free) {
    ASSERT_TRUE(small.contains(id) && large.contains(id)) << id;
    const std::vector<Weighted>&a = small.at(id), &b = large.at(id);
    const double n = static_cast<double>(a.size()), m = static_cast<double>(b.size());
    // One estimate of the variance, from the small scale: the large one has too few replicates for its own.
    const double error = std::sqrt(variance(a) / n + variance(a) / ratio / m);
    const double difference = tools::validate::mean(b) - tools::validate::mean(a);
    // 4 standard errors with ten replicates: a false alarm in one of 300 comparisons.
    EXPECT_LT(std::abs(difference), 4 * error + 1e-9 * std::abs(tools::validate::mean(a)))
        << id << ": " << tools::validate::mean(a) << " and " << tools::validate::mean(b);
  }
}

TEST(Scale, a_hundredth_and_a_tenth_agree_within_sampling_error) {
  expect_agreement(run_at("0.01", 10), run_at("0.1", 3), 10);
}

TEST(Scale, a_tenth_and_the_whole_agree_within_sampling_error) {
  const char* wanted = std::getenv("POLDER_SCALE_TEST");
  if (wanted == nullptr || std::string(wanted) != "full") GTEST_SKIP() << "POLDER_SCALE_TEST=full runs it";
  expect_agreement(run_at("0.1", 6), run_at("1", 1), 10);
}

}  // namespace
