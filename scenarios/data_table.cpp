// SPDX-License-Identifier: Apache-2.0
#include "scenarios/data_table.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "scenarios/fields.hpp"
#include "scenarios/file_source.hpp"
#include "scenarios/node.hpp"
#include "scenarios/source_text.hpp"

namespace polder::scenarios {

namespace {

struct Cell {
  std::string text;
  int column = 1;  ///< where it stands in its line
};
struct Record {
  int line = 0;
  std::vector<Cell> cells;
  bool broken = false;  ///< reported already
};

/// Columns count characters, not bytes.
int num_characters(std::string_view text) {
  const auto starts = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  return static_cast<int>(std::count_if(text.begin(), text.end(), starts));
}

/// A cell in quotes that opens at `at`; moves `at` behind its closing quote. errors: nothing when it does not
/// close.
std::optional<std::string> quoted_cell(std::string_view line, std::size_t& at) {
  std::string text;
  for (++at; at < line.size(); ++at) {
    if (line[at] != '"') {
      text += line[at];
    } else if (at + 1 < line.size() && line[at + 1] == '"') {
      text += '"';
      ++at;
    } else {
      ++at;
      return text;
    }
  }
  return std::nullopt;
}

Record split_line(std::string_view line, const std::string& file, int number, Mistakes& mistakes) {
  Record record{number, {}, false};
  int column = 1;
  for (std::size_t at = 0, counted = 0;; ++at) {
    while (at < line.size() && line[at] == ' ') ++at;
    column += num_characters(line.substr(counted, at - counted));
    counted = at;
    if (at < line.size() && line[at] == '"') {
      const auto text = quoted_cell(line, at);
      if (!text) {
        mistakes.add(Mark{file, number, column}, {}, {}, "a quote is not closed on its line");
        record.broken = true;
        return record;
      }
      const std::size_t comma = std::min(line.find(',', at), line.size());
      if (!trimmed(line.substr(at, comma - at)).empty())
        mistakes.add(Mark{file, number, column}, {}, shorten(line.substr(at, comma - at)),
                     "text after a closing quote; double a quote inside a cell");
      record.cells.push_back({*text, column});
      at = comma;
    } else {
      const std::size_t comma = std::min(line.find(',', at), line.size());
      record.cells.push_back({std::string(trimmed(line.substr(at, comma - at))), column});
      at = comma;
    }
    if (at >= line.size()) return record;
  }
}

std::vector<Record> split_records(std::string_view text, const std::string& file, Mistakes& mistakes) {
  std::vector<Record> records;
  int number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (trimmed(line).empty() || line.front() == '#') continue;
    records.push_back(split_line(line, file, number, mistakes));
  }
  return records;
}

/// A header of one cell with semicolons or tabs comes from a program that does not write commas.
char other_separator(const Record& header) {
  if (header.cells.size() != 1) return '\0';
  const std::size_t at = header.cells.front().text.find_first_of(";\t");
  return at == std::string::npos ? '\0' : header.cells.front().text[at];
}

/// `name [unit]` or `name`.
DataTable::Column read_header(const Cell& cell, const Mark& mark,
                              const std::vector<DataTable::Column>& before, Mistakes& mistakes) {
  DataTable::Column column;
  column.places.emplace_back(mark.line, mark.column);
  const std::size_t bracket = cell.text.find('[');
  column.name = trimmed(cell.text.substr(0, bracket));
  if (bracket != std::string::npos) {
    const std::size_t close = cell.text.find(']', bracket);
    if (close == std::string::npos || close + 1 != cell.text.size()) {
      mistakes.add(mark, {}, shorten(cell.text), "a header such as 'sales [MEUR]'");
    } else {
      column.unit = trimmed(cell.text.substr(bracket + 1, close - bracket - 1));
      check_unit(column.unit, mark, column.name, mistakes);
    }
  }
  if (column.name.empty()) mistakes.add(mark, {}, {}, "a column without a name");
  const auto same = [&](const DataTable::Column& other) { return other.name == column.name; };
  if (!column.name.empty() && std::any_of(before.begin(), before.end(), same))
    mistakes.add(mark, column.name, {}, "duplicate column");
  return column;
}

}  // namespace

std::optional<DataTable> parse_table(std::string_view text, const std::string& file, const std::string& path,
                                     const std::string& bytes, Mistakes& mistakes) {
  Mistakes own;
  auto records = split_records(text, file, own);
  DataTable table{path, checksum(bytes), bytes, {}, file};
  const char separator = records.empty() ? '\0' : other_separator(records.front());
  if (separator != '\0') {
    mistakes.add(Mark{file, records.front().line, 1}, {}, shorten(records.front().cells.front().text),
                 fmt::format("commas between cells, not {}; decimal numbers have a point",
                             separator == '\t' ? "tabs" : "semicolons"));
    return std::nullopt;
  }
  if (records.empty()) {
    own.add(Mark{file, 0, 0}, {}, {}, "the file is empty; a table has a header and rows");
  } else {
    for (const Cell& cell : records.front().cells)
      table.columns.push_back(
          read_header(cell, {file, records.front().line, cell.column}, table.columns, own));
    if (records.size() == 1) own.add(Mark{file, records.front().line, 1}, {}, {}, "a header without rows");
  }
  for (std::size_t i = 1; i < records.size(); ++i) {
    auto& cells = records[i].cells;
    if (records[i].broken) continue;
    if (cells.size() != table.columns.size()) {
      own.add(Mark{file, records[i].line, 1}, {}, fmt::format("{} cells", cells.size()),
              fmt::format("{} as in the header; put cells with commas in quotes", table.columns.size()));
      continue;
    }
    for (std::size_t c = 0; c < cells.size(); ++c) {
      table.columns[c].cells.push_back(std::move(cells[c].text));
      table.columns[c].places.emplace_back(records[i].line, cells[c].column);
    }
  }
  for (const Mistake& mistake : own.list()) mistakes.add(mistake);
  if (!own.empty()) return std::nullopt;
  return table;
}

std::optional<std::vector<double>> numbers(const DataTable& table, const DataTable::Column& column,
                                           Mistakes& mistakes) {
  std::vector<double> values;
  for (std::size_t row = 0; row < column.cells.size(); ++row) {
    const std::string& cell = column.cells[row];
    const auto number = parse_number(cell);
    const std::string odd = odd_number(cell);
    if (number && odd.empty())
      values.push_back(*number);
    else
      mistakes.add(table.mark(column, row + 1), column.name, cell.empty() ? "an empty cell" : shorten(cell),
                   odd.empty() ? "a number" : odd);
  }
  if (values.size() != column.cells.size()) return std::nullopt;
  return values;
}

}  // namespace polder::scenarios
