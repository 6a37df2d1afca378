// SPDX-License-Identifier: Apache-2.0
#include "output/text_bytes.hpp"

#include <cstdint>

#include "engine/error.hpp"
#include "output/refuse.hpp"

namespace polder::output {
namespace {

constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Length of the sequence that starts with `lead`; 0: it starts none.
std::size_t sequence_length(unsigned char lead) {
  if (lead != 0 && lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  if (lead >= 0xF0 && lead < 0xF5) return 4;
  return 0;
}

}  // namespace

bool is_plain_text(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    const auto lead = static_cast<unsigned char>(bytes[i]);
    const std::size_t length = sequence_length(lead);
    if (length == 0 || i + length > bytes.size()) return false;
    for (std::size_t k = 1; k < length; ++k) {
      if ((static_cast<unsigned char>(bytes[i + k]) & 0xC0U) != 0x80U) return false;
    }
    const auto second = length > 2 ? static_cast<unsigned char>(bytes[i + 1]) : 0x80U;
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second >= 0xA0))
      return false;  // overlong, surrogate
    if ((lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second >= 0x90))
      return false;  // overlong, beyond Unicode
    i += length;
  }
  return true;
}

std::string to_base64(std::string_view bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group = (group << 8) | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      const bool padding = k > bytes.size() - i;
      text += padding ? '=' : digits[(group >> (18 - 6 * k)) & 63U];
    }
  }
  return text;
}

std::string from_base64(std::string_view text) {
  std::string bytes;
  std::uint32_t group = 0;
  int bits = 0;
  while (!text.empty() && text.back() == '=') text.remove_suffix(1);
  for (const char c : text) {
    const auto digit = digits.find(c);
    if (digit == std::string_view::npos) refuse("", "scenario.content", "no base64", "base64");
    group = (group << 6) | static_cast<std::uint32_t>(digit);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes += static_cast<char>((group >> bits) & 255U);
    }
  }
  return bytes;
}

}  // namespace polder::output
