// SPDX-License-Identifier: Apache-2.0
#include "output/text_bytes.hpp"

#include <gtest/gtest.h>

#include "engine/error.hpp"
#include "engine/ids.hpp"

namespace polder::output::text_bytes_test {
namespace {

TEST(TextBytes, tells_text_from_other_bytes) {
  for (const char* text : {"", "plain\n", "Fryslân", "€ 5", "\xf0\x9f\x8c\xb7", "\xef\xbb\xbfwith a mark"})
    EXPECT_TRUE(is_plain_text(text)) << text;
  for (const char* bytes : {"\xff", "\xc3", "\xc3(", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80",
                            "\xf4\x90\x80\x80", "\xf0\x80\x80\x80", "\x80"}) {
    EXPECT_FALSE(is_plain_text(bytes)) << bytes;
  }
  EXPECT_FALSE(is_plain_text(std::string_view("a\0b", 3)));
}

TEST(TextBytes, agrees_with_the_test_vectors_of_base64) {
  // RFC 4648, section 10
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(to_base64(bytes), text);
    EXPECT_EQ(from_base64(text), bytes);
  }
  EXPECT_THROW(from_base64("Zm9*"), InputError);
}

TEST(TextBytes, brings_any_bytes_back) {
  std::string bytes;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
    bytes += static_cast<char>(mix64(i));
  }
}

}  // namespace
}  // namespace polder::output::text_bytes_test
