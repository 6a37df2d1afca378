// SPDX-License-Identifier: Apache-2.0
// The text of a file by lines, for places in messages and for what the YAML parser does not look at.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/error.hpp"

namespace polder::scenarios {

/// Without spaces, tabs and newlines at either end.
std::string_view trimmed(std::string_view text);

/// Borrows the text. Offsets and the columns of `offset` count bytes from 0; marks count characters from 1.
class SourceText {
 public:
  SourceText(std::string_view text, std::string file);

  std::size_t size() const { return text_.size(); }
  /// The byte, or 0 behind the end.
  char at(std::size_t offset) const { return offset < text_.size() ? text_[offset] : '\0'; }
  /// Offset of a line and column, at most `size()`.
  std::size_t offset(std::size_t line, std::size_t column) const;
  /// The place of an offset. Cheap when offsets come in order: counting goes on from the last one.
  Mark mark(std::size_t offset);

  /// Whether the quote that opens at the offset ever closes.
  bool quote_closes(std::size_t open) const;
  /// First word of a text block whose `|` or `>` stands at the offset.
  std::size_t block_start(std::size_t indicator) const;
  /// A tab in the indentation of the offset's line or the one above.
  std::optional<std::size_t> tab_before(std::size_t offset) const;

 private:
  std::size_t line_of(std::size_t offset) const;

  std::string_view text_;
  std::string file_;
  std::vector<std::size_t> starts_;  // of lines
  std::size_t last_line_ = 0, last_offset_ = 0;
  int last_column_ = 1;
};

}  // namespace polder::scenarios
