// SPDX-License-Identifier: Apache-2.0
// Months as whole numbers.
#pragma once
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace polder {

/// A calendar month; `count` = year * 12 + (month - 1).
struct Month {
  int count = 0;
  static constexpr Month of(int year, int month) { return Month{year * 12 + month - 1}; }
  constexpr int year() const { return count >= 0 ? count / 12 : (count - 11) / 12; }
  constexpr int month() const { return count - year() * 12 + 1; }
  auto operator<=>(const Month&) const = default;  // NOLINT(modernize-use-nullptr)
  friend constexpr Month operator+(Month m, int n) { return Month{m.count + n}; }
  friend constexpr int operator-(Month a, Month b) { return a.count - b.count; }
};
/// Reads `2020-01` (also `2020`, meaning January). errors: nothing when it is no month between 1800 and 2500.
std::optional<Month> parse_month(std::string_view text);
/// `2020-01`.
std::string to_string(Month month);
/// Days from 2020-01-01 to the first day of the month (proleptic Gregorian).
int days_since_2020(Month month);

}  // namespace polder
