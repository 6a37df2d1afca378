// SPDX-License-Identifier: Apache-2.0
// Every wrong scenario of tests/errors gives exactly the messages that stand beside it. A case is <case>.yaml
// (or a directory of that name), with <case>.set for the command line's --set (one a line) and
// <case>.expected. To write the expected messages of new cases, run the binary with POLDER_WRITE_EXPECTED=1
// and read what it wrote.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "engine/program.hpp"
#include "scenarios/reader.hpp"
#include "tests/support/small_catalogue.hpp"

namespace polder::errors_test {
namespace {

namespace fs = std::filesystem;

const std::string folder = std::string(POLDER_SOURCE_DIR) + "/tests/errors";

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> sets_of(const std::string& name) {
  std::vector<std::string> sets;
  std::ifstream in(folder + "/" + name + ".set");
  for (std::string line; std::getline(in, line);) sets.push_back(line);
  return sets;
}

std::vector<std::string> cases() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

/// The messages that a user sees; empty when the scenario is accepted.
std::string messages(const std::string& name) {
  const Catalogue catalogue = testing::small_catalogue();
  try {
    compile(scenarios::read_scenario(scenarios::DiskSource(folder), name + ".yaml", sets_of(name), catalogue),
            catalogue);
  } catch (const InputError& error) {
    return std::string(error.what()) + "\n";
  }
  return {};
}

class WrongScenario : public ::testing::TestWithParam<std::string> {};

TEST_P(WrongScenario, is_refused_with_its_message) {
  const std::string found = messages(GetParam());
  const std::string expected_file = folder + "/" + GetParam() + ".expected";
  if (std::getenv("POLDER_WRITE_EXPECTED") && !fs::exists(expected_file))
    std::ofstream(expected_file) << found;
  EXPECT_FALSE(found.empty()) << "the scenario is accepted";
  EXPECT_EQ(found, content_of(expected_file));
}

std::string test_name(const ::testing::TestParamInfo<std::string>& parameter) {
  std::string name = parameter.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Errors, WrongScenario, ::testing::ValuesIn(cases()), test_name);

TEST(Errors, cover_sixty_cases) {
  EXPECT_GE(cases().size(), 60U);
}

TEST(Errors, have_no_expectation_without_a_scenario) {
  const auto names = cases();
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".expected" && entry.path().extension() != ".set") continue;
    EXPECT_TRUE(std::binary_search(names.begin(), names.end(), entry.path().stem().string())) << entry.path();
  }
}

}  // namespace
}  // namespace polder::errors_test
