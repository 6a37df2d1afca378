// SPDX-License-Identifier: Apache-2.0
// Whole analyses of sweep files, by the function and by the command.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "designs.hpp"
#include "engine/error.hpp"
#include "functions.hpp"
#include "sweep_file.hpp"
#include "tests/tools/command_line.hpp"
#include "tools/analysis/analysis.hpp"

namespace {

using namespace polder::analysis;
using namespace polder::analysis::testing;
using Eigen::MatrixXd;
using polder::test::Scratch;
using ::testing::HasSubstr;
using Json = nlohmann::ordered_json;

/// Baseline: shared noise only. Policy: the baseline plus Ishigami's function and noise of variance 1.
std::string ishigami_sweep(const Scratch& scratch, Method method, std::size_t size, bool failures = false) {
  const DesignRequest made = request(method, size, uniform_parameters(3, -pi, pi));
  const Design design = make_design(made);
  const MatrixXd baseline = runs_of(
      design, 4, 30, 5, [](std::span<const double>) { return 1e6; }, 5);
  MatrixXd policy = baseline + runs_of(design, 4, 0, 1, Ishigami::at, 6);
  if (failures) {
    policy.row(10).setConstant(unknown);
    policy(40, 2) = unknown;
  }
  write_sweep(scratch / "sweep.h5", made, {"baseline", "policy"}, {baseline, policy});
  return scratch / "sweep.h5";
}

Json analysis_of(const std::string& path, const std::string& of = "") {
  AnalysisRequest asked;
  asked.result = path;
  asked.of = of;
  asked.metamodel = "polynomial_chaos";
  return analyze(asked);
}

TEST(Analysis, of_an_effect_finds_indices_and_both_variances) {
  const Scratch scratch;
  const Json analysis = analysis_of(ishigami_sweep(scratch, Method::saltelli, 512));
  ASSERT_EQ(analysis["outcomes"].size(), 1U);
  const Json& outcome = analysis["outcomes"][0];
  EXPECT_EQ(outcome["of"], "effect");
  EXPECT_EQ(outcome["year"], 2035);
  EXPECT_EQ(outcome["time"], "2035-12-31");
  EXPECT_NEAR(outcome["variance"]["replicate"], 1, 0.1);
  EXPECT_NEAR(outcome["variance"]["parameter"], Ishigami::variance(), 1);
  for (const Json& estimate : outcome["sobol"])
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_NEAR(estimate["indices"][i]["first"]["value"], Ishigami::first(i), 0.07);
      EXPECT_NEAR(estimate["indices"][i]["total"]["value"], Ishigami::total(i), 0.07);
    }
  EXPECT_GT(outcome["metamodel"]["q2_without_noise"], 0.95);
  EXPECT_EQ(outcome["decision"]["parameters"].size(), 3U);
  EXPECT_EQ(analysis["missing"]["runs"], 0);
  const Json& budget = analysis["budget"][0];
  double shares = 0;
  for (const Json& row : budget["rows"]) shares += row["share"].get<double>();
  EXPECT_NEAR(shares, 1, 1e-12);
}

TEST(Analysis, of_a_level_that_only_replicates_move_shows_no_indices) {
  const Scratch scratch;
  const Json analysis = analysis_of(ishigami_sweep(scratch, Method::latin_hypercube, 64), "level");
  const Json& outcome = analysis["outcomes"][0];
  EXPECT_EQ(outcome["arm"], "baseline");
  EXPECT_TRUE(outcome["against"].is_null());
  EXPECT_FALSE(outcome.contains("decision"));
  EXPECT_GT(outcome["variance"]["share_replicate"], 0.95);
}

TEST(Analysis, names_runs_that_failed_and_leaves_them_out) {
  const Scratch scratch;
  const Json analysis = analysis_of(ishigami_sweep(scratch, Method::saltelli, 64, true));
  EXPECT_EQ(analysis["missing"]["runs"], 5);
  EXPECT_EQ(analysis["missing"]["points"], 1);
  EXPECT_EQ(analysis["missing"]["named"][0], "point 11, replicate 1: failed, division by zero");
  EXPECT_EQ(analysis["outcomes"][0]["points"], 319);
  EXPECT_EQ(analysis["outcomes"][0]["sobol"][0]["rows"], 63);
  EXPECT_THAT(analysis["warnings"].dump(), HasSubstr("5 of 1280 runs have no values (5 failed, 0 not run)"));
}

TEST(Analysis, of_morris_trajectories_has_their_effects) {
  const Scratch scratch;
  const Json analysis = analysis_of(ishigami_sweep(scratch, Method::morris, 20));
  EXPECT_EQ(analysis["outcomes"][0]["morris"]["effects"].size(), 3U);
  EXPECT_FALSE(analysis["outcomes"][0].contains("sobol"));
}

TEST(Analysis, refuses_what_the_sweep_does_not_hold) {
  const Scratch scratch;
  AnalysisRequest asked;
  asked.result = ishigami_sweep(scratch, Method::sobol_sequence, 16);
  asked.indicators = {"rdn"};
  EXPECT_THROW((void)analyze(asked), polder::InputError);
  asked.indicators = {};
  asked.years = {1999};
  EXPECT_THROW((void)analyze(asked), polder::InputError);
  asked.years = {};
  asked.policies = {"baseline"};
  EXPECT_THROW((void)analyze(asked), polder::InputError);
  asked.result = scratch.write("text.h5", "no file of numbers");
  EXPECT_THROW((void)analyze(asked), polder::InputError);
  asked.result = scratch / "nothing.h5";
  EXPECT_THROW((void)analyze(asked), polder::InputError);
}

TEST(AnalyzeCommand, prints_and_stores_the_same_analysis_again_and_again) {
  const Scratch scratch;
  const std::string path = ishigami_sweep(scratch, Method::latin_hypercube, 64);
  const auto first = polder::testing::polder({"analyze", path, "--json"});
  ASSERT_EQ(first.code, 0) << first.err;
  const auto second = polder::testing::polder({"analyze", path, "--json"});
  EXPECT_EQ(first.out, second.out);
  const auto file = polder::output::hdf5::File::open(path, polder::output::hdf5::File::Access::read);
  EXPECT_EQ(file.root().group("analysis").dataset("json").read_text().at(0), first.out);
  const auto csv = polder::testing::polder({"analyze", path, "--format", "csv"});
  EXPECT_EQ(file.root().group("analysis").dataset("csv").read_text().at(0), csv.out);
  EXPECT_THAT(csv.out, HasSubstr("rnd,2035,effect,policy,EUR,x2,prcc,"));
}

TEST(AnalyzeCommand, speaks_to_people_in_both_languages_and_explains_mistakes) {
  const Scratch scratch;
  const std::string path = ishigami_sweep(scratch, Method::sobol_sequence, 64);
  const auto english = polder::testing::polder({"analyze", path, "--no-store"});
  EXPECT_EQ(english.code, 0) << english.err;
  EXPECT_THAT(english.out, HasSubstr("rnd in 2035: effect of policy against baseline"));
  EXPECT_THAT(english.out, HasSubstr("Uncertainty of a run"));
  EXPECT_THAT(polder::testing::polder({"analyze", path, "--no-store", "--lang", "nl"}).out,
              HasSubstr("effect van policy"));
  const auto wrong = polder::testing::polder({"analyze", path, "--indicator", "rdn"});
  EXPECT_EQ(wrong.code, 1);
  EXPECT_THAT(wrong.err, HasSubstr("Did you mean 'rnd'?"));
  EXPECT_EQ(polder::testing::polder({"analyze", scratch / "no.h5"}).code, 1);
}

}  // namespace
