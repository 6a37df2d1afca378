// SPDX-License-Identifier: Apache-2.0
#include "scenarios/overlay.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "scenarios/resolved.hpp"

namespace polder::scenarios::overlay_test {
namespace {

std::string merged(std::map<std::string, std::string> files, const std::string& main_file = "main.yaml") {
  Mistakes mistakes;
  const auto result = load_merged(MemorySource(std::move(files)), main_file, mistakes);
  if (!mistakes.empty()) return InputError(mistakes.list()).what();
  return result ? write_yaml(result->tree, Origins::hidden) : "nothing";
}

TEST(Overlay, merges_maps_by_key_and_replaces_other_values) {
  EXPECT_EQ(merged({{"base.yaml", "scale: 0.1\nclock: {start: 2020-01, end: 2021-12}\nthemes: [a, b]\n"},
                    {"main.yaml", "extends: base.yaml\nname: x\nclock: {end: 2030-12}\nthemes: [c]\n"}}),
            "scale: 0.1\nclock:\n  start: 2020-01\n  end: 2030-12\nthemes: [c]\nname: x\n");
}

TEST(Overlay, merges_lists_of_things_by_id) {
  EXPECT_EQ(
      merged({{"base.yaml", "rules:\n  - {id: a, who: firm, chance: 1}\n  - {id: b, who: firm}\n"},
              {"main.yaml",
               "extends: base.yaml\nname: x\nrules:\n  - {id: c, who: sme}\n  - {id: a, chance: 2}\n"}}),
      "rules:\n  - id: a\n    who: firm\n    chance: 2\n  - id: b\n    who: firm\n  - id: c\n    who: "
      "sme\nname: x\n");
}

TEST(Overlay, keeps_the_things_of_the_base_when_the_overlay_lists_none) {
  EXPECT_EQ(merged({{"base.yaml", "rules:\n  - {id: a}\n"},
                    {"main.yaml", "extends: base.yaml\nname: x\nrules: []\n"}}),
            "rules:\n  - id: a\nname: x\n");
}

TEST(Overlay, merges_mechanisms_and_networks_by_name) {
  EXPECT_EQ(
      merged(
          {{"base.yaml", "mechanisms: [a, {b: {x: 1, y: 2}}]\nnetworks: [n]\n"},
           {"main.yaml",
            "extends: base.yaml\nname: x\nmechanisms:\n  - b: {y: 3}\n  - c\nnetworks: {n: {decay: 1}}\n"}}),
      "mechanisms:\n  a: {}\n  b:\n    x: 1\n    y: 3\n  c: {}\nnetworks:\n  n:\n    decay: 1\nname: x\n");
}

TEST(Overlay, sets_the_value_of_a_parameter_and_keeps_its_range) {
  EXPECT_EQ(
      merged({{"base.yaml", "parameters: {a: {value: 1, range: [0, 2]}, b: 1}\n"},
              {"main.yaml", "extends: base.yaml\nname: x\nparameters: {a: 2, b: {label: B}}\n"}}),
      "parameters:\n  a:\n    value: 2\n    range: [0, 2]\n  b:\n    value: 1\n    label: B\nname: x\n");
}

TEST(Overlay, lets_the_later_of_two_keys_that_exclude_each_other_stay) {
  EXPECT_EQ(merged({{"base.yaml",
                     "clock: {start: 2020-01, end: 2021-12}\nactors: {firm: {found: {from: a.csv}}}\n"},
                    {"main.yaml",
                     "extends: base.yaml\nname: x\nclock: {length: 3 months}\nactors: {firm: {found: {count: "
                     "5}}}\n"}}),
            "clock:\n  start: 2020-01\n  length: 3 months\nactors:\n  firm:\n    found:\n      count: "
            "5\nname: x\n");
}

TEST(Overlay, removes_things_before_it_adds_its_own) {
  EXPECT_EQ(
      merged({{"base.yaml",
               "rules:\n  - {id: a, who: x}\n  - {id: b}\nparameters: {p: 1, q: 2}\naccounts: [c, d]\n"},
              {"main.yaml",
               "extends: base.yaml\nname: x\nremove: {rules: [a], parameters: q, accounts: [d]}\nrules:\n  - "
               "{id: a}\n"}}),
      "rules:\n  - id: b\n  - id: a\nparameters:\n  p:\n    value: 1\naccounts: [c]\nname: x\n");
}

TEST(Overlay, follows_a_chain_through_directories) {
  EXPECT_EQ(merged({{"base.yaml", "scale: 1\n"},
                    {"policies/a.yaml", "extends: ../base.yaml\nname: a\nseed: 1\n"},
                    {"policies/more/b.yaml", "extends: ../a.yaml\nname: b\n"}},
                   "policies/more/b.yaml"),
            "scale: 1\nname: b\nseed: 1\n");
}

TEST(Overlay, takes_used_files_in_before_its_own_keys_from_the_nearest_directory) {
  EXPECT_EQ(merged({{"instruments/wbso.yaml", "name: far\nparameters: {a: 1, b: 1}\n"},
                    {"policies/instruments/wbso.yaml", "name: near\nparameters: {a: 2, b: 2}\n"},
                    {"indicators/annex.yaml", "indicators: [{id: i}]\n"},
                    {"policies/main.yaml", "name: x\nuse: [wbso, annex]\nparameters: {a: 3}\n"}},
                   "policies/main.yaml"),
            "parameters:\n  a:\n    value: 3\n  b:\n    value: 2\nindicators:\n  - id: i\nname: x\n");
}

TEST(Overlay, takes_a_file_in_once_so_that_later_uses_do_not_undo_changes) {
  EXPECT_EQ(merged({{"instruments/i.yaml", "parameters: {a: 1}\n"},
                    {"base.yaml", "use: i\nparameters: {a: 2}\n"},
                    {"main.yaml", "extends: base.yaml\nname: x\nuse: i\n"}}),
            "parameters:\n  a:\n    value: 2\nname: x\n");
}

TEST(Overlay, names_the_whole_cycle) {
  EXPECT_EQ(merged({{"main.yaml", "extends: b.yaml\nname: a\n"},
                    {"b.yaml", "extends: c.yaml\nname: b\n"},
                    {"c.yaml", "extends: b.yaml\nname: c\n"}}),
            "c.yaml:1:10: extends = b.yaml (a cycle: main.yaml -> b.yaml -> c.yaml -> b.yaml)");
}

TEST(Overlay, remembers_the_files_with_the_main_one_first) {
  Mistakes mistakes;
  const MemorySource source(
      {{"p/main.yaml", "extends: ../base.yaml\nname: x\n"}, {"base.yaml", "scale: 1\n"}});
  const auto result = load_merged(source, "p/main.yaml", mistakes);
  ASSERT_TRUE(result);
  ASSERT_EQ(result->files.size(), 2U);
  EXPECT_EQ(result->files[0].path, "main.yaml");
  EXPECT_EQ(result->files[1].path, "../base.yaml");
  EXPECT_EQ(result->files[1].content, "scale: 1\n");
}

}  // namespace
}  // namespace polder::scenarios::overlay_test
