// SPDX-License-Identifier: Apache-2.0
// `polder whatif --attribute`: the account of instruments, on the Dutch baseline in miniature.
#include <cmath>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "command_line.hpp"
#include "output/result_reader.hpp"
#include "tools/attribution_plan.hpp"
#include "tools/attribution_tally.hpp"

namespace {

using ::testing::HasSubstr;
using namespace polder::testing;
using Json = nlohmann::json;

const std::string library = std::string(POLDER_SOURCE_DIR) + "/scenarios/";

std::string policy(const Scratch& scratch, const std::string& budget) {
  return scratch.write("grants.yaml",
                       "polder: 1\nextends: " + library +
                           "nl-2020.yaml\nname: grants\ninstruments:\n"
                           "  - id: extra-grants\n    form: grant\n    payer: government.national.ezk\n"
                           "    window: {start: 2021-01, end: 2022-12}\n    budget: {yearly: " +
                           budget +
                           "}\n    eligible: rd_performer\n"
                           "    request: \"min(30 % * rd_plan * 12 months, 200 kEUR)\"\n"
                           "    payout: {over: 12 months}\n    source: assumption\n"
                           "  - id: extra-vouchers\n    form: voucher\n    payer: government.national.ezk\n"
                           "    window: {start: 2021-01, end: 2022-12}\n    budget: {yearly: " +
                           budget +
                           "}\n    eligible: type == sme\n    source: assumption\n"
                           "  - id: wbso\n    starter_rate: 45 %\n");
}

std::vector<std::string> command(const Scratch& scratch, const std::string& file, const std::string& out) {
  return {"whatif",       library + "nl-2020.yaml",
          file,           "--attribute",
          "--scale",      "0.005",
          "--replicates", "3",
          "--until",      "2022-12",
          "--threads",    "1",
          "-o",           scratch / out};
}

TEST(Attribution, takes_the_unpaid_behind_a_recipient_to_change_as_others_do) {
  // Ten firms of 10 each behind one agent, one of them paid; a hundred other firms of 10 do 2 % less.
  EXPECT_DOUBLE_EQ(polder::tools::change_of_unpaid(-20, 1000, 90), -1.8);
  EXPECT_EQ(polder::tools::change_of_unpaid(0, 0, 90), 0);
  EXPECT_EQ(polder::tools::change_of_unpaid(-20, 1000, 0), 0);
}

TEST(Attribution, accounts_for_every_euro_and_splits_the_package) {
  const Scratch scratch;
  auto arguments = command(scratch, policy(scratch, "40 MEUR"), "a.h5");
  arguments.emplace_back("--json");
  const Outcome outcome = polder::testing::polder(arguments);
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const Json json = Json::parse(outcome.out);
  ASSERT_EQ(json["policies"].size(), 1U);  // the further arms are no policies of their own
  const Json one = json["attribution"][0];
  ASSERT_EQ(one["instruments"].size(), 3U);
  EXPECT_EQ(one["replicates"], 3);
  double shared = 0, outlay = 0;
  for (const Json& instrument : one["instruments"]) {
    double parts = 0;
    for (const char* name : {"additional", "windfall", "displaced", "leaked", "residual"})
      parts += instrument[name]["mean"].get<double>();
    EXPECT_NEAR(parts, instrument["outlay"]["mean"].get<double>(), 1.0);
    EXPECT_EQ(instrument["shapley_total_rd"]["order_error"], 0.0);
    shared += instrument["shapley_outlay"]["mean"].get<double>();
    outlay += instrument["outlay"]["mean"].get<double>();
  }
  const Json grants =
      one["instruments"][0]["instrument"] == "extra-grants" ? one["instruments"][0] : one["instruments"][1];
  EXPECT_GT(grants["outlay"]["mean"].get<double>(), 30e6);
  EXPECT_GT(grants["additional"]["mean"].get<double>(), 0);
  // The shares of the outlay add up to what the package costs more than the baseline.
  EXPECT_NEAR(shared, json["policies"][0]["per_public_euro"]["outlay"].get<double>(), 1.0);
  EXPECT_GT(outlay, 0);
  const Json& euro = json["policies"][0]["per_public_euro"];
  EXPECT_NEAR(euro["firms"]["value"].get<double>() + euro["institutes"]["value"].get<double>(),
              euro["additionality"]["value"].get<double>(), 1e-9);
  // Grants and credits raise pay a little, so less research is done than euros are spent.
  EXPECT_LT(euro["constant_pay"]["value"].get<double>(), euro["additionality"]["value"].get<double>());
  EXPECT_GT(euro["constant_pay"]["value"].get<double>(), 0.5 * euro["additionality"]["value"].get<double>());
  // The report shows the same accounts, and no further arms.
  const Outcome reported =
      polder::testing::polder({"report", scratch / "a.h5", "--format", "json", "-o", "-"});
  ASSERT_EQ(reported.code, 0) << reported.err;
  const Json document = Json::parse(reported.out);
  EXPECT_EQ(document["arms"].size(), 2U);
  EXPECT_EQ(document["flows"].size(), 2U);
  EXPECT_EQ(document["per_euro"].size(), 1U);
  ASSERT_EQ(document["attribution"].size(), 1U);
  const Json& accounts = document["attribution"][0]["instruments"];
  ASSERT_EQ(accounts.size(), 3U);
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    EXPECT_EQ(accounts[i]["id"], one["instruments"][i]["instrument"]);
    const double told = one["instruments"][i]["additional"]["mean"].get<double>();
    EXPECT_NEAR(accounts[i]["additional"]["mean"].get<double>(), told, 1e-5 * std::abs(told) + 1);
  }
}

TEST(Attribution, stands_in_the_result_which_runs_again_to_the_same) {
  const Scratch scratch;
  const Outcome outcome = polder::testing::polder(command(scratch, policy(scratch, "40 MEUR"), "a.h5"));
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("leave-one-out pairs"));
  EXPECT_THAT(outcome.out, HasSubstr("Shapley share"));
  ASSERT_EQ(polder::testing::polder({"run", scratch / "a.h5", "-o", scratch / "b.h5", "--quiet"}).code, 0);
  const auto first = polder::output::ResultReader(scratch / "a.h5").attribution(),
             again = polder::output::ResultReader(scratch / "b.h5").attribution();
  ASSERT_EQ(first.size(), 1U);
  ASSERT_EQ(again.size(), 1U);
  for (std::size_t m = 0; m < first[0].members.size(); ++m)
    for (std::size_t a = 0; a < polder::output::num_accounts; ++a)
      EXPECT_EQ(first[0].totals[m][a].mean, again[0].totals[m][a].mean) << first[0].members[m];
}

TEST(Attribution, gives_nothing_to_instruments_without_money) {
  const Scratch scratch;
  auto arguments = command(scratch, policy(scratch, "0 EUR"), "a.h5");
  arguments.emplace_back("--json");
  const Outcome outcome = polder::testing::polder(arguments);
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const Json json = Json::parse(outcome.out);
  for (const Json& instrument : json["attribution"][0]["instruments"]) {
    if (instrument["instrument"] == "wbso") continue;
    for (const char* name : {"outlay", "additional", "windfall", "crowded_in", "shapley_total_rd"})
      EXPECT_EQ(instrument[name]["mean"], 0.0) << name;
  }
}

TEST(Attribution, refuses_policies_without_an_instrument_of_their_own) {
  const Scratch scratch;
  const std::string file =
      scratch.write("same.yaml", "polder: 1\nextends: " + library +
                                     "nl-2020.yaml\nname: same\nparameters: {productivity_spread: 0.3}\n");
  const Outcome outcome = polder::testing::polder(command(scratch, file, "a.h5"));
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("--attribute"));
}

TEST(AttributionPlan, runs_all_subsets_of_few_and_the_prefixes_of_sampled_orders) {
  using namespace polder::tools;
  EXPECT_EQ(subsets(3, {}).size(), 7U);
  const auto orders = sample_orders(8, 4, 11);
  ASSERT_EQ(orders.size(), 4U);
  EXPECT_EQ(orders, sample_orders(8, 4, 11));
  EXPECT_EQ(std::vector<std::uint32_t>(orders[0].rbegin(), orders[0].rend()), orders[1]);
  const auto masks = subsets(8, orders);
  EXPECT_LE(masks.size(), 1U + 8U + 4U * 7U);
  for (unsigned i = 0; i < 8; ++i)
    EXPECT_TRUE(std::binary_search(masks.begin(), masks.end(), 255U & ~(1U << i)));
}

}  // namespace
