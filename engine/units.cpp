// SPDX-License-Identifier: Apache-2.0
#include "engine/units.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace polder {

namespace {

struct Symbol {
  std::string_view text;
  double factor;  ///< value in base units of one of these
  Dimension dimension;
};

constexpr Dimension mass{{0, 0, 0, 0, 1, 0}};
constexpr Dimension energy{{0, 0, 0, 0, 0, 1}};

constexpr double days_a_year = 365.25;
constexpr double day = 12 / days_a_year;          // months
constexpr double hour = 12 / (24 * days_a_year);  // months; 8766 hours a year
constexpr double watt_hour = 3600;                // J

constexpr Symbol symbols[] = {
    {"1", 1, dimension::none},
    {"%", 0.01, dimension::none},
    {"‰", 0.001, dimension::none},
    {"pp", 0.01, dimension::none},

    {"EUR", 1, dimension::money},
    {"kEUR", 1e3, dimension::money},
    {"MEUR", 1e6, dimension::money},
    {"GEUR", 1e9, dimension::money},
    {"cent", 0.01, dimension::money},
    {"cents", 0.01, dimension::money},

    {"h", hour, dimension::time},
    {"hour", hour, dimension::time},
    {"hours", hour, dimension::time},
    {"day", day, dimension::time},
    {"days", day, dimension::time},
    {"week", 7 * day, dimension::time},
    {"weeks", 7 * day, dimension::time},
    {"month", 1, dimension::time},
    {"months", 1, dimension::time},
    {"quarter", 3, dimension::time},
    {"quarters", 3, dimension::time},
    {"year", 12, dimension::time},
    {"years", 12, dimension::time},

    {"km", 1, dimension::length},
    {"m", 1e-3, dimension::length},

    {"person", 1, dimension::people},
    {"persons", 1, dimension::people},
    {"people", 1, dimension::people},
    {"fte", 1, dimension::people},
    {"FTE", 1, dimension::people},

    {"g", 1e-3, mass},
    {"kg", 1, mass},
    {"t", 1e3, mass},
    {"kt", 1e6, mass},
    {"Mt", 1e9, mass},

    {"J", 1, energy},
    {"kJ", 1e3, energy},
    {"MJ", 1e6, energy},
    {"GJ", 1e9, energy},
    {"TJ", 1e12, energy},
    {"PJ", 1e15, energy},
    {"kWh", 1e3 * watt_hour, energy},
    {"MWh", 1e6 * watt_hour, energy},
    {"GWh", 1e9 * watt_hour, energy},
    {"TWh", 1e12 * watt_hour, energy},
};

/// Nouns that count things: no dimension, factor 1, singular and plural.
constexpr std::string_view counts[] = {
    "actor",        "actors",      "agreement",     "agreements",
    "applicant",    "applicants",  "application",   "applications",
    "award",        "awards",      "call",          "calls",
    "citation",     "citations",   "collaboration", "collaborations",
    "consortium",   "consortia",   "contract",      "contracts",
    "customer",     "customers",   "deal",          "deals",
    "disclosure",   "disclosures", "ecosystem",     "ecosystems",
    "entrant",      "entrants",    "event",         "events",
    "exit",         "exits",       "facility",      "facilities",
    "firm",         "firms",       "fund",          "funds",
    "government",   "governments", "graduate",      "graduates",
    "grant",        "grants",      "index",         "innovation",
    "innovations",  "institute",   "institutes",    "instrument",
    "instruments",  "investment",  "investments",   "investor",
    "investors",    "job",         "jobs",          "level",
    "levels",       "licence",     "licences",      "link",
    "links",        "loan",        "loans",         "member",
    "members",      "offer",       "offers",        "partner",
    "partners",     "partnership", "partnerships",  "patent",
    "patents",      "PhD",         "PhDs",          "place",
    "places",       "point",       "points",        "position",
    "positions",    "product",     "products",      "programme",
    "programmes",   "project",     "projects",      "proposal",
    "proposals",    "prototype",   "prototypes",    "publication",
    "publications", "relation",    "relations",     "round",
    "rounds",       "scaleup",     "scaleups",      "scale-up",
    "scale-ups",    "share",       "shares",        "spinoff",
    "spinoffs",     "spin-off",    "spin-offs",     "startup",
    "startups",     "student",     "students",      "tie",
    "ties",         "TRL",         "university",    "universities",
    "user",         "users",       "vacancy",       "vacancies",
    "venture",      "ventures",    "voucher",       "vouchers",
};

std::optional<Unit> symbol(std::string_view text) {
  for (const Symbol& s : symbols) {
    if (s.text == text) return Unit{s.dimension, s.factor, {}};
  }
  const bool is_count = std::find(std::begin(counts), std::end(counts), text) != std::end(counts);
  return is_count ? std::optional(Unit{}) : std::nullopt;
}

/// Sums of exponents stop at the ends of their type: no sensible unit comes near them.
std::int8_t clamped(int exponent) {
  using Limits = std::numeric_limits<std::int8_t>;
  return static_cast<std::int8_t>(std::clamp<int>(exponent, Limits::min() + 1, Limits::max()));
}

double whole_power(double x, int n) {
  double result = 1;
  for (int i = 0; i < std::abs(n); ++i) result *= x;
  return n < 0 ? 1 / result : result;
}

/// Reads `factor (('*'|'/') factor)*`, factor = symbol ['^' ['-'] digit].
class UnitParser {
 public:
  explicit UnitParser(std::string_view text) : rest_(text) {}

  std::optional<Unit> parse() {
    skip_space();
    Unit unit;
    if (rest_.empty() || (rest_.front() != '/' && !append(unit, 1))) return std::nullopt;
    for (skip_space(); !rest_.empty(); skip_space()) {
      const char joint = rest_.front();
      if (joint != '*' && joint != '/') return std::nullopt;
      rest_.remove_prefix(1);
      if (!append(unit, joint == '*' ? 1 : -1)) return std::nullopt;
    }
    return unit;
  }

 private:
  void skip_space() {
    while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
  }

  bool append(Unit& unit, int sign) {
    skip_space();
    const auto next = symbol(rest_.substr(0, std::min(rest_.size(), rest_.find_first_of("*/^ "))));
    if (!next) return false;
    rest_.remove_prefix(std::min(rest_.size(), rest_.find_first_of("*/^ ")));
    const auto exponent = read_exponent();
    if (!exponent) return false;
    unit.dimension = unit.dimension * power(next->dimension, sign * *exponent);
    const double factor = whole_power(next->factor, *exponent);
    unit.factor = sign > 0 ? unit.factor * factor : unit.factor / factor;
    return true;
  }

  /// 1 when there is none; nothing when it is malformed.
  std::optional<int> read_exponent() {
    if (rest_.empty() || rest_.front() != '^') return 1;
    rest_.remove_prefix(1);
    const bool negative = !rest_.empty() && rest_.front() == '-';
    if (negative) rest_.remove_prefix(1);
    if (rest_.empty() || rest_.front() < '1' || rest_.front() > '9') return std::nullopt;
    const int digit = rest_.front() - '0';
    rest_.remove_prefix(1);
    return negative ? -digit : digit;
  }

  std::string_view rest_;
};

}  // namespace

Dimension operator*(const Dimension& a, const Dimension& b) {
  Dimension result;
  for (std::size_t i = 0; i < a.exponent.size(); ++i) {
    result.exponent[i] = clamped(a.exponent[i] + b.exponent[i]);
  }
  return result;
}

Dimension operator/(const Dimension& a, const Dimension& b) {
  return a * power(b, -1);
}

Dimension power(const Dimension& a, int n) {
  Dimension result;
  for (std::size_t i = 0; i < a.exponent.size(); ++i) {
    result.exponent[i] = clamped(a.exponent[i] * std::clamp(n, -127, 127));
  }
  return result;
}

std::optional<Unit> parse_unit(std::string_view text) {
  auto unit = UnitParser(text).parse();
  if (unit) unit->text = std::string(text);
  return unit;
}

const std::vector<std::string>& known_units() {
  static const std::vector<std::string> known = [] {
    std::vector<std::string> names;
    for (const Symbol& s : symbols) names.emplace_back(s.text);
    for (const std::string_view noun : counts) names.emplace_back(noun);
    return names;
  }();
  return known;
}

std::string to_string(const Dimension& dimension) {
  constexpr std::string_view names[] = {"EUR", "month", "km", "person", "kg", "J"};
  std::string above, below;
  for (std::size_t i = 0; i < dimension.exponent.size(); ++i) {
    const int n = dimension.exponent[i];  // NOLINT(bugprone-signed-char-misuse): a small number
    if (n == 0) continue;
    std::string factor(names[i]);
    if (std::abs(n) > 1) factor += "^" + std::to_string(std::abs(n));
    if (n > 0) {
      above += (above.empty() ? "" : "*") + factor;
    } else {
      below += "/" + factor;
    }
  }
  return (above.empty() ? "1" : above) + below;
}

}  // namespace polder
