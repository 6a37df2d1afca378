// SPDX-License-Identifier: Apache-2.0
#include "output/result_reader.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/error.hpp"
#include "output/result_writer.hpp"
#include "tests/output/compare_results.hpp"
#include "tests/output/sample_experiment.hpp"
#include "tests/support/scratch.hpp"

namespace polder::output::test::result_reader_test {
namespace {

using polder::test::Scratch;

class Result : public ::testing::Test {
 protected:
  Result() : info_(sample_experiment(2)) {
    ResultWriter writer(folder_ / "r.h5", info_);
    for (std::uint32_t r = 0; r < 2; ++r) {
      for (std::size_t arm = 0; arm < 2; ++arm) writer.commit(sample_replicate(info_, arm, r));
    }
    writer.finish();
    reader_.emplace(folder_ / "r.h5");
  }
  Scratch folder_;
  ExperimentInfo info_;
  std::optional<ResultReader> reader_;
};

using ResultReading = Result;

TEST_F(ResultReading, tells_what_the_experiment_was) {
  EXPECT_EQ(reader_->seed(), info_.seed);
  EXPECT_EQ(reader_->scale(), info_.scale);
  EXPECT_EQ(reader_->start(), info_.start);
  EXPECT_EQ(reader_->title(), info_.title);
  EXPECT_EQ(reader_->times(), info_.arms[0].times);
  EXPECT_EQ(reader_->years(), info_.arms[0].years);
  EXPECT_EQ(reader_->provenance(), info_.provenance);
  EXPECT_EQ(reader_->kinds(), (std::vector<std::string>{"firm", "fund", "person"}));
}

TEST_F(ResultReading, describes_every_indicator) {
  const SeriesInfo& given = info_.arms[0].series[0];
  const SeriesInfo& got = reader_->indicator("private_rnd");
  EXPECT_EQ(got.unit, given.unit);
  EXPECT_EQ(got.long_name, given.long_name);
  EXPECT_EQ(got.title_en, given.title_en);
  EXPECT_EQ(got.title_nl, given.title_nl);
  EXPECT_EQ(got.category, given.category);
  EXPECT_EQ(got.indicator_class, given.indicator_class);
  EXPECT_EQ(got.definition, given.definition);
  EXPECT_EQ(got.formula, given.formula);
  EXPECT_EQ(got.annex, given.annex);
  EXPECT_EQ(got.by, given.by);
}

TEST_F(ResultReading, gives_the_scenarios_back_with_every_byte_of_their_files) {
  for (std::size_t arm = 0; arm < 2; ++arm) {
    ArmScenario given = info_.scenarios[arm];
    std::sort(given.files.begin(), given.files.end(),
              [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
    const ArmScenario got = reader_->scenario(arm);
    EXPECT_EQ(got, given);  // files compare by checksum
    ASSERT_EQ(got.files.size(), given.files.size());
    for (std::size_t f = 0; f < got.files.size(); ++f) {
      EXPECT_EQ(got.files[f].path, given.files[f].path);
      EXPECT_EQ(got.files[f].content, given.files[f].content);
    }
  }
}

TEST_F(ResultReading, sums_the_outlay_of_instruments_without_repayments) {
  const Array outlay = reader_->instrument_table("outlay");
  EXPECT_EQ(outlay.shape, (hdf5::Shape{2, 2, 3, 2}));
  const auto at = [&](std::size_t arm, std::size_t r, std::size_t y, std::size_t i) {
    return outlay.values[((arm * 2 + r) * 3 + y) * 2 + i];
  };
  // Of the policy's four flows the first is photonics to firms, the second wbso, the fourth what firms pay
  // back.
  const ReplicateResult replicate = sample_replicate(info_, 1, 1);
  for (std::size_t y = 0; y < 3; ++y) {
    EXPECT_EQ(at(1, 1, y, 0), to_euros(replicate.flows[y][1]));
    EXPECT_EQ(at(1, 1, y, 1), to_euros(replicate.flows[y][0]));
    EXPECT_EQ(at(0, 1, y, 1), 0.0) << "the baseline has no photonics";
  }
  EXPECT_EQ(reader_->instruments()[1].title, "PhotonDelta");
}

TEST_F(ResultReading, names_the_nearest_indicator) {
  try {
    reader_->series("private_rmd");
    FAIL() << "gave an indicator that does not exist";
  } catch (const InputError& error) {
    ASSERT_EQ(error.mistakes().size(), 1U);
    EXPECT_EQ(error.mistakes()[0].suggestion, "private_rnd");
  }
  EXPECT_THROW(reader_->grouped("startups", "sector"), InputError);
  EXPECT_THROW(reader_->grouped("private_rnd", "theme"), InputError);
}

TEST(ResultReader, reads_samples_of_any_month_back) {
  const Scratch folder;
  ExperimentInfo info = sample_experiment(1);
  info.arms.resize(1);
  info.scenarios.resize(1);
  ArmInfo& arm = info.arms[0];
  arm.times.clear();
  for (int m = 0; m < 12 * 60; ++m) arm.times.push_back(Month::of(1990, 1) + m);
  arm.series.resize(1);
  arm.series[0].by.clear();
  { const ResultWriter writer(folder / "r.h5", info); }
  EXPECT_EQ(ResultReader(folder / "r.h5").times(), arm.times);
}

TEST(ResultReader, reads_an_experiment_without_samples_flows_or_scenarios) {
  const Scratch folder;
  ExperimentInfo info;
  info.arms.resize(1);
  info.arms[0].label = "nothing";
  ResultWriter writer(folder / "r.h5", info);
  ReplicateResult nothing;
  writer.commit(nothing);
  writer.finish();
  const ResultReader reader(folder / "r.h5");
  EXPECT_TRUE(reader.complete());
  EXPECT_TRUE(reader.is_committed(0, 0));
  EXPECT_TRUE(reader.indicators().empty() && reader.times().empty() && reader.flow_rows().empty());
  EXPECT_THROW(reader.scenario(0), InputError);
}

}  // namespace
}  // namespace polder::output::test::result_reader_test
