// SPDX-License-Identifier: Apache-2.0
// Bytes as text: embedded files are stored as they are when every reader can show them, else as base64.
#pragma once
#include <string>
#include <string_view>

namespace polder::output {

/// Whether `bytes` are valid UTF-8 without a zero byte (which would end a text early).
bool is_plain_text(std::string_view bytes);
/// source: RFC 4648, section 4.
std::string to_base64(std::string_view bytes);
/// errors: InputError when it is no base64.
std::string from_base64(std::string_view text);

}  // namespace polder::output
