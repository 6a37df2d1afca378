// SPDX-License-Identifier: Apache-2.0
// The command as its users meet it: help, exit codes, messages.
#include <algorithm>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "command_line.hpp"

namespace {

using ::testing::HasSubstr;
using namespace polder::testing;
using Json = nlohmann::json;

const std::vector<std::string> subcommands{"run",      "whatif", "compare", "analyze",
                                           "describe", "schema", "check",   "version"};

TEST(Command, without_arguments_shows_its_help) {
  const Outcome outcome = polder::testing::polder({});
  EXPECT_EQ(outcome.code, 0);
  for (const std::string& name : subcommands) EXPECT_THAT(outcome.out, HasSubstr("\n  " + name + " "));
}

TEST(Command, has_help_with_an_example_for_every_subcommand) {
  for (const std::string& name : subcommands) {
    const Outcome outcome = polder::testing::polder({name, "--help"});
    EXPECT_EQ(outcome.code, 0) << name;
    EXPECT_THAT(outcome.out, HasSubstr("Examples:")) << name;
    EXPECT_THAT(outcome.out, HasSubstr("polder " + name)) << name;
    EXPECT_EQ(outcome.err, "") << name;
  }
}

TEST(Command, suggests_the_subcommand_that_was_meant) {
  const Outcome outcome = polder::testing::polder({"whatfi", "a.yaml"});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("Did you mean 'whatif'?"));
}

TEST(Command, refuses_strange_arguments_without_crashing) {
  const std::vector<std::vector<std::string>> strange{
      {"run"},
      {"run", ""},
      {"run", "/"},
      {"run", "no-such-file.yaml"},
      {"run", scenario("small.yaml"), "--replicates", "0"},
      {"run", scenario("small.yaml"), "--replicates", "-1"},
      {"run", scenario("small.yaml"), "--replicates", "99999999999999999999"},
      {"run", scenario("small.yaml"), "--threads", "many"},
      {"run", scenario("small.yaml"), "--seed", "0x"},
      {"run", scenario("small.yaml"), "--scale", "-3"},
      {"run", scenario("small.yaml"), "--from", "yesterday"},
      {"run", scenario("small.yaml"), "--until", "2019-01"},
      {"run", scenario("small.yaml"), "--set", "=1"},
      {"run", scenario("small.yaml"), "--set", "parameters.coursse=1"},
      {"run", scenario("small.yaml"), "--no-such-option"},
      {"run", scenario("small.yaml"), "-o", "/no/such/folder/x.h5"},
      {"whatif", scenario("small.yaml")},
      {"whatif", scenario("small.yaml"), scenario("small.yaml")},
      {"whatif", scenario("small.yaml"), scenario("nothing-new.yaml"), "--years", "soon"},
      {"whatif", scenario("small.yaml"), scenario("nothing-new.yaml"), "--until-precise", "mean_skill"},
      {"whatif", scenario("small.yaml"), scenario("nothing-new.yaml"), "--until-precise",
       "mean_skil:2022:1%"},
      {"whatif", scenario("small.yaml"), scenario("nothing-new.yaml"), "--until-precise",
       "mean_skill:2022:1 MEUR"},
      {"compare", scenario("small.yaml")},
      {"describe", "mechanisim"},
      {"describe", "function", "no_such_function"},
      {"describe", "--lang", "fr"},
      {"check", "\xff\xfe"},
      {"version", "surplus"},
      {"--", "run"},
      {"-x"}};
  for (const auto& arguments : strange) {
    const Outcome outcome = polder::testing::polder(arguments);
    std::string typed;
    for (const std::string& word : arguments) typed += ' ' + word;
    EXPECT_EQ(outcome.code, 1) << typed << '\n' << outcome.err;
    EXPECT_NE(outcome.err, "") << typed;
  }
}

TEST(Command, tells_mistakes_of_an_option_at_the_option_that_was_typed) {
  const std::string file = scenario("small.yaml");
  const auto error = [&](const char* option, const char* value) {
    return polder::testing::polder({"run", file, "--dry-run", option, value}).err;
  };
  EXPECT_THAT(error("--until", "2019-13"), ::testing::StartsWith("--until: clock.end = 2019-13 ("));
  EXPECT_THAT(error("--from", ""), ::testing::StartsWith("--from: clock.start = nothing ("));
  EXPECT_THAT(error("--scale", "2"), ::testing::StartsWith("--scale: scale = 2 ("));
  EXPECT_THAT(error("--seed", "x"), ::testing::StartsWith("--seed: seed = x ("));
  EXPECT_THAT(error("--sclae", "0.1"), HasSubstr("Did you mean '--scale'?"));
}

TEST(Command, says_that_an_experiment_is_no_scenario) {
  const std::string file = POLDER_SOURCE_DIR "/scenarios/experiments/mini-screening.yaml";
  const Outcome outcome = polder::testing::polder({"check", file});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("polder sweep plan"));
  EXPECT_THAT(outcome.err, ::testing::Not(HasSubstr("clock")));
}

TEST(Command, says_when_its_output_cannot_be_written) {
  const std::string line = std::string(POLDER_COMMAND) + " schema > /dev/full 2>/dev/null";
  EXPECT_NE(std::system(line.c_str()), 0);
}

TEST(Command, survives_a_reader_that_goes_away) {
  const std::string line =
      std::string("set -o pipefail; ") + POLDER_COMMAND + " schema | head -c 1 > /dev/null";
  EXPECT_EQ(std::system(("bash -c '" + line + "'").c_str()), 0);
}

TEST(Command, checks_a_scenario) {
  EXPECT_EQ(polder::testing::polder({"check", scenario("small.yaml")}).code, 0);
  const Scratch scratch;
  const std::string wrong =
      scratch.write("wrong.yaml", "polder: 1\nname: wrong\nclok: {start: 2020-01, end: 2021-12}\n");
  const Outcome outcome = polder::testing::polder({"check", wrong});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("wrong.yaml:3:1: clok"));
  const Json json = Json::parse(polder::testing::polder({"check", wrong, "--json"}).out);
  EXPECT_FALSE(json["correct"]);
  EXPECT_TRUE(std::any_of(json["mistakes"].begin(), json["mistakes"].end(), [](const Json& mistake) {
    return mistake["line"] == 3 && mistake["suggestion"] == "clock";
  }));
}

TEST(Command, shows_where_every_line_of_a_merged_scenario_comes_from) {
  const Outcome outcome = polder::testing::polder({"check", scenario("more-courses.yaml"), "--resolved"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("more-courses.yaml:"));
  EXPECT_THAT(outcome.out, HasSubstr("small.yaml:"));
}

TEST(Command, says_when_the_window_of_an_instrument_lies_outside_the_run) {
  const std::string policy =
      std::string(POLDER_SOURCE_DIR) + "/scenarios/policies/growth-fund-photonics.yaml";
  const Outcome whole = polder::testing::polder({"check", policy});
  const Outcome shorter = polder::testing::polder({"check", policy, "--until", "2021-12"});
  EXPECT_EQ(whole.code, 0) << whole.err;
  EXPECT_EQ(shorter.code, 0) << shorter.err;
  EXPECT_THAT(whole.out, ::testing::Not(HasSubstr("outside the run")));
  EXPECT_THAT(shorter.out, HasSubstr("growth-fund-photonics.yaml:"));
  EXPECT_THAT(shorter.out, HasSubstr("lies outside the run; it does nothing."));
}

TEST(Command, prints_a_schema_that_is_json) {
  const Outcome outcome = polder::testing::polder({"schema"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_TRUE(Json::parse(outcome.out).contains("properties"));
}

TEST(Command, tells_its_version) {
  const Json json = Json::parse(polder::testing::polder({"version", "--json"}).out);
  EXPECT_TRUE(json.contains("version"));
  EXPECT_TRUE(json.contains("compiler"));
}

TEST(Command, describes_everything_it_lists) {
  for (const std::string topic : {"mechanism", "kind", "form", "function"}) {
    const Json list = Json::parse(polder::testing::polder({"describe", topic, "--json"}).out)["list"];
    ASSERT_FALSE(list.empty()) << topic;
    for (const Json& one : list) {
      const std::string name = one["name"];
      const Outcome page = polder::testing::polder({"describe", topic, name, "--json"});
      EXPECT_EQ(page.code, 0) << topic << ' ' << name << '\n' << page.err;
      EXPECT_EQ(Json::parse(page.out)["name"], name);
    }
  }
}

TEST(Command, describes_an_indicator_by_its_annex_number_and_in_dutch) {
  const Outcome outcome = polder::testing::polder(
      {"describe", "indicator", "1", "--scenario", scenario("small.yaml"), "--lang", "nl"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("mean_skill\n"));
  EXPECT_THAT(outcome.out, HasSubstr("Gemiddelde vaardigheid"));
}

TEST(Command, prints_the_order_of_a_month) {
  const Outcome outcome = polder::testing::polder({"describe", "--schedule", scenario("small.yaml")});
  EXPECT_EQ(outcome.code, 0);
  for (const char* rule : {"work", "course", "meet", "close"}) EXPECT_THAT(outcome.out, HasSubstr(rule));
}

TEST(Command, estimates_a_run_without_running_it) {
  const Scratch scratch;
  const Outcome outcome =
      polder::testing::polder({"run", scenario("small.yaml"), "--dry-run", "--json", "-o", scratch / "x.h5"});
  EXPECT_EQ(outcome.code, 0);
  const Json json = Json::parse(outcome.out);
  EXPECT_EQ(json["agents"], 400);
  EXPECT_EQ(json["months"], 60);
  EXPECT_GT(json["memory_bytes"], 400 * 8 * 3);
  EXPECT_FALSE(std::filesystem::exists(scratch / "x.h5"));
}

}  // namespace
