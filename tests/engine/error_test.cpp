// SPDX-License-Identifier: Apache-2.0
#include "engine/error.hpp"

#include <gtest/gtest.h>

namespace polder::error_test {
namespace {

TEST(Error, names_place_path_found_wanted_and_suggestion) {
  const Mistake mistake{{"a.yaml", 3, 7}, "rules.learn.chance", "'hihg'", "a number between 0 and 1", "high"};
  EXPECT_EQ(to_string(mistake),
            "a.yaml:3:7: rules.learn.chance = 'hihg' (a number between 0 and 1). Did you mean 'high'?");
}

TEST(Error, leaves_out_what_is_unknown) {
  EXPECT_EQ(to_string({{"a.yaml", 3, 0}, "name", "", "a text", ""}), "a.yaml:3: name (a text)");
  EXPECT_EQ(to_string({{"a.yaml", 0, 0}, "", "", "no such file", ""}), "a.yaml: no such file");
  EXPECT_EQ(to_string({{}, "seed", "x", "", ""}), "seed = x");
  EXPECT_EQ(to_string({{}, "", "sede", "a known key", "seed"}), "sede (a known key). Did you mean 'seed'?");
}

TEST(Error, throws_all_mistakes_once_each_in_order_of_place) {
  Mistakes mistakes;
  mistakes.add({"b.yaml", 1, 1}, "x", "1", "2");
  mistakes.add({"a.yaml", 9, 1}, "y", "1", "2");
  mistakes.add({"a.yaml", 2, 5}, "z", "1", "2");
  mistakes.add({"a.yaml", 2, 5}, "first written, last told", "1", "2");
  mistakes.add({"b.yaml", 1, 1}, "x", "1", "2");
  try {
    mistakes.throw_if_any();
    FAIL() << "nothing thrown";
  } catch (const InputError& error) {
    EXPECT_EQ(error.mistakes().size(), 4U);
    EXPECT_STREQ(error.what(),
                 "a.yaml:2:5: z = 1 (2)\n"
                 "a.yaml:2:5: first written, last told = 1 (2)\n"
                 "a.yaml:9:1: y = 1 (2)\n"
                 "b.yaml:1:1: x = 1 (2)");
  }
}

TEST(Error, throws_nothing_without_mistakes) {
  EXPECT_NO_THROW(Mistakes{}.throw_if_any());
}

TEST(Error, suggests_the_nearest_known_name) {
  const std::vector<std::string> known = {"budget", "window", "eligible", "cofunding", "EUR", "kEUR"};
  EXPECT_EQ(nearest("bugdet", known), "budget");
  EXPECT_EQ(nearest("elligible", known), "eligible");
  EXPECT_EQ(nearest("co-funding", known), "cofunding");
  EXPECT_EQ(nearest("eur", known), "EUR");
  EXPECT_EQ(nearest("keur", known), "kEUR");
}

TEST(Error, suggests_nothing_that_is_far) {
  const std::vector<std::string> known = {"budget", "window", "id"};
  EXPECT_EQ(nearest("wages", known), "");
  EXPECT_EQ(nearest("x", known), "");
  EXPECT_EQ(nearest("", known), "");
  EXPECT_EQ(nearest(std::string(100000, 'w'), known), "");
}

TEST(Error, prefers_the_same_letters_in_the_same_case) {
  EXPECT_EQ(nearest("Fte", {"FTE", "fte"}), "fte");
  EXPECT_EQ(nearest("FTe", {"fte", "FTE"}), "FTE");
  EXPECT_EQ(nearest("rose", {"ross", "rosa"}), "ross");
}

TEST(Error, counts_a_swap_of_neighbours_as_one_edit) {
  EXPECT_EQ(nearest("frim", {"firm", "rim of it"}), "firm");
  EXPECT_EQ(nearest("sem", {"sme"}), "sme");
}

TEST(Error, stops_our_own_faults_with_their_place) {
  EXPECT_THROW(fail_assertion("precondition", "n > 0", "table.cpp", 12), std::logic_error);
}

}  // namespace
}  // namespace polder::error_test
