// SPDX-License-Identifier: Apache-2.0
// Dimensions and units (law 7). Values inside the engine are always in base units:
// EUR, month, km, person (fte counts as person), kg, J.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polder {

/// Exponents of the base dimensions: money, time, length, people, mass, energy.
struct Dimension {
  std::array<std::int8_t, 6> exponent{};
  bool operator==(const Dimension&) const = default;
  bool is_none() const { return *this == Dimension{}; }
};
Dimension operator*(const Dimension& a, const Dimension& b);
Dimension operator/(const Dimension& a, const Dimension& b);
Dimension power(const Dimension& a, int n);

namespace dimension {
inline constexpr Dimension none{};
inline constexpr Dimension money{{1, 0, 0, 0, 0, 0}};
inline constexpr Dimension time{{0, 1, 0, 0, 0, 0}};
inline constexpr Dimension length{{0, 0, 1, 0, 0, 0}};
inline constexpr Dimension people{{0, 0, 0, 1, 0, 0}};
inline constexpr Dimension rate{{0, -1, 0, 0, 0, 0}};
inline constexpr Dimension money_rate{{1, -1, 0, 0, 0, 0}};
}  // namespace dimension

/// A unit as a user writes it: value_in_base = value * factor.
/// Known: EUR kEUR MEUR GEUR (and `cent`), % ‰ 1, h day days week month(s) year(s), m km, person(s) fte FTE,
/// kg t kt, J MJ GJ TJ PJ kWh, and nouns that count things (firms, projects, patents, ...: see units.cpp),
/// joined by `*`, `/`, `^n`. An hour is 1/730.5 month (8766 hours a year); 1 year = 12 months.
struct Unit {
  Dimension dimension;
  double factor = 1.0;
  std::string text;  ///< as written, for example `kEUR/month`
  bool operator==(const Unit&) const = default;
};
/// errors: nothing when the text is no unit; `nearest` helps with the message.
std::optional<Unit> parse_unit(std::string_view text);
/// All known unit symbols, for suggestions.
const std::vector<std::string>& known_units();
/// `EUR/month`, `km`, `1`: a readable name of a dimension in base units.
std::string to_string(const Dimension& dimension);

}  // namespace polder
