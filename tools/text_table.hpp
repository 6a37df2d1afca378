// SPDX-License-Identifier: Apache-2.0
// Tables for people: aligned columns, numbers with as many digits as they are known to.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace polder::tools {

enum class Align : unsigned char { left, right };

/// Rows of cells under a header, columns as wide as their widest cell.
class TextTable {
 public:
  struct Column {
    std::string title;
    Align align = Align::left;
  };
  explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}
  /// shape: one cell a column
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  bool empty() const { return rows_.empty(); }
  const std::vector<Column>& columns() const { return columns_; }
  const std::vector<std::vector<std::string>>& rows() const { return rows_; }
  /// Every line starts with `indent` spaces and ends without any.
  std::string text(std::size_t indent = 0) const;
  /// As a table of Markdown.
  std::string markdown() const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

/// Characters of a UTF-8 text as a terminal counts them (no wide or combining ones among them).
std::size_t width(std::string_view text);
/// `text` broken at spaces into lines of at most `columns` characters, each after `indent` spaces.
std::string wrap(std::string_view text, std::size_t indent, std::size_t columns = 100);

/// How the numbers of one row are shown: divided by `factor`, with `decimals`, in `unit`.
struct NumberFormat {
  double factor = 1;
  int decimals = 0;
  std::string unit;
};
/// Chosen so that the uncertainty keeps two digits (`size` keeps four where it is 0 or unknown), large sums
/// of euros become kEUR, MEUR or GEUR.
NumberFormat choose_format(double size, double uncertainty, std::string_view unit);
/// `1 234.5`, `-` when unknown. sign: `+` before positive numbers.
enum class Sign : unsigned char { minus_only, always };
std::string show(double value, const NumberFormat& format, Sign sign = Sign::minus_only);
/// With `digits` significant digits; `-` when unknown.
std::string show_digits(double value, int digits);
/// `1 pair`, `20 pairs`: the plural is the word with an s.
std::string counted(std::uint64_t number, std::string_view word);
/// `1 h 02 min`, `3 min 20 s`, `12 s`.
std::string show_duration(double seconds);
/// `1.2 GB`.
std::string show_bytes(double bytes);

}  // namespace polder::tools
