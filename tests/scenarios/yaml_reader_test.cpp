// SPDX-License-Identifier: Apache-2.0
#include "scenarios/yaml_reader.hpp"

#include <gtest/gtest.h>

#include <string>

namespace polder::scenarios::yaml_reader_test {
namespace {

Node parsed(const std::string& text) {
  Mistakes mistakes;
  auto node = parse_yaml(text, "x.yaml", mistakes);
  EXPECT_TRUE(mistakes.empty()) << InputError(mistakes.list()).what();
  return node.value_or(Node{});
}

std::string mistake_in(const std::string& text) {
  Mistakes mistakes;
  parse_yaml(text, "x.yaml", mistakes);
  return mistakes.empty() ? "" : to_string(mistakes.list().front());
}

TEST(YamlReader, keeps_the_order_of_keys_and_their_places) {
  const Node node = parsed("b: 1\na:\n  - x\n  - y: 2\n");
  ASSERT_EQ(node.entries.size(), 2U);
  EXPECT_EQ(node.entries[0].key, "b");
  EXPECT_EQ(node.entries[1].mark, (Mark{"x.yaml", 2, 1}));
  EXPECT_EQ(node.find("a")->items[1].find("y")->mark, (Mark{"x.yaml", 4, 8}));
}

TEST(YamlReader, points_at_the_first_character_of_a_value_behind_its_quote) {
  EXPECT_EQ(parsed("a: x + 1").find("a")->mark.column, 4);
  EXPECT_EQ(parsed("a: \"x + 1\"").find("a")->mark.column, 5);
  EXPECT_EQ(parsed("a: 'x + 1'").find("a")->mark.column, 5);
  EXPECT_EQ(parsed("a: >-\n  x + 1\n").find("a")->mark, (Mark{"x.yaml", 2, 3}));
}

TEST(YamlReader, counts_columns_in_characters) {
  EXPECT_EQ(parsed("{ caf\xC3\xA9: 1, b: 2}").find("b")->mark.column, 15);
}

TEST(YamlReader, keeps_the_text_of_scalars_as_written) {
  const Node node = parsed("a: 010\nb: yes\nc: 266.6 MEUR * (1 - share)\nd: \"5\"\n");
  EXPECT_EQ(node.find("a")->text, "010");
  EXPECT_EQ(node.find("b")->text, "yes");
  EXPECT_EQ(node.find("c")->text, "266.6 MEUR * (1 - share)");
  EXPECT_FALSE(node.find("a")->quoted);
  EXPECT_TRUE(node.find("d")->quoted);
}

TEST(YamlReader, tells_a_missing_value_from_an_empty_text) {
  const Node node = parsed("a:\nb: ~\nc: \"\"\n");
  EXPECT_TRUE(node.find("a")->is_null());
  EXPECT_TRUE(node.find("b")->is_null());
  EXPECT_TRUE(node.find("c")->is_scalar());
}

TEST(YamlReader, writes_aliases_out) {
  const Node node = parsed("a: &x {k: [1, 2]}\nb: *x\n");
  EXPECT_EQ(node.find("b")->find("k")->items.size(), 2U);
}

TEST(YamlReader, reports_every_duplicate_key) {
  Mistakes mistakes;
  const auto node = parse_yaml("a: 1\nb: {c: 1, c: 2}\na: 3\n", "x.yaml", mistakes);
  ASSERT_EQ(mistakes.list().size(), 2U);
  EXPECT_EQ(mistakes.list()[0].path, "b.c");
  EXPECT_EQ(mistakes.list()[1].where.line, 3);
  ASSERT_TRUE(node);
  EXPECT_EQ(node->find("a")->text, "1");
}

TEST(YamlReader, refuses_what_yaml_cpp_lets_pass) {
  EXPECT_EQ(mistake_in("a: \"b\nc: 3\n"), "x.yaml:1:4: YAML: a quote is not closed");
  EXPECT_EQ(mistake_in("a: 1\n---\nb: 2\n"),
            "x.yaml:2:1: a second document ('---'); a scenario is one document a file");
  EXPECT_EQ(mistake_in("a: &x [*x]\n"), "x.yaml:1:8: YAML: an alias that contains itself");
  EXPECT_NE(mistake_in("<<: {a: 1}\n"), "");
  EXPECT_NE(mistake_in("a: !!int 5\n"), "");
}

TEST(YamlReader, accepts_escaped_and_doubled_quotes) {
  EXPECT_EQ(parsed("a: \"say \\\"hi\\\"\"\n").find("a")->text, "say \"hi\"");
  EXPECT_EQ(parsed("a: 'it''s'\n").find("a")->text, "it's");
}

TEST(YamlReader, refuses_nesting_beyond_its_limit_and_accepts_it_up_to_there) {
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']');
  };
  EXPECT_EQ(mistake_in(nested(deepest_nesting)), "");
  EXPECT_EQ(mistake_in(nested(deepest_nesting + 1)), "x.yaml:1:65: nested more than 64 levels deep");
}

TEST(YamlReader, refuses_aliases_that_grow_without_end) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int j = 1; j < 10; ++j) text += ", " + before;
    text += "]\n";
  }
  EXPECT_NE(mistake_in(text).find("more than 200000 values"), std::string::npos);
}

TEST(YamlReader, reads_an_empty_text_as_nothing) {
  EXPECT_TRUE(parsed("").is_null());
  EXPECT_TRUE(parsed("# a comment\n").is_null());
}

}  // namespace
}  // namespace polder::scenarios::yaml_reader_test
