// SPDX-License-Identifier: Apache-2.0
// The document of a report against the sample experiment's known numbers, and what a page does with texts.
#include "tools/report/document.hpp"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/error.hpp"
#include "output/effects.hpp"
#include "output/hdf5_file.hpp"
#include "output/result_writer.hpp"
#include "tests/output/sample_experiment.hpp"
#include "tests/support/scratch.hpp"
#include "tools/report/moments.hpp"
#include "tools/report/page.hpp"
#include "tools/report/sweep.hpp"

namespace {

using namespace polder;
using namespace polder::tools::report;
using output::test::sample_experiment;
using output::test::sample_replicate;
using output::test::sample_value;
using polder::test::Scratch;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::uint32_t replicates = 5;

/// The sample experiment as a finished result.
std::string sample_result(const Scratch& scratch) {
  const output::ExperimentInfo info = sample_experiment(replicates);
  std::string path = scratch / "sample.h5";
  output::ResultWriter writer(path, info);
  for (std::uint32_t r = 0; r < replicates; ++r)
    for (std::size_t arm = 0; arm < info.arms.size(); ++arm) writer.commit(sample_replicate(info, arm, r));
  writer.finish();
  return path;
}

const Json& find(const Json& list, const std::string& id) {
  for (const Json& entry : list)
    if (entry["id"] == id) return entry;
  throw std::runtime_error("no " + id);
}

TEST(Quantile, interpolates_between_order_statistics) {
  EXPECT_EQ(quantile({4, 1, 3, 2}, 0.0), 1);
  EXPECT_EQ(quantile({4, 1, 3, 2}, 1.0), 4);
  EXPECT_DOUBLE_EQ(quantile({4, 1, 3, 2}, 0.5), 2.5);
  EXPECT_DOUBLE_EQ(quantile({10, 20, 30}, 0.1), 12);
  EXPECT_DOUBLE_EQ(quantile({7, output::not_known}, 0.9), 7);
  EXPECT_TRUE(std::isnan(quantile({output::not_known}, 0.5)));
}

TEST(Document, holds_the_paired_difference_of_a_year) {
  const Scratch scratch;
  const Json made = document(output::ResultReader(sample_result(scratch)));
  EXPECT_EQ(made["pairs"], replicates);
  std::vector<double> before, after;
  for (std::uint32_t r = 0; r < replicates; ++r) {
    before.push_back(sample_value(0, r, "private_rnd", Month::of(2022, 12)));
    after.push_back(sample_value(1, r, "private_rnd", Month::of(2022, 12)));
  }
  const output::PairedEffect effect = output::paired_effect(before, after);
  const Json& at = find(made["indicators"], "private_rnd")["moments"][0].back();
  EXPECT_NEAR(at["mean"].get<double>(), effect.mean, 1e-4);
  EXPECT_NEAR(at["low"].get<double>(), effect.low, 1e-4);
  EXPECT_NEAR(at["high"].get<double>(), effect.high, 1e-4);
  EXPECT_EQ(at["pairs"], replicates);
  EXPECT_GE(at["q"].get<double>(), at["p"].get<double>());
}

TEST(Document, shows_the_network_at_the_start_and_at_the_end_of_every_arm) {
  const Scratch scratch;
  const Json network = document(output::ResultReader(sample_result(scratch)))["network"];
  EXPECT_EQ(network["name"], "contacts");
  ASSERT_EQ(network["snapshots"].size(), 3);
  const Json &before = network["snapshots"][0], &policy = network["snapshots"][2];
  EXPECT_EQ(before["month"], "2019-12");
  EXPECT_EQ(policy["arm"], 1);
  EXPECT_EQ(policy["month"], "2022-12");
  EXPECT_EQ(policy["nodes"], 211);
  EXPECT_EQ(policy["members"].size(), 5);
  EXPECT_EQ(policy["pairs"].size(), 4);
  const Json& member = policy["members"][1];
  EXPECT_EQ(member["degree"], 101);
  EXPECT_EQ(network["categories"]["region"][member["region"].get<std::size_t>()]["id"], "Fryslân");
}

TEST(Document, averages_over_the_years_in_which_policies_differ) {
  const Scratch scratch;
  const Json made = document(output::ResultReader(sample_result(scratch)));
  EXPECT_EQ(made["moments"][0], (Json{{"average", true}, {"from", 2020}, {"to", 2022}}));
  double sum = 0;
  for (std::uint32_t r = 0; r < replicates; ++r)
    for (const int year : {2020, 2021, 2022})
      sum += sample_value(1, r, "startups", Month::of(year, 12)) -
             sample_value(0, r, "startups", Month::of(year, 12));
  EXPECT_NEAR(find(made["indicators"], "startups")["moments"][0][0]["mean"].get<double>(),
              sum / (3 * replicates), 1e-4);
}

TEST(Document, leaves_out_labels_and_numbers_that_nobody_has) {
  const Scratch scratch;
  const Json made = document(output::ResultReader(sample_result(scratch)));
  const Json& region = find(made["indicators"], "private_rnd")["groups"]["region"];
  EXPECT_TRUE(region.contains("Groningen"));
  EXPECT_FALSE(region.contains("abroad"));  // only the policy has it: there is nothing to compare
  EXPECT_TRUE(find(made["indicators"], "chips")["moments"][0][0]["mean"].is_null());
}

TEST(Document, adds_up_flows_of_instruments_and_no_others) {
  const Scratch scratch;
  const output::ResultReader result(sample_result(scratch));
  const Json made = document(result);
  double sum = 0;
  for (const output::FlowRow& row : result.flow_rows())
    if (row.arm == 1 && result.flow_columns()[row.flow].instrument == "photonics" &&
        result.flow_columns()[row.flow].payer == "fund")
      sum += to_euros(row.amount) / replicates;
  ASSERT_GT(sum, 0);
  bool found = false;
  for (const Json& flow : made["flows"][1]) {
    EXPECT_NE(flow["instrument"], "sales");
    if (flow["instrument"] != "photonics" || flow["payer"] != "fund") continue;
    found = true;
    EXPECT_NEAR(flow["amount"].get<double>() / sum, 1, 1e-5);
  }
  EXPECT_TRUE(found);
}

TEST(Document, passes_on_what_an_analysis_left_in_the_result) {
  const Scratch scratch;
  const std::string path = sample_result(scratch);
  EXPECT_TRUE(document(output::ResultReader(path))["analysis"].is_null());
  {
    output::hdf5::File file = output::hdf5::File::open(path, output::hdf5::File::Access::write);
    output::hdf5::Dataset text =
        file.root().create_group("analysis").create("json", output::hdf5::Element::text, {1});
    text.write_text({R"({"outcomes": [{"indicator": "startups"}]})"});
  }
  EXPECT_EQ(document(output::ResultReader(path))["analysis"]["outcomes"][0]["indicator"], "startups");
}

TEST(Document, refuses_a_result_without_a_finished_run) {
  const Scratch scratch;
  const std::string path = scratch / "empty.h5";
  const output::ExperimentInfo info = sample_experiment(2);
  output::ResultWriter writer(path, info);
  EXPECT_THROW(document(output::ResultReader(path)), InputError);
}

/// A merged sweep of three points and two replicates whose policy adds 1, 2, ... 6 in its six runs.
std::string sample_sweep(const Scratch& scratch) {
  using namespace output::hdf5;
  std::string path = scratch / "sweep.h5";
  File file = File::create(path);
  Group root = file.root();
  root.set_attribute("kind", "sweep");
  root.set_attribute("title", "Three points");
  root.set_attribute("complete", std::int32_t{1});
  root.set_attribute("scale", 0.5);
  root.set_attribute("seed", std::uint64_t{7});
  root.set_attribute("start", "2020-01");
  const auto axis = [&](Group& group, const char* name, std::vector<std::int32_t> numbers) {
    Dataset dataset = group.create(name, Element::i32, {numbers.size()});
    dataset.write(std::span<const std::int32_t>(numbers));
    dataset.make_scale();
  };
  axis(root, "point", {1, 2, 3});
  axis(root, "time", {days_since_2020(Month::of(2021, 1)) - 1, days_since_2020(Month::of(2022, 1)) - 1});
  root.create("arm", Element::text, {2}).write_text({"baseline", "policy"});
  Group indicators = root.create_group("indicators");
  axis(indicators, "point", {1, 2, 3});
  Dataset startups = indicators.create("startups", Element::f64, {3, 2, 2, 2});
  startups.set_attribute("units", "firms");
  std::vector<double> values;
  for (int point = 0; point < 3; ++point)
    for (int arm = 0; arm < 2; ++arm)
      for (int replicate = 0; replicate < 2; ++replicate)
        for (int time = 0; time < 2; ++time)
          values.push_back(100 * point + 10 * time + arm * (2 * point + replicate + 1));
  startups.write(std::span<const double>(values));
  return path;
}

TEST(Document, shows_how_far_the_runs_of_a_sweep_lie_apart) {
  const Scratch scratch;
  const std::string path = sample_sweep(scratch);
  EXPECT_TRUE(is_sweep(path));
  EXPECT_FALSE(is_sweep(sample_result(scratch)));
  const Json made = sweep_document(path);
  EXPECT_EQ(made["kind"], "sweep");
  EXPECT_EQ(made["pairs"], 6);
  EXPECT_EQ(made["times"], (Json{"2020-12", "2021-12"}));
  const Json& at = find(made["indicators"], "startups")["moments"][0].back();
  EXPECT_DOUBLE_EQ(at["baseline"].get<double>(), 110);
  EXPECT_DOUBLE_EQ(at["mean"].get<double>(), 3.5);  // of 1 ... 6
  EXPECT_DOUBLE_EQ(at["low"].get<double>(), 1.5);
  EXPECT_DOUBLE_EQ(at["high"].get<double>(), 5.5);
  EXPECT_TRUE(at["p"].is_null());
}

TEST(Page, keeps_a_script_that_hides_in_a_title_inside_the_document) {
  const Json evil = {{"title", "</script><script>alert(1)</script><!--"}};
  const Bundle bundle{"<html lang=\"@LANGUAGE@\"><title>@TITLE@</title><script>@DOCUMENT@</script>", "x", {}};
  const std::string text = page(bundle, evil, "nl");
  EXPECT_THAT(text, HasSubstr("lang=\"nl\""));
  EXPECT_THAT(text, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(text, Not(HasSubstr("<!--")));
  const std::size_t begin = text.find("<script>") + 8;
  EXPECT_EQ(Json::parse(text.substr(begin, text.find("</script>") - begin)), evil);
}

TEST(Page, says_what_is_missing_when_it_was_built_without_npm) {
  const Bundle nothing{{}, {}, "built without the report: Node.js or npm was not there"};
  try {
    page(nothing, {{"title", ""}}, "en");
    FAIL() << "made a page out of nothing";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("Node.js or npm was not there"));
    EXPECT_THAT(error.what(), HasSubstr("tools/install_packages.sh build"));
  }
}

}  // namespace
