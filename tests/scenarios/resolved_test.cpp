// SPDX-License-Identifier: Apache-2.0
#include "scenarios/resolved.hpp"

#include <gtest/gtest.h>

#include <string>

#include "scenarios/yaml_reader.hpp"

namespace polder::scenarios::resolved_test {
namespace {

Node parsed(const std::string& text) {
  Mistakes mistakes;
  auto node = parse_yaml(text, "x.yaml", mistakes);
  EXPECT_TRUE(mistakes.empty()) << InputError(mistakes.list()).what() << "\n" << text;
  return node.value_or(Node{});
}

bool same(const Node& a, const Node& b) {
  if (a.kind != b.kind || a.text != b.text || a.items.size() != b.items.size() ||
      a.entries.size() != b.entries.size())
    return false;
  for (std::size_t i = 0; i < a.items.size(); ++i)
    if (!same(a.items[i], b.items[i])) return false;
  for (std::size_t i = 0; i < a.entries.size(); ++i)
    if (a.entries[i].key != b.entries[i].key || !same(a.entries[i].value, b.entries[i].value)) return false;
  return true;
}

TEST(Resolved, says_where_each_line_comes_from) {
  EXPECT_EQ(write_yaml(parsed("a: 1\nb:\n  c: [x, y]\n"), Origins::shown),
            "a: 1                                                          # x.yaml:1\n"
            "b:                                                            # x.yaml:2\n"
            "  c: [x, y]                                                   # x.yaml:3\n");
}

TEST(Resolved, reads_back_to_the_same_tree_whatever_the_texts_hold) {
  const char* texts[] = {"a: \"x: y\"",
                         "a: \"x # y\"",
                         "a: \"- x\"",
                         "a: ['a, b', \"[c]\", '{d}', e]",
                         "a: \"line one\\nline two\\t\\\"quoted\\\" \\\\ back\"",
                         "a: \"\"\nb: \" spaces \"\nc: '*x'\nd: '&x'\ne: '!x'\nf: '%x'\ng: '@x'\nh: '?'\ni: "
                         "'-'\nj: 'null'\nk: '~'",
                         "\"odd: key\": 1\n\"\": 2\n\"#x\": 3",
                         "a: caf\xC3\xA9\nb: \"\xE2\x82\xAC 5\"",
                         "a: [[1, 2], [3, [4, {b: c}]]]\nb: [{c: 1, d: [2, {e: 3}]}, f]",
                         "a: {}\nb: []\nc: [{}]",
                         "a: |\n  text\n    more\n  end\n",
                         "a: ...\nb: x:y\nc: =x"};
  for (const char* text : texts) {
    const Node tree = parsed(text);
    const std::string once = write_yaml(tree, Origins::hidden);
    EXPECT_TRUE(same(tree, parsed(once))) << text << "\n->\n" << once;
    EXPECT_EQ(write_yaml(parsed(once), Origins::hidden), once);
    EXPECT_TRUE(same(tree, parsed(write_yaml(tree, Origins::shown)))) << text;
  }
}

TEST(Resolved, keeps_quoted_numbers_in_quotes) {
  EXPECT_EQ(write_yaml(parsed("a: \"5\"\nb: 5\n"), Origins::hidden), "a: \"5\"\nb: 5\n");
}

}  // namespace
}  // namespace polder::scenarios::resolved_test
