// SPDX-License-Identifier: Apache-2.0
#include "output/result_csv.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "output/result_writer.hpp"
#include "tests/output/sample_experiment.hpp"
#include "tests/support/scratch.hpp"

namespace polder::output::test::result_csv_test {
namespace {

using polder::test::Scratch;

std::string table(const Scratch& folder, const std::string& title) {
  ExperimentInfo info = sample_experiment(2);
  info.arms[0].label = title;
  ResultWriter writer(folder / "r.h5", info);
  writer.commit(sample_replicate(info, 0, 1));
  std::ostringstream out;
  write_tidy_csv(ResultReader(folder / "r.h5"), out);
  return out.str();
}

TEST(ResultCsv, has_a_line_for_every_sample_of_committed_replicates) {
  const Scratch folder;
  const std::string text = table(folder, "baseline");
  // header; private_rnd 3 times, by sector 3 x 3, by region 3 x 2; startups 6 times
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1 + 3 + 9 + 6 + 6);
  EXPECT_EQ(text.substr(0, text.find('\n')), "arm,replicate,month,indicator,unit,axis,label,value");
  EXPECT_NE(text.find("\nbaseline,2,2021-12,private_rnd,MEUR,region,Fryslân,"), std::string::npos);
}

TEST(ResultCsv, writes_numbers_that_read_back_to_the_same_bits) {
  const Scratch folder;
  const std::string text = table(folder, "baseline");
  const std::string line = "baseline,2,2020-06,startups,firms,,,";
  const auto at = text.find(line);
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(std::strtod(text.c_str() + at + line.size(), nullptr),
            sample_value(0, 1, "startups", Month::of(2020, 6)));
}

TEST(ResultCsv, quotes_what_holds_a_comma_or_a_quote) {
  const Scratch folder;
  EXPECT_NE(table(folder, "say \"no\", twice").find("\n\"say \"\"no\"\", twice\",2,"), std::string::npos);
}

}  // namespace
}  // namespace polder::output::test::result_csv_test
