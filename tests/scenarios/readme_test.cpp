// SPDX-License-Identifier: Apache-2.0
// The README of scenarios/ says what the tables of keys say, and its examples are read without a complaint.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "scenarios/keys.hpp"
#include "scenarios/reader.hpp"
#include "tests/support/small_catalogue.hpp"

namespace polder::scenarios::readme_test {
namespace {

std::string readme() {
  std::ifstream in(std::string(POLDER_SOURCE_DIR) + "/scenarios/README.md");
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string markdown(const KeyTable& table) {
  std::string text = "| key | value | meaning |\n| --- | --- | --- |\n";
  for (const Key& key : table.keys) {
    const std::string value = key.type == KeyType::choice
                                  ? fmt::format("one of {}", fmt::join(split_choices(key.choices), ", "))
                                  : describe(key.type);
    text +=
        fmt::format("| `{}` | {} | {}{} |\n", key.name, value, key.required ? "required: " : "", key.meaning);
  }
  return text;
}

TEST(Readme, shows_every_table_of_keys_as_it_is) {
  const std::string text = readme();
  const KeyTable* tables[] = {&scenario_keys(), &clock_keys(),     &parameter_keys(), &actor_keys(),
                              &found_keys(),    &attribute_keys(), &network_keys(),   &instrument_keys(),
                              &window_keys(),   &rule_keys(),      &match_keys(),     &fund_keys(),
                              &action_keys(),   &learn_keys(),     &tie_keys(),       &transfer_keys(),
                              &enter_keys(),    &indicator_keys(), &control_keys()};
  for (const KeyTable* table : tables)
    EXPECT_NE(text.find(markdown(*table)), std::string::npos) << "missing or out of date:\n"
                                                              << markdown(*table);
}

/// Each example stands behind a line `<!-- file: name -->`.
std::map<std::string, std::string> examples() {
  const std::string text = readme();
  std::map<std::string, std::string> files;
  const std::string sign = "<!-- file: ";
  for (std::size_t at = text.find(sign); at != std::string::npos; at = text.find(sign, at + 1)) {
    const std::size_t name_end = text.find(" -->", at);
    const std::size_t begin = text.find('\n', text.find("\n```", name_end) + 1) + 1;
    files[text.substr(at + sign.size(), name_end - at - sign.size())] =
        text.substr(begin, text.find("\n```", begin) + 1 - begin);
  }
  return files;
}

TEST(Readme, gives_examples_that_are_read_without_a_complaint) {
  const auto files = examples();
  EXPECT_GE(files.size(), 4U);
  const MemorySource source(files);
  int scenarios = 0;
  for (const auto& [name, content] : files) {
    if (content.find("clock:") == std::string::npos && content.find("extends:") == std::string::npos)
      continue;
    ++scenarios;
    EXPECT_NO_THROW(read_scenario(source, name, {}, testing::small_catalogue())) << name;
  }
  EXPECT_GE(scenarios, 2);
}

}  // namespace
}  // namespace polder::scenarios::readme_test
