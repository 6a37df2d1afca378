// SPDX-License-Identifier: Apache-2.0
// A rule with all that the language knows of pairs, from the file to the figures: chance, distance,
// similarity, learning, ties, values and ids of the partner.
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "command_line.hpp"
#include "output/result_reader.hpp"

namespace {

using ::testing::HasSubstr;
using namespace polder::testing;

TEST(OpenScience, is_correct_and_declares_what_it_reads_and_writes) {
  const Outcome check = polder::testing::polder({"check", scenario("open-science.yaml")});
  EXPECT_EQ(check.code, 0) << check.err;
  const Outcome schedule = polder::testing::polder({"describe", "--schedule", scenario("open-science.yaml")});
  EXPECT_THAT(schedule.out, HasSubstr("sme.region, university.openness, university.region"));
  EXPECT_THAT(schedule.out, HasSubstr("sme.mentor"));
}

TEST(OpenScience, reaches_firms_by_distance_and_leaves_its_traces) {
  const Scratch scratch;
  const std::string file = scratch / "result.h5";
  const Outcome run = polder::testing::polder({"run", scenario("open-science.yaml"), "-o", file, "--quiet"});
  ASSERT_EQ(run.code, 0) << run.err;
  const polder::output::ResultReader result(file);
  const std::size_t last = result.times().size() - 1;
  const auto meetings = result.grouped("meetings", "region");
  const auto mentored = result.grouped("mentored", "region");
  const auto at = [&](const auto& array, std::size_t region) { return array.values[last * 3 + region]; };
  const double total = at(meetings, 0) + at(meetings, 1) + at(meetings, 2);
  // 200 universities, 2 % a month times an openness of 0.75 on average, 120 months: 360 meetings
  EXPECT_NEAR(total, 360, 4 * std::sqrt(360.0));
  const double weight[] = {1, std::exp(-0.5), std::exp(-2.0)};  // 0, 100 and 400 km over 200 km
  for (std::size_t region = 0; region < 3; ++region) {
    const double share = weight[region] / (weight[0] + weight[1] + weight[2]);
    EXPECT_NEAR(at(meetings, region), total * share, 4 * std::sqrt(total * share * (1 - share))) << region;
    EXPECT_GT(at(mentored, region), 0) << region;
    EXPECT_LE(at(mentored, region), at(meetings, region) + 1e-6) << region;
  }
  const auto knowledge = result.replicates("knowledge", 0, 0),
             later = result.replicates("knowledge", 0, last);
  EXPECT_GT(later[0], knowledge[0] + 5);  // a tenth of the way to 1 from 0.5, some 320 times
}

}  // namespace
