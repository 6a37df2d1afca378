// SPDX-License-Identifier: Apache-2.0
#include "engine/calendar.hpp"

#include <chrono>

#include <fmt/format.h>

namespace polder {

namespace {

constexpr int first_year = 1800;
constexpr int last_year = 2500;

/// The number that `text` spells in decimal digits alone, or nothing.
std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::optional<Month> parse_month(std::string_view text) {
  const bool year_only = text.size() == 4;
  if (!year_only && (text.size() != 7 || text[4] != '-')) return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = year_only ? std::optional<int>{1} : digits(text.substr(5));
  if (!year || !month) return std::nullopt;
  if (*year < first_year || *year > last_year || *month < 1 || *month > 12) return std::nullopt;
  return Month::of(*year, *month);
}

std::string to_string(Month month) {
  return fmt::format("{:04}-{:02}", month.year(), month.month());
}

int days_since_2020(Month month) {
  using std::chrono::day, std::chrono::sys_days, std::chrono::year;
  const auto first_day = [](int y, int m) {
    return sys_days{year{y} / std::chrono::month{static_cast<unsigned>(m)} / day{1}};
  };
  return static_cast<int>((first_day(month.year(), month.month()) - first_day(2020, 1)).count());
}

}  // namespace polder
