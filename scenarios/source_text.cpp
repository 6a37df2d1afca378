// SPDX-License-Identifier: Apache-2.0
#include "scenarios/source_text.hpp"

#include <algorithm>

namespace polder::scenarios {

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

SourceText::SourceText(std::string_view text, std::string file) : text_(text), file_(std::move(file)) {
  starts_.push_back(0);
  for (std::size_t i = 0; i < text_.size(); ++i)
    if (text_[i] == '\n') starts_.push_back(i + 1);
}

std::size_t SourceText::offset(std::size_t line, std::size_t column) const {
  if (line >= starts_.size()) return text_.size();
  return std::min(text_.size(), starts_[line] + column);
}

std::size_t SourceText::line_of(std::size_t offset) const {
  const auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
  return static_cast<std::size_t>(next - starts_.begin()) - 1;
}

Mark SourceText::mark(std::size_t offset) {
  const std::size_t line = line_of(offset);
  if (line != last_line_ || offset < last_offset_) {
    last_line_ = line;
    last_offset_ = starts_[line];
    last_column_ = 1;
  }
  for (; last_offset_ < offset; ++last_offset_)
    if ((static_cast<unsigned char>(text_[last_offset_]) & 0xC0U) != 0x80U) ++last_column_;
  return {file_, static_cast<int>(line) + 1, last_column_};
}

bool SourceText::quote_closes(std::size_t open) const {
  const char quote = at(open);
  for (std::size_t i = open + 1; i < size(); ++i) {
    if (quote == '"' && at(i) == '\\') {
      ++i;
    } else if (at(i) == quote) {
      if (quote == '"' || at(i + 1) != quote) return true;
      ++i;
    }
  }
  return false;
}

std::size_t SourceText::block_start(std::size_t indicator) const {
  const std::size_t line_end = text_.find('\n', indicator);
  if (line_end == std::string_view::npos) return indicator;
  const std::size_t word = text_.find_first_not_of(" \n", line_end);
  return word == std::string_view::npos ? indicator : word;
}

std::optional<std::size_t> SourceText::tab_before(std::size_t offset) const {
  const std::size_t line = line_of(offset);
  for (std::size_t i = line == 0 ? 0 : line - 1; i <= line; ++i) {
    const std::size_t word = text_.find_first_not_of(" \t", starts_[i]);
    const std::size_t tab = text_.find('\t', starts_[i]);
    if (tab < std::min(word, size())) return tab;
  }
  return std::nullopt;
}

}  // namespace polder::scenarios
