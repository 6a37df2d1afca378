// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "scenarios/overlay.hpp"
#include "scenarios/resolved.hpp"
#include "scenarios/yaml_reader.hpp"
#include "tests/support/small_catalogue.hpp"

namespace polder::scenarios::set_value_test {
namespace {

std::string after_set(const std::string& text, const std::string& assignment) {
  Mistakes mistakes;
  Node tree = parse_yaml(text, "x.yaml", mistakes).value_or(Node{});
  write_out(tree, mistakes);
  set_value(tree, assignment, 1, testing::small_catalogue(), mistakes);
  return mistakes.empty() ? write_yaml(tree, Origins::hidden) : to_string(mistakes.list().front());
}

TEST(SetValue, changes_a_value_deep_inside_a_thing_with_an_id) {
  EXPECT_EQ(after_set("instruments:\n  - {id: photonics-rd, budget: {total: 1 MEUR}}\n",
                      "instruments.photonics-rd.budget.total = 300 MEUR"),
            "instruments:\n  - id: photonics-rd\n    budget:\n      total: 300 MEUR\n");
}

TEST(SetValue, changes_the_value_of_a_parameter_and_keeps_its_range) {
  EXPECT_EQ(after_set("parameters: {a: {value: 1, range: [0, 1]}}\n", "parameters.a=60%"),
            "parameters:\n  a:\n    value: 60%\n    range: [0, 1]\n");
}

TEST(SetValue, finds_keys_that_hold_dots_and_positions_that_count_from_one) {
  EXPECT_EQ(after_set("rules:\n  - id: r\n    do:\n      - exit\n      - set: {partner.x: 1}\n",
                      "rules.r.do[2].set.partner.x=2"),
            "rules:\n  - id: r\n    do:\n      - exit\n      - set:\n          partner.x: 2\n");
}

TEST(SetValue, adds_keys_that_are_not_there_yet) {
  EXPECT_EQ(after_set("name: x\n", "scale=0.01"), "name: x\nscale: 0.01\n");
  EXPECT_EQ(after_set("rules: [{id: r}]\n", "rules.r.match.with=firm"),
            "rules:\n  - id: r\n    match:\n      with: firm\n");
}

TEST(SetValue, reads_lists_and_takes_other_texts_as_they_stand) {
  EXPECT_EQ(after_set("name: x\n", "themes=[a, b]"), "name: x\nthemes: [a, b]\n");
  EXPECT_EQ(after_set("parameters: {a: 1}\n", "parameters.a=if(x > 1, 2, 3)"),
            "parameters:\n  a:\n    value: if(x > 1, 2, 3)\n");
}

TEST(SetValue, refuses_bytes_that_are_no_text) {
  EXPECT_EQ(after_set("title: x\n", "title=\xD4\xFF"), "--set:1:7: byte 0xD4 (is no UTF-8 text)");
  EXPECT_EQ(after_set("title: x\n", "ti\x01tle=x"), "--set:1:3: byte 0x01 (is no UTF-8 text)");
}

TEST(SetValue, replaces_the_end_of_the_clock_by_a_length) {
  EXPECT_EQ(after_set("clock: {start: 2020-01, end: 2021-12}\n", "clock.length=3 months"),
            "clock:\n  start: 2020-01\n  length: 3 months\n");
}

TEST(SetValue, adds_no_things_but_attributes_that_the_catalogue_knows) {
  EXPECT_EQ(after_set("parameters: {share: 1}\n", "parameters.shaer=2"),
            "--set:1:1: parameters.shaer (there is no 'shaer' to set here). Did you mean 'share'?");
  EXPECT_EQ(
      after_set("mechanisms: [a]\n", "actors.firm.attributes.staff=3 person"),
      "mechanisms:\n  a: {}\nactors:\n  firm:\n    attributes:\n      staff:\n        start: 3 person\n");
  EXPECT_NE(after_set("mechanisms: [a]\n", "actors.firm.attributes.stav=3 person").find("there is no 'stav'"),
            std::string::npos);
}

TEST(SetValue, refuses_paths_through_values_and_paths_without_end) {
  EXPECT_NE(after_set("scale: 1\n", "scale.x=2").find("there is no 'x'"), std::string::npos);
  std::string path = "x";
  for (int i = 0; i < 1000; ++i) path += ".x";
  EXPECT_EQ(after_set("name: x\n", path + "=1").substr(0, 10), "--set:1:1:");
}

}  // namespace
}  // namespace polder::scenarios::set_value_test
