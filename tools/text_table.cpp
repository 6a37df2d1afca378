// SPDX-License-Identifier: Apache-2.0
#include "tools/text_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace polder::tools {

namespace {

std::string padded(const std::string& cell, std::size_t to, Align align) {
  const std::string space(to - std::min(to, width(cell)), ' ');
  return align == Align::left ? cell + space : space + cell;
}

/// `1234567.8` as `1 234 567.8`.
std::string grouped(std::string digits) {
  const std::size_t begin = digits.starts_with('-') || digits.starts_with('+') ? 1 : 0;
  std::size_t end = std::min(digits.find('.'), digits.size());
  while (end > begin + 3) {
    end -= 3;
    digits.insert(end, 1, ' ');
  }
  return digits;
}

}  // namespace

std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string TextTable::text(std::size_t indent) const {
  std::vector<std::size_t> widths;
  for (const Column& column : columns_) widths.push_back(width(column.title));
  for (const auto& row : rows_)
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], width(row[c]));
  std::string out;
  const auto line = [&](const auto& cell) {
    std::string one(indent, ' ');
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (c > 0) one += "  ";
      one += padded(cell(c), widths[c], columns_[c].align);
    }
    one.erase(one.find_last_not_of(' ') + 1);
    out += one + '\n';
  };
  line([&](std::size_t c) { return columns_[c].title; });
  for (const auto& row : rows_) line([&](std::size_t c) { return row[c]; });
  return out;
}

std::string TextTable::markdown() const {
  std::string out = "|", rule = "|";
  for (const Column& column : columns_) {
    out += fmt::format(" {} |", column.title);
    rule += column.align == Align::left ? " --- |" : " ---: |";
  }
  out += '\n' + rule + '\n';
  for (const auto& row : rows_) {
    out += '|';
    for (std::string cell : row) {
      for (std::size_t at = 0; (at = cell.find('|', at)) != std::string::npos; at += 2)
        cell.insert(at, 1, '\\');
      out += fmt::format(" {} |", cell);
    }
    out += '\n';
  }
  return out;
}

std::string wrap(std::string_view text, std::size_t indent, std::size_t columns) {
  std::string out, line;
  const auto end_line = [&] {
    if (!line.empty()) out += std::string(indent, ' ') + line + '\n';
    line.clear();
  };
  while (!text.empty()) {
    const std::size_t space = std::min(text.find_first_of(" \n"), text.size());
    const std::string_view word = text.substr(0, space);
    text.remove_prefix(std::min(space + 1, text.size()));
    if (word.empty()) continue;
    if (!line.empty() && indent + width(line) + 1 + width(word) > columns) end_line();
    if (!line.empty()) line += ' ';
    line += word;
  }
  end_line();
  return out;
}

NumberFormat choose_format(double size, double uncertainty, std::string_view unit) {
  NumberFormat format{1, 0, std::string(unit)};
  size = std::isfinite(size) ? std::abs(size) : 0;
  uncertainty = std::isfinite(uncertainty) ? std::abs(uncertainty) : 0;
  constexpr double rounding = 1e-12;  // of sums of doubles: no uncertainty that anyone means
  if (uncertainty < rounding * size) uncertainty = 0;
  if (unit.starts_with("EUR") && (unit.size() == 3 || unit[3] == '/')) {
    static constexpr std::array<std::pair<double, const char*>, 3> prefixes{
        {{1e9, "G"}, {1e6, "M"}, {1e4, "k"}}};
    for (const auto& [from, prefix] : prefixes) {
      if (size < from) continue;
      format.factor = *prefix == 'k' ? 1e3 : from;
      format.unit = prefix + format.unit;
      break;
    }
  }
  const double shown = uncertainty > 0 ? uncertainty : size;
  if (shown > 0) {
    const int digits = uncertainty > 0 ? 2 : 4;
    const int first = static_cast<int>(std::floor(std::log10(shown / format.factor)));
    format.decimals = std::clamp(digits - 1 - first, 0, 9);
  }
  return format;
}

std::string show(double value, const NumberFormat& format, Sign sign) {
  if (std::isnan(value)) return "-";
  const double scaled = value / format.factor;
  std::string text = fmt::format("{:.{}f}", scaled, format.decimals);
  if (text.find_first_not_of("-0.") == std::string::npos && text.starts_with('-'))
    text.erase(0, 1);  // no -0.0
  if (sign == Sign::always && value > 0) text.insert(0, 1, '+');
  return grouped(std::move(text));
}

std::string show_digits(double value, int digits) {
  if (std::isnan(value)) return "-";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  if (value == 0) return "0";
  const int first = static_cast<int>(std::floor(std::log10(std::abs(value))));
  return grouped(fmt::format("{:.{}f}", value, std::clamp(digits - 1 - first, 0, 12)));
}

std::string counted(std::uint64_t number, std::string_view word) {
  return fmt::format("{} {}{}", number, word, number == 1 ? "" : "s");
}

std::string show_duration(double seconds) {
  const auto whole = static_cast<long long>(std::ceil(std::max(0.0, seconds)));
  if (whole >= 3600) return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
  if (whole >= 60) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} s", whole);
}

std::string show_bytes(double bytes) {
  static constexpr std::array<const char*, 5> units{"B", "kB", "MB", "GB", "TB"};
  std::size_t unit = 0;
  for (; bytes >= 1000 && unit + 1 < units.size(); ++unit) bytes /= 1000;
  return fmt::format("{} {}", show_digits(bytes, bytes < 10 && unit > 0 ? 2 : 3), units[unit]);
}

}  // namespace polder::tools
